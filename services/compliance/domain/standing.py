"""Where somebody stands in a term: hours attended, on leave, absent; kept as sums, always equal to a recount."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from services.compliance.domain.attendance import Mark, Status
from services.compliance.domain.timetable import Session, Timetable


@dataclass(frozen=True, slots=True)
class Standing:
    """One person's sums on the current timetable.

    ``covered`` are the sessions that granted leave covers, ``came`` those of them that were attended all the same:
    they count as attended and not as leave. A session is leave or absence, never both: leave goes first.
    """

    attended_hours: int = 0
    present: int = 0
    late: int = 0
    left_early: int = 0
    absent: frozenset[str] = frozenset()
    covered: frozenset[str] = frozenset()
    came: frozenset[str] = frozenset()

    @property
    def on_leave(self) -> frozenset[str]:
        """The sessions that count as leave, those to come included."""
        return self.covered - self.came

    def marked(self, session: Session, before: Mark | None, after: Mark | None) -> Standing:
        """Return the standing after the mark at one session was set or corrected."""
        one = frozenset({session.session_id})
        attended = after is not None and after.attended
        missed = after is not None and after.status is Status.ABSENT
        return replace(
            self._counted(before, session.hours, -1)._counted(after, session.hours, +1),
            absent=self.absent | (one - self.covered) if missed else self.absent - one,
            came=self.came | (one & self.covered) if attended else self.came - one,
        )

    def _counted(self, mark: Mark | None, hours: int, step: int) -> Standing:
        if mark is None or not mark.attended:
            return self
        return replace(
            self,
            attended_hours=self.attended_hours + step * hours,
            present=self.present + step * (mark.status is Status.PRESENT),
            late=self.late + step * (mark.status is Status.LATE),
            left_early=self.left_early + step * (mark.left_early or mark.status is Status.LEFT_EARLY),
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures rules judge by; all in whole class hours or half-days."""

    total_hours: int
    attended_hours: int
    leave_hours: int
    absent_hours: int
    absent_half_days: int
    longest_absence: int


def tally(standing: Standing, timetable: Timetable, rolled: Iterable[str] = ()) -> Tally:
    """Return the figures of a standing; ``rolled`` are the sessions whose roll was taken, for the longest absence."""
    return Tally(
        total_hours=timetable.total_hours,
        attended_hours=standing.attended_hours,
        leave_hours=timetable.hours_of(standing.on_leave),
        absent_hours=timetable.hours_of(standing.absent),
        absent_half_days=absent_half_days(standing.absent, timetable),
        longest_absence=longest_absence(standing.absent, timetable, rolled),
    )


def absent_half_days(absent: Iterable[str], timetable: Timetable) -> int:
    """Return absence in half-days, as leave is counted; sessions that fell away are none."""
    return timetable.half_days(timetable.by_id[each] for each in set(absent) if each in timetable.by_id)


def longest_absence(absent: Iterable[str], timetable: Timetable, rolled: Iterable[str]) -> int:
    """Return the most sessions missed without leave one after the other, among those whose roll was taken."""
    missed, taken = set(absent), set(rolled)
    longest = run = 0
    for session in timetable.ordered:
        if session.session_id in taken:
            run = run + 1 if session.session_id in missed else 0
            longest = max(longest, run)
    return longest


def recount(
    timetable: Timetable, rolls: Mapping[str, Mapping[str, Mark]], cover: Mapping[str, frozenset[str]]
) -> dict[str, Standing]:
    """Return everybody's standing from the rolls of all sessions and the sessions each one's leave covers.

    A roll of a session that is no longer in the timetable does not count.
    """
    standings = {nomination_id: Standing(covered=covered) for nomination_id, covered in cover.items()}
    for session_id, marks in rolls.items():
        session = timetable.by_id.get(session_id)
        if session is None:
            continue
        for nomination_id, mark in marks.items():
            standings[nomination_id] = standings.get(nomination_id, Standing()).marked(session, None, mark)
    return standings
