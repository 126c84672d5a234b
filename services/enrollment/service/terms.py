"""What scheduling announces of terms."""

from __future__ import annotations

from services.enrollment.commands import terms
from services.enrollment.service.desk import Desk
from services.scheduling.contract import TERM_CANCELLED, TERM_MOVED, TERM_PLACED
from shared.messaging import Delivery, handles


class TermEntrypoints(Desk):
    """What scheduling announces of terms."""

    @handles(TERM_PLACED)
    def on_term_placed(self, delivery: Delivery) -> None:
        """Keep a placed term."""
        self.kit.react(delivery, terms.record_term)

    @handles(TERM_MOVED)
    def on_term_moved(self, delivery: Delivery) -> None:
        """Keep a moved term."""
        self.kit.react(delivery, terms.record_term)

    @handles(TERM_CANCELLED)
    def on_term_cancelled(self, delivery: Delivery) -> None:
        """Close a cancelled term."""
        self.kit.react(delivery, terms.cancel_term)
