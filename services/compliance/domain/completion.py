"""Completion (结业): proposed by the rules, confirmed by the organisation department, anew until the closing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from services.compliance.domain.attendance import Mark
from services.compliance.domain.rules import RuleVerdict, outcome_of
from services.compliance.domain.timetable import Timetable


class Outcome(StrEnum):
    """What the rules say; ``pending`` waits for a fact, or for a rule that broke to be looked at."""

    COMPLETED = "completed"
    NOT_COMPLETED = "not_completed"
    PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Hours:
    """What somebody attended: class hours, and the days on which at least one session was."""

    attended: int
    total: int
    days: int


@dataclass(frozen=True, slots=True)
class Completion:
    """One person's completion; ``announced`` is what was said last, ``None`` while nothing was."""

    outcome: Outcome
    hours: Hours
    confirmed: bool = False
    announced: tuple[bool, Hours] | None = None

    @classmethod
    def judged(cls, verdicts: Iterable[RuleVerdict], hours: Hours) -> Completion:
        """Return what the rules propose."""
        return cls(Outcome(outcome_of(verdicts)), hours)

    def again(self, proposed: Completion) -> Completion:
        """Return it judged anew: confirmed it stays only when nothing changed."""
        same = (self.outcome, self.hours) == (proposed.outcome, proposed.hours)
        return self if same else replace(proposed, announced=self.announced)

    def confirm(self) -> tuple[Completion, bool]:
        """Return it confirmed, and whether that is news. What is pending stays proposed."""
        if self.outcome is Outcome.PENDING:
            return self, False
        said = (self.outcome is Outcome.COMPLETED, self.hours)
        return replace(self, confirmed=True, announced=said), said != self.announced


def is_outdated(kept: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Return whether what a completion was judged by is otherwise now; what only one of them names is not compared.

    A release before kept less of it.
    """
    return any(kept[name] != now[name] for name in kept.keys() & now.keys())


def hours_of(timetable: Timetable, marks: Mapping[str, Mark]) -> Hours:
    """Return what somebody's marks by session come to on a timetable."""
    attended = [timetable.by_id[each] for each, mark in marks.items() if mark.attended and each in timetable.by_id]
    days = {session.on for session in attended}
    return Hours(sum(session.hours for session in attended), timetable.total_hours, len(days))
