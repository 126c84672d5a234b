"""With any one service stopped the other four keep working, and the one that returns catches up."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from services.compliance import contract as compliance
from services.enrollment import contract as enrollment
from services.notification import contract as notification
from services.outcomes import contract as outcomes
from services.scheduling import contract as scheduling
from shared.contracts import Operation
from shared.security.caller import Role
from tests.e2e.independence.conftest import CATCH_UP_SECONDS, NEIGHBOUR, SERVICES, UNIT, City, asked, room
from tests.fixtures.broker import wait_until

# A question and a command of each service that it answers by itself, whoever else is away.
QUESTIONS: dict[str, tuple[Operation, dict[str, Any]]] = {
    "scheduling": (scheduling.LIST_TERMS, {"limit": 5}),
    "enrollment": (enrollment.LIST_NOMINATIONS, {"limit": 5}),
    "compliance": (compliance.LIST_BRIEFINGS, {"limit": 5}),
    "notification": (notification.LIST_LETTERS, {"limit": 5}),
    "outcomes": (outcomes.LIST_QUESTION_SETS, {"limit": 5}),
}
WAIT_SECONDS = 2


def commands(city: City, number: int) -> dict[str, Callable[[], Any]]:
    """A change in each service; the term is one that everybody knows."""
    desk, unit = city.desk, Role.UNIT

    def acknowledge() -> Any:
        opened = desk.call(compliance.LIST_BRIEFINGS, {"state": "opened", "limit": 1})["items"]
        if not opened:  # nobody was admitted before the first service was stopped
            return None
        acknowledged = {"briefing_id": opened[0]["briefing_id"], "signer": "王某"}
        return desk.call(compliance.ACKNOWLEDGE_BRIEFING, acknowledged, unit)

    questions = asked(city, f"停机期间的第{number}个问题如何解决？")
    return {
        "scheduling": lambda: desk.call(scheduling.PUT_ROOM, room(f"spare{number}")),
        "enrollment": lambda: desk.call(enrollment.PUT_UNIT, {"unit_id": NEIGHBOUR, "title": f"南山区{number}"}),
        "compliance": acknowledge,
        "notification": lambda: desk.call(
            notification.PUT_UNIT_CONTACT, {"unit_id": UNIT, "email": f"office{number}@donghu.example"}, unit
        ),
        "outcomes": lambda: desk.call(outcomes.FILE_QUESTIONS, questions, unit),
    }


def caught_up(city: City, away: str, term_id: str, moved_to: str) -> bool:
    """Whether the one that was away has taken in what happened meanwhile."""
    desk, of_term = city.desk, {"term_id": term_id}
    if away == "scheduling":
        return bool(desk.call(scheduling.GET_TERM, of_term)["admitted"] == 2)
    if away == "enrollment":
        return bool(city.fills()[term_id]["starts_on"] == moved_to)
    if away == "compliance":
        briefings = desk.call(compliance.LIST_BRIEFINGS, of_term)["items"]
        return [(row["unit_id"], row["trainees"]) for row in briefings] == [(UNIT, 2)]
    if away == "notification":
        letters = desk.call(notification.LIST_LETTERS, of_term)["items"]
        kinds = sorted(row["kind"] for row in letters if row["state"] == "issued")
        return kinds == ["admission", "admission", "transfer"]
    sets = desk.call(outcomes.LIST_QUESTION_SETS, of_term)["items"]
    return [(row["unit_id"], row["roster_complete"]) for row in sets] == [(UNIT, True)]


@pytest.mark.parametrize("away", SERVICES)
def test_the_other_four_keep_working_and_the_fifth_catches_up(city: City, away: str) -> None:
    number = SERVICES.index(away) + 1
    term_id, others = city.terms[number - 1], [name for name in SERVICES if name != away]
    assert city.processes[away].stop() == 0

    operation, request = QUESTIONS[away]
    began = time.monotonic()
    refused = city.desk.ask(operation, request, Prefer=f"wait={WAIT_SECONDS}")
    assert refused.status in (503, 504), refused
    assert time.monotonic() - began < WAIT_SECONDS + 7, "a service that is away is said to be away at once"
    assert refused.body["message"]["zh"]
    assert refused.body["message"]["en"]

    for name in others:
        operation, request = QUESTIONS[name]
        assert city.desk.ask(operation, request).status == 200, name
        commands(city, number)[name]()
    moved_to = ""
    if away == "enrollment":
        term = city.desk.call(scheduling.GET_TERM, {"term_id": term_id})
        moved_to = (date.fromisoformat(term["starts_on"]) + timedelta(days=7)).isoformat()
        moved = city.desk.call(scheduling.MOVE_TERM, {"term_id": term_id, "starts_on": moved_to, "reason": "场地检修"})
        assert moved["starts_on"] == moved_to
    else:
        city.admit(term_id, number)

    city.start(away)
    city.wait_ready(away)
    wait_until(lambda: caught_up(city, away, term_id, moved_to), CATCH_UP_SECONDS, f"{away} has caught up")
    if away == "enrollment":
        city.admit(term_id, number)
    for name in SERVICES:
        assert city.desk.ask(*QUESTIONS[name]).status == 200, name
    wait_until(lambda: everywhere(city, term_id), CATCH_UP_SECONDS, "everybody knows of the admission")
    assert city.quarantined() == 0


def everywhere(city: City, term_id: str) -> bool:
    return all(caught_up(city, name, term_id, "") for name in SERVICES if name != "enrollment")
