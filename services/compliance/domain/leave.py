"""Leave (请假): a period of half-days, the ladder of those who decide, and the states of a request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from enum import StrEnum

from services.compliance.domain.timetable import HalfDay, Session, Timetable
from services.compliance.domain.wording import Refusal, Sentence


class LeaveState(StrEnum):
    """``requested`` waits for the next step of the ladder; ``cancelled``: taken back, or ended before its time."""

    REQUESTED = "requested"
    GRANTED = "granted"
    REFUSED = "refused"
    CANCELLED = "cancelled"


STATE_WORDS = {
    LeaveState.REQUESTED: Sentence("待审批", "waiting for a decision"),
    LeaveState.GRANTED: Sentence("已准假", "granted"),
    LeaveState.REFUSED: Sentence("未准假", "refused"),
    LeaveState.CANCELLED: Sentence("已撤销", "cancelled"),
}
STEP_WORDS = {
    "head_teacher": Sentence("班主任", "head teacher"),
    "academic_affairs": Sentence("教务处", "academic affairs"),
    "school_leader": Sentence("校领导", "school leader"),
    "organisation_department": Sentence("组织部", "organisation department"),
}


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: it joins in when leave is longer than ``above`` half-days."""

    step: str
    above: int


def ladder_of(value: object) -> tuple[Rung, ...]:
    """Return the ladder of a policy's value: a list of ``{"step", "above_half_days"}`` from below upwards."""
    if not isinstance(value, list) or not value:
        raise ValueError("a ladder is a list of steps")
    return tuple(Rung(str(each["step"]), int(each["above_half_days"])) for each in value)


def steps_for(half_days: int, ladder: Sequence[Rung]) -> tuple[str, ...]:
    """Return who has to agree to leave of that length, in order; the lowest step always."""
    first, *others = ladder
    return (first.step, *(rung.step for rung in others if half_days > rung.above))


@dataclass(frozen=True, slots=True)
class Decision:
    """One step's word."""

    step: str
    granted: bool
    approver: str
    title: str
    by: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class Leave:
    """One request. ``ended_before`` is set when somebody came back early: sessions from that instant on count not."""

    first: HalfDay
    last: HalfDay
    state: LeaveState
    decisions: tuple[Decision, ...] = ()
    awaits: str | None = None
    ended_before: datetime | None = None

    def sessions(self, timetable: Timetable) -> tuple[Session, ...]:
        """Return the sessions it covers on a timetable."""
        found = timetable.within(self.first, self.last)
        if self.ended_before is None:
            return found
        return tuple(session for session in found if session.starts_at < self.ended_before)

    def covers(self, timetable: Timetable) -> frozenset[str]:
        """Return the sessions that count as leave: none unless it was granted."""
        granted = self.state is LeaveState.GRANTED
        return frozenset(session.session_id for session in self.sessions(timetable)) if granted else frozenset()

    def days(self, zone: tzinfo) -> tuple[date, date]:
        """Return its first and its last day; ended before its time, the day it ended on in that zone."""
        last_on = self.last.on if self.ended_before is None else self.ended_before.astimezone(zone).date()
        return self.first.on, min(self.last.on, last_on)

    def overlaps(self, first: HalfDay, last: HalfDay, timetable: Timetable) -> bool:
        """Return whether it is still in force and shares a half-day with a period; ended early, a session."""
        alive = self.state in (LeaveState.REQUESTED, LeaveState.GRANTED)
        if not alive or last < self.first or self.last < first:
            return False
        return self.ended_before is None or not set(self.sessions(timetable)).isdisjoint(timetable.within(first, last))

    def decide(self, decision: Decision, timetable: Timetable, ladder: Sequence[Rung]) -> Leave:
        """Return the leave after the word of the step it waits for; the ladder is read on the timetable of now.

        Raises ``Refusal`` when nothing is to be decided or another step's turn it is.
        """
        if self.state is not LeaveState.REQUESTED:
            words = STATE_WORDS[self.state]
            raise Refusal(
                "leave-decided", f"该请假{words.zh}，无需再审批", f"the leave is {words.en}; nothing is to be decided"
            )
        if decision.step != self.awaits:
            due = STEP_WORDS.get(self.awaits or "", Sentence(str(self.awaits), str(self.awaits)))
            raise Refusal("leave-step", f"该请假现由{due.zh}审批", f"the {due.en} decides on this leave now")
        said = (*self.decisions, decision)
        if not decision.granted:
            return replace(self, state=LeaveState.REFUSED, decisions=said, awaits=None)
        agreed = {each.step for each in said}
        needed = steps_for(timetable.half_days(self.sessions(timetable)), ladder)
        left = [step for step in needed if step not in agreed]
        if left:
            return replace(self, decisions=said, awaits=left[0])
        return replace(self, state=LeaveState.GRANTED, decisions=said, awaits=None)

    def cancel(self, now: datetime, timetable: Timetable) -> Leave:
        """Return the leave taken back: a request wholly, granted leave from now on (销假).

        Granted leave that no session had begun of is wholly taken back too. Raises ``Refusal`` when nothing is left.
        """
        if self.state is LeaveState.REQUESTED:
            return replace(self, state=LeaveState.CANCELLED, awaits=None)
        if self.state is LeaveState.GRANTED and self.ended_before is None:
            ended = replace(self, ended_before=now)
            return ended if ended.sessions(timetable) else replace(ended, state=LeaveState.CANCELLED)
        words = STATE_WORDS[self.state]
        raise Refusal(
            "leave-over", f"该请假{words.zh}，无可撤销", f"the leave is {words.en}; there is nothing to take back"
        )
