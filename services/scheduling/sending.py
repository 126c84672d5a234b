"""Units as placements know them: who sends how many, how many work there, and whether they come from far."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from services.scheduling.domain.placement import Share, Term, Unit
from services.scheduling.domain.wire import from_wire
from services.scheduling.store import SENDING_UNITS, TERM_SINCE
from shared.storage import View

Document = dict[str, Any]


def shares_of(doc: Document) -> tuple[Share, ...]:
    """Return who sends how many to a term document; one written before they were kept says nothing of it."""
    return tuple(from_wire(Share, each) for each in doc.get("shares", TERM_SINCE["shares"]))


def units_for(view: View, terms: Iterable[Term]) -> tuple[Unit, ...]:
    """Return the units that send people to the terms."""
    ids = {share.unit_id for term in terms for share in term.shares}
    if not ids:
        return ()
    docs = view.rows(SENDING_UNITS).find({"_id": {"$in": sorted(ids)}}, sort=[("_id", 1)])
    return tuple(Unit(doc["_id"], doc["title"], doc["staff"], doc["far"]) for doc in docs)
