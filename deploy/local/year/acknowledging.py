"""Acknowledgements (回执) of letters: by unit; one unit is silent until somebody rings."""

from __future__ import annotations

from typing import Any

from deploy.local.journey import Journey
from deploy.local.waiting import wait_until
from deploy.local.year.people import by_unit, trainees
from services.notification.contract.acknowledgements import ACKNOWLEDGE_ROSTER
from services.notification.contract.phone_tasks import ASSIGN_PHONE_TASK, LIST_PHONE_TASKS, RECORD_CALL

_SILENT = "acknowledgement/silent"


def acknowledge(journey: Journey) -> str:
    """Have every unit acknowledge its letters and its people's, but for one unit and term."""
    groups = [
        (term["term_id"], unit_id)
        for term in journey.terms
        for unit_id in by_unit(trainees(journey, term["term_id"]))
    ]  # fmt: skip
    journey.remembered(_SILENT, lambda: list(groups[0]))

    def sign(group: tuple[str, str]) -> None:
        request = {"term_id": group[0], "unit_id": group[1]}
        journey.cast.unit(group[1]).call(ACKNOWLEDGE_ROSTER, request, step=f"acknowledgement/{group[0]}/{group[1]}")

    journey.each(groups[1:], sign)
    return f"{len(groups) - 1} 份名单已回执，1 份未回执"


def ring_up(journey: Journey) -> str:
    """Ring the unit that was silent, once a phone task asks for it; the letter is acknowledged on the phone."""
    term_id, unit_id = journey.remembered(_SILENT, lambda: ["", ""])
    task = wait_until(
        lambda: _task(journey, term_id, unit_id), "逾期未回执转为电话任务", "a phone task for the silent unit"
    )
    which = {"task_id": task["task_id"]}
    journey.gateway.call(ASSIGN_PHONE_TASK, {**which, "assignee": "organiser"}, step="phone/assigned")
    call = {**which, "outcome": "reached", "note": "对方已收到，因休假未及时回执"}
    journey.gateway.call(RECORD_CALL, call, step="phone/called")
    request = {"term_id": term_id, "unit_id": unit_id, "note": "电话确认"}
    journey.gateway.call(ACKNOWLEDGE_ROSTER, request, step="acknowledgement/by-phone")
    return f"{unit_id.rpartition('.')[2]} 电话确认回执"


def _task(journey: Journey, term_id: str, unit_id: str) -> dict[str, Any] | None:
    rows = journey.gateway.pages(LIST_PHONE_TASKS, {"unit_id": unit_id})
    return next((row for row in rows if row["term_id"] == term_id), None)
