"""A conflict is what it says: no table keeps all of its demands, and without any one of them some table does."""

from __future__ import annotations

import dataclasses
from datetime import date
from itertools import islice, product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.scheduling.domain.conflict import Explanation
from services.scheduling.domain.demands import Demand, Rule, demands_on, held
from services.scheduling.domain.placement import (
    ONLINE,
    Absence,
    Ban,
    Blackout,
    Campus,
    Lecturer,
    Need,
    Order,
    Pin,
    Placed,
    Policy,
    Problem,
    Room,
    Term,
)
from services.scheduling.domain.placement_check import Violation, check
from services.scheduling.domain.placement_grid import Grid
from services.scheduling.domain.placement_spans import Axis
from services.scheduling.domain.wire import from_wire, to_wire
from services.scheduling.plugins.year_conflicts import Conflicts
from services.scheduling.plugins.year_demands import DemandModel, Ways
from services.scheduling.plugins.year_explain import explain_year
from services.scheduling.plugins.year_loosening import Loosenings
from services.scheduling.plugins.year_overload import Overloads, added_up
from services.scheduling.plugins.year_shortage import shortage
from tests.unit.scheduling.loosened_years import broken_years
from tests.unit.scheduling.tiny_years import tiny_years
from tests.unit.scheduling.year_problems import CAMPUSES, ROOMS, problem, term

# What the independent checker calls a broken rule, beside what a demand is called.
_RULES: dict[str, Rule] = {
    "window": "window",
    "lead-time": "lead",
    "pin": "pin",
    "capacity": "seats",
    "room-kind": "room-kind",
    "campus": "campus",
    "barred-room": "barred-room",
    "weekend": "unbroken",
    "holiday": "unbroken",
    "blackout": "blackout",
    "room-clash": "rooms",
    "lecturer-clash": "lecturer",
    "gap": "gap",
    "sequence": "sequence",
    "order": "order",
}
WEEK = {"earliest_start": date(2020, 5, 11), "latest_end": date(2020, 5, 15)}
FORTNIGHT = {"earliest_start": date(2020, 5, 11), "latest_end": date(2020, 5, 22)}


def broken(year: Problem, violation: Violation) -> Demand:
    """Return the demand that a violation breaks."""
    match violation.code:
        case "banned":
            return Demand("ban", violation.term_ids[0], int(violation.about))
        case "lecturer-away":
            lecturer_id, number = violation.about.split("#")
            return Demand("absence", lecturer_id, int(number))
        case "beds":
            campus_id, kind = violation.about.split("/")
            return Demand("beds", campus_id, kind=kind)
        case "room-clash":
            return Demand("rooms", next(room.campus_id for room in year.rooms if room.id == violation.about))
        case _:
            return Demand(_RULES[violation.code], violation.about or violation.term_ids[0])


def can_hold(year: Problem, demands: set[Demand]) -> bool:
    """Try every table of the terms that are to be held, by the independent checker alone."""
    axis = Axis(year)
    return _grown(year, axis, demands, (), [term for term in year.terms if Demand("held", term.id) in demands])


