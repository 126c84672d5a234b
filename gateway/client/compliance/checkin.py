"""Checkin of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.compliance.types.checkin import CheckInPage
from gateway.client.compliance.types.parts import BulkReport
from gateway.client.wire import UNSET, Caller, Unset, given


class CheckinCalls(Caller):
    """学员管理 / Compliance: checkin."""

    def check_in_trainees(
        self,
        *,
        term_id: str,
        nomination_ids: list[str],
        arrived_at: str | Unset | None = UNSET,
        idempotency_key: str | None = None,
    ) -> BulkReport:
        """登记学员报到 / Check trainees in."""
        return self._wire.send(
            BulkReport,
            "POST",
            "/terms/{term_id}/check-ins",
            given(term_id=term_id, nomination_ids=nomination_ids, arrived_at=arrived_at),
            idempotency_key=idempotency_key,
        )

    def list_check_ins(
        self,
        *,
        term_id: str,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        state: Literal["expected", "reported", "not_reported", "withdrawn"] | Unset = UNSET,
    ) -> CheckInPage:
        """查询报到情况 / List check-ins."""
        return self._wire.send(
            CheckInPage,
            "GET",
            "/terms/{term_id}/check-ins",
            given(term_id=term_id, cursor=cursor, limit=limit, unit_id=unit_id, state=state),
        )
