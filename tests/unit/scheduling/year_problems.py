"""Placement problems made for tests: the calendar of 2020, two campuses, terms of any shape."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from services.scheduling.domain.placement import (
    Absence,
    Ban,
    Blackout,
    Campus,
    Day,
    Dormitory,
    Lecturer,
    Need,
    Order,
    Pin,
    Policy,
    Problem,
    Room,
    Share,
    Term,
    Unit,
)
from shared.calendar import WorkingCalendar, days_between

CALENDAR = WorkingCalendar()


def days(first: date, last: date) -> tuple[Day, ...]:
    found = []
    for day in days_between(first, last):
        name = CALENDAR.holiday(day)
        found.append(Day(day, CALENDAR.kind(day).value, name.zh if name else None))
    return tuple(found)


SPRING = days(date(2020, 4, 1), date(2020, 7, 31))
CAMPUSES = (
    Campus("east", "东校区", "city.donghu", 120, (Dormitory("single", "一号楼", 45),)),
    Campus("west", "西校区", "city.nanshan", 60),
)
UNITS = (Unit("city.donghu", "东湖区委", 200), Unit("city.yunling", "云岭县委", 90, far=True))
ROOMS = (
    Room("e1", "东一教室", "east", 60),
    Room("e2", "东二教室", "east", 60),
    Room("e3", "东三研讨室", "east", 40, "seminar"),
    Room("w1", "西一教室", "west", 50),
)


def term(id: str = "t1", **changes: Any) -> Term:
    fields: dict[str, Any] = {
        "programme_id": "p1",
        "programme_ordinal": 1,
        "ordinal": 1,
        "title": "专题培训班",
        "days": 5,
        "trainees": 40,
        "earliest_start": date(2020, 5, 6),
        "latest_end": date(2020, 7, 31),
    }
    return Term(id, **(fields | changes))


def problem(*terms: Term, **changes: Any) -> Problem:
    fields: dict[str, Any] = {"rooms": ROOMS, "campuses": CAMPUSES, "days": SPRING, "seconds": 3.0}
    return Problem(terms, **(fields | changes))


def crowd(terms: int = 30, seconds: float = 20.0) -> Problem:
    """Return terms of different programmes, more than rooms and beds of a fortnight can hold."""
    window = {"earliest_start": date(2020, 5, 11), "latest_end": date(2020, 5, 22), "trainees": 60}
    crowded = (term(f"t{n}", programme_id=f"p{n}", programme_ordinal=n, **window) for n in range(terms))
    return problem(*crowded, seconds=seconds)


DATES = st.dates(SPRING[3].day, SPRING[-10].day)


@st.composite
def blackouts(draw: Any) -> Blackout:
    starts_on = draw(DATES)
    where = draw(
        st.sampled_from([{}, {"districts": ("city.donghu",)}, {"districts": ("city",)}, {"campus_ids": ("west",)}])
    )
    return Blackout(
        f"b{draw(st.integers(1, 9))}", "封控", starts_on, starts_on + timedelta(days=draw(st.integers(0, 30))), **where
    )


LECTURERS = st.tuples(
    st.builds(Lecturer, st.just("liang"), st.just("梁老师")),
    st.builds(
        Lecturer,
        st.just("wen"),
        st.just("温老师"),
        st.tuples(DATES.map(lambda day: Absence(day, day + timedelta(days=9), "出差"))),
    ),
)


@st.composite
def problems(draw: Any) -> Problem:
    """Crowded, odd and often impossible: short windows, large groups, blackouts, pins, gaps."""
    terms = []
    gaps = {programme: draw(st.sampled_from([None, None, 0, 3])) for programme in (1, 2)}
    for index in range(draw(st.integers(1, 7))):
        programme = draw(st.integers(1, 2))
        earliest = draw(DATES)
        made = term(
            f"t{index}",
            programme_id=f"p{programme}",
            programme_ordinal=programme,
            ordinal=index + 1,
            days=draw(st.sampled_from([1, 3, 5, 5, 7, 12])),
            trainees=draw(st.sampled_from([20, 40, 50, 60, 61])),
            earliest_start=earliest,
            latest_end=min(SPRING[-1].day, earliest + timedelta(days=draw(st.integers(2, 60)))),
            districts=draw(st.sampled_from([(), (), ("city.donghu.health",), ("city.xichuan",)])),
            room_kind=draw(st.sampled_from([None, None, None, "seminar"])),
            campus_id=draw(st.sampled_from([None, None, "west"])),
            target=draw(st.none() | DATES),
            pin=draw(st.none() | st.none() | st.builds(Pin, DATES, st.sampled_from([None, "e1"]))),
            min_gap=gaps[programme],
            boards=draw(st.sampled_from([True, True, False])),
            bed_kind=draw(st.sampled_from([None, None, None, "single"])),
            needs=draw(st.sampled_from([(), (), (Need("liang"),), (Need("wen", (1,)), Need("liang", (2, 9)))])),
            shares=draw(st.sampled_from([(), (Share("city.donghu", 15),), (Share("city.yunling", 12), Share("x", 3))])),
            months=draw(st.sampled_from([(), (), (5,), (6, 7)])),
            bans=draw(st.sampled_from([(), ()]) | DATES.map(lambda day: (Ban(day, day + timedelta(days=6)),))),
            barred_rooms=draw(st.sampled_from([(), (), (), ("e2",)])),
        )
        terms.append(made)
    policy = Policy(
        longest_run=draw(st.sampled_from([5, 5, 3])),
        report_ahead=draw(st.integers(0, 1)),
        lead_days=draw(st.sampled_from([0, 0, 20])),
        in_order=draw(st.booleans()),
    )
    found = tuple(draw(st.lists(blackouts(), max_size=2, unique_by=lambda each: each.id)))
    ids = [each.id for each in terms]
    asked = draw(st.lists(st.tuples(st.sampled_from(ids), st.sampled_from(ids), st.sampled_from([0, 5])), max_size=2))
    return problem(
        *terms,
        blackouts=found,
        policy=policy,
        today=date(2020, 5, 1),
        seconds=2.0,
        lecturers=draw(LECTURERS),
        units=UNITS,
        orders=tuple(Order(*each) for each in asked if each[0] < each[1]),
    )
