"""The year's placement as data: terms to put on working days and into rooms, and the answer of a scheduler."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from services.scheduling.domain.placement_places import (
    ONLINE,
    Absence,
    Blackout,
    Campus,
    Day,
    DayKind,
    Dormitory,
    Lecturer,
    Room,
    Unit,
)

__all__ = [
    "ONLINE",
    "Absence",
    "Ban",
    "Blackout",
    "Campus",
    "Costs",
    "Day",
    "DayKind",
    "Dormitory",
    "Lecturer",
    "Need",
    "Order",
    "Pin",
    "Placed",
    "Policy",
    "Problem",
    "Reason",
    "Room",
    "Share",
    "Solution",
    "Term",
    "Unit",
    "Unplaced",
]


@dataclass(frozen=True, slots=True)
class Pin:
    """A start that must be kept, with its room where that is settled too.

    With ``ends_on`` and ``reports_on`` the term stands: it lies there already, whatever rules say of it by itself now,
    and takes its room, beds and lecturers.
    """

    starts_on: date
    room_id: str | None = None
    ends_on: date | None = None
    reports_on: date | None = None


@dataclass(frozen=True, slots=True)
class Ban:
    """Days on which a term may not be held, both included."""

    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Need:
    """A lecturer whom a term needs on some of its teaching days, counted from 1; on all of them when none is named."""

    lecturer_id: str
    days: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """How many people of a unit go to a term."""

    unit_id: str
    people: int


@dataclass(frozen=True, slots=True)
class Term:
    """A term to place: ``days`` working days for ``trainees`` people, from ``earliest_start`` to ``latest_end``.

    ``districts``  unit paths its people come from (empty: not restricted, a district's blackout does not touch it).
    ``target``     the start that would be best.
    ``min_gap``    calendar days that must lie free between the terms of a programme (``None``: they may run side by
                   side; where its terms differ, the largest holds for all).
    ``spacing``    days that should lie between the openings of a programme (``None``: as the policy says; the largest
                   holds for all).
    ``bed_kind``   the kind of beds its people need; ``months`` the months it should open in (empty: any).
    ``bans`` and ``barred_rooms`` are days and rooms it may not have.
    ``fixed``      it stays where its pin says, for others to plan around; its window is only that place.
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
    bed_kind: str | None = None
    needs: tuple[Need, ...] = ()
    shares: tuple[Share, ...] = ()
    months: tuple[int, ...] = ()
    spacing: int | None = None
    bans: tuple[Ban, ...] = ()
    barred_rooms: tuple[str, ...] = ()
    fixed: bool = False

    @property
    def stands(self) -> Placed | None:
        """Where the term lies in any case; ``None``: rules decide where it may."""
        pin = self.pin
        if pin is None or pin.ends_on is None or pin.reports_on is None or pin.room_id is None:
            return None
        return Placed(self.id, pin.starts_on, pin.ends_on, pin.reports_on, pin.room_id)

    @property
    def name(self) -> str:
        """How a planner calls it in short."""
        return f"第{self.programme_ordinal}班第{self.ordinal}期"

    @property
    def label(self) -> str:
        """How a planner calls it."""
        return f"{self.name}“{self.title}”"

    @property
    def label_en(self) -> str:
        """How a planner calls it, in English."""
        return f"programme {self.programme_ordinal}, term {self.ordinal}"


@dataclass(frozen=True, slots=True)
class Order:
    """One term comes after another: ``delay`` calendar days lie free between the end of one and the other's opening.

    It holds once both are placed.
    """

    before: str
    after: str
    delay: int = 0


@dataclass(frozen=True, slots=True)
class Policy:
    """The planner's rules and weights.

    ``longest_run``   a term up to this many days lies within one unbroken run of working days; a longer one may span
                      ordinary weekends, never a public holiday.
    ``report_ahead``  days before the opening on which people report and take their beds (0 or 1); when that day is a
                      public holiday they report on the opening day.
    ``lead_days``     calendar days that letters need before an opening, counted from ``Problem.today``; 0: not checked.
    ``in_order``      terms of a programme open in the order of their numbers.
    ``spacing_days``  days that should lie between the openings of a programme's terms.
    ``away_percent``  the share of a unit that may be away at once before it costs anything.
    Weights are costs: of a day away from the target; ten trainee-days above a week's fair share of a campus; ten empty
    seats; an opening outside the preferred months; a day that two openings of a programme lie too near; somebody away
    beyond a unit's share, in a week; a day on which people of a far unit travel. 0 switches a cost off.
    """

    longest_run: int = 5
    report_ahead: int = 1
    lead_days: int = 0
    in_order: bool = True
    spacing_days: int = 14
    away_percent: int = 10
    weight_target: int = 10
    weight_balance: int = 3
    weight_seats: int = 1
    weight_months: int = 100
    weight_spacing: int = 5
    weight_units: int = 5
    weight_travel: int = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything a scheduler needs; ``days`` are consecutive calendar days that cover every window.

    ``dropped`` are terms that a planner tries to leave out: nobody places them, but who knows their place is told.
    """

    terms: tuple[Term, ...]
    rooms: tuple[Room, ...]
    campuses: tuple[Campus, ...]
    days: tuple[Day, ...]
    blackouts: tuple[Blackout, ...] = ()
    policy: Policy = field(default_factory=Policy)
    today: date | None = None
    seconds: float = 8.0
    seed: int = 20200511
    lecturers: tuple[Lecturer, ...] = ()
    units: tuple[Unit, ...] = ()
    orders: tuple[Order, ...] = ()
    dropped: tuple[Term, ...] = ()


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
class Costs:
    """What a table costs, part by part, in tenths of the policy's weights (so that nothing is rounded)."""

    target: int = 0
    balance: int = 0
    seats: int = 0
    months: int = 0
    spacing: int = 0
    units: int = 0
    travel: int = 0

    @property
    def total(self) -> int:
        """All parts together."""
        return self.target + self.balance + self.seats + self.months + self.spacing + self.units + self.travel


@dataclass(frozen=True, slots=True)
class Solution:
    """A scheduler's answer.

    ``status``  ``optimal``: proven best in number and in cost; ``feasible``: every rule holds, but time ran out before
                the proof or the scheduler does not prove.
    ``cost`` and ``bound`` are in tenths of the policy's weights: no table with as many terms costs less than ``bound``.
    ``placed_bound``: no table holds more terms than this. ``costs``: the cost part by part.
    """

    scheduler: str
    status: Literal["optimal", "feasible"]
    placed: tuple[Placed, ...]
    unplaced: tuple[Unplaced, ...]
    cost: int
    bound: int
    placed_bound: int
    seconds: float = 0.0
    costs: Costs = field(default_factory=Costs)
