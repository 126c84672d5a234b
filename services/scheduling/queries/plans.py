"""Plans, their versions and what changed between two of them."""

from __future__ import annotations

from typing import Any

from services.scheduling.commands.plans import blank_reply, plan_reply
from services.scheduling.domain.plan import changes, plan_of
from services.scheduling.domain.plan_blanks import blanks
from services.scheduling.domain.wire import to_wire
from services.scheduling.store import PLAN_VERSIONS, PLANS
from shared.errors import NotFound
from shared.storage import View, exactly

Document = dict[str, Any]


def list_plans(view: View, request: dict[str, Any]) -> Document:
    """Return one page of plans, newest first."""
    wanted: Document = {name: exactly(request[name]) for name in ("year", "state") if name in request}
    docs, cursor = view.rows(PLANS).page(wanted, request.get("cursor"), request["limit"], sort="-_id")
    items = [{**doc, "plan_id": doc["_id"], "programmes": len(doc["programmes"])} for doc in docs]
    return {"items": items, "next_cursor": cursor}


def get_plan(view: View, request: dict[str, Any]) -> Document:
    """Return a plan with what is still open in it."""
    return plan_reply(view.rows(PLANS).get(request["plan_id"]))


def list_plan_versions(view: View, request: dict[str, Any]) -> Document:
    """Return one page of a plan's versions, oldest first."""
    view.rows(PLANS).get(request["plan_id"])
    wanted = {"plan_id": exactly(request["plan_id"])}
    docs, cursor = view.rows(PLAN_VERSIONS).page(wanted, request.get("cursor"), request["limit"], sort="number")
    return {"items": docs, "next_cursor": cursor}


def get_plan_version(view: View, request: dict[str, Any]) -> Document:
    """Return a version of a plan as it was."""
    doc = _version(view, request["plan_id"], request["number"])
    said = plan_of(doc["plan"])
    found = [blank_reply(each) for each in blanks(said)]
    plan = {
        **to_wire(said),
        "plan_id": doc["plan_id"],
        "state": doc["state"],
        "version": doc["number"],
        "blanks": found,
    }
    return {**doc, "plan": plan}


def compare_plan(view: View, request: dict[str, Any]) -> Document:
    """Return what changed from one version to another, by default to the current one."""
    current = view.rows(PLANS).get(request["plan_id"])
    first = _version(view, current["_id"], request["from_version"])
    second = _version(view, current["_id"], request["to_version"] if "to_version" in request else current["version"])
    return {
        "plan_id": current["_id"],
        "from_version": first["number"],
        "to_version": second["number"],
        "changes": [
            {"path": each.path, "before": each.before, "after": each.after, "words": {"zh": each.zh, "en": each.en}}
            for each in changes(plan_of(first["plan"]), plan_of(second["plan"]))
        ],
    }


def _version(view: View, plan_id: str, number: int) -> Document:
    doc = view.rows(PLAN_VERSIONS).one({"plan_id": exactly(plan_id), "number": exactly(number)})
    if doc is None:
        raise NotFound(
            f"计划 {plan_id} 没有第 {number} 版",
            f"the plan {plan_id} has no version {number}",
            plan_id=plan_id,
            number=number,
        )
    return doc
