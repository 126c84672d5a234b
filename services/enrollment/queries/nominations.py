"""Reading nominations and trainees; identity numbers only one at a time, with a purpose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from services.enrollment.commands.people import id_number_of
from services.enrollment.domain.nomination import LIVE, State
from services.enrollment.limits import policy_table
from services.enrollment.queries.overlaps import engaged_twice
from services.enrollment.queries.units import titles_of
from services.enrollment.store import NOMINATIONS, ROSTERS, SEATS, TERMS
from shared.storage import View, exactly, subtree

_SUMMARY = (
    "term_id", "unit_id", "name", "sex", "post", "rank", "phone_masked", "state", "outcome", "needs_human", "awaits",
    "filed_at", "version",
)  # fmt: skip
_WHOLE = (
    "import_id", "ethnicity", "political_status", "education", "workplace", "diet", "remark", "verdicts",
    "attestations", "review", "reviews", "ladder", "history",
)  # fmt: skip
_TRAINEE = (
    "term_id", "unit_id", "name", "sex", "workplace", "post", "rank", "political_status", "phone_masked", "admitted_at",
)  # fmt: skip
_FILTERS = ("term_id", "import_id", "state", "outcome", "awaits")


def shown_summaries(view: View, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return nominations as a list shows them; who is engaged twice on a day needs a person while that is so."""
    twice = engaged_twice(view, [row["_id"] for row in rows])
    shown = [{"nomination_id": row["_id"], **{key: row[key] for key in _SUMMARY}} for row in rows]
    return [{**each, "needs_human": each["needs_human"] or each["nomination_id"] in twice} for each in shown]


def shown_nomination(view: View, row: dict[str, Any]) -> dict[str, Any]:
    """Return a nomination as it is shown by itself."""
    (summary,) = shown_summaries(view, [row])
    days = {key: date.fromisoformat(row[key]) for key in ("born_on", "snapshot_on")}
    ends = {key: row.get(key) for key in ("withdrawal", "replaces", "replaced_by")}
    return {**summary, **{key: row[key] for key in _WHOLE}, **days, **ends}


def list_nominations(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List nominations within reach; a unit brings those below it too."""
    rows = view.rows(NOMINATIONS)
    conditions: list[dict[str, Any]] = [rows.reach(), {key: request[key] for key in _FILTERS if request.get(key)}]
    if request.get("import_id"):
        # An import is of one unit, and by unit there is an index.
        roster = view.rows(ROSTERS).one({"_id": exactly(request["import_id"])})
        conditions.insert(0, {"unit_id": roster["unit_id"] if roster else None})
    if request.get("unit_id"):
        conditions.append(subtree(request["unit_id"]))
    found, cursor = rows.page({"$and": conditions}, request.get("cursor"), request["limit"])
    return {"items": shown_summaries(view, found), "next_cursor": cursor}


def get_nomination(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show one nomination."""
    return shown_nomination(view, view.rows(NOMINATIONS).get_within_reach(request["nomination_id"]))


def unseal_id_number(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show an identity number in full; who, whose and what for goes into the audit log first."""
    row = view.rows(NOMINATIONS).get_within_reach(request["nomination_id"])
    number = id_number_of(view, row["person_id"], request["purpose"])
    return {"nomination_id": row["_id"], "id_number": number}


def get_review_ladder(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show the steps of review in force."""
    policy = policy_table().on(view.today)["review.ladder"]
    items = [
        {"step": row["step"], "title": {"zh": row["zh"], "en": row["en"]}, "role": row["role"], "level": row["level"]}
        for row in policy.value
    ]
    return {"items": items, "source": policy.source, "basis": policy.basis}


def list_trainees(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List the admitted of a term within reach, by unit."""
    rows = view.rows(NOMINATIONS)
    conditions: list[dict[str, Any]] = [
        {"term_id": request["term_id"], "state": State.ADMITTED.value},
        rows.reach(),
    ]
    unit_id = request.get("unit_id")
    if unit_id:
        conditions.append(subtree(unit_id) if request["below"] else {"unit_id": unit_id})
    found, cursor = rows.page({"$and": conditions}, request.get("cursor"), request["limit"], sort=(("unit_id", 1),))
    titles = titles_of(view, [row["unit_id"] for row in found])
    items = [
        {
            "nomination_id": row["_id"],
            "unit_title": titles.get(row["unit_id"], row["unit_id"]),
            **{key: row[key] for key in _TRAINEE},
        }
        for row in found
    ]
    return {"items": items, "next_cursor": cursor}


def term_fill(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show how full every term is."""
    condition = {"plan_id": request["plan_id"]} if request.get("plan_id") else {}
    terms = view.rows(TERMS).find(condition, sort=(("plan_id", 1), ("programme_ordinal", 1), ("ordinal", 1)))
    ids = [term["_id"] for term in terms]
    capacity = {row["_id"]: row["capacity"] for row in view.rows(SEATS).find({"_id": {"$in": ids}})}
    states = _states_by_term(view, ids)
    return {"items": [_shown_fill(term, capacity.get(term["_id"], 0), states.get(term["_id"], {})) for term in terms]}


def _states_by_term(view: View, term_ids: list[str]) -> dict[str, dict[str, int]]:
    groups = view.rows(NOMINATIONS).aggregate(
        [
            {"$match": {"term_id": {"$in": term_ids}}},
            {"$group": {"_id": {"term": "$term_id", "state": "$state"}, "count": {"$sum": 1}}},
        ]
    )
    states: dict[str, dict[str, int]] = {}
    for group in groups:
        states.setdefault(group["_id"]["term"], {})[group["_id"]["state"]] = group["count"]
    return states


def _shown_fill(term: dict[str, Any], capacity: int, states: dict[str, int]) -> dict[str, Any]:
    keys = ("plan_id", "programme_ordinal", "programme_title", "ordinal", "cancelled")
    return {
        "term_id": term["_id"],
        **{key: term[key] for key in keys},
        "starts_on": date.fromisoformat(term["starts_on"]),
        "ends_on": date.fromisoformat(term["ends_on"]),
        "capacity": capacity,
        "nominated": sum(states.get(state, 0) for state in LIVE),
        "refused": states.get("refused", 0),
        "accepted": states.get("accepted", 0),
        "admitted": states.get("admitted", 0),
    }
