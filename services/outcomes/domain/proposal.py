"""A policy proposal (政策建议): filed, forwarded to a department, answered, followed after its adoption."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """Where a proposal stands."""

    FILED = "filed"
    FORWARDED = "forwarded"
    ADOPTED = "adopted"
    PARTLY_ADOPTED = "partly_adopted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


FOLLOWED = frozenset({State.ADOPTED, State.PARTLY_ADOPTED})
PROGRESS = ("not_started", "in_progress", "completed", "stopped")


class NotNow(Exception):
    """The proposal's state does not allow the step."""

    def __init__(self, state: State) -> None:
        super().__init__(state.value)
        self.state = state


class NoSuchFollowUp(Exception):
    """It is not followed in that month."""


class TooEarly(Exception):
    """A follow-up is taken from ``opens_on`` on."""

    def __init__(self, opens_on: date) -> None:
        super().__init__(opens_on.isoformat())
        self.opens_on = opens_on


def months_after(day: date, months: int) -> date:
    """Return the day ``months`` months later: the same day of the month, or that month's last when it has none.

    Counted from ``day`` itself each time, so that 31 January is followed on 28 or 29 February and again on 31 March.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Forwarding:
    """To whom it went, and until when they answer."""

    unit_id: str
    forwarded_at: datetime
    due_on: date


@dataclass(frozen=True)
class DepartmentAnswer:
    """What the department said. ``late``: after its day."""

    unit_id: str
    decision: State
    text: str
    answered_on: date
    late: bool


@dataclass(frozen=True)
class FollowUp:
    """One look at how far an adopted proposal has come, ``month`` months after its adoption."""

    month: int
    due_on: date
    told_on: date | None = None
    overdue_told_on: date | None = None
    progress: str | None = None
    evidence: str = ""
    recorded_on: date | None = None

    @property
    def late(self) -> bool:
        """Whether it was recorded after its day."""
        return self.recorded_on is not None and self.recorded_on > self.due_on

    def overdue(self, today: date) -> bool:
        """Return whether it should have been recorded by now; its last day is still in time."""
        return self.recorded_on is None and today > self.due_on

    def opens_on(self, notice_days: int) -> date:
        """Return the day from which it is asked for and taken."""
        return self.due_on - timedelta(days=notice_days)


@dataclass(frozen=True)
class Proposal:
    """One proposal. ``unit_id`` is its author's unit; ``answers`` are all, the present one last."""

    nomination_id: str
    term_id: str
    unit_id: str
    state: State = State.FILED
    forwarding: Forwarding | None = None
    answers: tuple[DepartmentAnswer, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()

    def forwarded(self, unit_id: str, now: datetime, due_on: date) -> Proposal:
        """Return it with a department: the first, another before it answers, or another after the first declined."""
        self._in(State.FILED, State.FORWARDED, State.DECLINED)
        return replace(self, state=State.FORWARDED, forwarding=Forwarding(unit_id, now, due_on))

    def answered(self, decision: State, text: str, today: date, months: Iterable[int]) -> Proposal:
        """Return it with the department's answer; adopted, whole or in part, it is followed in those months."""
        self._in(State.FORWARDED)
        assert self.forwarding is not None
        late = today > self.forwarding.due_on
        answer = DepartmentAnswer(self.forwarding.unit_id, decision, text, today, late)
        follow_ups: tuple[FollowUp, ...] = ()
        if decision in FOLLOWED:
            follow_ups = tuple(FollowUp(month, months_after(today, month)) for month in sorted(set(months)))
        return replace(self, state=decision, answers=(*self.answers, answer), follow_ups=follow_ups)

    def withdrawn(self) -> Proposal:
        """Return it as taken back by its author, before a department has answered."""
        return replace(self._in(State.FILED, State.FORWARDED), state=State.WITHDRAWN)

    def recorded(self, month: int, progress: str, evidence: str, today: date, notice_days: int) -> Proposal:
        """Return it with what the department says of a follow-up; said again, the later word holds.

        Raises ``NotNow``, ``NoSuchFollowUp`` or ``TooEarly``.
        """
        if self.state not in FOLLOWED:
            raise NotNow(self.state)
        found = next((each for each in self.follow_ups if each.month == month), None)
        if found is None:
            raise NoSuchFollowUp
        if today < found.opens_on(notice_days):
            raise TooEarly(found.opens_on(notice_days))
        first_on = found.recorded_on or today
        return self._with(replace(found, progress=progress, evidence=evidence, recorded_on=first_on))

    def due(self, today: date, notice_days: int) -> list[FollowUp]:
        """Return the follow-ups to ask for now: not recorded, not asked for yet."""
        return [each for each in self._unrecorded() if each.told_on is None and each.opens_on(notice_days) <= today]

    def overdue(self, today: date) -> list[FollowUp]:
        """Return the follow-ups whose day has passed and of which nobody was told so yet."""
        return [each for each in self._unrecorded() if each.overdue_told_on is None and each.overdue(today)]

    def told(self, due: Iterable[FollowUp], overdue: Iterable[FollowUp], today: date) -> Proposal:
        """Return it with follow-ups marked as asked for, and as told to be overdue."""
        after = self
        for each in due:
            after = after._with(replace(each, told_on=today))
        for each in overdue:
            present = next(found for found in after.follow_ups if found.month == each.month)
            after = after._with(replace(present, overdue_told_on=today))
        return after

    @property
    def next_look_on(self) -> date | None:
        """The day of the earliest follow-up not recorded; ``None`` when there is nothing left to follow."""
        return min((each.due_on for each in self._unrecorded()), default=None)

    def _unrecorded(self) -> list[FollowUp]:
        return [each for each in self.follow_ups if each.recorded_on is None]

    def _with(self, follow_up: FollowUp) -> Proposal:
        return replace(
            self, follow_ups=tuple(follow_up if each.month == follow_up.month else each for each in self.follow_ups)
        )

    def _in(self, *states: State) -> Proposal:
        if self.state not in states:
            raise NotNow(self.state)
        return self
