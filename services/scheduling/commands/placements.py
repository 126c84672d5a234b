"""Asking for a placement, and putting its result on the calendar."""

from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

from services.scheduling.commands.announcing import (
    admitted_counts,
    hold_campuses,
    hold_concerned,
    lose_places,
    review_places,
    settle,
    terms_of,
)
from services.scheduling.commands.year_versions import keep_year
from services.scheduling.contract.events import PLACEMENT_CONCLUDED, PLACEMENT_REQUESTED
from services.scheduling.contract.parts import PlacementRunning
from services.scheduling.domain.placement import Placed, Policy, Problem, Solution
from services.scheduling.domain.placement_check import check
from services.scheduling.domain.placement_spans import Axis
from services.scheduling.domain.placement_verdict import verdict
from services.scheduling.domain.wire import from_wire, to_wire
from services.scheduling.placeable import refuse_unplaceable
from services.scheduling.situation import Situation, has_begun, not_before, plan_policy
from services.scheduling.store import PLACEMENTS, PLANS, POLICIES
from shared.errors import Fault
from shared.identifiers import new_id
from shared.storage import Transaction, View, exactly

Document = dict[str, Any]

_GIVEN_UP_AFTER = timedelta(minutes=15)


def place_terms(tx: Transaction, request: dict[str, Any]) -> Document:
    """Write down that a placement is wanted; the solver hears of it by event."""
    plan = tx.rows(PLANS).hold(request["plan_id"])
    refuse_unplaceable(tx, plan)
    _refuse_second(tx, plan["_id"])
    policy = _keep_policy(tx, plan["_id"], request["policy"])
    return placement_reply(_insert(tx, plan, request, policy))


def problem_of(view: View, placement: Document) -> tuple[Problem, dict[str, Document]]:
    """Return the problem as it stands now, and the terms it is to place. Raises ``CalendarUnknown``."""
    docs = [doc for doc in terms_of(view, placement["plan_id"]) if doc["state"] != "cancelled"]
    admitted = admitted_counts(view, [doc["_id"] for doc in docs])
    today = view.today.isoformat()
    free = {
        doc["_id"]: doc for doc in docs if not has_begun(doc, today) and _is_free(doc, placement["again"], admitted)
    }
    situation = Situation(view)
    fixed = [
        doc for doc in situation.on_calendar if doc["_id"] not in free and (not doc["due"] or has_begun(doc, today))
    ]
    policy = from_wire(Policy, placement["policy"])
    problem = situation.problem(free.values(), fixed, policy, placement["seconds"])
    tomorrow = view.today + timedelta(days=1)
    terms = (not_before(term, tomorrow) if term.id in free else term for term in problem.terms)
    return dataclasses.replace(problem, terms=tuple(terms)), free


def conclude(tx: Transaction, placement_id: str, solution: Solution) -> Document:
    """Put a solution on the calendar, unless something changed meanwhile that it would break."""
    placement = tx.rows(PLACEMENTS).get(placement_id)
    if placement["state"] != "running":
        return placement
    problem, free = problem_of(tx, placement)
    table = tuple(each for each in solution.placed if each.term_id in free)
    stays = tuple(_stays(problem, free))
    violations = [each for each in check(problem, (*table, *stays)) if free.keys() & set(each.term_ids)]
    if violations:
        return fail(
            tx,
            placement_id,
            f"排期期间数据有变动，结果已不适用：{violations[0].zh}。请重新排期",
            f"something changed during the placement and its result no longer holds: {violations[0].en}; place again",
        )
    situation, own = Situation(tx), _own(solution, free, len(stays))
    said = verdict(own)
    hold_campuses(tx, situation, (each.room_id for each in table))
    hold_concerned(tx, (free[each.term_id] for each in table))
    keep_year(tx, placement["plan_id"], "排期 / placed by a scheduler", placement.get("asked_by"))
    for each in table:
        settle(tx, situation, free[each.term_id], each)
    settled = {each.term_id for each in table}
    lose_places(tx, [doc for id, doc in free.items() if id not in settled])
    placement.update(
        state="done",
        status=solution.status,
        terms=len(free),
        kept=len(stays),
        placed=to_wire(table),
        unplaced=[_unplaced_reply(free[each.term_id], to_wire(each)) for each in own.unplaced],
        cost=solution.cost,
        bound=solution.bound,
        placed_bound=own.placed_bound,
        costs=to_wire(solution.costs),
        verdict={"zh": said.zh, "en": said.en},
        gap_percent=said.gap_percent,
        seconds_taken=solution.seconds,
        progress=None,
    )
    _save_concluded(tx, placement)
    review_places(tx)
    return placement


def fail(tx: Transaction, placement_id: str, zh: str, en: str) -> Document:
    """Write down that a placement came to nothing, and why."""
    placement = tx.rows(PLACEMENTS).get(placement_id)
    if placement["state"] == "running":
        placement.update(state="failed", failure={"zh": zh, "en": en}, progress=None)
        _save_concluded(tx, placement)
    return placement


