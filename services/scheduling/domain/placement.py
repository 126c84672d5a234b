"""The year's placement as data: terms to put on working days and into rooms, and the answer of a scheduler."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

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
class Campus:
    """A place with beds. ``district`` is the unit path of the district it stands in."""

    id: str
    title: str
    district: str
    beds: int


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
class Pin:
    """A start that must be kept, with its room where that is settled too."""

    starts_on: date
    room_id: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A term to place: ``days`` working days for ``trainees`` people, from ``earliest_start`` to ``latest_end``.

    ``districts`` are the unit paths its people come from (empty: not restricted, a district's blackout does not touch
    it); ``target`` is the start that would be best; ``min_gap`` calendar days must lie free between the terms of a
    programme (``None``: they may run side by side; where its terms differ, the largest holds for all).
    """

    id: str
    programme_id: str
    programme_ordinal: int
    ordinal: int
    title: str
    days: int
    trainees: int
    earliest_start: date
    latest_end: date
    districts: tuple[str, ...] = ()
    room_kind: str | None = None
    campus_id: str | None = None
    target: date | None = None
    pin: Pin | None = None
    min_gap: int | None = None
    boards: bool = True

    @property
    def label(self) -> str:
        """How a planner calls it."""
        return f"第{self.programme_ordinal}班第{self.ordinal}期“{self.title}”"

    @property
    def label_en(self) -> str:
        """How a planner calls it, in English."""
        return f"programme {self.programme_ordinal}, term {self.ordinal}"


@dataclass(frozen=True, slots=True)
class Policy:
    """The planner's rules and weights.

    ``longest_run``   a term up to this many days lies within one unbroken run of working days; a longer one may span
                      ordinary weekends, never a public holiday.
    ``report_ahead``  days before the opening on which people report and take their beds (0 or 1); when that day is a
                      public holiday they report on the opening day.
    ``lead_days``     calendar days that letters need before an opening, counted from ``Problem.today``; 0: not checked.
    ``in_order``      terms of a programme open in the order of their numbers.
    Weights are costs: a day away from the target, ten trainee-days above a week's fair share, ten empty seats.
    """

    longest_run: int = 5
    report_ahead: int = 1
    lead_days: int = 0
    in_order: bool = True
    weight_target: int = 10
    weight_balance: int = 3
    weight_seats: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything a scheduler needs; ``days`` are consecutive calendar days that cover every window."""

    terms: tuple[Term, ...]
    rooms: tuple[Room, ...]
    campuses: tuple[Campus, ...]
    days: tuple[Day, ...]
    blackouts: tuple[Blackout, ...] = ()
    policy: Policy = field(default_factory=Policy)
    today: date | None = None
    seconds: float = 8.0
    seed: int = 20200511


@dataclass(frozen=True, slots=True)
class Placed:
    """A term on the calendar; it has its beds from ``reports_on`` and its room from ``starts_on``, to ``ends_on``."""

    term_id: str
    starts_on: date
    ends_on: date
    reports_on: date
    room_id: str


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a term could not be placed, in words a planner understands, with figures for programs."""

    code: str
    zh: str
    en: str
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A term left over, with its reasons."""

    term_id: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Solution:
    """A scheduler's answer.

    ``status``  ``optimal``: proven best in number and in cost; ``feasible``: every rule holds, but time ran out before
                the proof or the scheduler does not prove.
    ``cost`` and ``bound`` are in the policy's weights: no table with as many terms costs less than ``bound``.
    ``placed_bound``: no table holds more terms than this.
    """

    scheduler: str
    status: Literal["optimal", "feasible"]
    placed: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...]
    cost: int
    bound: int
    placed_bound: int
    seconds: float = 0.0
