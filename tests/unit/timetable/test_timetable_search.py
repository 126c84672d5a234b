"""Every scheduler of timetables on any problem: the checker accepts what it gives, and at the cost it says."""

from __future__ import annotations

import dataclasses
import itertools
import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.scheduling.timetable.assess import assess
from services.scheduling.timetable.conversion import UD2, as_problem
from services.scheduling.timetable.engine import engine_of
from services.scheduling.timetable.exact import ExactScheduler
from services.scheduling.timetable.instance import Course, Curriculum, Instance, Room
from services.scheduling.timetable.layout import Layout
from services.scheduling.timetable.portfolio import PortfolioScheduler
from services.scheduling.timetable.problem import Placed, Problem, Rules, Timetable
from services.scheduling.timetable.problem import Room as Own
from services.scheduling.timetable.scheduler import Effort, Head, Outcome, Progress, TimetableScheduler
from services.scheduling.timetable.search import SearchScheduler
from services.scheduling.timetable.start import StartBroken
from tests.unit.timetable.instances import instances
from tests.unit.timetable.own_problems import problems
from tests.unit.timetable.small_school import SCHOOL, TUE_AM, TUE_PM, school, table

SCHEDULERS: tuple[TimetableScheduler, ...] = (ExactScheduler(), SearchScheduler(), PortfolioScheduler())
_CALM = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
TWICE = Instance(
    "twice",
    tuple(Course(f"c{n}", f"t{n % 3}", 3, 2, 20 + n) for n in range(8)),
    (Room("r", 25), Room("s", 22)),
    5,
    4,
    (Curriculum("q1", ("c0", "c1", "c5")), Curriculum("q2", ("c2", "c3", "c7"))),
    frozenset({("c0", 0)}),
)


def run(
    scheduler: TimetableScheduler, problem: Problem, proposals: int, seed: int, head: Head | None = None
) -> Outcome:
    heard: list[Progress] = []
    effort = Effort(proposals=proposals, seed=seed)
    outcome = scheduler.schedule(problem, effort, heard.append, lambda: False, head)
    for timetable, cost in [(each.timetable, each.cost) for each in heard] + (
        [(outcome.timetable, outcome.cost)] if outcome.timetable is not None else []
    ):
        found = assess(problem, timetable)
        assert found.violations == ()
        assert found.cost == cost
    assert outcome.cost is None or outcome.bound <= outcome.cost
    return outcome


@given(problem=st.one_of(problems(), problems(roomy=True), instances().map(as_problem)), seed=st.integers(1, 1000))
@_CALM
def test_schedulers_agree_on_what_is_possible_and_none_beats_a_proof(problem: Problem, seed: int) -> None:
    found = [run(scheduler, problem, 300_000, seed) for scheduler in SCHEDULERS]
    best = [each.cost for each in found if each.status == "optimal"]
    assert len(set(best)) <= 1
    for each in found:
        if each.status == "infeasible":
            assert all(other.timetable is None for other in found)
        if best and each.cost is not None:
            assert each.cost >= best[0]


@pytest.mark.parametrize("scheduler", SCHEDULERS, ids=["exact", "search", "portfolio"])
def test_the_same_seed_and_proposals_give_the_same_timetable(scheduler: TimetableScheduler) -> None:
    first, second = (run(scheduler, as_problem(TWICE), 400_000, 7) for _ in range(2))
    assert first.timetable == second.timetable
    assert (first.cost, first.proposals) == (second.cost, second.proposals)


@pytest.mark.parametrize("scheduler", SCHEDULERS, ids=["exact", "search", "portfolio"])
def test_going_on_from_a_timetable_never_ends_worse(scheduler: TimetableScheduler) -> None:
    problem = as_problem(TWICE)
    first = run(SearchScheduler(), problem, 2_000, 3)
    assert first.timetable is not None
    assert first.cost is not None
    further = run(scheduler, problem, 200_000, 3, Head(first.timetable, 0.4))
    assert further.cost is not None
    assert further.cost <= first.cost


