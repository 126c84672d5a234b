"""Whatever a scheduler answers, the independent checker agrees, and nothing is left out without a reason."""

from __future__ import annotations

import dataclasses
import itertools
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings

from services.scheduling.domain.placement import (
    ONLINE,
    Blackout,
    Campus,
    Dormitory,
    Pin,
    Placed,
    Policy,
    Problem,
    Room,
    Solution,
)
from services.scheduling.domain.placement_check import check
from services.scheduling.domain.placement_cost import table_cost, table_costs
from services.scheduling.domain.placement_spans import Axis
from services.scheduling.domain.scheduler import Progress, Scheduler
from services.scheduling.domain.wire import from_wire, to_wire
from services.scheduling.plugins.cp_sat import CpSatScheduler
from services.scheduling.plugins.greedy import GreedyScheduler
from tests.unit.scheduling.year_problems import CAMPUSES, ROOMS, problem, problems, term

BOTH = [GreedyScheduler(), CpSatScheduler()]
UNHURRIED = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


def silent(_: Progress) -> None:
    """Hear nothing."""


def hold(given_problem: Problem, solution: Solution) -> None:
    assert check(given_problem, solution.placed) == []
    ids = sorted([each.term_id for each in solution.placed] + [each.term_id for each in solution.unplaced])
    assert ids == sorted(each.id for each in given_problem.terms)
    for left in solution.unplaced:
        assert left.reasons
        assert all(reason.zh and reason.en and reason.code for reason in left.reasons)
    assert len(solution.placed) <= solution.placed_bound
    assert solution.bound <= solution.cost == table_cost(Axis(given_problem), solution.placed)
    assert solution.costs == table_costs(Axis(given_problem), solution.placed)


@UNHURRIED
@given(problems())
def test_greedy_keeps_every_rule_and_explains_the_rest(given_problem: Problem) -> None:
    hold(given_problem, GreedyScheduler().solve(given_problem, silent))


@UNHURRIED
@given(problems())
def test_cp_sat_keeps_every_rule_and_is_never_worse_than_greedy(given_problem: Problem) -> None:
    exact, quick = CpSatScheduler().solve(given_problem, silent), GreedyScheduler().solve(given_problem, silent)
    hold(given_problem, exact)
    pins = {each.id for each in given_problem.terms if each.pin}
    worth = [(sum(at.term_id in pins for at in each.placed), len(each.placed), -each.cost) for each in (exact, quick)]
    assert worth[0] >= worth[1]


@settings(deadline=None, max_examples=15)
@given(problems())
def test_a_problem_and_its_answer_survive_the_way_through_json(given_problem: Problem) -> None:
    assert from_wire(Problem, to_wire(given_problem)) == given_problem
    solution = GreedyScheduler().solve(given_problem, silent)
    assert from_wire(Solution, to_wire(solution)) == solution


@pytest.mark.parametrize("scheduler", BOTH)
def test_the_same_problem_gets_the_same_answer(scheduler: Scheduler) -> None:
    crowded = problem(*(term(f"t{n}", ordinal=n, min_gap=2, trainees=50) for n in range(1, 6)), seconds=20.0)
    first, second = (dataclasses.replace(scheduler.solve(crowded, silent), seconds=0) for _ in range(2))
    assert first == second


def test_cp_sat_finds_the_packing_that_greedy_orders_miss_and_proves_it() -> None:
    # Beds for 120: 60+60 and 40+40+40 fit side by side, anything else leaves one over in two weeks.
    sizes = (60, 40, 40, 60, 40)
    window = {"earliest_start": date(2020, 5, 11), "latest_end": date(2020, 5, 24), "campus_id": "east", "days": 5}
    rooms = tuple(Room(f"e{n}", f"东{n}", "east", 60) for n in range(3))
    full = problem(
        *(term(f"t{n}", programme_id=f"p{n}", trainees=size, **window) for n, size in enumerate(sizes)),
        rooms=rooms,
        policy=Policy(report_ahead=0),
        seconds=10.0,
    )
    solution = CpSatScheduler().solve(full, silent)
    assert (len(solution.placed), solution.placed_bound, solution.status) == (5, 5, "optimal")
    assert check(full, solution.placed) == []


