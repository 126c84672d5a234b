"""Reading a nomination's dossier."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.enrollment.commands.background import Background
from services.enrollment.queries.nominations import shown_nomination
from services.enrollment.queries.standby import shown_entry
from services.enrollment.store import NOMINATIONS, PEOPLE, STANDBY, TERMS, term_facts
from shared.storage import View


def get_dossier(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show everything about one nomination; other engagements of the person come with term and state only."""
    row = view.rows(NOMINATIONS).get_within_reach(request["nomination_id"])
    entry = view.rows(STANDBY).one({"_id": row["_id"]})
    return {
        "nomination": shown_nomination(view, row),
        "posts": [{**item, "since": date.fromisoformat(item["since"])} for item in row["posts"]],
        "others": _others(view, row),
        "hours": _hours(view, row),
        "standby": None if entry is None else shown_entry(view, entry),
    }


def _others(view: View, row: dict[str, Any]) -> list[dict[str, Any]]:
    engaged = view.rows(PEOPLE).get(row["person_id"])["engagements"]
    ids = sorted(item["nomination_id"] for item in engaged if item["nomination_id"] != row["_id"])
    found = view.rows(NOMINATIONS).find({"_id": {"$in": ids}})
    terms = {
        term["_id"]: term
        for term in view.rows(TERMS).find({"_id": {"$in": sorted({other["term_id"] for other in found})}})
    }
    shown = [_other(other, terms[other["term_id"]]) for other in found]
    return sorted(shown, key=lambda item: (item["starts_on"], item["nomination_id"]), reverse=True)


def _other(row: dict[str, Any], term: dict[str, Any]) -> dict[str, Any]:
    return {
        "nomination_id": row["_id"],
        "term_id": row["term_id"],
        "programme_title": term["programme_title"],
        "ordinal": term["ordinal"],
        "starts_on": date.fromisoformat(term["starts_on"]),
        "ends_on": date.fromisoformat(term["ends_on"]),
        "state": row["state"],
    }


def _hours(view: View, row: dict[str, Any]) -> dict[str, Any] | None:
    term = term_facts(view.rows(TERMS).get(row["term_id"]))
    background = Background(view, [term])
    background.read_people([row["person_id"]])
    hours = background.hours(row["person_id"], row["rank"] or row["post"], term)
    if hours is None:
        return None
    return {
        "earned": hours.earned,
        "required_hours": hours.required,
        "gap": hours.gap,
        "span": {"zh": hours.span_zh, "en": hours.span_en},
        "source": hours.source,
    }
