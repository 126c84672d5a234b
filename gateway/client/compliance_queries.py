"""Queries of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client import compliance_types as types
from gateway.client.wire import UNSET, Unset, Wire, given


class ComplianceQueries:
    """学员管理 / Compliance."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def list_briefings(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        state: Literal["opened", "acknowledged", "cancelled"] | Unset = UNSET,
    ) -> types.BriefingPage:
        """查询纪律提醒 / List briefings."""
        return self._wire.send(
            types.BriefingPage,
            "GET",
            "/briefings",
            given(cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, state=state),
        )

    def get_briefing(self, *, briefing_id: str) -> types.Briefing:
        """查看一份纪律提醒 / Show one briefing."""
        return self._wire.send(types.Briefing, "GET", "/briefings/{briefing_id}", given(briefing_id=briefing_id))