def _grown(year: Problem, axis: Axis, demands: set[Demand], table: tuple[Placed, ...], left: list[Term]) -> bool:
    if not left:
        return True
    term, rest = left[0], left[1:]
    for first in range(len(axis.working) - term.days + 1):
        starts_on, ends_on = axis.working[first], axis.working[first + term.days - 1]
        for room in year.rooms:
            if (room.campus_id == ONLINE.id) != (term.campus_id == ONLINE.id):  # no demand that could be given up
                continue
            more = (*table, Placed(term.id, starts_on, ends_on, axis.reporting_day(starts_on), room.id))
            if demands.isdisjoint(broken(year, each) for each in check(year, more)) and _grown(
                year, axis, demands, more, rest
            ):
                return True
    return False


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(tiny_years())
def test_no_demand_of_a_conflict_can_be_spared_and_all_are_too_much(year: Problem) -> None:
    found = Conflicts(Grid(Axis(year)), 60.0).find()
    assert found.complete
    for conflict in found.conflicts:
        demands = set(conflict)
        assert len(demands) == len(conflict)
        assert not can_hold(year, demands)
        for demand in conflict:
            assert can_hold(year, demands - {demand}), demand
    if not found.conflicts:
        axis, ids = Axis(year), [term.id for term in year.terms]
        assert can_hold(year, {*(held(id) for id in ids), *demands_on(axis, ids)})


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(broken_years())
def test_whoever_gives_up_one_demand_of_each_conflict_has_settled_all(year: Problem) -> None:
    axis, conflicts = Axis(year), Conflicts(Grid(Axis(year)), 60.0).find().conflicts
    terms = [{each.subject for each in conflict if each.rule == "held"} for conflict in conflicts]
    for mine in {frozenset(each): each for each in terms}.values():
        rules = [
            [each for each in conflict if each.rule != "held"]
            for conflict, others in zip(conflicts, terms, strict=True)
            if others <= mine
        ]
        every = {*(held(id) for id in mine), *demands_on(axis, mine)}
        for given_up in islice(product(*rules), 20):
            assert can_hold(year, every.difference(given_up)), given_up


def told(*terms: Term, **changes: Any) -> Explanation:
    return explain_year(dataclasses.replace(problem(*terms, **changes), seconds=60.0))


def said(explanation: Explanation) -> tuple[list[str], list[str]]:
    (conflict,) = explanation.conflicts
    return (
        [asked.rule for asked in conflict.demands],
        [each.zh for asked in conflict.demands for each in asked.loosenings],
    )


def crowd(*terms: Term, **changes: Any) -> tuple[list[str], list[str]]:
    numbered = [
        dataclasses.replace(each, id=f"t{n}", programme_id=f"p{n}", programme_ordinal=n)
        for n, each in enumerate(terms, 1)
    ]
    return said(told(*numbered, **changes))


def test_a_year_that_fits_has_no_conflict() -> None:
    explanation = told(term(), term("t2", ordinal=2))
    assert (explanation.conflicts, explanation.complete) == ((), True)


def test_beds_say_how_many_are_needed_and_when() -> None:
    rooms = tuple(Room(f"e{n}", "教室", "east", 60) for n in range(3))
    rules, ways = crowd(*(term(trainees=50, **WEEK) for _ in range(3)), rooms=rooms)
    assert rules == ["held"] * 3 + ["window"] * 3 + ["beds"]
    assert "东校区增加30张床位（5月10日至15日需150张，现有120张）" in ways
    assert "把第3班第1期推后到5月18日至22日，超出办班时间7天" in ways
    assert "第2班第1期减少30人，办20人" in ways


def test_a_blackout_says_which_days_would_have_to_open() -> None:
    closed = (Blackout("b", "封控", date(2020, 5, 13), date(2020, 6, 1)),)
    rules, ways = said(told(term(**WEEK), blackouts=closed))
    assert rules == ["held", "blackout", "window"]
    assert ways == [
        "不办第1班第1期，40人另行安排",
        "第1班第1期缩短3天，办2天",
        "停办时段放开5月13日至15日（3天）",
        "把第1班第1期提前到4月26日至30日，超出办班时间15天",
    ]


def test_a_way_out_keeps_the_rules_that_have_no_part_in_the_conflict() -> None:
    lecturer = Lecturer("wen", "温老师", (Absence(date(2020, 5, 11), date(2020, 5, 13), "出差"),))
    _, ways = said(told(term(needs=(Need("wen", (1,)),), **WEEK), lecturers=(lecturer,)))
    # 9 to 14 May would be nearer, and span a Sunday.
    assert "把第1班第1期推后到5月18日至22日，超出办班时间7天" in ways
    rules, ways = said(told(term(trainees=50, bed_kind="single")))
    assert rules == ["held", "beds", "beds"]
    assert any(each.startswith("东校区一号楼增加5张“single”类床位（") for each in ways)


