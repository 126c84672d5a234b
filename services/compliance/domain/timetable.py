"""The timetable (课表) of a term as attendance and leave see it: sessions, half-days, scheduled hours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from services.compliance.domain.wording import Sentence

HALVES = ("morning", "afternoon", "evening")
HALF_WORDS = {
    "morning": Sentence("上午", "morning"),
    "afternoon": Sentence("下午", "afternoon"),
    "evening": Sentence("晚上", "evening"),
}


@dataclass(frozen=True, slots=True, order=True)
class HalfDay:
    """A half-day of the timetable; ``half`` is the place in ``HALVES``, so that half-days sort by time."""

    on: date
    half: int

    @classmethod
    def of(cls, on: date, half: str) -> HalfDay:
        """Return the half-day of that name. Raises ``ValueError`` for an unknown one."""
        return cls(on, HALVES.index(half))

    def words(self) -> Sentence:
        """Return how people call it."""
        half = HALF_WORDS[HALVES[self.half]]
        return Sentence(f"{self.on.month}月{self.on.day}日{half.zh}", f"the {half.en} of {self.on.isoformat()}")


@dataclass(frozen=True, slots=True)
class Session:
    """One session (课次). The instants are aware; ``hours`` are class hours (学时)."""

    session_id: str
    title: str
    on: date
    half: str
    starts_at: datetime
    ends_at: datetime
    hours: int

    @property
    def half_day(self) -> HalfDay:
        """The half-day it lies in."""
        return HalfDay.of(self.on, self.half)


@dataclass(frozen=True)
class Timetable:
    """One issued version of a term's timetable."""

    term_id: str
    version: int
    sessions: tuple[Session, ...]

    @cached_property
    def by_id(self) -> Mapping[str, Session]:
        """The sessions by identifier."""
        return {session.session_id: session for session in self.sessions}

    @cached_property
    def ordered(self) -> tuple[Session, ...]:
        """The sessions as they follow each other."""
        return tuple(sorted(self.sessions, key=lambda session: (session.starts_at, session.session_id)))

    @cached_property
    def total_hours(self) -> int:
        """总学时: the sum of all scheduled hours, whatever was announced beside them."""
        return sum(session.hours for session in self.sessions)

    def hours_of(self, session_ids: Iterable[str]) -> int:
        """Return the hours of those of the sessions that are still in the timetable, each once."""
        return sum(self.by_id[each].hours for each in set(session_ids) if each in self.by_id)

    def within(self, first: HalfDay, last: HalfDay) -> tuple[Session, ...]:
        """Return the sessions from one half-day to another, both included, in their order."""
        return tuple(session for session in self.ordered if first <= session.half_day <= last)

    def half_days(self, sessions: Iterable[Session]) -> int:
        """Return in how many half-days these sessions lie; a day has two at most, also one with an evening."""
        days: dict[date, set[str]] = {}
        for session in sessions:
            days.setdefault(session.on, set()).add(session.half)
        return sum(min(2, len(halves)) for halves in days.values())
