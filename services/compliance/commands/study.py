"""One term's attendance within a transaction: read once, changed in memory, written once, judged once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from services.compliance.commands.refusals import refuse_frozen
from services.compliance.commands.weighing import weigh
from services.compliance.contract.attendance_events import ABSENCE_ALERTED
from services.compliance.domain.standing import Standing, Tally, recount, tally
from services.compliance.queries.rolls import rolls_now
from services.compliance.queries.timetable import covered, timetable_now
from services.compliance.rulebook import Rulebook
from services.compliance.store.attendance import BOOKS, marks_of, standing_of, standing_row
from services.compliance.store.term import TERMS
from services.compliance.store.trainee import TRAINEES
from shared.storage import Transaction

_FIGURES = ("total_hours", "leave_hours", "absent_hours", "absent_half_days", "longest_absence")
"""Kept beside the sums: what was judged last, and what a list shows without the timetable."""


class Study:
    """The book of a term, opened for a change. Raises ``TermFrozen``, ``TimetableMissing``, ``NotFound``."""

    def __init__(self, tx: Transaction, term_id: str, rules: Rulebook) -> None:
        self.tx, self.term_id, self.rules = tx, term_id, rules
        self.term = tx.rows(TERMS).get(term_id)
        refuse_frozen(self.term)
        self.timetable = timetable_now(tx, term_id)
        self.book = tx.rows(BOOKS).get(term_id)
        self.rolled: list[str] = list(self.book["rolled"])
        self._people: dict[str, dict[str, Any]] = {row["nomination_id"]: row for row in self.book["people"]}
        self._before: dict[str, dict[str, Any]] = {}

    def standing(self, nomination_id: str) -> Standing:
        """Return somebody's sums, empty for who is not in the book yet."""
        row = self._people.get(nomination_id)
        return standing_of(row) if row else Standing()

    def tally(self, nomination_id: str) -> Tally:
        """Return the figures of somebody's sums."""
        return tally(self.standing(nomination_id), self.timetable, self.rolled)

    def put(self, nomination_id: str, unit_id: str, standing: Standing) -> None:
        """Set somebody's sums; ``write`` stores and judges them."""
        before = self._people.get(nomination_id, {})
        self._before.setdefault(nomination_id, before)
        kept = {"calls": before.get("calls", []), **dict.fromkeys(_FIGURES, 0)}
        self._people[nomination_id] = {**kept, **standing_row(nomination_id, unit_id, standing)}

    def recount(self, nomination_id: str, unit_id: str) -> None:
        """Set somebody's sums anew from all rolls and leave, as after a change of leave."""
        rolls = {session_id: marks_of(row) for session_id, row in rolls_now(self.tx, self.timetable).items()}
        mine = {
            session_id: {nomination_id: marks[nomination_id]}
            for session_id, marks in rolls.items()
            if nomination_id in marks
        }
        cover = covered(self.tx, self.timetable, nomination_id)
        found = recount(self.timetable, mine, {nomination_id: cover.get(nomination_id, frozenset())})
        self.put(nomination_id, unit_id, found[nomination_id])

    def write(self) -> None:
        """Judge whoever's leave or absence changed, and store the book."""
        moved = [nomination_id for nomination_id in self._before if self._measure(nomination_id)]
        trainees = self.tx.rows(TRAINEES).find({"_id": {"$in": moved}}) if moved else []
        least = self.rules.policies.number("absence.alert_consecutive_sessions")
        for trainee in trainees:
            row, before = self._people[trainee["_id"]], self._before[trainee["_id"]]
            row["calls"] = weigh(self.tx, self.rules, trainee, self.tally(trainee["_id"]), row["calls"])
            if before.get("longest_absence", 0) < least <= row["longest_absence"]:
                data = {"nomination_id": trainee["_id"], "term_id": self.term_id, "unit_id": trainee["unit_id"]}
                self.tx.emit(ABSENCE_ALERTED, {**data, "sessions": row["longest_absence"]}, subject=trainee["_id"])
        people = [self._people[nomination_id] for nomination_id in sorted(self._people)]
        self.book |= {"rolled": self.rolled, "people": people}
        self.tx.rows(BOOKS).save(self.book)

    def _measure(self, nomination_id: str) -> bool:
        row, before, figures = self._people[nomination_id], self._before[nomination_id], self.tally(nomination_id)
        row |= {name: getattr(figures, name) for name in _FIGURES}
        return any(row[name] != before.get(name, 0) for name in _FIGURES)


def expected_people(trainees: Iterable[dict[str, Any]], on: str) -> list[dict[str, Any]]:
    """Return whose mark a session of that day needs: not who withdrew, nor who was admitted after it."""
    return [row for row in trainees if row["state"] != "withdrawn" and row["admitted_on"] <= on]
