"""What completion rests on now: what the rolls and the leave of a term come to, and what is known of each person."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from services.compliance.domain.attendance import Mark
from services.compliance.domain.completion import Hours, hours_of, is_outdated
from services.compliance.domain.rules import Stage, TraineeFacts
from services.compliance.domain.standing import Standing, recount, tally
from services.compliance.domain.timetable import Timetable
from services.compliance.queries.rolls import rolls_now
from services.compliance.queries.timetable import covered, timetable_now
from services.compliance.store.attendance import marks_of
from services.compliance.store.completion import grounds_now, grounds_of
from services.compliance.store.trainee import TRAINEES, facts_of
from shared.storage import View

Row = dict[str, Any]


class Grounds:
    """The rolls and the leave of a term, counted once for everybody."""

    def __init__(self, view: View, timetable: Timetable) -> None:
        self.rolls = {session_id: marks_of(row) for session_id, row in rolls_now(view, timetable).items()}
        self._timetable = timetable
        self._standings = recount(timetable, self.rolls, covered(view, timetable))
        self._marks: dict[str, dict[str, Mark]] = defaultdict(dict)
        for session_id, marks in self.rolls.items():
            for nomination_id, mark in marks.items():
                self._marks[nomination_id][session_id] = mark

    def facts(self, trainee: Row) -> TraineeFacts:
        """Return what the rules are told of somebody."""
        figures = tally(self._standings.get(trainee["_id"], Standing()), self._timetable, self.rolls)
        return facts_of(trainee, figures, Stage.COMPLETION)

    def hours(self, trainee: Row) -> Hours:
        """Return what somebody attended."""
        return hours_of(self._timetable, self._marks[trainee["_id"]])

    def outdated(self, completion: Row, trainee: Row) -> bool:
        """Return whether a stored completion rests on what holds no longer."""
        now = grounds_now(trainee, self.facts(trainee), self.hours(trainee))
        return is_outdated(grounds_of(completion), now)


def outdated(view: View, term_id: str, completions: list[Row]) -> list[str]:
    """Return whose of these completions of a term rest on what holds no longer. Raises ``TimetableMissing``."""
    if not completions:
        return []
    grounds = Grounds(view, timetable_now(view, term_id))
    trainees = {row["_id"]: row for row in view.rows(TRAINEES).find({"term_id": term_id})}
    return [row["_id"] for row in completions if grounds.outdated(row, trainees[row["_id"]])]
