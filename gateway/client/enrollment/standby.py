"""Standby of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.enrollment.types.nominations import BulkReport
from gateway.client.enrollment.types.standby import StandbyEntry, StandbyLists
from gateway.client.wire import UNSET, Caller, Unset, given


class StandbyCalls(Caller):
    """选调与录取 / Enrollment: standby."""

    def join_standby(
        self,
        *,
        term_id: str,
        nomination_ids: list[str],
        line: Literal["unit", "city"] | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> BulkReport:
        """列入候补 / Put accepted people on standby."""
        return self._wire.send(
            BulkReport,
            "POST",
            "/terms/{term_id}/standby",
            given(term_id=term_id, nomination_ids=nomination_ids, line=line),
            idempotency_key=idempotency_key,
        )

    def list_standby(
        self,
        *,
        term_id: str,
        unit_id: str | Unset = UNSET,
        line: Literal["unit", "city"] | Unset = UNSET,
        ended: bool | Unset = UNSET,
    ) -> StandbyLists:
        """查询候补名单 / List who waits for a seat."""
        return self._wire.send(
            StandbyLists,
            "GET",
            "/terms/{term_id}/standby",
            given(term_id=term_id, unit_id=unit_id, line=line, ended=ended),
        )

    def reorder_standby(
        self,
        *,
        term_id: str,
        unit_id: str | None,
        nomination_ids: list[str],
        reason: str,
        idempotency_key: str | None = None,
    ) -> StandbyLists:
        """调整候补顺序（须写明理由） / Re-order a standby list, with the reason."""
        return self._wire.send(
            StandbyLists,
            "PUT",
            "/terms/{term_id}/standby/order",
            given(term_id=term_id, unit_id=unit_id, nomination_ids=nomination_ids, reason=reason),
            idempotency_key=idempotency_key,
        )

    def answer_standby(
        self,
        *,
        nomination_id: str,
        accept: bool,
        note: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> StandbyEntry:
        """答复递补 / Answer a standby offer."""
        return self._wire.send(
            StandbyEntry,
            "POST",
            "/standby/{nomination_id}/answer",
            given(nomination_id=nomination_id, accept=accept, note=note),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def leave_standby(
        self, *, nomination_id: str, reason: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> StandbyEntry:
        """移出候补 / Take somebody off standby."""
        return self._wire.send(
            StandbyEntry,
            "POST",
            "/standby/{nomination_id}/removal",
            given(nomination_id=nomination_id, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
