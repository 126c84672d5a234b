"""Queries of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client import notification_types as types
from gateway.client.wire import UNSET, Download, Unset, Wire, given


class NotificationQueries:
    """函件与送达 / Notification."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def list_letters(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        kind: Literal["transfer", "admission"] | Unset = UNSET,
        state: Literal["registered", "printed", "issued", "unprintable", "void"] | Unset = UNSET,
        acknowledgement: Literal["awaited", "overdue", "received"] | Unset = UNSET,
        current: bool | Unset = UNSET,
    ) -> types.LetterPage:
        """查询发文登记 / List registered letters."""
        return self._wire.send(
            types.LetterPage,
            "GET",
            "/letters",
            given(
                cursor=cursor,
                limit=limit,
                term_id=term_id,
                unit_id=unit_id,
                kind=kind,
                state=state,
                acknowledgement=acknowledgement,
                current=current,
            ),
        )

    def get_letter(self, *, letter_id: str) -> types.Letter:
        """查看一份函件 / Show one letter."""
        return self._wire.send(types.Letter, "GET", "/letters/{letter_id}", given(letter_id=letter_id))

    def get_letter_file(self, *, letter_id: str) -> Download:
        """下载函件（留痕） / Download a letter; the view is audited."""
        return self._wire.download("GET", "/letters/{letter_id}/file", given(letter_id=letter_id))

    def letters_summary(self, *, term_id: str | Unset = UNSET) -> types.LettersSummary:
        """各期函件统计 / Letters of each term in figures."""
        return self._wire.send(types.LettersSummary, "GET", "/letters-summary", given(term_id=term_id))

    def list_acknowledgements(self, *, term_id: str, unit_id: str | Unset = UNSET) -> types.TermAcknowledgements:
        """查看一期的回执情况 / Show the acknowledgements of a term by unit."""
        return self._wire.send(
            types.TermAcknowledgements,
            "GET",
            "/terms/{term_id}/letters/acknowledgements",
            given(term_id=term_id, unit_id=unit_id),
        )

    def list_deliveries(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        letter_id: str | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        channel: str | Unset = UNSET,
        state: Literal["queued", "sending", "delivered", "failed", "cancelled"] | Unset = UNSET,
    ) -> types.LetterDeliveryPage:
        """查询送达台账 / List deliveries."""
        return self._wire.send(
            types.LetterDeliveryPage,
            "GET",
            "/deliveries",
            given(
                cursor=cursor,
                limit=limit,
                letter_id=letter_id,
                term_id=term_id,
                unit_id=unit_id,
                channel=channel,
                state=state,
            ),
        )

    def list_channel_preferences(self) -> types.Preferences:
        """查询送达渠道设置 / List the channels of recipients."""
        return self._wire.send(types.Preferences, "GET", "/channel-preferences", given())

    def list_issuers(self) -> types.Issuers:
        """查询发文机关 / List who issues letters."""
        return self._wire.send(types.Issuers, "GET", "/issuers", given())

    def list_phone_tasks(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        office: Literal["organisation_department", "party_school"] | Unset = UNSET,
        state: Literal["open", "assigned", "done", "cancelled"] | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        term_id: str | Unset = UNSET,
        assignee: str | Unset = UNSET,
    ) -> types.PhoneTaskPage:
        """查询电话任务 / List phone tasks."""
        return self._wire.send(
            types.PhoneTaskPage,
            "GET",
            "/phone-tasks",
            given(
                cursor=cursor,
                limit=limit,
                office=office,
                state=state,
                unit_id=unit_id,
                term_id=term_id,
                assignee=assignee,
            ),
        )

    def get_phone_task(self, *, task_id: str) -> types.PhoneTaskSheet:
        """查看电话任务及号码（留痕） / Show a phone task with its numbers; the view is audited."""
        return self._wire.send(types.PhoneTaskSheet, "GET", "/phone-tasks/{task_id}", given(task_id=task_id))

    def list_messages(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        term_id: str | Unset = UNSET,
        rule: str | Unset = UNSET,
        recipient: str | Unset = UNSET,
        state: Literal["waiting", "dispatched", "reached", "phone", "cancelled"] | Unset = UNSET,
    ) -> types.MessagePage:
        """查询消息 / List messages."""
        return self._wire.send(
            types.MessagePage,
            "GET",
            "/messages",
            given(
                cursor=cursor,
                limit=limit,
                unit_id=unit_id,
                term_id=term_id,
                rule=rule,
                recipient=recipient,
                state=state,
            ),
        )

    def list_dispatches(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        recipient: str | Unset = UNSET,
        state: Literal["waiting", "sending", "underway", "reached", "phone", "cancelled"] | Unset = UNSET,
        channel: str | Unset = UNSET,
        channel_state: Literal["waiting", "sending", "underway", "reached", "failed", "skipped"] | Unset = UNSET,
    ) -> types.DispatchPage:
        """查询消息发送情况 / List dispatches with the state of each channel."""
        return self._wire.send(
            types.DispatchPage,
            "GET",
            "/dispatches",
            given(
                cursor=cursor,
                limit=limit,
                unit_id=unit_id,
                recipient=recipient,
                state=state,
                channel=channel,
                channel_state=channel_state,
            ),
        )

    def get_dispatch(self, *, dispatch_id: str) -> types.DispatchWords:
        """查看一次发送的内容（留痕） / Show the words of a dispatch; the view is audited."""
        return self._wire.send(types.DispatchWords, "GET", "/dispatches/{dispatch_id}", given(dispatch_id=dispatch_id))

    def get_dispatch_page(self, *, dispatch_id: str) -> Download:
        """下载传真页（留痕） / Download a dispatch as a page to fax; the view is audited."""
        return self._wire.download("GET", "/dispatches/{dispatch_id}/page", given(dispatch_id=dispatch_id))

    def messages_summary(self) -> types.MessagesSummary:
        """消息统计 / Messages in figures."""
        return self._wire.send(types.MessagesSummary, "GET", "/messages-summary", given())

    def list_contacts(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        kind: Literal["unit", "office", "lecturer", "trainee"] | Unset = UNSET,
    ) -> types.ContactMaskedPage:
        """查询联系方式（脱敏） / List contacts, masked."""
        return self._wire.send(
            types.ContactMaskedPage, "GET", "/contacts", given(cursor=cursor, limit=limit, unit_id=unit_id, kind=kind)
        )

    def list_ladders(self) -> types.Ladders:
        """查询消息渠道顺序 / List the ladders of channels."""
        return self._wire.send(types.Ladders, "GET", "/ladders", given())

    def list_templates(self) -> types.TemplateList:
        """列出文字模板 / List the wordings."""
        return self._wire.send(types.TemplateList, "GET", "/templates", given())

    def get_template(self, *, key: str) -> types.Template:
        """查看文字模板及各版本 / Show a wording with its versions."""
        return self._wire.send(types.Template, "GET", "/templates/{key}", given(key=key))

    def list_message_rules(self) -> types.Rules:
        """查看消息规则表 / Show which events become messages."""
        return self._wire.send(types.Rules, "GET", "/message-rules", given())

    def get_notification_figures(self, *, plan_id: str) -> types.Figures:
        """函件与送达年度数据 / The year's figures of letters and messages."""
        return self._wire.send(types.Figures, "GET", "/figures/{plan_id}/notification", given(plan_id=plan_id))

    def list_certificates(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        nomination_id: str | Unset = UNSET,
        state: Literal["registered", "issued", "unprintable", "revoked"] | Unset = UNSET,
    ) -> types.CertificatePage:
        """查询结业证书登记 / List registered certificates."""
        return self._wire.send(
            types.CertificatePage,
            "GET",
            "/certificates",
            given(
                cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, nomination_id=nomination_id, state=state
            ),
        )

    def get_certificate(self, *, certificate_id: str) -> types.Certificate:
        """查看一份结业证书 / Show one certificate."""
        return self._wire.send(
            types.Certificate, "GET", "/certificates/{certificate_id}", given(certificate_id=certificate_id)
        )

    def get_certificate_file(self, *, certificate_id: str) -> Download:
        """下载结业证书（留痕） / Download a certificate; the view is audited."""
        return self._wire.download("GET", "/certificates/{certificate_id}/file", given(certificate_id=certificate_id))

    def certificates_summary(self, *, term_id: str | Unset = UNSET) -> types.CertificatesSummary:
        """结业证书统计 / Certificates in figures."""
        return self._wire.send(types.CertificatesSummary, "GET", "/certificates-summary", given(term_id=term_id))

    def verify_certificate(
        self, *, signed: str | Unset = UNSET, serial: str | Unset = UNSET, code: str | Unset = UNSET
    ) -> types.CertificateVerdict:
        """核验结业证书真伪 / Verify a certificate."""
        return self._wire.send(
            types.CertificateVerdict, "GET", "/certificate-verification", given(signed=signed, serial=serial, code=code)
        )

    def get_certificate_keys(self) -> types.CertificateKeys:
        """获取核验结业证书的公钥 / Get the public keys that verify certificates."""
        return self._wire.send(types.CertificateKeys, "GET", "/certificate-keys", given())

    def get_timetable_file(self, *, term_id: str, number: int | Unset = UNSET) -> Download:
        """下载日程表（PDF） / Download a timetable as PDF."""
        return self._wire.download("GET", "/terms/{term_id}/timetable/print", given(term_id=term_id, number=number))

    def export_notification_files(self, *, term_id: str) -> types.ExportedFiles:
        """导出一期的归档文件 / Export the files of a term for its archive."""
        return self._wire.send(
            types.ExportedFiles, "GET", "/terms/{term_id}/files/notification", given(term_id=term_id)
        )
