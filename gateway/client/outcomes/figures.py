"""Figures of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from gateway.client.outcomes.types.figures import Figures, Limits
from gateway.client.wire import Caller, given


class FiguresCalls(Caller):
    """成果运用 / Outcomes: figures."""

    def get_outcomes_figures(self, *, plan_id: str) -> Figures:
        """成果运用年度数据 / The year's figures of outcomes."""
        return self._wire.send(Figures, "GET", "/figures/{plan_id}/outcomes", given(plan_id=plan_id))

    def list_outcomes_limits(self) -> Limits:
        """成果运用各项限额与依据 / The limits of outcomes with their sources."""
        return self._wire.send(Limits, "GET", "/limits/outcomes", given())
