"""Figures of Compliance (学员管理).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.compliance.types.figures import Figures, Limits, MyStanding
from gateway.client.wire import Caller, given


class FiguresCalls(Caller):
    """学员管理 / Compliance: figures."""

    def get_compliance_figures(self, *, plan_id: str) -> Figures:
        """学员管理年度数据 / The year's figures of compliance."""
        return self._wire.send(Figures, "GET", "/figures/{plan_id}/compliance", given(plan_id=plan_id))

    def list_compliance_limits(self) -> Limits:
        """学员管理各项限额与依据 / The limits of compliance with their sources."""
        return self._wire.send(Limits, "GET", "/limits/compliance", given())

    def get_my_standing(self) -> MyStanding:
        """查看本人学习情况 / Show where one stands."""
        return self._wire.send(MyStanding, "GET", "/my/standing", given())