def fail_with(tx: Transaction, placement_id: str, fault: Fault) -> Document:
    """Write down that a placement came to nothing because of a fault."""
    return fail(tx, placement_id, fault.message.zh, fault.message.en)


def placement_reply(doc: Document) -> Document:
    """Return a placement document as the reply of an operation."""
    later = {"costs": None, "verdict": None, "gap_percent": None}  # placements written before these were kept
    return {**later, **doc, "placement_id": doc["_id"], "seconds": doc["seconds_taken"]}


def _is_free(doc: Document, again: bool, admitted: dict[str, int]) -> bool:
    if doc["state"] == "planned" or doc["due"]:
        return True
    return again and not doc["pinned"] and doc["_id"] not in admitted


def _own(solution: Solution, free: dict[str, Document], stays: int) -> Solution:
    """Return a solution without the terms that stay, of this plan and of others: they were not to be placed."""
    placed = tuple(each for each in solution.placed if each.term_id in free)
    return dataclasses.replace(
        solution,
        placed=placed,
        unplaced=tuple(each for each in solution.unplaced if each.term_id in free),
        placed_bound=max(len(placed), solution.placed_bound - stays),
    )


def _stays(problem: Problem, free: dict[str, Document]) -> list[Placed]:
    axis, found = Axis(problem), []
    for term in problem.terms:
        if term.id not in free and (at := term.stands) is not None:
            found.append(at)
        elif term.id not in free and term.pin and term.pin.room_id:
            span = axis.span_from(term, term.pin.starts_on)
            if span:
                found.append(Placed(term.id, span.starts_on, span.ends_on, span.reports_on, term.pin.room_id))
    return found


def _keep_policy(tx: Transaction, plan_id: str, changed: Document) -> Document:
    """Return the plan's policy with the request's changes, which hold for later placements and hand moves too."""
    rows = tx.rows(POLICIES)
    doc = rows.one({"_id": exactly(plan_id)})
    policy: Document = to_wire(plan_policy(tx, plan_id, changed))
    if changed and doc is None:
        rows.insert({"_id": plan_id, "policy": policy})
    elif changed and doc is not None:
        doc["policy"] = policy
        rows.save(doc)
    return policy


def _refuse_second(tx: Transaction, plan_id: str) -> None:
    for running in tx.rows(PLACEMENTS).find({"plan_id": exactly(plan_id), "state": "running"}):
        if running["asked_at"] + _GIVEN_UP_AFTER + timedelta(seconds=running["seconds"]) > tx.now:
            raise PlacementRunning(
                "该计划正在排期，请等它结束后再试",
                "a placement of this plan is running; wait until it is done",
                placement_id=running["_id"],
            )
        fail(tx, running["_id"], "排期长时间没有结果，已放弃", "the placement gave no result for long and was given up")


def _insert(tx: Transaction, plan: Document, request: dict[str, Any], policy: Document) -> Document:
    doc = tx.rows(PLACEMENTS).insert(
        {
            "_id": new_id("placement"),
            "plan_id": plan["_id"],
            "scheduler": request["scheduler"],
            "state": "running",
            "status": None,
            "policy": policy,
            "seconds": request["seconds"],
            "again": request["again"],
            "terms": 0,
            "kept": 0,
            "placed": [],
            "unplaced": [],
            "cost": None,
            "bound": None,
            "placed_bound": None,
            "costs": None,
            "verdict": None,
            "gap_percent": None,
            "progress": None,
            "failure": None,
            "seconds_taken": None,
            "asked_at": tx.now,
            "asked_by": tx.caller.subject,
        }
    )
    tx.emit(PLACEMENT_REQUESTED, {"placement_id": doc["_id"], "plan_id": plan["_id"]}, subject=doc["_id"])
    return doc


def _unplaced_reply(doc: Document, unplaced: Document) -> Document:
    return {
        "term_id": doc["_id"],
        "label": {
            "zh": f"第{doc['programme_ordinal']}班第{doc['ordinal']}期“{doc['programme_title']}”",
            "en": f"programme {doc['programme_ordinal']}, term {doc['ordinal']}",
        },
        "reasons": [
            {"code": each["code"], "words": {"zh": each["zh"], "en": each["en"]}, "details": each["details"]}
            for each in unplaced["reasons"]
        ],
    }


def _save_concluded(tx: Transaction, placement: Document) -> None:
    tx.rows(PLACEMENTS).save(placement)
    tx.emit(
        PLACEMENT_CONCLUDED,
        {
            "placement_id": placement["_id"],
            "plan_id": placement["plan_id"],
            "state": placement["state"],
            "placed": len(placement["placed"]),
            "unplaced": len(placement["unplaced"]),
        },
        subject=placement["_id"],
    )
