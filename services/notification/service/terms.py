"""What scheduling says of terms."""

from __future__ import annotations

from typing import Any

from services.notification import contract
from services.notification.commands import terms
from services.notification.commands.timetable_file import timetable_file
from services.notification.service.desk import Desk
from services.scheduling.contract import CALENDAR_CHANGED, TERM_CANCELLED, TERM_MOVED, TERM_PLACED
from shared.messaging import Call, Delivery, handles, serves
from shared.runtime.work import dumped


class TermEntrypoints(Desk):
    """What scheduling says of terms."""

    @serves(contract.GET_TIMETABLE_FILE)
    def get_timetable_file(self, call: Call) -> dict[str, Any]:
        """Return a term's timetable as a page to print."""
        return dumped(call.operation, timetable_file(self.kit.work(call), self.press()))

    @handles(TERM_PLACED)
    def on_term_placed(self, delivery: Delivery) -> None:
        """Learn a term's dates and place."""
        self.kit.react(delivery, terms.record_term)

    @handles(TERM_MOVED)
    def on_term_moved(self, delivery: Delivery) -> None:
        """Learn a term's new dates and place."""
        self.kit.react(delivery, terms.record_term)

    @handles(CALENDAR_CHANGED)
    def on_calendar_changed(self, delivery: Delivery) -> None:
        """Learn the city's own days."""
        self.kit.react(delivery, terms.follow_calendar)

    @handles(TERM_CANCELLED)
    def on_term_cancelled(self, delivery: Delivery) -> None:
        """Make the letters of a term void."""
        self.kit.react(delivery, lambda tx, data: terms.cancel_term(tx, delivery.event_id, data))
