"""Made-up years of any size, the same for the same seed: for benches and for trying the scheduler out."""

from __future__ import annotations

import random
from datetime import date, timedelta

from services.scheduling.domain.placement import (
    Absence,
    Blackout,
    Campus,
    Day,
    Dormitory,
    Lecturer,
    Need,
    Order,
    Policy,
    Problem,
    Room,
    Share,
    Term,
    Unit,
)
from shared.calendar import WorkingCalendar, days_between

YEAR = 2025
_FIRST, _LAST = date(YEAR, 2, 10), date(YEAR, 12, 19)
_CITY = "city"
_LENGTHS = (5, 5, 5, 5, 5, 3, 3, 2, 4, 10)
_SIZES = (30, 36, 40, 45, 48, 48, 50, 54, 60)
_SEATS = (40, 50, 60, 60, 60)
_UNITS_A_TERM = 9
_UTILISATION = 0.5
"""Of the beds, were all weeks alike; with windows, holidays and groups that do not pack evenly that is a full year."""


def made_up_year(terms: int, seed: int = 1, seconds: float = 60.0) -> Problem:
    """Return a year of so many terms: programmes, campuses, rooms, beds, lecturers, units and blackouts to match.

    Most terms last a week and hold 30 to 60 people; a programme has two to six of them, spread over a window of two to
    seven months. Beds are sized so that half of them would be taken, were all weeks alike.
    """
    return _Maker(terms, seed, seconds).problem()


class _Maker:
    def __init__(self, terms: int, seed: int, seconds: float) -> None:
        self._count, self._seed, self._seconds = terms, seed, seconds
        self._chance = random.Random(seed)  # noqa: S311
        calendar = WorkingCalendar()
        self._days = tuple(self._day(calendar, day) for day in days_between(_FIRST - timedelta(days=1), _LAST))
        self._units = self._some_units()
        self._lecturers = self._some_lecturers()

    def problem(self) -> Problem:
        """Return the year."""
        terms = self._some_terms()
        campuses, rooms = self._places(terms)
        return Problem(
            terms=tuple(terms),
            rooms=tuple(rooms),
            campuses=tuple(campuses),
            days=self._days,
            blackouts=self._blackouts(campuses),
            policy=Policy(),
            today=_FIRST - timedelta(days=60),
            seconds=self._seconds,
            seed=self._seed,
            lecturers=self._lecturers,
            units=self._units,
            orders=self._orders(terms),
        )

    def _day(self, calendar: WorkingCalendar, day: date) -> Day:
        name = calendar.holiday(day)
        return Day(day, calendar.kind(day).value, name.zh if name else None)

    def _some_units(self) -> tuple[Unit, ...]:
        count = max(18, self._count // 12)
        return tuple(
            Unit(f"{_CITY}.u{n}", f"第{n}单位", self._chance.randrange(120, 700, 20), far=n % 5 == 0)
            for n in range(1, count + 1)
        )

    def _some_lecturers(self) -> tuple[Lecturer, ...]:
        found = []
        for n in range(1, max(6, self._count // 3) + 1):
            absences = []
            for _ in range(self._chance.randint(0, 3)):
                first = self._somewhen()
                absences.append(Absence(first, first + timedelta(days=self._chance.randint(1, 10)), "出差"))
            found.append(Lecturer(f"lecturer-{n}", f"{n}号讲师", tuple(absences)))
        return tuple(found)

    def _somewhen(self) -> date:
        return _FIRST + timedelta(days=self._chance.randint(0, (_LAST - _FIRST).days))

    def _some_terms(self) -> list[Term]:
        found: list[Term] = []
        programme = 0
        while len(found) < self._count:
            programme += 1
            found += self._programme(programme, min(self._chance.randint(2, 6), self._count - len(found)))
        return found

    def _programme(self, number: int, terms: int) -> list[Term]:
        chance, days, size = self._chance, self._chance.choice(_LENGTHS), self._chance.choice(_SIZES)
        length = chance.randint(max(60, terms * (2 * days + 12)), 210)
        first = _FIRST + timedelta(days=chance.randint(0, (_LAST - _FIRST).days - length))
        last = first + timedelta(days=length)
        lecturers = chance.sample(self._lecturers, chance.randint(0, 2))
        months = tuple(sorted({chance.randint(first.month, last.month) for _ in range(2)})) if number % 4 == 0 else ()
        return [
            Term(
                id=f"p{number:03}-t{ordinal}",
                programme_id=f"p{number:03}",
                programme_ordinal=number,
                ordinal=ordinal,
                title=f"第{number}专题培训班",
                days=days,
                trainees=size,
                earliest_start=first,
                latest_end=last,
                target=first + timedelta(days=(length - days) * (ordinal - 1) // max(1, terms - 1)),
                room_kind="seminar" if number % 9 == 0 else None,
                min_gap=chance.choice((0, 2, 9)) if terms <= 4 else 0,
                bed_kind="single" if number % 11 == 0 else None,
                needs=tuple(Need(each.id, (chance.randint(1, days),)) for each in lecturers),
                shares=tuple(self._shares(size)),
                months=months,
            )
            for ordinal in range(1, terms + 1)
        ]

    def _shares(self, size: int) -> list[Share]:
        chosen = self._chance.sample(self._units, _UNITS_A_TERM)
        share, rest = divmod(size, len(chosen))
        return [Share(unit.id, share + (index < rest)) for index, unit in enumerate(chosen)]

    def _places(self, terms: list[Term]) -> tuple[list[Campus], list[Room]]:
        working = sum(day.works for day in self._days)
        at_once = sum(term.trainees * term.days for term in terms) / working
        campuses, rooms = [], []
        count = max(1, min(6, round(self._count / 150)))
        beds = max(120, round(at_once / _UTILISATION / count / 10) * 10)
        for n in range(1, count + 1):
            id = f"campus-{n}"
            dormitories = (Dormitory("single", f"{n}号楼", max(60, beds // 4)),)
            campuses.append(Campus(id, f"第{n}校区", f"{_CITY}.u{n}", beds, dormitories))
            for k in range(max(5, round(beds / 38))):
                kind = "seminar" if k % 5 == 4 else "lecture"
                rooms.append(Room(f"{id}-{k + 1}", f"{n}区{k + 1}号教室", id, _SEATS[k % len(_SEATS)], kind))
            rooms.append(Room(f"{id}-hall", f"{n}区报告厅", id, 120, "lecture"))
        return campuses, rooms

    def _blackouts(self, campuses: list[Campus]) -> tuple[Blackout, ...]:
        repair = campuses[-1]
        return (
            Blackout("congress", "全市性会议", date(YEAR, 3, 3), date(YEAR, 3, 5)),
            Blackout("flood", "防汛停课", date(YEAR, 7, 14), date(YEAR, 7, 18)),
            Blackout("repair", f"{repair.title}检修", date(YEAR, 8, 18), date(YEAR, 8, 24), campus_ids=(repair.id,)),
        )

    def _orders(self, terms: list[Term]) -> tuple[Order, ...]:
        """Ask one term in twenty to come after a term of another programme whose target lies well before."""
        found = []
        for term in terms[::20]:
            later = [
                other
                for other in terms
                if other.programme_id != term.programme_id
                and (other.latest_end - term.earliest_start).days > 60
                and ((other.target or _FIRST) - (term.target or _FIRST)).days > 40
            ]
            if later:
                found.append(Order(term.id, self._chance.choice(later).id, 7))
        return tuple(found)