def test_the_optimum_of_small_problems_is_the_one_found_by_trying_everything() -> None:
    window = {"earliest_start": date(2020, 5, 11), "latest_end": date(2020, 5, 29), "campus_id": "west", "days": 3}
    small = problem(
        term("a", trainees=40, target=date(2020, 5, 12), **window),
        term("b", programme_id="p2", trainees=40, target=date(2020, 5, 13), **window),
        term("c", programme_id="p3", trainees=40, target=date(2020, 5, 19), **window),
        seconds=10.0,
    )
    axis = Axis(small)
    spans = {each.id: list(axis.spans(each)) for each in small.terms}
    costs = []
    for chosen in itertools.product(*spans.values()):
        table = tuple(
            Placed(id, span.starts_on, span.ends_on, span.reports_on, "w1")
            for id, span in zip(spans, chosen, strict=True)
        )
        if not check(small, table):
            costs.append(table_cost(axis, table))
    solution = CpSatScheduler().solve(small, silent)
    assert (solution.status, solution.cost, solution.bound) == ("optimal", min(costs), min(costs))


def reason_of(scheduler: Scheduler, *terms: object, **changes: object) -> tuple[str, str]:
    solution = scheduler.solve(problem(*terms, **changes), silent)  # type: ignore[arg-type]
    (left,) = solution.unplaced
    return left.reasons[0].code, left.reasons[0].zh


@pytest.mark.parametrize("scheduler", BOTH)
@pytest.mark.parametrize(
    ("wish", "word"),
    [
        ({"trainees": 50}, "容纳40人，需要50人"),
        ({"room_kind": "classroom"}, "是“seminar”类，需要“classroom”类"),
        ({"campus_id": "west"}, "在“东校区”，该期须在“西校区”"),
        ({"trainees": 30, "bed_kind": "single"}, "所在校区床位20张，需要30张"),
    ],
)
def test_the_one_room_that_a_term_may_have_is_said_not_to_fit_it_and_in_what(
    scheduler: Scheduler, wish: dict[str, object], word: str
) -> None:
    beds = (("east", "东校区", 20), ("west", "西校区", 40))
    campuses = tuple(
        Campus(id, title, "city", 120, (Dormitory("single", title, singles),)) for id, title, singles in beds
    )
    others = tuple(room.id for room in ROOMS if room.id != "e3")
    for only in ({"barred_rooms": others}, {"pin": Pin(date(2020, 5, 11), "e3")}):
        code, zh = reason_of(scheduler, term(**wish, **only), campuses=campuses)
        assert (code, f"“东三研讨室”不合要求（{word}）" in zh) == ("pinned-room-unsuitable", True)


