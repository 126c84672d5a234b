"""Commands of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client import notification_types as types
from gateway.client.wire import UNSET, Unset, Wire, given


class NotificationCommands:
    """函件与送达 / Notification."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def void_letter(
        self, *, letter_id: str, reason: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.Letter:
        """作废函件（文号保留） / Make a letter void; its number stays taken."""
        return self._wire.send(
            types.Letter,
            "POST",
            "/letters/{letter_id}/void",
            given(letter_id=letter_id, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def issue_letters(self, *, term_id: str, unit_id: str, idempotency_key: str | None = None) -> types.Issuing:
        """按最新名单补发函件 / Bring the letters of a unit's roster up to date."""
        return self._wire.send(
            types.Issuing,
            "POST",
            "/terms/{term_id}/letters",
            given(term_id=term_id, unit_id=unit_id),
            idempotency_key=idempotency_key,
        )

    def sign_off_letters(
        self,
        *,
        letter_ids: list[str] | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        kind: Literal["transfer", "admission"] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> types.SignOffReport:
        """签发函件（可批量） / Sign printed letters off, several at once."""
        return self._wire.send(
            types.SignOffReport,
            "POST",
            "/letters/sign-off",
            given(letter_ids=letter_ids, term_id=term_id, unit_id=unit_id, kind=kind),
            idempotency_key=idempotency_key,
        )

    def acknowledge_letter(
        self,
        *,
        letter_id: str,
        note: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Letter:
        """函件回执 / Acknowledge a letter."""
        return self._wire.send(
            types.Letter,
            "POST",
            "/letters/{letter_id}/acknowledgement",
            given(letter_id=letter_id, note=note),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def acknowledge_roster(
        self, *, term_id: str, unit_id: str, note: str | Unset = UNSET, idempotency_key: str | None = None
    ) -> types.RosterAcknowledged:
        """一次回执本单位一期的全部函件 / Acknowledge all letters of a unit's roster."""
        return self._wire.send(
            types.RosterAcknowledged,
            "POST",
            "/terms/{term_id}/letters/acknowledgement",
            given(term_id=term_id, unit_id=unit_id, note=note),
            idempotency_key=idempotency_key,
        )

    def retry_delivery(
        self, *, delivery_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.LetterDelivery:
        """重新送达 / Try a delivery again."""
        return self._wire.send(
            types.LetterDelivery,
            "POST",
            "/deliveries/{delivery_id}/retry",
            given(delivery_id=delivery_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def put_channel_preference(
        self,
        *,
        recipient: str,
        channels: list[types.ChannelChoice],
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Preference:
        """设置送达渠道 / Set the channels of a recipient."""
        return self._wire.send(
            types.Preference,
            "PUT",
            "/channel-preferences/{recipient}",
            given(recipient=recipient, channels=channels),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def put_issuer(
        self,
        *,
        kind: Literal["transfer", "admission", "certificate"],
        name: str,
        signature: str,
        series: str,
        document: str | Unset = UNSET,
        sign_off: bool | Unset = UNSET,
        contact: types.ContactData | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Issuer:
        """设置发文机关 / Set who issues a kind of letter."""
        return self._wire.send(
            types.Issuer,
            "PUT",
            "/issuers/{kind}",
            given(
                kind=kind,
                name=name,
                signature=signature,
                series=series,
                document=document,
                sign_off=sign_off,
                contact=contact,
            ),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def assign_phone_task(
        self, *, task_id: str, assignee: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.PhoneTask:
        """分派电话任务 / Put a phone task into somebody's hands."""
        return self._wire.send(
            types.PhoneTask,
            "POST",
            "/phone-tasks/{task_id}/assignment",
            given(task_id=task_id, assignee=assignee),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def record_call(
        self,
        *,
        task_id: str,
        outcome: Literal["reached", "no_answer", "wrong_number", "will_call_back", "unreachable"],
        note: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.PhoneTask:
        """登记通话结果 / Write down what came of a call."""
        return self._wire.send(
            types.PhoneTask,
            "POST",
            "/phone-tasks/{task_id}/calls",
            given(task_id=task_id, outcome=outcome, note=note),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def record_outcome(
        self,
        *,
        dispatch_id: str,
        channel: str,
        outcome: Literal["reached", "bounced", "failed"],
        note: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Dispatch:
        """登记渠道的最终结果（退信、传真） / Write down what became of a sending later."""
        return self._wire.send(
            types.Dispatch,
            "POST",
            "/dispatches/{dispatch_id}/outcomes",
            given(dispatch_id=dispatch_id, channel=channel, outcome=outcome, note=note),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def put_unit_contact(
        self,
        *,
        unit_id: str,
        person: str | Unset = UNSET,
        email: str | Unset = UNSET,
        mobile: str | Unset = UNSET,
        phone: str | Unset = UNSET,
        fax: str | Unset = UNSET,
        app: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.ContactMasked:
        """登记单位联系方式 / Set how a unit is reached."""
        return self._wire.send(
            types.ContactMasked,
            "PUT",
            "/contacts/units/{unit_id}",
            given(unit_id=unit_id, person=person, email=email, mobile=mobile, phone=phone, fax=fax, app=app),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def put_office_contact(
        self,
        *,
        office: Literal["organisation_department", "party_school"],
        person: str | Unset = UNSET,
        email: str | Unset = UNSET,
        mobile: str | Unset = UNSET,
        phone: str | Unset = UNSET,
        fax: str | Unset = UNSET,
        app: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.ContactMasked:
        """登记主办部门联系方式 / Set how an office of the organisers is reached."""
        return self._wire.send(
            types.ContactMasked,
            "PUT",
            "/contacts/offices/{office}",
            given(office=office, person=person, email=email, mobile=mobile, phone=phone, fax=fax, app=app),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def put_own_contact(
        self,
        *,
        person: str | Unset = UNSET,
        email: str | Unset = UNSET,
        mobile: str | Unset = UNSET,
        phone: str | Unset = UNSET,
        fax: str | Unset = UNSET,
        app: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.ContactMasked:
        """学员登记本人联系方式 / Set how the trainee who asks is reached."""
        return self._wire.send(
            types.ContactMasked,
            "PUT",
            "/contacts/mine",
            given(person=person, email=email, mobile=mobile, phone=phone, fax=fax, app=app),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def put_ladder(
        self, *, recipient: str, channels: list[str], idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.ShownLadder:
        """设置消息渠道顺序 / Set the ladder of channels."""
        return self._wire.send(
            types.ShownLadder,
            "PUT",
            "/ladders/{recipient}",
            given(recipient=recipient, channels=channels),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def draft_template(
        self,
        *,
        key: str,
        body: str,
        subject: str | Unset = UNSET,
        short: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> types.Template:
        """起草文字模板的新版本 / Draft a new version of a wording."""
        return self._wire.send(
            types.Template,
            "POST",
            "/templates/{key}/versions",
            given(key=key, subject=subject, body=body, short=short),
            idempotency_key=idempotency_key,
        )

    def preview_template(
        self,
        *,
        key: str,
        body: str,
        subject: str | Unset = UNSET,
        short: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> types.Preview:
        """预览文字模板 / Preview a wording."""
        return self._wire.send(
            types.Preview,
            "POST",
            "/templates/{key}/preview",
            given(key=key, subject=subject, body=body, short=short),
            idempotency_key=idempotency_key,
        )

    def approve_template(self, *, key: str, number: int, idempotency_key: str | None = None) -> types.Template:
        """批准文字模板 / Approve a draft: it holds from now on."""
        return self._wire.send(
            types.Template,
            "POST",
            "/templates/{key}/approval",
            given(key=key, number=number),
            idempotency_key=idempotency_key,
        )

    def put_message_rule(
        self,
        *,
        key: str,
        enabled: bool,
        urgent: bool,
        remind: list[int] | Unset | None = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Rule:
        """调整一条消息规则 / Change a rule of messages."""
        return self._wire.send(
            types.Rule,
            "PUT",
            "/message-rules/{key}",
            given(key=key, enabled=enabled, urgent=urgent, remind=remind),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def issue_certificates(
        self, *, term_id: str, unit_id: str | Unset = UNSET, idempotency_key: str | None = None
    ) -> types.CertificateIssuing:
        """按结业评定补发结业证书 / Bring the certificates of a term up to what was decided."""
        return self._wire.send(
            types.CertificateIssuing,
            "POST",
            "/terms/{term_id}/certificates",
            given(term_id=term_id, unit_id=unit_id),
            idempotency_key=idempotency_key,
        )

    def revoke_certificate(
        self,
        *,
        certificate_id: str,
        reason_code: Literal["issued_in_error", "misconduct", "other"],
        reason: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Certificate:
        """撤销结业证书（编号保留） / Revoke a certificate; its serial stays taken."""
        return self._wire.send(
            types.Certificate,
            "POST",
            "/certificates/{certificate_id}/revocation",
            given(certificate_id=certificate_id, reason_code=reason_code, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def reissue_certificate(
        self, *, certificate_id: str, reason: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.Certificate:
        """换发结业证书（新编号） / Replace a certificate by a new one with a new serial."""
        return self._wire.send(
            types.Certificate,
            "POST",
            "/certificates/{certificate_id}/reissue",
            given(certificate_id=certificate_id, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