@pytest.mark.parametrize("scheduler", SCHEDULERS, ids=["exact", "search", "portfolio"])
def test_a_bound_that_was_known_when_the_run_was_cut_off_is_still_known(scheduler: TimetableScheduler) -> None:
    problem = as_problem(TWICE)
    best = run(ExactScheduler(), problem, 100_000_000, 1)
    assert best.status == "optimal"
    assert best.timetable is not None
    assert best.cost is not None
    ended = run(scheduler, problem, 10**9, 3, Head(best.timetable, 0.4, best.cost))
    assert (ended.status, ended.cost, ended.bound, ended.proposals) == ("optimal", best.cost, best.cost, 0)
    heard: list[Progress] = []
    head = Head(best.timetable, 0.4, best.cost - 1)
    further = scheduler.schedule(problem, Effort(proposals=10_000, seed=3), heard.append, lambda: False, head)
    assert further.bound >= best.cost - 1
    assert all(each.bound >= best.cost - 1 for each in heard)


@pytest.mark.parametrize("scheduler", SCHEDULERS, ids=["exact", "search", "portfolio"])
def test_field_teaching_is_held_where_there_is_no_room(scheduler: TimetableScheduler) -> None:
    outside = dataclasses.replace(SCHOOL.courses[0], field=True)
    found = run(scheduler, school(rooms=(), courses=(outside,)), 100_000, 1)
    assert found.timetable is not None
    indoors = run(scheduler, school(rooms=(), courses=(outside, SCHOOL.courses[1])), 10_000, 1)
    assert indoors.timetable is None


@pytest.mark.parametrize("scheduler", SCHEDULERS, ids=["exact", "search", "portfolio"])
@pytest.mark.parametrize(
    "problem", [school(courses=()), school(courses=(dataclasses.replace(SCHOOL.courses[0], lectures=0),))]
)
@pytest.mark.parametrize("head", [None, Head(Timetable(), 0.4)], ids=["anew", "going-on"])
def test_where_there_is_no_lecture_the_timetable_is_empty(
    scheduler: TimetableScheduler, problem: Problem, head: Head | None
) -> None:
    found = run(scheduler, problem, 10_000, 1, head)
    assert (found.status, found.timetable) == ("optimal", Timetable())


def test_the_search_gives_up_in_words_where_there_is_nothing() -> None:
    crowded = dataclasses.replace(TWICE, rooms=(), curricula=())
    assert run(SearchScheduler(), as_problem(crowded), 10_000, 1).status == "unknown"
    assert run(ExactScheduler(), as_problem(crowded), 10_000, 1).status == "infeasible"


@pytest.mark.parametrize("scheduler", SCHEDULERS, ids=["exact", "search", "portfolio"])
def test_two_lectures_of_a_course_locked_in_one_slot_are_not_taken_for_one(scheduler: TimetableScheduler) -> None:
    problem = school(pins=(Placed("a", 1, TUE_AM), Placed("a", 2, TUE_AM)))
    assert run(scheduler, problem, 100_000, 1).timetable is None


@pytest.mark.parametrize("scheduler", SCHEDULERS, ids=["exact", "search", "portfolio"])
@pytest.mark.parametrize("order", [0, 1], ids=["plain", "rich"])
@pytest.mark.parametrize(("seats", "overflow"), [(2_000, 1000), (100_000, 1000), (130_000, 1), (1_048_676, 1)])
def test_a_room_however_dear_may_be_used_and_one_that_is_no_good_may_not(
    scheduler: TimetableScheduler, order: int, seats: int, overflow: int
) -> None:
    weights = dataclasses.replace(UD2, overflow=overflow, order=order)
    course = dataclasses.replace(SCHOOL.courses[0], seats=seats, room_kinds=("classroom",))
    rooms = (Own("dear", "dear", 100), Own("less", "less", 150, unavailable=(0,) if order else ()))
    problem = school(
        courses=(course,),
        rooms=(*rooms, Own("good", "good", seats, "hall")),
        rules=Rules(seats="soft"),
        weights=weights,
    )
    found = run(scheduler, problem, 200_000, 1)
    assert found.cost is not None
    assert found.cost >= 2 * overflow * (seats - 150)


