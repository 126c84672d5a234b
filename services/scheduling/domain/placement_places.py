"""What a placement has to go round with: days, campuses with beds, rooms, blackouts, lecturers, units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

DayKind = Literal["working", "make_up", "weekend", "holiday"]


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the calendar; ``name`` is the holiday's, in Chinese."""

    day: date
    kind: DayKind
    name: str | None = None

    @property
    def works(self) -> bool:
        """Whether lessons may be held."""
        return self.kind in ("working", "make_up")


@dataclass(frozen=True, slots=True)
class Dormitory:
    """Beds of one kind on a campus, such as those of one building; they are part of the campus's beds."""

    kind: str
    title: str
    beds: int


@dataclass(frozen=True, slots=True)
class Campus:
    """A place with beds. ``district`` is the unit path of the district it stands in.

    ``beds`` are all of them. A term that asks for a kind sleeps in the dormitories of that kind, others wherever a bed
    is free: so a table holds when each kind suffices for those who ask for it, and the campus for all together.
    ``online`` stands for no place at all: what is held there takes no beds, and a blackout does not touch it.
    """

    id: str
    title: str
    district: str
    beds: int
    dormitories: tuple[Dormitory, ...] = ()
    online: bool = False

    def beds_of(self, kind: str | None) -> int:
        """Return the beds of a kind; ``None``: all of them."""
        if kind is None:
            return self.beds
        return sum(each.beds for each in self.dormitories if each.kind == kind)

    def sleeping(self, kind: str | None) -> str:
        """Return what those beds are called."""
        named = [each.title for each in self.dormitories if each.kind == kind] if kind is not None else []
        return f"{self.title}{'、'.join(named)}" if named else self.title


ONLINE = Campus("online", "线上", "", 0, online=True)
"""Where what is held online is: nowhere."""


@dataclass(frozen=True, slots=True)
class Room:
    """A teaching room of a campus."""

    id: str
    title: str
    campus_id: str
    capacity: int
    kind: str = "classroom"


@dataclass(frozen=True, slots=True)
class Blackout:
    """Days on which nothing may be held: in the whole city when neither districts nor campuses are named."""

    id: str
    title: str
    starts_on: date
    ends_on: date
    districts: tuple[str, ...] = ()
    campus_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which a lecturer is not to be had, both included; ``but`` is the term that has the lecturer then."""

    starts_on: date
    ends_on: date
    reason: str = ""
    but: str | None = None

    def keeps_from(self, term_id: str, day: date) -> bool:
        """Return whether a term cannot have the lecturer on a day."""
        return self.starts_on <= day <= self.ends_on and self.but != term_id


@dataclass(frozen=True, slots=True)
class Lecturer:
    """Somebody whom terms need on their days, and who is never in two terms on one day."""

    id: str
    title: str
    absences: tuple[Absence, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that sends people: how many work there, and whether it is so far away that they travel together."""

    id: str
    title: str
    staff: int
    far: bool = False
