"""What falls due with time: the timer's work, term by term, each in a transaction of its own."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from services.compliance.commands.checkin import lapse
from services.compliance.limits import policy_table
from services.compliance.store.term import TERMS
from shared.runtime import Work
from shared.storage import Transaction


def look_at_terms(work: Work) -> None:
    """Do what is due for every term that is not settled. A term is settled when nothing can fall due any more."""
    today = work.clock.today()
    grace = timedelta(days=policy_table().on(today).number("report.grace_days"))
    for term in work.view().rows(TERMS).find({"settled": False}):
        if date.fromisoformat(term["reports_on"]) + grace < today:
            work.step(f"term-{term['_id']}", lambda tx, term_id=term["_id"]: _look_at(tx, term_id))  # type: ignore[misc]
    work.transact(lambda tx: None)


def _look_at(tx: Transaction, term_id: str) -> dict[str, Any]:
    waiting = lapse(tx, term_id)
    term = tx.rows(TERMS).get(term_id)
    if not waiting and date.fromisoformat(term["ends_on"]) < tx.today:
        tx.rows(TERMS).save({**term, "settled": True})
    return {}
