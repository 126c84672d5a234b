"""Who was admitted to the terms that are followed person by person."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from deploy.local.journey import Journey
from services.enrollment.contract.admission import LIST_TRAINEES

Row = dict[str, Any]


def trainees(journey: Journey, term_id: str) -> list[Row]:
    """Return the people who have a seat in a term now, in one order whoever asks when."""
    rows = journey.gateway.pages(LIST_TRAINEES, {"term_id": term_id})
    return sorted(rows, key=journey.order)


def by_unit(rows: list[Row]) -> dict[str, list[Row]]:
    """Return people by the unit that sends them."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["unit_id"]].append(row)
    return dict(sorted(found.items()))


def ids(rows: list[Row]) -> list[str]:
    """Return their nominations."""
    return [row["nomination_id"] for row in rows]
