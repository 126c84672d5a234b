"""Names of trainees: asked of enrollment at the moment of use, and kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from services.enrollment.contract import LIST_TRAINEES
from shared.runtime import Work

_PAGE = 200


def trainees_of(work: Work, term_id: str, unit_id: str | None = None) -> list[dict[str, Any]]:
    """Return the admitted of a term, of one unit when it is given, as enrollment lists them. Raises ``Fault``."""
    found: list[dict[str, Any]] = []
    request: dict[str, Any] = {"term_id": term_id, "limit": _PAGE}
    if unit_id is not None:
        request |= {"unit_id": unit_id, "below": False}
    cursor: str | None = None
    while True:
        page = work.ask(LIST_TRAINEES, request | ({"cursor": cursor} if cursor else {}))
        found += page["items"]
        cursor = page["next_cursor"]
        if not cursor:
            return found


def names_of(work: Work, term_ids: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return name and unit of the admitted of several terms, by nomination."""
    return {
        trainee["nomination_id"]: (trainee["name"], trainee["unit_title"])
        for term_id in sorted(term_ids)
        for trainee in trainees_of(work, term_id)
    }
