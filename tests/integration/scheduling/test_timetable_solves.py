"""Timetables through the service: asked for, watched, stopped, gone on with, tried by hand."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.scheduling import contract, timetabling
from services.scheduling.commands import timetable_solves as solves
from services.scheduling.domain.wire import from_wire, to_wire
from services.scheduling.queries import solved_drafts
from services.scheduling.queries import timetable_solves as solve_queries
from services.scheduling.store import TIMETABLE_SOLVES
from services.scheduling.timetable.assess import assess
from services.scheduling.timetable.editing import Change, Draft
from services.scheduling.timetable.problem import Course, Problem, Room, Timetable
from services.scheduling.timetable.scheduler import Outcome, Progress
from shared.errors import Forbidden, Invalid
from shared.security.caller import Caller, Role
from tests.integration.scheduling.conftest import School
from tests.integration.scheduling.solving import PROBLEM, ask, run, shown


def test_a_timetable_is_solved_in_a_process_of_its_own_and_checked(school: School) -> None:
    asked = ask(school)
    assert asked["state"] == "running"
    assert asked["timetable"] == []
    assert contract.TIMETABLE_SOLVE_CONCLUDED.type in run(school)
    done = shown(school, asked)
    assert (done["state"], done["status"], done["resumed"]) == ("done", "optimal", 0)
    timetable = from_wire(Timetable, {"lectures": done["timetable"]})
    assessment = assess(PROBLEM, timetable)
    assert assessment.feasible
    assert (done["cost"], done["costs"]) == (assessment.cost, assessment.costs)
    assert [row["solve_id"] for row in school.call(contract.LIST_TIMETABLE_SOLVES)["items"]] == [done["solve_id"]]


def test_a_problem_that_contradicts_itself_is_refused_with_every_place(school: School) -> None:
    broken = to_wire(PROBLEM)
    broken["courses"][0]["lecturer_ids"] = ["nobody"]
    broken["pins"] = [{"course_id": "zz", "number": 1, "slot": 0}]
    with pytest.raises(contract.ProblemUnsound) as caught:
        ask(school, problem=broken)
    assert [each["path"] for each in caught.value.details["objections"]] == ["courses[0].lecturer_ids", "pins[0]"]
    with pytest.raises(Invalid):
        ask(school, problem={**broken, "days": "monday"})


def large_problem(days: int) -> Problem:
    """A thousand lectures in a hundred rooms: a million places with five days of two slots."""
    days_ = tuple(f"第{n}天" for n in range(days))
    rooms = tuple(Room(f"r{n}", f"{n}号教室", 50) for n in range(100))
    courses = tuple(Course(f"c{n}", "课", 5, seats=30) for n in range(200))
    return Problem(days_, (), (), rooms, courses)


def test_a_problem_of_a_million_places_is_taken_and_one_of_more_is_refused_with_its_figures(school: School) -> None:
    with pytest.raises(contract.ProblemTooLarge) as caught:
        ask(school, problem=to_wire(large_problem(days=6)))
    assert caught.value.details == {"lectures": 1000, "slots": 12, "rooms": 100, "limit": 1_000_000}
    assert "1000讲、12个时段、100个教室，相乘为1,200,000，上限为1,000,000（平台设计取值" in caught.value.message.zh
    assert "multiply to 1,200,000; the limit is 1,000,000 (platform choice" in caught.value.message.en
    assert ask(school, problem=to_wire(large_problem(days=5)))["state"] == "running"


def test_a_problem_too_large_that_the_service_asked_for_itself_fails_with_the_same_words(school: School) -> None:
    kit = school.harness.kit
    asked = kit.store.transact(
        kit.own_context(),
        lambda tx: {"solve_id": solves.request_solve(tx, large_problem(days=6))["_id"]},
        operation="test",
    )
    run(school)
    failed = shown(school, asked)
    assert failed["state"] == "failed"
    assert "1,200,000" in failed["failure"]["zh"]


def test_a_scheduler_that_makes_no_timetables_is_refused(school: School) -> None:
    with pytest.raises(contract.SchedulerUnknown, match="timetable_exact"):
        ask(school, scheduler="greedy")


def test_a_problem_without_a_timetable_ends_with_its_reasons(school: School) -> None:
    crowded = to_wire(PROBLEM)
    crowded["courses"][0]["lectures"] = 9
    asked = ask(school, problem=crowded)
    run(school)
    done = shown(school, asked)
    assert (done["state"], done["status"], done["timetable"]) == ("done", "infeasible", [])
    assert "too_few_slots" in [each["rule"] for each in done["reasons"]]


def test_a_solve_that_ends_without_a_timetable_says_that_this_proves_nothing(school: School) -> None:
    asked, kit = ask(school), school.harness.kit
    nothing = Outcome("unknown", None, None, 0, 1.0)
    kit.store.transact(
        kit.own_context(), lambda tx: solves.conclude(tx, asked["solve_id"], "stopped", nothing), operation="test"
    )
    stopped = shown(school, asked)
    assert (stopped["state"], stopped["status"]) == ("stopped", "unknown")
    assert [each["rule"] for each in stopped["reasons"]] == ["not_found_in_time"]


def test_the_second_waits_for_the_first_and_one_in_line_is_stopped_at_once(school: School) -> None:
    first, second, third = ask(school), ask(school), ask(school)
    assert [each["state"] for each in (first, second, third)] == ["running", "waiting", "waiting"]
    stopped = school.call(contract.STOP_TIMETABLE_SOLVE, {"solve_id": second["solve_id"]})
    assert stopped["state"] == "stopped"
    run(school)
    assert [shown(school, each)["state"] for each in (first, second, third)] == ["done", "stopped", "done"]


def test_a_running_solve_is_stopped_and_keeps_its_best(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timetabling, "_MODULE", "tests.integration.scheduling.endless_solver")
    asked = ask(school, seconds=600)
    school.call(contract.STOP_TIMETABLE_SOLVE, {"solve_id": asked["solve_id"]})
    run(school)
    stopped = shown(school, asked)
    assert stopped["state"] == "stopped"
    assert stopped["cost"] is not None
    assert len(stopped["timetable"]) == stopped["lectures"]


def test_a_solver_that_hears_of_no_stop_is_ended_and_its_best_is_kept(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timetabling, "_MODULE", "tests.integration.scheduling.deaf_solver")
    monkeypatch.setattr(timetabling, "_PATIENCE", 0.5)
    first, second = ask(school, seconds=600), ask(school, seconds=600)

    def noted_and_stopped(tx: Any, solve_id: str, *told: Any) -> None:
        solves.note_progress(tx, solve_id, *told)
        solves.stop_timetable_solve(tx, {"solve_id": solve_id})

    monkeypatch.setattr(timetabling, "note_progress", noted_and_stopped)
    requested = school.harness.take()[0]
    school.harness.deliver(contract.TIMETABLE_SOLVE_REQUESTED, requested.data, event_id=requested.id)
    stopped = shown(school, first)
    assert (stopped["state"], stopped["status"], stopped["failure"]) == ("stopped", "feasible", None)
    assert len(stopped["timetable"]) == stopped["lectures"]
    assert stopped["cost"] == assess(PROBLEM, from_wire(Timetable, {"lectures": stopped["timetable"]})).cost
    assert shown(school, second)["state"] == "running"


def test_a_solve_that_was_cut_off_goes_on_from_its_best_and_says_so(school: School) -> None:
    asked = ask(school)
    requested = school.harness.emitted(contract.TIMETABLE_SOLVE_REQUESTED)[0]
    kit = school.harness.kit
    optimal = _some_timetable()
    cost = assess(PROBLEM, optimal).cost
    kit.store.transact(kit.own_context(), lambda tx: solves.note_begun(tx, asked["solve_id"]) or {}, operation="test")
    kit.store.transact(
        kit.own_context(),
        lambda tx: solves.note_progress(tx, asked["solve_id"], Progress(cost, 0, 1.0, optimal, 0.5), 2.5) or {},
        operation="test",
    )
    half = shown(school, asked)
    assert (half["state"], half["cost"], half["spent"]) == ("running", cost, 0.5)
    school.harness.deliver(contract.TIMETABLE_SOLVE_REQUESTED, requested.data, event_id=requested.id)
    done = shown(school, asked)
    assert (done["state"], done["resumed"]) == ("done", 1)
    assert done["cost"] <= cost
    assert done["seconds_taken"] > 2.5


def test_a_solve_that_goes_on_knows_how_near_its_best_is_to_the_least_there_can_be(school: School) -> None:
    asked = ask(school, scheduler="timetable_search", proposals=1000)
    requested = school.harness.emitted(contract.TIMETABLE_SOLVE_REQUESTED)[0]
    kit = school.harness.kit
    optimal = _some_timetable()
    cost = assess(PROBLEM, optimal).cost
    kit.store.transact(
        kit.own_context(),
        lambda tx: solves.note_progress(tx, asked["solve_id"], Progress(cost, cost, 1.0, optimal, 0.5), 2.5) or {},
        operation="test",
    )
    school.harness.deliver(contract.TIMETABLE_SOLVE_REQUESTED, requested.data, event_id=requested.id)
    done = shown(school, asked)
    assert (done["state"], done["status"], done["bound"], done["tried"]) == ("done", "optimal", cost, 0)


def test_a_solve_longer_than_its_handler_may_take_goes_on_in_a_second_leg(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timetabling, "_MODULE", "tests.integration.scheduling.endless_solver")
    monkeypatch.setattr(timetabling, "GRACE", 1e9)
    asked = ask(school, seconds=600)
    first = school.harness.take()[0]
    school.harness.deliver(contract.TIMETABLE_SOLVE_REQUESTED, first.data, event_id=first.id)
    second = school.harness.emitted(contract.TIMETABLE_SOLVE_REQUESTED)[-1]
    assert second.data == {"solve_id": asked["solve_id"], "leg": 1}
    between = shown(school, asked)
    assert between["state"] == "running"
    assert between["cost"] is not None
    # The first leg's event, should it come again, finds that its leg is over.
    assert school.harness.deliver(contract.TIMETABLE_SOLVE_REQUESTED, first.data, event_id="evt_again") == 1
    assert shown(school, asked)["version"] == between["version"]
    school.call(contract.STOP_TIMETABLE_SOLVE, {"solve_id": asked["solve_id"]})
    run(school)
    done = shown(school, asked)
    assert (done["state"], done["resumed"]) == ("stopped", 0)


def test_a_solver_that_breaks_is_reported_and_the_next_gets_its_turn(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timetabling, "_MODULE", "tests.integration.scheduling.no_such_solver")
    first, second = ask(school), ask(school)
    school.harness.deliver(contract.TIMETABLE_SOLVE_REQUESTED, {"solve_id": first["solve_id"], "leg": 0})
    failed = shown(school, first)
    assert failed["state"] == "failed"
    assert "no_such_solver" in failed["failure"]["en"]
    assert shown(school, second)["state"] == "running"


def test_a_solve_nobody_heard_of_for_long_is_given_up_when_the_next_is_asked_for(school: School) -> None:
    first = ask(school)
    school.harness.store.clock.move(timedelta(hours=1))
    second = ask(school)
    assert second["state"] == "running"
    lost = shown(school, first)
    assert lost["state"] == "failed"
    assert "silent" in lost["failure"]["en"]
    (told,) = school.harness.emitted(contract.TIMETABLE_SOLVE_CONCLUDED)
    assert (told.data["solve_id"], told.data["state"]) == (first["solve_id"], "failed")


def test_a_change_by_hand_is_previewed_on_the_best_timetable(school: School) -> None:
    asked = ask(school)
    change = {"action": "move", "course_id": "b1", "number": 1, "slot": 0}
    with pytest.raises(contract.NoTimetableYet):
        school.call(contract.PREVIEW_TIMETABLE_CHANGE, {"solve_id": asked["solve_id"], **change})
    run(school)
    preview = school.call(contract.PREVIEW_TIMETABLE_CHANGE, {"solve_id": asked["solve_id"], **change})
    assert "pin_moved" in [each["rule"] for each in preview["broken"]]
    assert preview["cost_before"] == shown(school, asked)["cost"]
    with pytest.raises(Invalid, match="slot 99"):
        school.call(contract.PREVIEW_TIMETABLE_CHANGE, {"solve_id": asked["solve_id"], **change, "slot": 99})


def test_a_preview_reads_a_timetable_anew_only_when_it_changed(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Timetable] = []

    def draft(problem: Problem, timetable: Timetable) -> Draft:
        read.append(timetable)
        return Draft(problem, timetable)

    monkeypatch.setattr(solved_drafts, "Draft", draft)
    monkeypatch.setattr(solve_queries, "_DRAFTS", solved_drafts.SolvedDrafts(most=2))
    first, *others = [ask(school) for _ in range(3)]
    run(school)

    def cost(solve: dict[str, Any], caller: Caller | None = None) -> int:
        change = {"solve_id": solve["solve_id"], "action": "move", "course_id": "b2", "number": 1, "slot": 5}
        before: int = school.harness.call(contract.PREVIEW_TIMETABLE_CHANGE, change, caller=caller)["cost_before"]
        return before

    best = cost(first)
    assert (cost(first), len(read)) == (best, 1)
    with pytest.raises(Forbidden):
        cost(first, Caller("test:trainee", frozenset({Role.TRAINEE}), ()))
    kit, worse = school.harness.kit, _worse_timetable()

    def put(tx: Any) -> dict[str, Any]:
        doc = tx.rows(TIMETABLE_SOLVES).get(first["solve_id"])
        tx.rows(TIMETABLE_SOLVES).save({**doc, "timetable": to_wire(worse)["lectures"]})
        return {}

    kit.store.transact(kit.own_context(), put, operation="test")
    assert (cost(first), read[1:]) == (assess(PROBLEM, worse).cost, [worse])
    for each in (*others, first):
        cost(each)
    assert len(read) == 5


def test_an_owner_asks_within_its_own_transaction_and_hears_whose_timetable_it_was(school: School) -> None:
    kit = school.harness.kit

    def own(tx: Any) -> dict[str, Any]:
        doc = solves.request_solve(tx, PROBLEM, scheduler="timetable_exact", seconds=60, subject_id="timetable_x")
        return {"solve_id": doc["_id"]}

    solve_id = kit.store.transact(kit.own_context(), own, operation="test")["solve_id"]
    requested = school.harness.take()[0]
    school.harness.deliver(contract.TIMETABLE_SOLVE_REQUESTED, requested.data, event_id=requested.id)
    concluded = school.harness.emitted(contract.TIMETABLE_SOLVE_CONCLUDED)[0]
    assert concluded.data["subject_id"] == "timetable_x"
    view = kit.store.view(kit.own_context())
    timetable = solves.solved_timetable(view, solve_id)
    assert timetable is not None
    assert assess(PROBLEM, timetable).cost == concluded.data["cost"]
    assert view.rows(TIMETABLE_SOLVES).get(solve_id)["subject_id"] == "timetable_x"


def _worse_timetable() -> Timetable:
    draft = Draft(PROBLEM, _some_timetable())
    for slot in range(8):
        preview = draft.preview(Change("move", "b2", 1, slot=slot))
        if preview.feasible and preview.cost > preview.cost_before:
            return preview.timetable
    raise AssertionError("no lecture can be moved")


def _some_timetable() -> Timetable:
    from services.scheduling.timetable.exact import ExactScheduler
    from services.scheduling.timetable.scheduler import Effort

    found = ExactScheduler().schedule(PROBLEM, Effort(proposals=1000), lambda _: None, lambda: False).timetable
    assert found is not None
    return found
