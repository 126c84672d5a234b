"""Problems as data: JSON and back, and what is wrong with them before anybody solves."""

from __future__ import annotations

import dataclasses
import json
import math
import typing
from collections import Counter

import pytest
from hypothesis import given, settings

from services.scheduling.contract.timetable_solves import SolveTimetable
from services.scheduling.domain.wire import from_wire, to_wire
from services.scheduling.timetable.objections import objections
from services.scheduling.timetable.problem import Course, Limit, Placed, Problem, Room, Rules, Term, Weights
from services.scheduling.timetable.reasons import reasons
from tests.unit.timetable.own_problems import problems
from tests.unit.timetable.small_school import SCHOOL, school, with_course

LONG = dataclasses.replace(with_course("a", slots=2), halves=(4,))
"""The school with lectures of two slots in half-days of four."""


@given(problem=problems())
@settings(max_examples=50, deadline=None)
def test_a_problem_is_the_same_after_json_and_sound(problem: Problem) -> None:
    assert from_wire(Problem, json.loads(json.dumps(to_wire(problem)))) == problem
    assert objections(problem) == []


def test_the_fields_of_a_kind_are_looked_up_once_however_many_objects_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    @dataclasses.dataclass(frozen=True)
    class Own(Problem):
        pass

    asked, looked_up = Counter[type](), typing.get_type_hints
    monkeypatch.setattr(typing, "get_type_hints", lambda kind: asked.update([kind]) or looked_up(kind))
    plain = to_wire(SCHOOL)
    assert len({from_wire(Own, plain) for _ in range(3)}) == 1
    assert asked[Own] == 1
    assert max(asked.values()) == 1


@pytest.mark.parametrize(
    ("problem", "path"),
    [
        (school(days=()), "days"),
        (school(halves=(1, 0)), "halves"),
        (school(terms=(Term("t1", "x", 1), Term("t1", "y", 1))), "terms"),
        (school(rooms=(Room("big", "x", 1, unavailable=(4,)),)), "rooms[0].unavailable"),
        (with_course("a", lecturer_ids=("nobody",)), "courses[0].lecturer_ids"),
        (with_course("b", term_ids=("t1", "t1")), "courses[1].term_ids"),
        (with_course("b", lectures=0), "courses[1].lectures"),
        (with_course("b", hours=-1.0), "courses[1].hours"),
        (with_course("b", hours=math.nan), "courses[1].hours"),
        (with_course("b", hours=math.inf), "courses[1].hours"),
        (with_course("b", lectures=401), "courses[1].lectures"),
        (with_course("b", slots=21), "courses[1].slots"),
        (with_course("b", min_days=401), "courses[1].min_days"),
        (with_course("b", module=1001), "courses[1].module"),
        (with_course("b", seats=100_001), "courses[1].seats"),
        (school(terms=(Term("t1", "x", 100_001), Term("t2", "y", -1))), "terms[1].trainees"),
        (school(rooms=(Room("big", "x", -1),)), "rooms[0].seats"),
        (school(weights=Weights(overflow=1001)), "weights.overflow"),
        (school(weights=Weights(order=-1)), "weights.order"),
        (school(rules=Rules(Limit(math.nan))), "rules.lecturer_hours.value"),
        (school(halves=(30, 31)), "halves"),
        (school(pins=(Placed("a", 3, 0),)), "pins[0]"),
        (school(pins=(Placed("a", 1, 9),)), "pins[0].slot"),
        (school(pins=(Placed("a", 1, 0, "attic"),)), "pins[0].room_id"),
        (school(pins=(Placed("a", 1, 0), Placed("a", 1, 1))), "pins"),
        (school(pins=(Placed("a", 1, 0), Placed("a", 2, 0, "big"))), "pins[1]"),
        (dataclasses.replace(LONG, pins=(Placed("a", 2, 1), Placed("a", 1, 0))), "pins[1]"),
    ],
)
def test_what_contradicts_itself_is_named_with_its_place(problem: Problem, path: str) -> None:
    found = objections(problem)
    assert path in [each.path for each in found]
    assert all(each.zh and each.en for each in found)


def test_what_may_be_asked_for_on_the_wire_is_no_contradiction() -> None:
    weights = {each.name: 1000 for each in dataclasses.fields(Weights)}
    most = {"lectures": 400, "slots": 20, "hours": 24, "min_days": 400, "module": 1000, "seats": 100_000}
    given = to_wire(school(terms=(Term("t1", "x", 100_000), Term("t2", "y", 0)), halves=(10, 10, 10)))
    given["courses"][0].update(most)
    given.update(weights=weights, rules={"lecturer_hours": {"value": 24, "source": ""}, "seats": "soft"})
    asked = SolveTimetable().load({"problem": given})["problem"]
    assert objections(from_wire(Problem, asked)) == []


def test_lectures_locked_in_slots_that_only_meet_are_no_contradiction() -> None:
    assert objections(school(pins=(Placed("a", 1, 0), Placed("a", 2, 1), Placed("b", 1, 0)))) == []
    assert objections(dataclasses.replace(LONG, pins=(Placed("a", 1, 0), Placed("a", 2, 2)))) == []


@pytest.mark.parametrize(
    ("problem", "rule", "figure"),
    [
        (with_course("a", lectures=5), "too_few_slots", "4"),
        (with_course("a", seats=500), "no_room_fits", "500"),
        (with_course("a", hours=6.0), "too_many_hours", "6"),
        (school(courses=tuple(Course(f"x{n}", "课", 1, ("t1",)) for n in range(5))), "term_full", "5"),
        (school(courses=tuple(Course(f"x{n}", "课", 1, (), ("li",)) for n in range(5))), "lecturer_full", "5"),
        (
            school(courses=tuple(Course(f"x{n}", "课", 1, (), (), seats=5, room_kinds=("seminar",)) for n in range(5))),
            "rooms_full",
            "5",
        ),
        (
            dataclasses.replace(with_course("a", unavailable=(0,)), pins=(Placed("a", 1, 0),)),
            "pin_impossible",
            "1",
        ),
    ],
)
def test_a_problem_without_a_timetable_says_why(problem: Problem, rule: str, figure: str) -> None:
    found = [each for each in reasons(problem, "unknown") if each.rule == rule]
    assert len(found) == 1
    assert figure in found[0].zh
    assert figure in found[0].en


def test_where_no_demand_is_impossible_by_itself_the_answer_says_so() -> None:
    assert [each.rule for each in reasons(SCHOOL, "infeasible")] == ["no_single_reason"]


def test_what_was_not_found_in_the_time_is_not_called_impossible() -> None:
    (found,) = reasons(SCHOOL, "unknown")
    assert found.rule == "not_found_in_time"
    assert "并未证明排不下" in found.zh
    assert "it is not proven impossible" in found.en


def test_where_there_is_no_lecture_nothing_needs_a_reason() -> None:
    assert reasons(school(courses=()), "optimal") == []
