"""Year versions of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.scheduling.types.year_versions import YearComparison, YearVersionRowPage
from gateway.client.wire import UNSET, Caller, Unset, given


class YearVersionsCalls(Caller):
    """计划与排期 / Plans and scheduling: year versions."""

    def list_year_versions(
        self, *, plan_id: str, cursor: str | Unset = UNSET, limit: int | Unset = UNSET
    ) -> YearVersionRowPage:
        """列出年度排期的历次版本 / List the versions of a plan's placed year."""
        return self._wire.send(
            YearVersionRowPage,
            "GET",
            "/plans/{plan_id}/year/versions",
            given(plan_id=plan_id, cursor=cursor, limit=limit),
        )

    def compare_year(self, *, plan_id: str, from_number: int, to_number: int | Unset = UNSET) -> YearComparison:
        """比较年度排期的两个版本 / Compare two versions of a plan's placed year."""
        return self._wire.send(
            YearComparison,
            "GET",
            "/plans/{plan_id}/year/comparison",
            given(plan_id=plan_id, from_number=from_number, to_number=to_number),
        )
