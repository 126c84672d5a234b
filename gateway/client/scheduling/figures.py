"""Figures of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.scheduling.types.figures import Figures
from gateway.client.wire import Caller, given


class FiguresCalls(Caller):
    """计划与排期 / Plans and scheduling: figures."""

    def get_scheduling_figures(self, *, plan_id: str) -> Figures:
        """计划与师资年度数据 / The year's figures of scheduling."""
        return self._wire.send(Figures, "GET", "/figures/{plan_id}/scheduling", given(plan_id=plan_id))
