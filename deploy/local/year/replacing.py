"""Standby, and replacements: one in time, one late and refused, one late that a named approver lets through."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from deploy.local.journey import Journey
from deploy.local.waiting import wait_until
from deploy.local.year.newcomers import PROOF, SIGNED, described
from deploy.local.year.people import trainees
from services.enrollment.contract.nominations import WITHDRAW_NOMINATION
from services.enrollment.contract.replacements import (
    DECIDE_REPLACEMENT,
    GET_REPLACEMENT_DEADLINE,
    LIST_REPLACEMENTS,
    REQUEST_REPLACEMENT,
)
from services.enrollment.contract.standby import ANSWER_STANDBY, JOIN_STANDBY, LIST_STANDBY

_IN_TIME, _REFUSED, _APPROVED, _LEAVES = 0, 1, 2, 3
"""Which of the first term's people, in the order of ``people.trainees``, are concerned."""


def wait_in_line(journey: Journey) -> str:
    """Put those for whom there was no seat on their unit's standby list; one who cannot come makes room for one."""
    found = {term["term_id"]: _left_out(journey, term["term_id"]) for term in journey.shown}
    waiting = {(term_id, unit_id): people for term_id, units in found.items() for unit_id, people in units.items()}
    for (term_id, unit_id), people in waiting.items():
        joined = {"term_id": term_id, "nomination_ids": people}
        journey.cast.unit(unit_id).call(JOIN_STANDBY, joined, step=f"standby/{term_id}/{unit_id}")
    taken = _make_room(journey, *next(iter(waiting))) if waiting else 0
    return f"{sum(map(len, waiting.values()))} 人候补，{taken} 人递补录取"


def replace_people(journey: Journey) -> str:
    """Ask for three replacements of the first term around its deadline and decide on them."""
    term = journey.shown[0]
    people = journey.remembered("replacement/people", lambda: trainees(journey, term["term_id"]))
    deadline = journey.gateway.call(GET_REPLACEMENT_DEADLINE, {"term_id": term["term_id"]})
    last = date.fromisoformat(deadline["deadline_on"])
    persons = journey.newcomers(_APPROVED + 1)

    def ask(number: int, reason_code: str, reason: str) -> dict[str, Any]:
        old = people[number]
        request = {
            "nomination_id": old["nomination_id"],
            "reason_code": reason_code,
            "reason": reason,
            **SIGNED,
            **described(persons[number], old["unit_title"]),
        }
        return journey.cast.unit(old["unit_id"]).call(
            REQUEST_REPLACEMENT, request, step=f"replacement/{number}", file=PROOF
        )

    def decide(asked: dict[str, Any], number: int, **decision: str) -> None:
        which = {"replacement_id": asked["replacement_id"], **decision}
        journey.gateway.call(DECIDE_REPLACEMENT, which, step=f"replacement/{number}/decision")

    journey.go_on_until(last)
    decide(ask(_IN_TIME, "work", "承担防汛任务，不能脱产"), _IN_TIME, decision="approve")
    journey.go_on_until(last + timedelta(days=2))
    decide(
        ask(_REFUSED, "other", "临时有会议"), _REFUSED, decision="refuse", reason_code="late", note="会议可由他人参加"
    )
    decide(
        ask(_APPROVED, "health", "突发疾病住院"), _APPROVED, decision="approve", approver="周明远",
        approver_post="市委组织部分管副部长",
    )  # fmt: skip
    done = wait_until(lambda: _settled(journey, term["term_id"]), "更换人选办理完毕", "replacements carried out")
    states = sorted(row["state"] for row in done)
    return f"按期更换 1 人，逾期 2 件中 {states.count('refused')} 件未同意、1 件经指定批准人同意"


def _settled(journey: Journey, term_id: str) -> list[dict[str, Any]] | None:
    rows = list(journey.gateway.pages(LIST_REPLACEMENTS, {"term_id": term_id}))
    return None if any(row["state"] in ("requested", "approving") for row in rows) else rows


def _left_out(journey: Journey, term_id: str) -> dict[str, list[str]]:
    answer = journey.answers.get(f"admit/{term_id}") or {"left_out": []}
    found: dict[str, list[str]] = {}
    for row in answer["left_out"]:
        found.setdefault(row["unit_id"], []).append(row["nomination_id"])
    return found


def _make_room(journey: Journey, term_id: str, unit_id: str) -> int:
    people = journey.remembered("standby/people", lambda: trainees(journey, term_id))
    leaver = next(row for row in reversed(people) if row["unit_id"] == unit_id)
    gone = {"nomination_id": leaver["nomination_id"], "reason_code": "moved", "note": "工作调动，不再参训"}
    journey.gateway.call(WITHDRAW_NOMINATION, gone, step="standby/withdrawal")
    offered = journey.remembered(
        "standby/offered",
        lambda: wait_until(
            lambda: _offered(journey, term_id), "空出的名额已提供给候补人员", "the free seat was offered to standby"
        ),
    )
    for row in offered:
        answer = {"nomination_id": row, "accept": True}
        journey.cast.unit(unit_id).call(ANSWER_STANDBY, answer, step=f"standby/answer/{row}")
    return len(offered)


def _offered(journey: Journey, term_id: str) -> list[str] | None:
    rows = journey.gateway.call(LIST_STANDBY, {"term_id": term_id})["items"]
    offered = [row["nomination_id"] for row in rows if row["state"] == "offered"]
    return offered or None
