"""What scheduling says of terms."""

from __future__ import annotations

from services.notification.commands import terms
from services.notification.service.desk import Desk
from services.scheduling.contract import TERM_CANCELLED, TERM_MOVED, TERM_PLACED
from shared.messaging import Delivery, handles


class TermEntrypoints(Desk):
    """What scheduling says of terms."""

    @handles(TERM_PLACED)
    def on_term_placed(self, delivery: Delivery) -> None:
        """Learn a term's dates and place."""
        self.kit.react(delivery, terms.record_term)

    @handles(TERM_MOVED)
    def on_term_moved(self, delivery: Delivery) -> None:
        """Learn a term's new dates and place."""
        self.kit.react(delivery, terms.record_term)

    @handles(TERM_CANCELLED)
    def on_term_cancelled(self, delivery: Delivery) -> None:
        """Make the letters of a term void."""
        self.kit.react(delivery, terms.cancel_term)
