"""Keeping count of who has a seat in which term, as enrollment tells."""

from __future__ import annotations

import threading
from typing import Any

from services.scheduling.store import ADMISSIONS, TERMS
from shared.errors import NotFound
from shared.storage import Transaction, exactly

# An admission sends one event a unit, all about one term, whose document each holds. Taking turns within the process
# spares the store the conflicts, four in five of all tries; between processes the transaction's own retry is enough.
turn = threading.Lock()


def record_admitted(tx: Transaction, data: dict[str, Any]) -> None:
    """Add the nominations of an admission to the term's."""
    _change(tx, data["term_id"], added=dict.fromkeys(data["nomination_ids"], data["unit_id"]), removed=set())


def record_withdrawn(tx: Transaction, data: dict[str, Any]) -> None:
    """Take away a nomination whose seat became free."""
    if data["was_admitted"]:
        _change(tx, data["term_id"], added={}, removed={data["nomination_id"]})


def _change(tx: Transaction, term_id: str, added: dict[str, str], removed: set[str]) -> None:
    try:
        # An amendment that drops the term at this moment must see the people, or lose and run again.
        tx.rows(TERMS).hold(term_id)
    except NotFound:
        return
    rows = tx.rows(ADMISSIONS)
    doc = rows.one({"_id": exactly(term_id)})
    units = dict(doc.get("unit_ids", {})) if doc else {}
    known = set(doc["nomination_ids"]) if doc else set()
    # Whoever gave a seat back never has it again: an admission that comes late, or once more, finds them gone.
    gone = removed.union(doc.get("withdrawn_ids", ()) if doc else ())
    after = sorted((known | added.keys()) - gone)
    units = {id: unit for id, unit in {**units, **added}.items() if id not in gone}
    now = {"nomination_ids": after, "unit_ids": units, "withdrawn_ids": sorted(gone)}
    if doc is None:
        rows.insert({"_id": term_id, **now})
    elif after != doc["nomination_ids"] or len(gone) != len(doc.get("withdrawn_ids", ())):
        rows.save({**doc, **now})
