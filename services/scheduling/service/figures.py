"""Entrypoints: the year's figures."""

from __future__ import annotations

from typing import Any

from services.scheduling.contract import figures as contract
from services.scheduling.queries import figures
from services.scheduling.service.desk import Desk
from shared.messaging import Call, serves


class FigureEntrypoints(Desk):
    """The year's figures."""

    @serves(contract.GET_SCHEDULING_FIGURES)
    def get_scheduling_figures(self, call: Call) -> dict[str, Any]:
        """Return the year's figures."""
        return self.kit.query(call, figures.get_scheduling_figures)
