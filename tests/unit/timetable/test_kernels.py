"""The compiled kernels: what they change of the cost is what the checker counts, and every hard rule holds."""

from __future__ import annotations

import dataclasses

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.scheduling.timetable.assess import assess
from services.scheduling.timetable.conversion import as_problem
from services.scheduling.timetable.engine import Engine, PlainEngine, RichEngine, engine_of
from services.scheduling.timetable.instance import Instance
from services.scheduling.timetable.layout import Layout
from services.scheduling.timetable.plain_tables import is_plain
from services.scheduling.timetable.problem import Course, Limit, Placed, Problem, Rules
from services.scheduling.timetable.start import feasible_start
from tests.unit.timetable.instances import instances
from tests.unit.timetable.own_problems import problems
from tests.unit.timetable.small_school import SCHOOL, school, with_course

_CALM = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def walk(engine: Engine, layout: Layout, seed: int) -> None:
    """Let a walker run hot and cold from a feasible start, and look at it again and again."""
    places = feasible_start(layout, seed, 20.0, lambda: False)
    if places is None:
        return
    began = assess(layout.problem, layout.numbered(places))
    assert began.feasible
    walker = engine.walker(engine.snapshot(places, began.cost), seed)
    for temperature in (20.0, 4.0, 1.0, 0.3, 0.1):
        walker.run(temperature, 400)
        for snapshot in (walker.current(), walker.best):
            found = assess(layout.problem, layout.numbered(engine.places(snapshot)))
            assert found.violations == ()
            assert found.cost == snapshot.cost
        assert walker.best.cost <= walker.cost


@given(instance=instances(), seed=st.integers(1, 1000))
@_CALM
def test_the_plain_kernel_keeps_the_rules_and_counts_as_the_checker_does(instance: Instance, seed: int) -> None:
    layout = Layout(as_problem(instance))
    assert is_plain(layout)
    walk(PlainEngine(layout), layout, seed)


@given(instance=instances(), seed=st.integers(1, 1000))
@_CALM
def test_the_rich_kernel_takes_plain_problems_too(instance: Instance, seed: int) -> None:
    layout = Layout(as_problem(instance))
    walk(RichEngine(layout), layout, seed)


@given(problem=problems(roomy=True), seed=st.integers(1, 1000))
@_CALM
def test_the_rich_kernel_keeps_the_rules_and_counts_as_the_checker_does(problem: Problem, seed: int) -> None:
    layout = Layout(problem)
    walk(RichEngine(layout), layout, seed)


@given(data=st.data(), problem=problems(roomy=True), seed=st.integers(1, 1000))
@_CALM
def test_locked_lectures_stay_where_they_are(data: st.DataObject, problem: Problem, seed: int) -> None:
    layout = Layout(problem)
    places = feasible_start(layout, seed, 20.0, lambda: False)
    if places is None:
        return
    placed = layout.numbered(places).lectures
    pins = data.draw(st.lists(st.sampled_from(placed), max_size=3, unique=True))
    free = data.draw(st.booleans())
    pins = tuple(dataclasses.replace(pin, room_id=None) if free else pin for pin in pins)
    pinned = Layout(dataclasses.replace(problem, pins=pins))
    walk(RichEngine(pinned), pinned, seed)


def test_only_what_needs_it_goes_to_the_rich_kernel() -> None:
    plain = dataclasses.replace(SCHOOL.weights, term_rooms=0, order=0, lecturer_days=0)
    assert isinstance(engine_of(Layout(school(weights=plain))), PlainEngine)
    richer: list[Problem] = [
        SCHOOL,
        school(weights=plain, pins=(Placed("a", 1, 0),)),
        dataclasses.replace(with_course("b", field=True), weights=plain),
        dataclasses.replace(with_course("b", fresh=True), weights=plain),
        school(weights=plain, halves=(2, 2)),
        school(weights=plain, rooms=(dataclasses.replace(SCHOOL.rooms[0], unavailable=(0,)), SCHOOL.rooms[1])),
    ]
    assert [type(engine_of(Layout(each))) for each in richer] == [RichEngine] * len(richer)


def test_a_lecture_above_the_limit_of_hours_finds_no_place() -> None:
    long = Problem(
        days=("周一",),
        terms=(),
        lecturers=SCHOOL.lecturers,
        rooms=SCHOOL.rooms,
        courses=(Course("a", "长课", 1, (), ("li",), 4.5, seats=1),),
        rules=Rules(Limit(4.0)),
    )
    assert feasible_start(Layout(long), 1, 5.0, lambda: False) is None
    assert feasible_start(Layout(dataclasses.replace(long, rules=Rules(Limit(4.5)))), 1, 5.0, lambda: False) is not None
