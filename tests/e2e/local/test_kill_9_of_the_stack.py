from __future__ import annotations

import threading
from functools import partial
from typing import Any

import pytest

from deploy.local import lettering, main_line, nominating
from deploy.local.journey import Journey
from deploy.local.stack_child import StackChild
from deploy.local.waiting import wait_until
from gateway.client import Diaoxun
from services.enrollment.contract import ADMIT_TERM, LIST_TRAINEES, LIST_UNITS
from services.notification.contract import LETTERS_SUMMARY, LIST_LETTERS
from services.scheduling.domain.wire import to_wire
from tests.fixtures.wide_school import wide_school

PATIENCE = 240.0
BEFORE_ADMISSION = [step for _, step in main_line.STEPS][:-2]


@pytest.fixture
def stack(tmp_path):
    stack = StackChild(tmp_path / "var", port=0)
    yield stack
    stack.stop()


def admit_until_killed(journey: Journey, acknowledged: dict[str, list[str]]) -> None:
    for term in journey.terms:
        try:
            answer = journey.gateway.call(ADMIT_TERM, {"term_id": term["term_id"]}, step=f"admit/{term['term_id']}")
        except Exception:
            return  # the stack is gone: what comes now was never acknowledged
        acknowledged[term["term_id"]] = answer["admitted"]


def trainees(journey: Journey, term_id: str) -> set[str]:
    return {row["nomination_id"] for row in journey.gateway.pages(LIST_TRAINEES, {"term_id": term_id})}


def serials(journey: Journey, kind: str) -> list[int]:
    numbers = [row["number"] for row in journey.gateway.pages(LIST_LETTERS, {"kind": kind})]
    return sorted(int(number.rpartition("〕")[2].removesuffix("号")) for number in numbers)


def go_on(stack: StackChild, small_sample: Any, upto: int) -> Journey:
    journey = main_line.begin(stack.start(), small_sample)
    for step in BEFORE_ADMISSION[:upto]:
        step(journey)
    return journey


@pytest.mark.timeout(900)  # longer than the waits in it, which say how far things had come
def test_nothing_acknowledged_is_lost_and_nothing_is_done_twice(stack, small_sample):
    journey = go_on(stack, small_sample, len(BEFORE_ADMISSION))
    acknowledged: dict[str, list[str]] = {}
    admitting = threading.Thread(target=admit_until_killed, args=(journey, acknowledged))
    admitting.start()
    wait_until(lambda: len(acknowledged) >= 5, "五期录取完成", "five terms admitted")
    stack.kill()
    admitting.join(90)
    journey.gateway.close()

    again = go_on(stack, small_sample, len(BEFORE_ADMISSION))
    assert again.plan_id == journey.plan_id
    assert len(list(again.gateway.pages(LIST_UNITS, {}))) == 4
    for term_id, admitted in acknowledged.items():
        assert trainees(again, term_id) >= set(admitted)
    nominating.admit(again)
    lettering.await_letters(again)

    admitted_in_all = sum(term["admitted"] for term in nominating.fills(again))
    letters = again.gateway.call(LETTERS_SUMMARY, {})
    assert letters["admission"]["issued"] == admitted_in_all
    assert serials(again, "admission") == list(range(1, admitted_in_all + 1))
    assert serials(again, "transfer") == list(range(1, letters["transfer"]["issued"] + 1))
    assert again.status()["events"]["quarantined"] == 0
    again.gateway.close()


def test_a_solve_cut_off_goes_on_from_its_best_and_says_so(stack):
    running = stack.start()
    with Diaoxun(running.url, running.secrets.api_key) as organiser:
        asked = organiser.scheduling.solve_timetable(
            problem=to_wire(wide_school()), scheduler="timetable_exact", seconds=3000.0
        )
        solve_id = asked["solve_id"]
        show = partial(organiser.scheduling.get_timetable_solve, solve_id=solve_id)
        wait_until(lambda: bool(show()["timetable"]), "已有课表", "a timetable so far", PATIENCE)
        before = show()
    stack.kill()

    running = stack.start()
    with Diaoxun(running.url, running.secrets.api_key) as organiser:
        show = partial(organiser.scheduling.get_timetable_solve, solve_id=solve_id)
        assert show()["cost"] <= before["cost"]
        wait_until(lambda: show()["resumed"] == 1, "排课继续", "the solve goes on", PATIENCE)
        again = show()
        assert (again["state"], again["seconds"]) == ("running", before["seconds"])
        assert again["spent"] >= before["spent"]
        organiser.scheduling.stop_timetable_solve(solve_id=solve_id)
        wait_until(lambda: show()["state"] == "stopped", "排课停止", "the solve stops", PATIENCE)
        stopped = show()
    assert len(stopped["timetable"]) == stopped["lectures"]
    assert stopped["cost"] <= before["cost"]
