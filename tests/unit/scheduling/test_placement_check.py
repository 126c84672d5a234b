"""The checker sees each rule broken, on tables made wrong by hand."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from services.scheduling.domain.placement import (
    Absence,
    Ban,
    Blackout,
    Lecturer,
    Need,
    Order,
    Pin,
    Placed,
    Policy,
    Term,
)
from services.scheduling.domain.placement_check import check
from tests.unit.scheduling.year_problems import problem, term

GOOD = Placed("t1", date(2020, 5, 11), date(2020, 5, 15), date(2020, 5, 10), "e1")


def codes(*placed: Placed, terms: tuple[Term, ...] = (term(),), **changes: object) -> set[str]:
    return {each.code for each in check(problem(*terms, **changes), placed)}


def test_a_good_table_passes() -> None:
    assert codes(GOOD) == set()
    assert codes() == set()


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"ends_on": date(2020, 5, 14)}, {"length"}),
        ({"starts_on": date(2020, 5, 12), "reports_on": date(2020, 5, 11)}, {"length"}),
        ({"starts_on": date(2020, 5, 13), "ends_on": date(2020, 5, 19), "reports_on": date(2020, 5, 12)}, {"weekend"}),
        ({"starts_on": date(2020, 6, 23), "ends_on": date(2020, 6, 29), "reports_on": date(2020, 6, 22)}, {"holiday"}),
        (
            {"starts_on": date(2020, 5, 4), "ends_on": date(2020, 5, 8), "reports_on": date(2020, 5, 4)},
            {"length", "holiday", "window"},
        ),
        ({"reports_on": date(2020, 5, 11)}, {"report"}),
        ({"room_id": "nowhere"}, {"unknown"}),
        ({"term_id": "nobody"}, {"unknown"}),
        (
            {"starts_on": date(2019, 5, 11), "ends_on": date(2019, 5, 15), "reports_on": date(2019, 5, 10)},
            {"calendar", "window"},
        ),
    ],
)
def test_each_broken_rule_is_seen(change: dict[str, object], expected: set[str]) -> None:
    assert expected <= codes(dataclasses.replace(GOOD, **change))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("demand", "expected"),
    [
        ({"trainees": 61}, "capacity"),
        ({"room_kind": "seminar"}, "room-kind"),
        ({"campus_id": "west"}, "campus"),
        ({"pin": Pin(date(2020, 5, 18))}, "pin"),
        ({"pin": Pin(date(2020, 5, 11), "e2")}, "pin"),
        ({"latest_end": date(2020, 5, 14)}, "window"),
        ({"trainees": 121}, "beds"),
    ],
)
def test_each_broken_demand_is_seen(demand: dict[str, object], expected: str) -> None:
    assert expected in codes(GOOD, terms=(term(**demand),))


@pytest.mark.parametrize(
    ("blackout", "hit"),
    [
        (Blackout("b", "封控", date(2020, 5, 15), date(2020, 6, 1)), True),
        (Blackout("b", "封控", date(2020, 5, 1), date(2020, 5, 10)), True),
        (Blackout("b", "封控", date(2020, 5, 1), date(2020, 5, 9)), False),
        (Blackout("b", "封控", date(2020, 5, 12), date(2020, 5, 12), ("city.donghu",)), True),
        (Blackout("b", "封控", date(2020, 5, 12), date(2020, 5, 12), ("city.nanshan",)), False),
        (Blackout("b", "封控", date(2020, 5, 12), date(2020, 5, 12), (), ("west",)), False),
    ],
)
def test_blackouts_are_seen_where_they_hold(blackout: Blackout, hit: bool) -> None:
    assert ("blackout" in codes(GOOD, blackouts=(blackout,))) == hit


def test_terms_in_each_others_way_are_seen() -> None:
    other = term("t2", ordinal=2, trainees=90)
    beside = dataclasses.replace(GOOD, term_id="t2")
    assert {"room-clash", "beds"} <= codes(GOOD, beside, terms=(term(), other))
    later = Placed("t2", date(2020, 5, 18), date(2020, 5, 22), date(2020, 5, 17), "e1")
    small = term("t2", ordinal=2)
    assert codes(GOOD, later, terms=(term(min_gap=2), small)) == set()
    assert codes(GOOD, later, terms=(term(min_gap=3), small)) == {"gap"}
    backwards = (term(ordinal=3), small)
    assert codes(GOOD, later, terms=backwards) == {"sequence"}
    assert codes(GOOD, later, terms=backwards, policy=Policy(in_order=False)) == set()


def test_beds_of_a_kind_are_counted_apart_and_with_all_others() -> None:
    single = {"bed_kind": "single", "trainees": 45}
    beside = dataclasses.replace(GOOD, term_id="t2", room_id="e2")
    assert codes(GOOD, terms=(term(**single),)) == set()
    assert codes(GOOD, terms=(term(bed_kind="single", trainees=46),)) == {"beds"}
    both = (term(**single), term("t2", programme_id="p2", bed_kind="single", trainees=1))
    assert codes(GOOD, beside, terms=both) == {"beds"}
    # 45 in the building and 60 elsewhere are 105 of 120; 75 elsewhere would be as many as there are.
    assert codes(GOOD, beside, terms=(term(**single), term("t2", programme_id="p2", trainees=60))) == set()


def test_a_lecturer_is_never_twice_at_once_and_never_where_away() -> None:
    liang = Lecturer("liang", "梁老师", (Absence(date(2020, 5, 13), date(2020, 5, 13), "出差"),))
    first, second = term(needs=(Need("liang", (2,)),)), term("t2", programme_id="p2", needs=(Need("liang", (2, 4)),))
    beside = dataclasses.replace(GOOD, term_id="t2", room_id="e2")
    assert codes(GOOD, terms=(first,), lecturers=(liang,)) == set()
    assert codes(GOOD, beside, terms=(first, second), lecturers=(liang,)) == {"lecturer-clash"}
    assert codes(GOOD, terms=(term(needs=(Need("liang", (3,)),)),), lecturers=(liang,)) == {"lecturer-away"}
    assert codes(GOOD, terms=(term(needs=(Need("liang"),)),), lecturers=(liang,)) == {"lecturer-away"}
    assert codes(GOOD, terms=(term(needs=(Need("liang", (9,)),)),), lecturers=(liang,)) == set()


def test_orders_and_bans_are_seen() -> None:
    later = Placed("t2", date(2020, 5, 25), date(2020, 5, 29), date(2020, 5, 24), "e1")
    both = (term(), term("t2", programme_id="p2"))
    # From Friday 05-15 to Monday 05-25 nine days lie free.
    assert codes(GOOD, later, terms=both, orders=(Order("t1", "t2", 9),)) == set()
    assert codes(GOOD, later, terms=both, orders=(Order("t1", "t2", 10),)) == {"order"}
    assert codes(GOOD, later, terms=both, orders=(Order("t2", "t1"),)) == {"order"}
    assert codes(GOOD, terms=(term(bans=(Ban(date(2020, 5, 15), date(2020, 5, 20)),)),)) == {"banned"}
    assert codes(GOOD, terms=(term(bans=(Ban(date(2020, 5, 16), date(2020, 5, 20)),)),)) == set()
    assert codes(GOOD, terms=(term(barred_rooms=("e1",)),)) == {"barred-room"}
