"""What compliance decides of trainees."""

from __future__ import annotations

from services.compliance.contract import TRAINEE_NOT_REPORTED, TRAINEE_WITHDRAWN
from services.enrollment.commands import departures
from services.enrollment.service.desk import Desk
from shared.messaging import Delivery, handles


class DepartureEntrypoints(Desk):
    """What compliance decides of trainees."""

    @handles(TRAINEE_WITHDRAWN)
    def on_trainee_withdrawn(self, delivery: Delivery) -> None:
        """Free the seat of somebody whose training was ended, or who is not waited for any more."""
        self.kit.react(delivery, lambda tx, news: departures.on_withdrawn(tx, news, delivery.time))

    @handles(TRAINEE_NOT_REPORTED)
    def on_trainee_not_reported(self, delivery: Delivery) -> None:
        """Note that somebody did not report."""
        self.kit.react(delivery, departures.on_not_reported)
