"""Drafts that wait for a solve: while one of them does it goes on, after that it makes way for the next in line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.scheduling import contract, timetabling
from services.scheduling.commands.timetable_drafts import drop_timetable_draft
from services.scheduling.contract import timetable_drafts as drafting
from services.scheduling.store import TIMETABLES
from shared.storage import Transaction
from tests.integration.scheduling.conftest import School
from tests.integration.scheduling.solving import ask, run, shown
from tests.integration.scheduling.teaching import by_school
from tests.integration.scheduling.timetable_desk import Desk


@pytest.fixture
def desk(school: School) -> Desk:
    return Desk(school)


def arrange(desk: Desk, *terms: int, **changes: Any) -> dict[str, Any]:
    request = {"term_ids": [desk.term_ids[each] for each in terms], "seconds": 600, **changes}
    return by_school(desk.school, drafting.ARRANGE_TIMETABLES, request)


def edit(desk: Desk, term: int) -> None:
    desk.change(desk.draft(term)["sessions"][0], term, title="专题报告")


def cancel(desk: Desk, term: int) -> None:
    desk.school.call(contract.CANCEL_TERM, {"term_id": desk.term_ids[term], "reason": "停办"})


def move(desk: Desk, term: int) -> None:
    desk.school.call(contract.MOVE_TERM, {"term_id": desk.term_ids[term], "room_id": ("hall", "r1")[term]})


ENDS: dict[str, Callable[[Desk, int], object]] = {
    "changed": edit,
    "dropped": lambda desk, term: desk.ask(drafting.DROP_TIMETABLE_DRAFT, term),
    "begun anew": lambda desk, term: desk.open(term, replace=True),
    "issued": lambda desk, term: desk.issue(term),
    "arranged anew": lambda desk, term: arrange(desk, term),
    "moved": move,
    "cancelled": cancel,
}


@pytest.mark.parametrize("means", ENDS)
def test_a_solve_in_line_is_stopped_once_the_last_draft_stops_waiting_for_it(desk: Desk, means: str) -> None:
    first = ask(desk.school)
    asked = arrange(desk, 0, 1)
    assert shown(desk.school, asked)["state"] == "waiting"
    ENDS[means](desk, 0)
    assert shown(desk.school, asked)["state"] == "waiting"
    ENDS[means](desk, 1)
    stopped = shown(desk.school, asked)
    assert stopped["state"] == "stopped"
    assert "已不再需要" in stopped["failure"]["zh"]
    assert shown(desk.school, first)["state"] == "running"


def test_a_running_solve_makes_way_for_the_one_asked_for_instead(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    first = arrange(desk, 0)
    second = arrange(desk, 0, seconds=1)
    assert [shown(desk.school, each)["state"] for each in (first, second)] == ["running", "waiting"]
    monkeypatch.setattr(timetabling, "_MODULE", "tests.integration.scheduling.endless_solver")
    desk.school.harness.deliver(contract.TIMETABLE_SOLVE_REQUESTED, {"solve_id": first["solve_id"], "leg": 0})
    stopped = shown(desk.school, first)
    assert stopped["state"] == "stopped"
    assert "not needed any more" in stopped["failure"]["en"]
    assert shown(desk.school, second)["state"] == "running"


def test_two_drafts_that_stop_waiting_at_once_are_both_seen(desk: Desk) -> None:
    ask(desk.school)
    asked, kit, begun = arrange(desk, 0, 1), desk.school.harness.kit, list[bool]()

    def late(tx: Transaction) -> dict[str, Any]:
        tx.rows(TIMETABLES).count()
        if not begun:
            begun.append(True)
            desk.ask(drafting.DROP_TIMETABLE_DRAFT, 0)
        return drop_timetable_draft(tx, {"term_id": desk.term_ids[1]})

    kit.store.transact(kit.own_context(), late, operation="late")
    assert shown(desk.school, asked)["state"] == "stopped"


def test_a_solve_stopped_by_hand_says_nothing_of_drafts(desk: Desk) -> None:
    ask(desk.school)
    asked = arrange(desk, 0)
    desk.school.call(contract.STOP_TIMETABLE_SOLVE, {"solve_id": asked["solve_id"]})
    stopped = shown(desk.school, asked)
    assert (stopped["state"], stopped["failure"]) == ("stopped", None)
    edit(desk, 0)
    assert shown(desk.school, asked)["failure"] is None


def test_a_solve_that_has_ended_stays_as_it_ended(desk: Desk) -> None:
    asked = arrange(desk, 0)
    run(desk.school)
    done = shown(desk.school, asked)
    assert done["state"] == "done"
    edit(desk, 0)
    assert shown(desk.school, asked) == done
