"""What people and rooms are taken up with by sessions that do not move, in the slots of a scheduler's problem."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from services.scheduling.domain.timetable import Session
from services.scheduling.domain.timetable_fill import DAYTIME
from services.scheduling.half_day_axis import HalfDayAxis
from services.scheduling.staying import lecture_of

Who = tuple[str, str]
"""A term, lecturer or room: its kind and its identifier."""


class Claims:
    """Slots by whom they are claimed from. Somebody's half-day has only so many hours, however short sessions are."""

    def __init__(self, axis: HalfDayAxis) -> None:
        self._axis = axis
        self._slots: dict[Who, set[int]] = defaultdict(set)
        self._lengths: dict[Who, dict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
        self._seated: dict[Who, set[int]] = defaultdict(set)

    def add(self, who: Who, session: Session) -> None:
        """Note a session."""
        axis = self._axis
        if session.on not in axis.days:
            return
        self._slots[who].update(axis.near(session))
        if session.half in DAYTIME:
            during = axis.during(session)
            self._slots[who].update(during)
            length = len(during) if session.form == "field" else axis.length(session.hours)
            if who[0] != "room":
                self._lengths[who][axis.first(session.on, session.half)][lecture_of(session)] = length

    def reserve(self, who: Who, slots: Iterable[int]) -> None:
        """Note slots in which only those may come that are seated in them."""
        self._slots[who].update(slots)

    def seat(self, who: Who, slots: Iterable[int]) -> None:
        """Note in which slots a session stands that is part of the problem: they are its own."""
        self._seated[who].update(slots)

    def barred(self, who: Who) -> set[int]:
        """Return the slots in which nothing else may come."""
        found = set(self._slots[who])
        for first, lengths in self._lengths[who].items():
            half_day = range(first, first + self._axis.parts)
            free = [slot for slot in half_day if slot not in found]
            found.update(free[: max(0, sum(lengths.values()) - len(half_day) + len(free))])
        return found - self._seated[who]
