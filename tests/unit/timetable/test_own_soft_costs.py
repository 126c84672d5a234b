"""The costs of our own problem on hand-made tables, each weight alone."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from services.scheduling.timetable.assess import assess
from services.scheduling.timetable.findings import SOFT
from services.scheduling.timetable.problem import Course, Placed, Problem, Rules, Timetable, Weights
from tests.unit.timetable.small_school import (
    MON_AM,
    MON_PM,
    SCHOOL,
    TUE_AM,
    TUE_PM,
    only,
    school,
    table,
    with_course,
)


def cost(problem: Problem, timetable: Timetable, rule: str, value: int = 1) -> int:
    found = assess(dataclasses.replace(problem, weights=only(rule, value)), timetable)
    assert {each.rule for each in found.charges} <= {rule}
    assert found.cost == found.costs[rule]
    return found.cost


def test_the_good_table_costs_its_two_lonely_half_days() -> None:
    found = assess(SCHOOL, table())
    assert found.cost == 4
    assert {name: value for name, value in found.costs.items() if value} == {"isolated": 4}


def test_a_missing_seat_costs_only_where_it_is_not_forbidden() -> None:
    soft = dataclasses.replace(with_course("b", seats=63), rules=Rules(seats="soft"))
    assert cost(soft, table(), "overflow", 2) == 6
    assert cost(with_course("b", seats=63), table(), "overflow") == 0


def test_a_day_below_the_minimum_costs_its_weight() -> None:
    assert cost(with_course("a", min_days=2), table(), "min_days", 5) == 5
    assert cost(with_course("a", min_days=2), table(Placed("a", 2, TUE_PM, "big")), "min_days") == 0


def test_a_half_day_alone_costs_and_nights_do_not_join_days() -> None:
    assert cost(SCHOOL, table(), "isolated") == 2
    lonely = table(Placed("a", 1, MON_PM, "big"), Placed("b", 1, TUE_AM, "big"), Placed("a", 2, TUE_PM, "big"))
    assert cost(SCHOOL, lonely, "isolated") == 2


def test_field_teaching_over_a_whole_day_is_not_alone() -> None:
    assert cost(with_course("b", field=True, slots=2), table(Placed("b", 1, TUE_AM)), "isolated") == 1


def test_each_further_room_of_a_course_costs() -> None:
    seats = with_course("a", seats=10)
    assert cost(seats, table(), "course_rooms") == 0
    assert cost(seats, table(Placed("a", 2, MON_PM, "small")), "course_rooms", 3) == 3


def test_each_further_room_of_a_term_costs_and_the_field_is_none() -> None:
    seats = with_course("b", seats=10)
    assert cost(seats, table(Placed("b", 1, TUE_AM, "small")), "term_rooms") == 1
    assert cost(with_course("b", field=True), table(Placed("b", 1, TUE_AM)), "term_rooms") == 0


def test_every_pair_of_lectures_in_the_wrong_order_of_modules_costs() -> None:
    staged = school(
        courses=(
            dataclasses.replace(SCHOOL.courses[0], module=2),
            dataclasses.replace(SCHOOL.courses[1], module=1),
            SCHOOL.courses[2],
        )
    )
    assert cost(staged, table(), "order") == 2
    assert cost(staged, table(Placed("a", 2, TUE_PM, "big")), "order") == 1
    assert cost(with_course("a", module=2), table(), "order") == 0


def test_new_matter_in_the_afternoon_costs() -> None:
    assert cost(with_course("a", fresh=True), table(), "fresh", 2) == 2


def test_a_day_more_than_a_lecturer_needs_costs() -> None:
    assert cost(SCHOOL, table(), "lecturer_days") == 0
    apart = table(Placed("b", 1, MON_AM, "big"), Placed("a", 1, TUE_AM, "big"))
    found = assess(school(weights=only("lecturer_days", 3)), apart)
    assert found.cost == 6
    assert {each.details["lecturer_id"] for each in found.charges} == {"li", "wang"}


def test_every_soft_rule_has_a_case_above() -> None:
    text = Path(__file__).read_text("utf-8")
    assert [rule for rule in SOFT if f'"{rule}"' not in text] == []


def test_a_rule_of_weight_nought_says_nothing() -> None:
    off = school(
        weights=Weights(**{field.name: 0 for field in dataclasses.fields(Weights)}),
        courses=(
            Course("a", "理论", 2, ("t1",), ("li",), module=2, fresh=True, min_days=2),
            Course("b", "专题", 1, ("t1",), ("wang",), module=1),
            SCHOOL.courses[2],
        ),
    )
    apart = table(Placed("a", 1, MON_PM, "big"), Placed("a", 2, TUE_PM, "big"), Placed("b", 1, MON_AM, "big"))
    assert assess(off, table()).charges == ()
    assert assess(off, apart).charges == ()