def test_a_lecturer_wanted_too_often_says_when_a_second_is_needed() -> None:
    needing = term(needs=(Need("wen"),), **FORTNIGHT)
    rules, ways = crowd(needing, needing, needing, lecturers=(Lecturer("wen", "温老师"),))
    assert rules == ["held"] * 3 + ["window"] * 3 + ["lecturer"]
    assert any(each.endswith("为温老师另请一名教师（5天）") for each in ways)


ONE_TERM: list[tuple[Term, dict[str, Any], list[str], str]] = [
    (term(trainees=61), {}, ["seats"], "在东一教室加1个座位（现60座）供第1班第1期使用"),
    (term(days=6, **WEEK), {}, ["window"], "把第1班第1期提前到5月9日至15日，超出办班时间2天"),
    (
        term(**WEEK),
        {"policy": Policy(lead_days=20), "today": date(2020, 5, 1)},
        ["lead", "window"],
        "第1班第1期5月11日开班，发函提前天数减少10天",
    ),
    (
        term(earliest_start=date(2020, 6, 22), latest_end=date(2020, 6, 30)),
        {},
        ["unbroken", "window"],
        "第1班第1期跨6月25日至27日休息日，6月23日至30日上课",
    ),
    (term(pin=Pin(date(2020, 5, 16))), {}, ["pin"], "把第1班第1期改到5月18日至22日，用东一教室"),
    (
        term(trainees=50, pin=Pin(date(2020, 5, 18), "e3")),
        {},
        ["pin", "seats"],
        "在东三研讨室加10个座位（现40座）供第1班第1期使用",
    ),
    (
        term(needs=(Need("wen", (1,)),), **WEEK),
        {"lecturers": (Lecturer("wen", "温老师", (Absence(date(2020, 5, 11), date(2020, 5, 13), "出差"),)),)},
        ["absence", "window"],
        "5月11日的课另请教师，或请温老师改期（1天）",
    ),
    (
        term(room_kind="seminar", campus_id="west", trainees=30),
        {},
        ["campus", "room-kind"],
        "第1班第1期改在东校区举办",
    ),
    (
        term(bans=(Ban(date(2020, 5, 13), date(2020, 5, 13)),), **WEEK),
        {},
        ["ban", "window"],
        "允许第1班第1期占用5月13日（1天）",
    ),
]


@pytest.mark.parametrize(("odd", "changes", "rules", "way"), ONE_TERM)
def test_a_term_that_fits_nowhere_says_what_would_let_it_in(
    odd: Term, changes: dict[str, Any], rules: list[str], way: str
) -> None:
    found, ways = said(told(odd, **changes))
    assert found == ["held", *rules]
    assert way in ways


def test_rules_between_two_terms_say_how_far_they_would_have_to_give() -> None:
    _, ways = crowd(term(**WEEK), term(**WEEK), rooms=ROOMS[:1], policy=Policy(report_ahead=0))
    assert "东校区增加1间40座以上的教室" in ways
    _, ways = said(told(term("a", min_gap=7, **FORTNIGHT), term("b", ordinal=2, **FORTNIGHT)))
    assert any(each.startswith("间隔由7天缩短为2天") for each in ways)
    _, ways = crowd(term(**FORTNIGHT), term(**FORTNIGHT), orders=(Order("t1", "t2", 7),))
    assert any(each.startswith("相隔天数由7天缩短为2天") for each in ways)
    late = {"earliest_start": date(2020, 6, 1), "latest_end": date(2020, 6, 12)}
    _, ways = said(told(term("a", **late), term("b", ordinal=2, **FORTNIGHT)))
    assert any(each.startswith("允许后面的期次先开班") for each in ways)


def test_a_campus_or_lecturer_may_be_called_as_a_term_is() -> None:
    campus = Campus("t1", "东校区", "city.donghu", 70)
    rooms = tuple(Room(f"r{n}", "教室", "t1", 60) for n in range(2))
    rules, ways = crowd(term(**WEEK), term(**WEEK), campuses=(campus,), rooms=rooms)
    assert rules == ["held", "held", "window", "window", "beds"]
    assert "东校区增加10张床位（5月10日至15日需80张，现有70张）" in ways


