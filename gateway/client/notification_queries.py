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
