"""The share of leave that is allowed, and what may still be asked for: judged in whole class hours.

Leave above one seventh of all scheduled hours leads to withdrawal; exactly one seventh is allowed.
Source: 2013 rule on the management of trainees; 条例 2023 art. 15.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.compliance.domain.timetable import HalfDay, Session, Timetable


@dataclass(frozen=True, slots=True)
class Share:
    """A share in whole numbers, such as 1 of 7."""

    part: int
    whole: int

    @classmethod
    def of(cls, value: object) -> Share:
        """Return the share of a policy's value, ``[part, whole]``. Raises ``ValueError`` for anything else."""
        if not isinstance(value, (list, tuple)) or len(value) != 2:
            raise ValueError(f"a share is written [part, whole], not {value!r}")
        return cls(int(value[0]), int(value[1]))

    def __str__(self) -> str:
        return f"{self.part}/{self.whole}"


def passes(leave_hours: int, total_hours: int, share: Share) -> bool:
    """Return whether leave lies above the share: strictly, and without a fraction anywhere."""
    return share.whole * leave_hours > share.part * total_hours


def allowance(total_hours: int, share: Share) -> int:
    """Return the most hours of leave that do not pass the share."""
    return share.part * total_hours // share.whole


@dataclass(frozen=True, slots=True)
class Prospect:
    """What one more half-day of leave would do."""

    half_day: HalfDay
    sessions: tuple[Session, ...]
    hours: int
    passes: bool


@dataclass(frozen=True, slots=True)
class Projection:
    """Leave so far, what is left, and what each half-day to come would do, on the timetable as it is now."""

    timetable_version: int
    total_hours: int
    leave_hours: int
    allowance: int
    passed: bool
    prospects: tuple[Prospect, ...]

    @property
    def remaining(self) -> int:
        """Hours that may still be asked for; 0 also when the share is passed already."""
        return max(0, self.allowance - self.leave_hours)

    @property
    def first_to_pass(self) -> Prospect | None:
        """The first half-day to come that would pass the share by itself."""
        return next((prospect for prospect in self.prospects if prospect.passes), None)


def project(timetable: Timetable, on_leave: frozenset[str], share: Share, open_sessions: frozenset[str]) -> Projection:
    """Return the projection for somebody with this leave; ``open_sessions`` are those not begun yet.

    Each prospect takes the hours of its half-day that are not on leave already, and judges them by ``passes``.
    """
    leave_hours = timetable.hours_of(on_leave)
    halves: dict[HalfDay, list[Session]] = {}
    for session in timetable.ordered:
        if session.session_id in open_sessions and session.session_id not in on_leave:
            halves.setdefault(session.half_day, []).append(session)
    prospects = []
    for half_day in sorted(halves):
        hours = sum(session.hours for session in halves[half_day])
        beyond = passes(leave_hours + hours, timetable.total_hours, share)
        prospects.append(Prospect(half_day, tuple(halves[half_day]), hours, beyond))
    return Projection(
        timetable_version=timetable.version,
        total_hours=timetable.total_hours,
        leave_hours=leave_hours,
        allowance=allowance(timetable.total_hours, share),
        passed=passes(leave_hours, timetable.total_hours, share),
        prospects=tuple(prospects),
    )
