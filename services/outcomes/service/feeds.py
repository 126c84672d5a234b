"""Entrypoints that keep the read models of terms, timetables and rosters."""

from __future__ import annotations

from typing import Any

from services.enrollment.contract import NOMINATION_WITHDRAWN, ROSTER_ADMITTED
from services.outcomes.commands import question_sets, reports, terms
from services.outcomes.commands.following import followed
from services.scheduling.contract import TERM_CANCELLED, TERM_MOVED, TERM_PLACED, TIMETABLE_ISSUED
from shared.messaging import Delivery, handles
from shared.runtime import Kit
from shared.storage import Transaction


class FeedEntrypoints:
    """News of other services."""

    kit: Kit

    @handles(ROSTER_ADMITTED)
    def on_roster_admitted(self, delivery: Delivery) -> None:
        """Know who was admitted, and expect a question set."""
        self.kit.react(delivery, _admitted)

    @handles(NOMINATION_WITHDRAWN)
    def on_nomination_withdrawn(self, delivery: Delivery) -> None:
        """Know who no longer goes."""
        self.kit.react(delivery, _withdrawn)

    @handles(TERM_PLACED)
    def on_term_placed(self, delivery: Delivery) -> None:
        """Know the term, and hand its questions over again if it was cancelled."""
        followed(self.kit.work(delivery), terms.record_term)

    @handles(TERM_MOVED)
    def on_term_moved(self, delivery: Delivery) -> None:
        """Know the term as it is now."""
        self.kit.react(delivery, terms.record_term)

    @handles(TERM_CANCELLED)
    def on_term_cancelled(self, delivery: Delivery) -> None:
        """Know that the term is not held, and take its questions back from the lecturers."""
        followed(self.kit.work(delivery), terms.cancel_term)

    @handles(TIMETABLE_ISSUED)
    def on_timetable_issued(self, delivery: Delivery) -> None:
        """Know the sessions, and hand questions to whoever teaches them now."""
        followed(self.kit.work(delivery), terms.record_timetable)


def _admitted(tx: Transaction, data: dict[str, Any]) -> None:
    terms.record_roster(tx, data)
    question_sets.expect_questions(tx, data)


def _withdrawn(tx: Transaction, data: dict[str, Any]) -> None:
    terms.drop_trainee(tx, data)
    reports.drop_report(tx, data)
