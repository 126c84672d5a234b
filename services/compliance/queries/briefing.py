"""Reading briefings, and the proof of who was briefed."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.compliance.limits import policy_table
from services.compliance.store.briefing import BRIEFINGS, from_row
from services.compliance.store.term import TERMS
from services.compliance.store.trainee import TRAINEES
from shared.errors import NotFound
from shared.security.caller import Role
from shared.storage import View, subtree
from shared.storage.canonical import digest


def list_briefings(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List briefings of the units the caller reaches; a unit brings those below it too."""
    wanted = {name: request[name] for name in ("term_id", "state") if name in request}
    below = subtree(request["unit_id"]) if "unit_id" in request else {}
    narrowed = {"$and": [wanted, view.rows(BRIEFINGS).reach(), below]}
    items, cursor = view.rows(BRIEFINGS).page(narrowed, request.get("cursor"), request["limit"])
    return {"items": [shown(view, row) for row in items], "next_cursor": cursor}


def get_briefing(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show one briefing."""
    return shown(view, view.rows(BRIEFINGS).get_within_reach(request["briefing_id"]))


def get_briefing_proof(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show who signed for the unit, and for each person what the unit and they themselves said, and when."""
    row = view.rows(BRIEFINGS).get_within_reach(request["briefing_id"])
    briefing = from_row(row)
    words = {word.nomination_id: word for word in briefing.personal}
    points, sha256 = points_now(view.today)
    people = [
        {
            "nomination_id": nomination_id,
            "briefed": nomination_id in briefing.briefed,
            "acknowledged_at": words[nomination_id].at if nomination_id in words else None,
            "late": nomination_id in words and words[nomination_id].late,
            "points_sha256": words[nomination_id].points_sha256 if nomination_id in words else None,
        }
        for nomination_id in sorted(briefing.to_brief)
    ]
    return {**shown(view, row), "points": points, "points_sha256": sha256, "people": people}


def get_my_briefing(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show the points one has to know, and whether one has said so."""
    return shown_mine(view, my_briefing(view))


def points_now(today: date) -> tuple[list[dict[str, str]], str]:
    """Return the points of a briefing in force and their digest."""
    points = policy_table().on(today)["briefing.points"].value
    return points, digest(points)


def my_briefing(view: View) -> dict[str, Any]:
    """Return the briefing a trainee is on. Raises ``NotFound``."""
    trainee = view.rows(TRAINEES).get(view.caller.own_id(Role.TRAINEE))
    row = view.rows(BRIEFINGS).one({"term_id": trainee["term_id"], "unit_id": trainee["unit_id"]})
    if row is None:
        raise NotFound("本期没有您的纪律提醒", "there is no briefing for you in this term")
    return row


def shown_mine(view: View, row: dict[str, Any]) -> dict[str, Any]:
    """Return a briefing as one of its trainees sees it."""
    briefing, nomination_id = from_row(row), view.caller.own_id(Role.TRAINEE)
    mine = next((word for word in briefing.personal if word.nomination_id == nomination_id), None)
    policy = policy_table().on(view.today)["briefing.points"]
    return {
        "briefing_id": row["_id"],
        "term_id": row["term_id"],
        "due_on": briefing.due_on(_days_before(view)),
        "points": policy.value,
        "source": policy.source,
        "basis": policy.basis,
        "acknowledged_at": None if mine is None else mine.at,
        "late": mine is not None and mine.late,
    }


def shown(view: View, row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored briefing as the contract shows it."""
    briefing = from_row(row)
    term = view.rows(TERMS).one({"_id": briefing.term_id}) or {}
    return {
        "briefing_id": row["_id"],
        "term_id": briefing.term_id,
        "unit_id": briefing.unit_id,
        "programme_title": term.get("programme_title"),
        "term_ordinal": term.get("term_ordinal"),
        "starts_on": briefing.starts_on,
        "due_on": briefing.due_on(_days_before(view)),
        "trainees": len(briefing.to_brief),
        "briefed": len(briefing.briefed),
        "personally": len(briefing.acknowledged_personally),
        "complete": briefing.complete,
        "state": briefing.state,
        "acknowledged_by": briefing.acknowledged_by,
        "acknowledged_at": briefing.acknowledged_at,
        "late": briefing.late,
        "version": row["version"],
    }


def _days_before(view: View) -> int:
    return policy_table().on(view.today).number("briefing.days_before_opening")
