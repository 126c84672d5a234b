"""The bound of the rooms: never above what any timetable pays for rooms, and reached where nothing else costs."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.scheduling.timetable import portfolio
from services.scheduling.timetable.assess import assess
from services.scheduling.timetable.conversion import as_problem
from services.scheduling.timetable.exact import ExactScheduler
from services.scheduling.timetable.instance import Course, Instance, Room
from services.scheduling.timetable.layout import Layout
from services.scheduling.timetable.portfolio import PortfolioScheduler
from services.scheduling.timetable.problem import Problem
from services.scheduling.timetable.room_bound import least_for_rooms
from services.scheduling.timetable.scheduler import Effort, Outcome
from services.scheduling.timetable.search import SearchScheduler
from tests.unit.timetable.instances import instances
from tests.unit.timetable.own_problems import problems
from tests.unit.timetable.small_school import SCHOOL

_CALM = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ROOMS = ("overflow", "course_rooms", "term_rooms")


@given(problem=st.one_of(problems(roomy=True), instances().map(as_problem)), seed=st.integers(1, 1000))
@_CALM
def test_no_timetable_pays_less_for_its_rooms(problem: Problem, seed: int) -> None:
    found = SearchScheduler().schedule(problem, Effort(proposals=500, seed=seed), lambda _: None, lambda: False)
    if found.timetable is not None:
        paid = sum(each.cost for each in assess(problem, found.timetable).charges if each.rule in ROOMS)
        assert least_for_rooms(Layout(problem), 5.0) <= paid


@given(problem=problems(roomy=True))
@_CALM
def test_the_best_timetable_costs_no_less(problem: Problem) -> None:
    alone = {name: getattr(problem.weights, name) for name in ROOMS}
    zero = {each.name: 0 for each in dataclasses.fields(problem.weights)}
    problem = dataclasses.replace(problem, weights=dataclasses.replace(problem.weights, **{**zero, **alone}))
    found = ExactScheduler().schedule(problem, Effort(seconds=5.0, seed=1), lambda _: None, lambda: False)
    if found.status == "optimal":
        assert found.cost is not None
        assert least_for_rooms(Layout(problem), 5.0) <= found.cost


@pytest.mark.parametrize(
    ("seats", "weights", "least"),
    [
        # a: two lectures for 30 in 25 seats; the big room has one open slot.
        (25, {}, 5 + 1 + 1),
        (25, {"term_rooms": 0}, 5 + 1),
        (29, {"course_rooms": 9, "term_rooms": 9}, 2),
        (60, {}, 0),
    ],
)
def test_lectures_that_do_not_fit_into_the_open_slots_of_their_room_pay_for_another(
    seats: int, weights: dict[str, int], least: int
) -> None:
    big, small = SCHOOL.rooms
    problem = dataclasses.replace(
        SCHOOL,
        terms=SCHOOL.terms[:1],
        courses=SCHOOL.courses[:1],
        rooms=(dataclasses.replace(big, unavailable=(1, 2, 3)), dataclasses.replace(small, seats=seats)),
        rules=dataclasses.replace(SCHOOL.rules, seats="soft"),
        weights=dataclasses.replace(SCHOOL.weights, **weights),
    )
    assert least_for_rooms(Layout(problem), 5.0) == least


LARGE = as_problem(
    Instance(
        "large",
        tuple(Course(f"c{n}", f"t{n}", 4, 1, 50 if n == 0 else 30) for n in range(20)),
        tuple(Room(f"r{n}", 40 if n == 0 else 35) for n in range(6)),
        6,
        5,
        (),
        frozenset(),
    )
)
"""Too large for a proof; its best timetable costs what its rooms do, which the bound says."""


def test_the_portfolio_proves_its_timetable_where_only_the_rooms_cost() -> None:
    effort = Effort(proposals=20_000_000, seed=1)
    found = PortfolioScheduler().schedule(LARGE, effort, lambda _: None, lambda: False)
    assert (found.status, found.cost, found.bound) == ("optimal", 40, 40)


def test_on_a_slow_machine_a_number_of_proposals_goes_the_same_way(monkeypatch: pytest.MonkeyPatch) -> None:
    def found() -> Outcome:
        effort = Effort(proposals=2_000_000, seed=1, workers=1)
        outcome = PortfolioScheduler().schedule(LARGE, effort, lambda _: None, lambda: False)
        return dataclasses.replace(outcome, seconds=0.0, first_feasible=0.0)

    here = found()
    monkeypatch.setattr(portfolio, "_ROOMS_SECONDS", 1e-6)
    assert found() == here
    assert here.status == "optimal"


def test_the_bound_is_looked_for_in_the_time_or_the_work_that_is_given() -> None:
    assert least_for_rooms(Layout(LARGE), 1e-6) == 0
    assert least_for_rooms(Layout(LARGE), None) == 40
    many = dataclasses.replace(LARGE, rooms=LARGE.rooms * 60)
    assert least_for_rooms(Layout(many), None) == 0
