"""Our own timetabling problem as data: lectures, lecturers, rooms and slots of the terms that share a stretch of days.

A slot is a half-day, or a part of one where ``halves`` says so. Slots are numbered through all days, from 0.
Everything is plain data; ``services.scheduling.domain.wire`` turns it into JSON and back.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Term:
    """The people of one term of a programme, who sit together. ``unavailable`` slots are not theirs to use."""

    id: str
    title: str
    trainees: int
    unavailable: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Lecturer:
    """Somebody who teaches. ``name`` is only for the words in which findings are told."""

    id: str
    name: str
    unavailable: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Room:
    """A teaching room; ``kind`` as the party school calls it (classroom, seminar room, hall)."""

    id: str
    title: str
    seats: int
    kind: str = "classroom"
    unavailable: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """A series of ``lectures`` lectures. Several ``term_ids`` make each of them one joint event.

    ``hours``    class hours of one lecture; 0: not counted.
    ``slots``    how many slots of one half-day a lecture takes; of field teaching: how many whole half-days of a day.
    ``field``    field teaching: outside, so it needs no room.
    ``seats``    how many seats it needs; ``None``: one for each trainee of its terms.
    ``room_kinds``, ``room_ids``   where it may be held; empty: any room.
    ``min_days`` on how many different days its lectures should fall.
    ``module``   its place in the scheme: lectures of lower modules should come first. ``None``: anywhere.
    ``fresh``    new matter that asks for attention: best in the first half of a day.
    """

    id: str
    title: str
    lectures: int = 1
    term_ids: tuple[str, ...] = ()
    lecturer_ids: tuple[str, ...] = ()
    hours: float = 0.0
    slots: int = 1
    field: bool = False
    seats: int | None = None
    room_kinds: tuple[str, ...] = ()
    room_ids: tuple[str, ...] = ()
    min_days: int = 1
    module: int | None = None
    fresh: bool = False
    unavailable: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """One lecture in its place: the ``number``-th of its course (from 1). Field teaching has no room.

    As a pin, ``room_id`` ``None`` leaves the room open.
    """

    course_id: str
    number: int
    slot: int
    room_id: str | None = None


@dataclass(frozen=True, slots=True)
class Timetable:
    """Lectures in their places; complete when every lecture of the problem is there once."""

    lectures: tuple[Placed, ...] = ()


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit somebody set, with where it comes from; it is quoted wherever the limit is broken."""

    value: float
    source: str = ""


@dataclass(frozen=True, slots=True)
class Rules:
    """What is hard beside the clashes.

    ``lecturer_hours``  most class hours of a lecturer in one half-day; ``None``: not limited.
    ``seats``           whether too small a room is forbidden or costs ``Weights.overflow`` a missing seat.
    """

    lecturer_hours: Limit | None = None
    seats: Literal["hard", "soft"] = "hard"


@dataclass(frozen=True, slots=True)
class Weights:
    """What each soft rule costs; 0 switches it off.

    ``overflow``       a missing seat, where that is not forbidden (UD2).
    ``min_days``       a day below a course's ``min_days`` (UD2).
    ``isolated``       a slot of a term with nothing before or after it on its day (UD2).
    ``course_rooms``   a room of a course beyond its first (UD2).
    ``term_rooms``     a room of a term beyond its first.
    ``order``          a pair of lectures of a term in the wrong order of modules.
    ``fresh``          a lecture of new matter outside the first half of a day.
    ``lecturer_days``  a day a lecturer has to come for beyond the fewest possible.
    """

    overflow: int = 1
    min_days: int = 5
    isolated: int = 2
    course_rooms: int = 1
    term_rooms: int = 1
    order: int = 1
    fresh: int = 2
    lecturer_days: int = 3


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. ``days`` are labels (dates as people read them); ``halves``: slots of each half of every day.

    ``pins`` are lectures that stay where they are.
    """

    days: tuple[str, ...]
    terms: tuple[Term, ...]
    lecturers: tuple[Lecturer, ...]
    rooms: tuple[Room, ...]
    courses: tuple[Course, ...]
    halves: tuple[int, ...] = (1, 1)
    pins: tuple[Placed, ...] = ()
    rules: Rules = field(default_factory=Rules)
    weights: Weights = field(default_factory=Weights)
    name: str = ""
