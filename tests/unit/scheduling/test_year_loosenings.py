"""A way out that is said to be enough is enough, one that is not says so, and what else stands in the way is listed."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings

from services.scheduling.domain.conflict import Asked, Conflict, Explanation, Loosening, cheapest
from services.scheduling.domain.demands import Demand, demands_on, held
from services.scheduling.domain.placement import Blackout, Campus, Lecturer, Need, Pin, Problem, Room, Term
from services.scheduling.domain.placement_grid import Grid
from services.scheduling.domain.placement_spans import Axis
from services.scheduling.domain.wire import from_wire, to_wire
from services.scheduling.plugins.year_demands import Ways
from services.scheduling.plugins.year_explain import explain_year
from services.scheduling.plugins.year_loosening import Loosenings
from tests.unit.scheduling.loosened_years import among, broken_years, fits, taken
from tests.unit.scheduling.year_problems import problem, term

MORE = "；另有其他要求仍须让步"
MORE_EN = "; other demands still have to give way"
WEEK = {"earliest_start": date(2020, 5, 11), "latest_end": date(2020, 5, 15)}
WHOLE = Blackout("b", "封控", date(2020, 4, 1), date(2020, 7, 31))
ROOM = Room("e1", "东一教室", "east", 60)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(broken_years())
def test_what_is_said_of_a_way_out_is_so_when_it_is_taken_at_its_word(year: Problem) -> None:
    explanation = explain_year(year)
    for conflict in explanation.conflicts:
        mine = among(year, conflict.term_ids)
        assert not fits(mine)
        for asked in conflict.demands:
            for way in asked.loosenings:
                assert way.alone == (MORE not in way.zh) == (MORE_EN not in way.en)
                after = taken(mine, asked, way)
                assert after is None or fits(after) == way.alone, way.zh
                less = taken(mine, asked, way, less=1) if way.alone and way.proven and way.amount > 1 else None
                assert less is None or not fits(less), way.zh
        assert ("单用不够" in conflict.zh) == ("not every way out is enough" in conflict.en)
        assert {each.alone for each in conflict.ways_out} <= {True, "单用不够" not in conflict.zh}


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(broken_years())
def test_where_giving_a_demand_up_is_not_enough_a_conflict_is_listed_that_does_without_it(year: Problem) -> None:
    conflicts = explain_year(year).conflicts
    for conflict in conflicts:
        beside = [each for each in conflicts if set(each.term_ids) <= set(conflict.term_ids)]
        for asked in conflict.demands:
            # Rooms that are added help no two terms that are pinned to one of those there are.
            ways = [each for each in asked.loosenings if asked.rule not in ("held", "rooms")]
            ways += [each for each in asked.loosenings if each.zh.startswith("不办")]
            if any(not each.alone for each in ways):
                assert any(not names(other, asked) for other in beside), asked.zh


def names(conflict: Conflict, asked: Asked) -> bool:
    return any((each.rule, each.subject, each.zh) == (asked.rule, asked.subject, asked.zh) for each in conflict.demands)


def numbered(terms: Iterable[Term]) -> list[Term]:
    return [
        dataclasses.replace(each, id=f"t{n}", programme_id=f"p{n}", programme_ordinal=n)
        for n, each in enumerate(terms, 1)
    ]


def told(*terms: Term, **changes: Any) -> tuple[Conflict, ...]:
    return explain_year(dataclasses.replace(problem(*numbered(terms), **changes), seconds=60.0)).conflicts


def of_all(*terms: Term, **changes: Any) -> Conflict:
    """Return what is said of all demands on some terms at once."""
    axis = Axis(problem(*numbered(terms), **changes))
    ids = [each.id for each in axis.problem.terms]
    demands = tuple(dict.fromkeys((*map(held, ids), *demands_on(axis, ids))))
    return Loosenings(Ways(Grid(axis)), 60.0).conflict(demands, minimal=False)


def said_of(rule: str, conflict: Conflict) -> list[str]:
    return [each.zh for asked in conflict.demands if asked.rule == rule for each in asked.loosenings]


def test_a_term_that_is_kept_out_twice_says_so_and_lists_both() -> None:
    seats, blackout = told(term(trainees=80), rooms=(ROOM,), blackouts=(WHOLE,))
    assert [asked.rule for asked in seats.demands] == ["held", "seats"]
    assert [asked.rule for asked in blackout.demands] == ["held", "blackout"]
    assert said_of("seats", seats) == [f"在东一教室加20个座位（现60座）供第1班第1期使用{MORE}"]
    assert said_of("blackout", blackout) == [f"停办时段放开6月28日至7月2日（5天）{MORE}"]
    assert said_of("held", seats) == ["不办第1班第1期，80人另行安排", f"第1班第1期减少20人，办60人{MORE}"]
    assert seats.zh.endswith("去掉任何一项即可满足；但有的办法单用不够，另有其他要求也须让步")
    assert [each.alone for each in seats.ways_out] == [False, True]


def test_the_cheapest_way_out_is_one_that_is_enough_where_there_is_one() -> None:
    def way(amount: int, alone: bool) -> Loosening:
        return Loosening(amount, "days", True, f"{amount}天", f"{amount} days", alone)

    asked = [Asked("window", f"t{n}", "", "", ways) for n, ways in enumerate([(way(1, False),), (way(5, True),)])]
    assert cheapest(asked) == (way(5, True),)
    assert cheapest(asked[:1]) == (way(1, False),)


def test_a_way_out_written_before_it_was_known_whether_it_is_enough_can_be_read() -> None:
    conflicts = told(term(trainees=61))
    wire = to_wire(Explanation(conflicts, True))
    for demand in wire["conflicts"][0]["demands"]:
        for way in demand["loosenings"]:
            del way["alone"]
    assert from_wire(Explanation, wire).conflicts[0].demands == conflicts[0].demands


LAB = Room("e9", "机房", "east", 40, "computer")


def test_more_rooms_are_asked_for_by_the_kind_and_the_seats_that_are_short() -> None:
    (conflict,) = told(
        term(trainees=30, room_kind="computer", **WEEK),
        term(trainees=35, room_kind="computer", **WEEK),
        rooms=(ROOM, LAB),
    )
    assert said_of("rooms", conflict) == ["东校区增加1间35座以上的“computer”类教室"]
    assert [each.en for asked in conflict.demands if asked.rule == "rooms" for each in asked.loosenings] == [
        "add a room of the kind 'computer' with 35 seats to '东校区'"
    ]


def test_rooms_short_of_two_kinds_are_each_asked_for() -> None:
    two = term(trainees=30, room_kind="computer", **WEEK), term(trainees=55, room_kind="classroom", **WEEK)
    conflict = of_all(*two, *two, rooms=(ROOM, LAB), campuses=(Campus("east", "东校区", "city", 300),))
    assert said_of("rooms", conflict) == [
        "东校区增加1间30座以上的“computer”类教室、1间55座以上的“classroom”类教室",
    ]


def test_no_more_rooms_are_asked_for_where_one_room_is_what_two_terms_are_pinned_to() -> None:
    pinned = term(pin=Pin(date(2020, 5, 11), "e1"))
    (conflict,) = told(pinned, pinned)
    assert said_of("rooms", conflict) == []
    assert said_of("pin", conflict) == [
        "把第1班第1期改到5月11日至15日，用西一教室",
        "把第2班第1期改到5月11日至15日，用西一教室",
    ]
    # The other term may have a new room, though the only one there is is named.
    (conflict,) = told(pinned, term(trainees=20, **WEEK), rooms=(ROOM,))
    assert said_of("rooms", conflict) == ["东校区增加1间20座以上的教室"]


def test_a_room_that_some_may_not_use_is_no_room_that_is_added() -> None:
    (conflict,) = told(*[term(barred_rooms=("e2",), **WEEK)] * 2, rooms=(ROOM, dataclasses.replace(ROOM, id="e2")))
    assert said_of("rooms", conflict) == ["东校区增加1间40座以上的教室"]


def test_as_many_lecturers_are_asked_for_as_are_short_at_once() -> None:
    needing = term(trainees=30, needs=(Need("wen", (1,)),), **WEEK)
    rooms = tuple(dataclasses.replace(ROOM, id=f"e{n}") for n in range(3))
    conflict = of_all(needing, needing, needing, rooms=rooms, lecturers=(Lecturer("wen", "温老师"),))
    assert said_of("lecturer", conflict) == ["5月11日为温老师另请教师，最多同时2名（共2人天）"]


def crowd(rooms: int, seconds: float) -> Conflict:
    """Ten terms in one week, with beds for nine of them."""
    year = problem(
        *numbered([term(trainees=45, **WEEK)] * 10),
        campuses=(Campus("east", "东校区", "city.donghu", 405),),
        rooms=tuple(dataclasses.replace(ROOM, id=f"e{n:02}") for n in range(rooms)),
    )
    ids = [each.id for each in year.terms]
    demands = (*map(held, ids), *(Demand("window", id) for id in ids), Demand("beds", "east"))
    return Loosenings(Ways(Grid(Axis(year))), seconds).conflict(demands)


def test_of_many_terms_too_it_is_said_whether_a_way_out_is_enough() -> None:
    assert [(each.zh, each.alone) for each in crowd(rooms=10, seconds=60.0).ways_out] == [
        ("东校区增加45张床位（5月10日至15日需450张，现有405张）", True),
        ("把第1班第1期推后到5月18日至22日，超出办班时间7天", True),
        ("不办第1班第1期，45人另行安排", True),
    ]
    short_of_rooms = crowd(rooms=9, seconds=60.0)
    assert [(each.zh, each.alone) for each in short_of_rooms.ways_out] == [
        (f"东校区增加45张床位（5月10日至15日需450张，现有405张）{MORE}", False),
        ("把第1班第1期推后到5月18日至22日，超出办班时间7天", True),
        ("不办第1班第1期，45人另行安排", True),
    ]
    assert "单用不够" in short_of_rooms.zh


def test_where_there_was_no_time_to_see_whether_a_way_out_is_enough_it_says_so() -> None:
    ways = crowd(rooms=10, seconds=0.0).ways_out
    assert [(each.zh, each.alone) for each in ways] == [
        ("不办第1班第1期，45人另行安排（时限内未能查明是否足够）", False)
    ]
