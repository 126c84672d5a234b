"""The year's figures."""

from __future__ import annotations

from typing import Any

from services.notification import contract
from services.notification.queries import figures
from services.notification.service.desk import Desk
from shared.messaging import Call, serves


class FigureEntrypoints(Desk):
    """The year's figures."""

    @serves(contract.GET_NOTIFICATION_FIGURES)
    def get_notification_figures(self, call: Call) -> dict[str, Any]:
        """Return the year's figures."""
        return self.kit.query(call, figures.get_notification_figures)
