"""The search keeps the hard rules and repeats itself for a seed and a budget."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.scheduling.timetable.checker import check
from services.scheduling.timetable.instance import Course, Curriculum, Instance, Room
from services.scheduling.timetable.search import Budget, NoFeasibleStart, search


@st.composite
def instances(draw: st.DrawFn) -> Instance:
    days, per_day = draw(st.integers(2, 4)), draw(st.integers(2, 4))
    rooms = tuple(Room(f"r{n}", draw(st.integers(10, 60))) for n in range(draw(st.integers(2, 4))))
    courses = tuple(
        Course(
            f"c{n}",
            f"t{draw(st.integers(0, 4))}",
            draw(st.integers(1, 3)),
            draw(st.integers(1, 2)),
            draw(st.integers(5, 70)),
        )
        for n in range(draw(st.integers(3, 7)))
    )
    codes = st.lists(st.sampled_from([course.code for course in courses]), min_size=1, max_size=3, unique=True)
    curricula = tuple(Curriculum(f"q{n}", tuple(draw(codes))) for n in range(draw(st.integers(1, 4))))
    barred = st.tuples(st.sampled_from([course.code for course in courses]), st.integers(0, days * per_day - 1))
    return Instance("any", courses, rooms, days, per_day, curricula, draw(st.frozensets(barred, max_size=6)))


@given(instance=instances(), seed=st.integers(1, 1000))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_the_search_finds_is_feasible_and_costs_what_the_checker_counts(instance: Instance, seed: int) -> None:
    try:
        found = search(instance, Budget(proposals=500_000), seed=seed)
    except NoFeasibleStart:
        return
    score = check(instance, found.timetable)
    assert score.violations == 0
    assert score == found.score


def test_the_same_seed_and_budget_give_the_same_timetable() -> None:
    courses = tuple(Course(f"c{n}", f"t{n % 3}", 3, 2, 20 + n) for n in range(8))
    curricula = (Curriculum("q1", ("c0", "c1", "c5")), Curriculum("q2", ("c2", "c3", "c7")))
    instance = Instance("twice", courses, (Room("r", 25), Room("s", 22)), 5, 4, curricula, frozenset({("c0", 0)}))
    first, second = (search(instance, Budget(proposals=1_000_000), seed=7) for _ in range(2))
    assert first.timetable == second.timetable
    assert first.proposals == second.proposals
