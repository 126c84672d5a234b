"""What others announce of terms and people, and what falls due with time."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.compliance.commands import due, term, timetable, trainee
from services.compliance.service.desk import Desk
from services.enrollment.contract import NOMINATION_WITHDRAWN, ROSTER_ADMITTED
from services.outcomes.contract import REPORT_GRADED, REPORT_REOPENED
from services.scheduling.contract import CALENDAR_CHANGED, TERM_CANCELLED, TERM_MOVED, TERM_PLACED, TIMETABLE_ISSUED
from shared.messaging import Delivery, handles, ticks


class TermEntrypoints(Desk):
    """What others announce of terms and people, and what falls due with time."""

    @handles(ROSTER_ADMITTED)
    def on_roster_admitted(self, delivery: Delivery) -> None:
        """Keep the people and open the unit's briefing."""
        self.kit.react(delivery, trainee.admit_roster)

    @handles(NOMINATION_WITHDRAWN)
    def on_nomination_withdrawn(self, delivery: Delivery) -> None:
        """Take somebody off the term."""
        self.kit.react(delivery, trainee.drop_trainee)

    @handles(REPORT_GRADED)
    def on_report_graded(self, delivery: Delivery) -> None:
        """Keep a grade."""
        self.kit.react(delivery, lambda tx, data: trainee.note_grade(tx, data, delivery.event_id))

    @handles(REPORT_REOPENED)
    def on_report_reopened(self, delivery: Delivery) -> None:
        """Forget a grade that holds no longer."""
        self.kit.react(delivery, lambda tx, data: trainee.drop_grade(tx, data, delivery.event_id))

    @handles(TERM_PLACED)
    def on_term_placed(self, delivery: Delivery) -> None:
        """Learn a term's dates."""
        rules = self.rules()
        self.kit.react(delivery, lambda tx, data: term.record_term(tx, data, rules))

    @handles(TERM_MOVED)
    def on_term_moved(self, delivery: Delivery) -> None:
        """Learn a term's new dates."""
        rules = self.rules()
        self.kit.react(delivery, lambda tx, data: term.record_term(tx, data, rules))

    @handles(TERM_CANCELLED)
    def on_term_cancelled(self, delivery: Delivery) -> None:
        """Cancel what a term needed."""
        self.kit.react(delivery, term.cancel_term)

    @handles(CALENDAR_CHANGED)
    def on_calendar_changed(self, delivery: Delivery) -> None:
        """Learn the city's own days, by which returns are due from now on."""
        self.kit.react(delivery, term.learn_calendar)

    @handles(TIMETABLE_ISSUED)
    def on_timetable_issued(self, delivery: Delivery) -> None:
        """Learn the sessions and count hours anew."""
        rules = self.rules()
        self.kit.react(delivery, lambda tx, data: timetable.record_timetable(tx, data, rules))

    @ticks("due", every=timedelta(hours=1))
    def look_at_what_is_due(self, slot: datetime) -> None:
        """Do what fell due."""
        due.look_at_what_is_due(self.kit.tick(slot, "due"))
