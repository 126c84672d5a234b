"""Reading proposals: authors their own, units their people's and those they have to answer."""

from __future__ import annotations

from typing import Any

from services.outcomes.domain.proposal import Proposal, State
from services.outcomes.queries.people import is_trainee
from services.outcomes.store.proposals import PROPOSALS, proposal_from
from shared.errors import NotFound
from shared.security.caller import Role
from shared.storage import View, subtree

_ROW = ("term_id", "unit_id", "title", "state", "filed_at", "receiving_unit_id", "version")


def list_proposals(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List proposals within reach; a trainee's own."""
    rows = view.rows(PROPOSALS)
    side = "receiving_unit_id" if request["received"] and not is_trainee(view) else "unit_id"
    conditions: list[dict[str, Any]] = [{name: request[name] for name in ("term_id", "state") if name in request}]
    if is_trainee(view):
        conditions.append({"nomination_id": view.caller.own_id(Role.TRAINEE)})
    else:
        conditions.append(rows.reach(side))
    if "unit_id" in request:
        conditions.append(subtree(request["unit_id"], side))
    if side == "receiving_unit_id":
        conditions.append({side: {"$ne": None}})
    found, cursor = rows.page({"$and": conditions}, request.get("cursor"), request["limit"], sort="-_id")
    return {"items": [shown(view, row) for row in found], "next_cursor": cursor}


def list_follow_ups(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List what has still to be followed in departments within reach, the earliest first."""
    rows = view.rows(PROPOSALS)
    until = {"$lte": request["due_until"].isoformat()} if "due_until" in request else {"$type": "string"}
    conditions = [{"next_look_on": until}, rows.reach("receiving_unit_id")]
    if "unit_id" in request:
        conditions.append(subtree(request["unit_id"], "receiving_unit_id"))
    sort = (("next_look_on", 1),)
    found, cursor = rows.page({"$and": conditions}, request.get("cursor"), request["limit"], sort=sort)
    return {"items": [shown_whole(view, row) for row in found], "next_cursor": cursor}


def get_proposal(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show a proposal."""
    return shown_whole(view, proposal_within_reach(view, request["proposal_id"]))


def proposal_within_reach(view: View, proposal_id: str) -> dict[str, Any]:
    """Return a proposal's row: one's own, of a unit within reach, or to be answered by one. Raises ``NotFound``."""
    row = view.rows(PROPOSALS).get(proposal_id)
    if is_trainee(view):
        seen = row["nomination_id"] == view.caller.own_id(Role.TRAINEE)
    else:
        seen = view.caller.reaches(row["unit_id"]) or answers_here(view, row)
    if not seen:
        raise _missing(proposal_id)
    return row


def received_proposal(view: View, proposal_id: str) -> dict[str, Any]:
    """Return the row of a proposal that a department within reach has to answer. Raises ``NotFound``."""
    row = view.rows(PROPOSALS).get(proposal_id)
    if not answers_here(view, row):
        raise _missing(proposal_id)
    return row


def answers_here(view: View, row: dict[str, Any]) -> bool:
    """Return whether the department a proposal went to is within the caller's reach."""
    return row["receiving_unit_id"] is not None and view.caller.reaches(row["receiving_unit_id"])


def shown(view: View, row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored proposal as a list shows it; who wrote it is not told to the department that answers."""
    proposal = proposal_from(row)
    names_author = is_trainee(view) or view.caller.reaches(row["unit_id"])
    return {
        "proposal_id": row["_id"],
        "nomination_id": row["nomination_id"] if names_author else None,
        **{key: row[key] for key in _ROW},
        "due_on": proposal.forwarding.due_on if proposal.forwarding else None,
        "next_follow_up_on": proposal.next_look_on,
        "overdue": _overdue(view, proposal),
    }


def shown_whole(view: View, row: dict[str, Any]) -> dict[str, Any]:
    """Return a stored proposal with text, answers and follow-ups."""
    proposal = proposal_from(row)
    follow_ups = [
        {
            "month": each.month,
            "due_on": each.due_on,
            "progress": each.progress,
            "evidence": each.evidence,
            "recorded_on": each.recorded_on,
            "late": each.late,
            "overdue": each.overdue(view.today),
        }
        for each in proposal.follow_ups
    ]
    answers = [{**each.__dict__, "decision": each.decision.value} for each in proposal.answers]
    return {**shown(view, row), "body": row["body"], "answers": answers, "follow_ups": follow_ups}


def _overdue(view: View, proposal: Proposal) -> bool:
    if proposal.state is State.FORWARDED and proposal.forwarding is not None:
        return proposal.forwarding.due_on < view.today
    return any(each.overdue(view.today) for each in proposal.follow_ups)


def _missing(proposal_id: str) -> NotFound:
    return NotFound(
        f"没有编号为“{proposal_id}”的政策建议，请核对编号",
        f"there is no proposal {proposal_id!r}; check the identifier",
        id=proposal_id,
    )
