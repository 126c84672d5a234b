"""Gathering one term: its people with their hours and reports, letters, leave, questions, and how far closing is."""

from __future__ import annotations

from typing import Any

from gateway.console.asking import Asked, Asking
from gateway.console.names import Names

Row = dict[str, Any]
_PAGE = 200
_LISTS = {
    "trainees": ("enrollment", "list_trainees"),
    "letters": ("notification", "list_letters"),
    "attendance": ("compliance", "list_attendance"),
    "leaves": ("compliance", "list_leaves"),
    "reports": ("outcomes", "list_reports"),
    "completions": ("compliance", "list_completions"),
    "clusters": ("outcomes", "list_question_clusters"),
    "quotas": ("enrollment", "list_quotas"),
    "acknowledgements": ("notification", "list_acknowledgements"),
}
_UNPAGED = ("quotas", "acknowledgements")


def gather(asking: Asking, term_id: str) -> Row | None:
    """Return what a term's page shows, ``None`` when there is no such term for the caller."""
    of_term = {"term_id": term_id}
    seen = asking.together(
        {
            "term": Asked("scheduling", "get_term", of_term),
            "coverage": Asked("outcomes", "get_question_coverage", of_term),
            "checklist": Asked("compliance", "get_closing_checklist", of_term),
            "closing": Asked("compliance", "get_closing", of_term),
            **{
                key: Asked(service, name, of_term if key in _UNPAGED else {**of_term, "limit": _PAGE})
                for key, (service, name) in _LISTS.items()
            },
        }
    )
    if seen["term"] is None and "scheduling" not in asking.away:
        return None
    names = Names(asking)
    people = _people(seen)
    return {
        **seen,
        **{key: (seen[key] or {"items": []})["items"] for key in _LISTS if key != "trainees"},
        "names": names,
        "people": people,
        "by_unit": _by_unit(people),
    }


def _people(seen: Row) -> list[Row]:
    """Return the trainees, each with the hours, report and completion that others keep of them."""
    of: dict[str, dict[str, Row]] = {
        key: {row["nomination_id"]: row for row in (seen[key] or {"items": []})["items"]}
        for key in ("attendance", "reports", "completions")
    }
    return [
        {**row, **{key: rows.get(row["nomination_id"]) for key, rows in of.items()}}
        for row in (seen["trainees"] or {"items": []})["items"]
    ]


def _by_unit(people: list[Row]) -> list[tuple[str, list[Row]]]:
    groups: dict[str, list[Row]] = {}
    for each in people:
        groups.setdefault(each["unit_title"], []).append(each)
    return list(groups.items())
