"""The CP-SAT model, whole or of a part: its least cost is what the checker charges, and polishing never makes worse."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from services.scheduling.timetable.assess import assess, assess_subjects
from services.scheduling.timetable.exact_model import ExactModel, Places
from services.scheduling.timetable.layout import Layout
from services.scheduling.timetable.polish import Polisher
from services.scheduling.timetable.problem import Problem
from services.scheduling.timetable.reading import Book, Reading, Subject
from services.scheduling.timetable.start import feasible_start
from tests.unit.timetable.own_problems import problems

_CALM = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def solved(model: ExactModel) -> tuple[int, Places]:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model.model) == cp_model.OPTIMAL
    return round(solver.objective_value), model.chosen(solver.boolean_value)


def about(problem: Problem, places: Places, courses: set[int]) -> int:
    """What is charged about some courses, their terms and lecturers."""
    touched: set[Subject] = set()
    for c in courses:
        course = problem.courses[c]
        touched |= {("course", course.id)} | {("term", each) for each in course.term_ids}
        touched |= {("lecturer", each) for each in course.lecturer_ids}
    reading = Reading(Book(problem), Layout(problem).numbered(places))
    return assess_subjects(reading, sorted(touched)).cost


@given(data=st.data(), problem=problems(roomy=True))
@_CALM
def test_the_least_cost_of_a_part_is_what_the_checker_charges_about_it(data: st.DataObject, problem: Problem) -> None:
    layout = Layout(problem)
    places = feasible_start(layout, 1, 20.0, lambda: False)
    if places is None:
        return
    every = [(c, place) for c, row in places.items() for place in row]
    out = data.draw(st.lists(st.sampled_from(every), min_size=1, max_size=4, unique=True))
    free: dict[int, int] = {}
    kept: Places = {c: list(row) for c, row in places.items()}
    for c, place in out:
        free[c] = free.get(c, 0) + 1
        kept[c].remove(place)
    cost, found = solved(ExactModel(layout, kept, free))
    assert assess(problem, layout.numbered(found)).feasible
    assert cost == about(problem, found, set(free))
    assert cost <= about(problem, places, set(free))
    again, _ = solved(ExactModel(layout, kept, free, within={c: {s for _, (s, _) in out} for c in free}))
    assert again >= cost


@given(problem=problems(roomy=True), seed=st.integers(1, 1000))
@_CALM
def test_polishing_keeps_the_rules_and_never_makes_worse(problem: Problem, seed: int) -> None:
    layout = Layout(problem)
    places = feasible_start(layout, seed, 20.0, lambda: False)
    if places is None:
        return
    cost = assess(problem, layout.numbered(places)).cost
    polisher = Polisher(layout, seed)
    for _ in range(4):
        places, now = polisher.polish(places, cost, seconds=None, work=0.2)
        found = assess(problem, layout.numbered(places))
        assert found.feasible
        assert found.cost == now <= cost
        cost = now