@pytest.mark.parametrize("scheduler", SCHEDULERS, ids=["exact", "search", "portfolio"])
@pytest.mark.parametrize(
    ("lectures", "hours", "held"),
    [(6, 2 / 3, True), (6, 0.667, False), (3, 4 / 3, True), (3, 1.333, True), (3, 1.334, False), (7, 4 / 7, True)],
)
def test_class_hours_add_up_to_their_limit_for_checker_and_scheduler_alike(
    scheduler: TimetableScheduler, lectures: int, hours: float, held: bool
) -> None:
    course = dataclasses.replace(SCHOOL.courses[0], lectures=lectures, hours=hours)
    problem = school(days=("周一",), halves=(7,), courses=(course,))
    full = Timetable(tuple(Placed("a", number, number - 1, "big") for number in range(1, lectures + 1)))
    assert assess(problem, full).feasible == held
    assert (run(scheduler, problem, 100_000, 1).timetable is not None) == held
    if held:
        assert run(scheduler, problem, 10_000, 1, Head(full)).timetable is not None


@pytest.mark.parametrize("scheduler", SCHEDULERS[1:], ids=["search", "portfolio"])
def test_seconds_of_the_processor_do_not_pass_while_nothing_runs(scheduler: TimetableScheduler) -> None:
    problem = as_problem(TWICE)
    effort = Effort(0.2, workers=1, processor=True)
    began = effort.now()
    time.sleep(0.3)
    assert effort.now() - began < 0.2
    outcome = scheduler.schedule(problem, effort, lambda _: None, lambda: False)
    assert outcome.timetable is not None
    assert assess(problem, outcome.timetable).violations == ()


def test_the_try_at_a_proof_spends_no_more_than_its_part() -> None:
    heard: list[Progress] = []
    PortfolioScheduler().schedule(as_problem(TWICE), Effort(20.0), heard.append, lambda: bool(heard))
    assert heard[0].spent == pytest.approx(heard[0].seconds / 20)


@pytest.mark.parametrize("closed", [(), (0,)], ids=["slots-first", "whole-model"])
def test_a_stop_is_heard_while_a_first_timetable_is_looked_for(closed: tuple[int, ...]) -> None:
    woven = as_problem(_woven(70, slots=11))
    problem = dataclasses.replace(
        woven, rooms=(dataclasses.replace(woven.rooms[0], unavailable=closed), *woven.rooms[1:])
    )
    engine_of(Layout(problem))  # compiled beforehand, which takes its time
    began = time.monotonic()
    outcome = SearchScheduler().schedule(problem, Effort(50.0), lambda _: None, lambda: True)
    assert outcome.status == "unknown"
    assert time.monotonic() - began < 20


def _woven(courses: int, slots: int) -> Instance:
    """One lecture each; every second pair must not meet, and there are too few slots for that."""
    drawn = random.Random(1)
    pairs = [pair for pair in itertools.combinations(range(courses), 2) if drawn.random() < 0.5]
    return Instance(
        "woven",
        tuple(Course(f"c{n}", f"t{n}", 1, 1, 1) for n in range(courses)),
        tuple(Room(f"r{n}", 10) for n in range(8)),
        1,
        slots,
        tuple(Curriculum(f"q{n}", (f"c{a}", f"c{b}")) for n, (a, b) in enumerate(pairs)),
        frozenset(),
    )


def test_an_effort_is_seconds_or_proposals() -> None:
    with pytest.raises(ValueError, match="either"):
        Effort()
    with pytest.raises(ValueError, match="either"):
        Effort(1.0, 1000)


def test_exact_workers_that_find_tables_of_one_cost_at_a_time_do_not_race() -> None:
    answers = {run(ExactScheduler(), SCHOOL, 300_000, 3).timetable for _ in range(25)}
    assert len(answers) == 1


@pytest.mark.parametrize(
    "scheduler",
    [ExactScheduler(), SearchScheduler(), PortfolioScheduler()],
    ids=["exact", "search", "portfolio"],
)
def test_a_start_that_breaks_a_hard_rule_is_refused_with_what_it_breaks(scheduler: TimetableScheduler) -> None:
    strange = {
        "lecture_missing": Timetable(table().lectures[1:]),
        "room_clash": table(Placed("c", 1, TUE_AM, "big")),
        "slot_invalid": table(Placed("c", 1, 99, "small")),
        "room_needed": table(Placed("c", 1, TUE_PM, "none")),
        "lecture_unknown": Timetable((*table().lectures, Placed("x", 1, TUE_PM, "big"))),
    }
    for rule, timetable in strange.items():
        with pytest.raises(StartBroken) as refused:
            run(scheduler, SCHOOL, 1_000, 1, Head(timetable))
        assert rule in {each.rule for each in refused.value.findings}