def test_an_explanation_survives_the_way_through_json() -> None:
    explanation = told(term(trainees=61))
    assert from_wire(Explanation, to_wire(explanation)) == explanation


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(tiny_years())
def test_what_figures_alone_call_too_much_cannot_hold(year: Problem) -> None:
    axis, ids = Axis(year), [term.id for term in year.terms]
    model = DemandModel(Ways(Grid(axis)), (), [*(held(id) for id in ids), *demands_on(axis, ids)])
    short = shortage(model, 20.0)
    if short is not None:
        assert not can_hold(year, set(short))


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(tiny_years())
def test_terms_that_take_more_than_there_is_cannot_all_be_held(year: Problem) -> None:
    axis, ids = Axis(year), [term.id for term in year.terms]
    over = Overloads(Ways(Grid(axis)), ids, demands_on(axis, ids)).fewest()
    if over is not None:
        assert over.proves
        assert not can_hold(year, set(over.demands))


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(tiny_years(), st.sampled_from([100, 60, 40]))
def test_what_is_added_up_quickly_is_too_much_as_well(year: Problem, beds: int) -> None:
    """The slots of a term are what all rules on it leave; a campus with too few beds for it is none of them."""
    campuses = tuple(dataclasses.replace(each, beds=min(beds, each.beds)) for each in year.campuses)
    year = dataclasses.replace(year, campuses=campuses)
    over = added_up(Grid(Axis(year)), [term.id for term in year.terms])
    if over is not None:
        assert over.proves
        assert not can_hold(year, set(over.demands))


def test_a_term_that_is_not_needed_for_a_conflict_is_no_way_out_of_it() -> None:
    large, other = term("t1", trainees=61), term("t2", programme_id="p2", programme_ordinal=2)
    grid = Grid(Axis(problem(large, other)))
    demands = tuple(demand for id in ("t1", "t2") for demand in (held(id), *demands_on(grid.axis, [id])))
    conflict = Loosenings(Ways(grid), 60.0).conflict(tuple(dict.fromkeys(demands)), minimal=False)
    ways = [each.zh for asked in conflict.demands for each in asked.loosenings]
    assert "不办第1班第1期，61人另行安排" in ways
    assert not any("不办第2班第1期" in each for each in ways)


def test_a_crowd_is_explained_even_when_there_is_no_time_to_thin_it_out() -> None:
    crowded = [term(f"t{n}", programme_id=f"p{n}", programme_ordinal=n, trainees=60, **FORTNIGHT) for n in range(1, 30)]
    year = dataclasses.replace(problem(*crowded), seconds=0.5)
    explanation = explain_year(year)
    for conflict in explanation.conflicts:
        assert conflict.minimal == ("去掉任何一项即可满足" in conflict.zh)
        assert len(conflict.term_ids) >= 2


def test_the_largest_room_is_looked_for_where_the_term_is_held() -> None:
    online = term("o1", trainees=300, campus_id="online", room_kind="online.o1", boards=False)
    large = term("t2", programme_id="p2", programme_ordinal=2, trainees=200, boards=False)
    rooms = (*ROOMS, Room("online.o1", "线上", "online", 300, "online.o1"))
    (conflict,) = told(online, large, rooms=rooms, campuses=(*CAMPUSES, ONLINE)).conflicts
    assert [asked.zh for asked in conflict.demands if asked.rule == "seats"] == [
        "第2班第1期的200人要坐得下（可用的教室最大60座）"
    ]


def test_beds_that_make_up_for_too_few_are_asked_for_in_the_terms_own_window_where_that_is_possible() -> None:
    asked = [asked for conflict in told(term(trainees=500, **WEEK)).conflicts for asked in conflict.demands]
    said_of_beds = [way.zh for each in asked if each.rule == "beds" for way in each.loosenings]
    assert said_of_beds
    assert all("5月10日至15日需500张" in each for each in said_of_beds), said_of_beds
