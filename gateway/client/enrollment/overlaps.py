"""Overlaps of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.enrollment.types.overlaps import OverlapPage
from gateway.client.wire import UNSET, Caller, Unset, given


class OverlapsCalls(Caller):
    """选调与录取 / Enrollment: overlaps."""

    def list_overlaps(
        self, *, cursor: str | Unset = UNSET, limit: int | Unset = UNSET, term_id: str | Unset = UNSET
    ) -> OverlapPage:
        """查询调整时间后日期重叠的人员 / List people engaged twice on a day after a term was moved."""
        return self._wire.send(OverlapPage, "GET", "/overlaps", given(cursor=cursor, limit=limit, term_id=term_id))
