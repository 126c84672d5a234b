"""A term's timetable as a grid of half-days: as issued, or the draft with what it breaks and what it changes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from gateway.console.asking import Asked, Asking
from gateway.personal.views import day_words

Row = dict[str, Any]
HALVES = ("morning", "afternoon", "evening")


def gather(asking: Asking, term_id: str) -> Row | None:
    """Return the timetable in force and its draft, ``None`` when there is no such term for the caller."""
    of_term = {"term_id": term_id}
    seen = asking.together(
        {
            "term": Asked("scheduling", "get_term", of_term),
            "issued": Asked("scheduling", "get_timetable", of_term),
            "draft": Asked("scheduling", "get_timetable_draft", of_term),
        }
    )
    if seen["term"] is None and seen["issued"] is None:
        return None
    table = seen["draft"] or seen["issued"]
    term = seen["term"] or seen["issued"] or {}
    sessions: list[Row] = table["sessions"] if table else []
    return {**seen, "table": table, "grid": grid(term, sessions), "marked": _marked(seen["draft"])}


def grid(term: Row, sessions: list[Row]) -> list[tuple[str, str, dict[str, list[Row]]]]:
    """Return each day of the term with its half-days, and any other day on which a session lies."""
    days = {str(row["on"]) for row in sessions}
    if term.get("starts_on") and term.get("ends_on"):
        first, last = date.fromisoformat(term["starts_on"]), date.fromisoformat(term["ends_on"])
        days |= {(first + timedelta(days=number)).isoformat() for number in range((last - first).days + 1)}
    return [
        (
            day,
            day_words(day),
            {half: [row for row in sessions if (row["on"], row["half"]) == (day, half)] for half in HALVES},
        )
        for day in sorted(days)
    ]


def _marked(draft: Row | None) -> dict[str, str]:
    """Return how sessions of a draft stand out: what breaks a rule before what merely changed."""
    if draft is None:
        return {}
    changed = {row["session_id"]: row["kind"] for row in draft["differences"]}
    broken = {each: "broken" for row in draft["breaches"] for each in row["session_ids"]}
    return {**changed, **broken}
