"""A term brought to its end, and the services that give files for its archive."""

from __future__ import annotations

import base64
from typing import Any

from services.compliance import contract
from services.enrollment.contract import LIST_TRAINEES
from services.outcomes.contract import REPORT_GRADED
from shared.contracts.exports import files_export
from shared.runtime.testing import Answer
from tests.integration.compliance.compliance_city import ORGANISERS, SCHOOL, City, at, week

GIVEN = {
    "scheduling": ("scheme", "timetable"),
    "enrollment": ("roster", "fees"),
    "notification": ("letters", "certificates"),
    "outcomes": ("questions", "reports", "proposals"),
}


def given(service: str, *items: str) -> dict[str, Any]:
    """What a service answers: one file a line of the checklist."""
    return {
        "files": [
            {
                "name": f"{item}.txt",
                "media_type": "text/plain",
                "content": base64.b64encode(f"{service} {item}".encode()).decode(),
                "item": item,
            }
            for item in items
        ]
    }


def answers(**changes: tuple[str, ...]) -> dict[Any, Answer]:
    """Every service with all it should give; ``changes`` name what one gives instead."""
    people: dict[str, Any] = {"items": [], "next_cursor": None}
    services = {service: given(service, *changes.get(service, items)) for service, items in GIVEN.items()}
    return {LIST_TRAINEES: people, **{files_export(service): reply for service, reply in services.items()}}


def graded(nomination: str, passed: bool = True) -> dict[str, Any]:
    told = {"report_id": f"r-{nomination}", "nomination_id": nomination, "term_id": "term_1"}
    return {**told, "unit_id": "jiangcheng.donghu", "grade": "good" if passed else "fail", "passed": passed}


def hold_term(city: City, *people: str, grades: bool = True, **absences: str) -> None:
    """Hold all ten sessions; ``n1="s-0518-morning"`` names the sessions somebody missed, by spaces."""
    city.open_term(*people)
    city.clock.set(at(22, "18:00"))
    for each in week():
        missed = {who: "absent" for who, sessions in absences.items() if each["session_id"] in sessions.split()}
        city.roll(each["session_id"], **missed)
    for who in people if grades else ():
        city.harness.deliver(REPORT_GRADED, graded(who))


def judge(city: City) -> dict[str, Any]:
    """The Party school judges, the organisation department confirms."""
    city.ask(contract.DECIDE_COMPLETION, SCHOOL, term_id="term_1")
    return city.ask(contract.CONFIRM_COMPLETION, ORGANISERS, term_id="term_1", approver="李部长")


def close(city: City) -> dict[str, Any]:
    return city.ask(contract.CLOSE_TERM, SCHOOL, term_id="term_1", approver="教务处长")


def carry_out(city: City, done: set[str]) -> None:
    """Deliver the process's own events until none is left; ``done`` are those delivered before."""
    while True:
        waiting = [each for each in city.harness.emitted(contract.PROCESS_ADVANCED) if each.id not in done]
        if not waiting:
            return
        for each in waiting:
            city.harness.deliver(contract.PROCESS_ADVANCED, each.data, event_id=each.id)
            done.add(each.id)