@pytest.mark.parametrize("scheduler", BOTH)
def test_reasons_name_the_rule_and_its_figures(scheduler: Scheduler) -> None:
    may = {"earliest_start": date(2020, 5, 11), "latest_end": date(2020, 5, 15)}
    code, zh = reason_of(scheduler, term(trainees=61))
    assert (code, "61人" in zh, "最大只能容纳60人" in zh) == ("room-too-small", True, True)
    code, zh = reason_of(scheduler, term(trainees=50, campus_id="west", room_kind="seminar"))
    assert (code, "“西校区”" in zh, "“seminar”" in zh) == ("room-too-small", True, True)
    code, zh = reason_of(
        scheduler, term(trainees=60), campuses=(dataclasses.replace(CAMPUSES[0], beds=59),), rooms=ROOMS[:2]
    )
    assert (code, "最多只有59张" in zh) == ("beds-too-few", True)
    code, zh = reason_of(scheduler, term(days=6, **may))
    assert (code, "只有5个工作日" in zh) == ("window-too-short", True)
    code, zh = reason_of(scheduler, term(earliest_start=date(2020, 6, 22), latest_end=date(2020, 6, 30)))
    assert (code, "端午" in zh, "最长只有连续3个" in zh) == ("run-too-short", True, True)
    code, zh = reason_of(
        scheduler, term(**may), blackouts=(Blackout("b", "封控", date(2020, 5, 13), date(2020, 6, 1)),)
    )
    assert (code, "“封控”（5月13日至6月1日）" in zh) == ("blackout", True)
    code, zh = reason_of(scheduler, term(**may), policy=Policy(lead_days=20), today=date(2020, 5, 1))
    assert (code, "最早5月21日" in zh) == ("lead-time", True)
    code, zh = reason_of(scheduler, term(pin=Pin(date(2020, 5, 16))))
    assert (code, "被指定于5月16日" in zh) == ("pin-impossible", True)
    code, zh = reason_of(scheduler, term(trainees=50, pin=Pin(date(2020, 5, 18), "e3")))
    assert (code, "“东三研讨室”" in zh) == ("pinned-room-unsuitable", True)
    first = term("a", **may, pin=Pin(date(2020, 5, 11)))
    code, zh = reason_of(scheduler, first, term("b", ordinal=2, min_gap=0, **may))
    assert (code, "第1期" in zh) == ("programme-spacing", True)
    code, zh = reason_of(
        scheduler, first, term("b", programme_id="p2", **may), rooms=ROOMS[:1], policy=Policy(report_ahead=0)
    )
    assert (code, "第1班第1期“专题培训班”" in zh) == ("rooms-taken", True)
    code, zh = reason_of(
        scheduler,
        *(term(f"t{n}", programme_id=f"p{n}", trainees=50, **may) for n in range(3)),
        rooms=tuple(Room(f"e{n}", "教室", "east", 60) for n in range(3)),
    )
    assert (code, "共需150张，超出30张" in zh, "5月10日至5月15日" in zh) == ("beds-exceeded", True, True)


@pytest.mark.parametrize("scheduler", BOTH)
def test_what_is_held_online_is_no_room_for_others(scheduler: Scheduler) -> None:
    online = term("o1", trainees=300, campus_id="online", room_kind="online.o1", boards=False)
    places = {
        "rooms": (*ROOMS, Room("online.o1", "线上", "online", 300, "online.o1")),
        "campuses": (*CAMPUSES, ONLINE),
    }
    large = term("t2", programme_id="p2", programme_ordinal=2, trainees=200, boards=False)
    code, zh = reason_of(scheduler, online, large, **places)
    assert (code, "最大只能容纳60人" in zh) == ("room-too-small", True)


@pytest.mark.parametrize("scheduler", BOTH)
def test_the_days_of_a_term_are_working_days_in_a_row(scheduler: Scheduler) -> None:
    def dates(**changes: object) -> tuple[str, str, str]:
        (at,) = scheduler.solve(problem(term(**changes)), silent).placed  # type: ignore[arg-type]
        return at.reports_on.isoformat(), at.starts_on.isoformat(), at.ends_on.isoformat()

    # Four days of 05-06 to 05-09 run into the make-up Saturday; the day before is a holiday, so people report on 05-06.
    assert dates(days=4, latest_end=date(2020, 5, 9)) == ("2020-05-06", "2020-05-06", "2020-05-09")
    # Five days find no room before the weekend of 05-10 and wait for Monday, people reporting on Sunday.
    assert dates(days=5, target=date(2020, 5, 6)) == ("2020-05-10", "2020-05-11", "2020-05-15")
    # Seven days span one weekend, and would never span the Dragon Boat Festival.
    assert dates(days=7, target=date(2020, 6, 19)) == ("2020-06-15", "2020-06-16", "2020-06-24")


def test_a_district_blackout_stops_its_campus_and_its_people_only() -> None:
    may = {"earliest_start": date(2020, 5, 11), "latest_end": date(2020, 5, 15)}
    closed = (Blackout("b", "东湖封控", date(2020, 5, 1), date(2020, 6, 1), ("city.donghu",)),)
    (at,) = GreedyScheduler().solve(problem(term(**may), blackouts=closed), silent).placed
    assert at.room_id == "w1"
    left = GreedyScheduler().solve(problem(term(districts=("city.donghu.health",), **may), blackouts=closed), silent)
    assert left.placed == ()
    apart = GreedyScheduler().solve(problem(term(districts=("city.donghue",), **may), blackouts=closed), silent)
    assert len(apart.placed) == 1
