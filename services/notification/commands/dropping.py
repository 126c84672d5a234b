"""Deadlines of a term that will not be held: dropped, set aside while that is so, resumed when it is placed again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.notification.commands.deadlines import Matter, close_deadlines, reopen_deadlines
from services.notification.commands.working_days import working_days
from services.notification.domain.message_rule import MessageRule
from services.notification.rulebook import rules
from services.notification.store import DEADLINES, MATTERS, TERMS
from shared.storage import Transaction


def is_held(tx: Transaction, rule: MessageRule, term_id: str | None, event_id: str) -> bool:
    """Return whether what an event asks for has to be done, for all that is known of its term.

    Some have something to do in a cancelled term too, where the event was made after the cancellation.
    """
    if term_id is None or tx.rows(TERMS).one({"_id": term_id}) is None:
        return True
    # Held, because a cancellation at this moment looks for open deadlines and does not find the one about to be opened.
    term = tx.rows(TERMS).hold(term_id)
    return not term["cancelled"] or (rule.outlasts and event_id > _cancelled_by(term))


def set_aside(tx: Transaction, matter: Matter) -> None:
    """Cancel a deadline that was just opened: its term will not be held, unless it is placed again."""
    close_deadlines(tx, tx.rows(DEADLINES).find({"_id": matter.key}), "cancelled")


def drop_deadlines(tx: Transaction, term_id: str, event_id: str) -> None:
    """Cancel whatever is waited for in a term that will not be held, as the event of that id says."""
    rows = tx.rows(DEADLINES).find({"term_id": term_id, "state": "open"})
    later = _opened_after(tx, rows, event_id)
    outlasting = {key for key, rule in rules().items() if rule.outlasts}
    close_deadlines(tx, [row for row in rows if not (row["rule"] in outlasting and row["_id"] in later)], "cancelled")


def resume_deadlines(tx: Transaction, term: Mapping[str, Any]) -> None:
    """Open what was set aside while a term was cancelled: it is placed again, and this was asked for since."""
    if not _cancelled_by(term):
        return
    rows = tx.rows(DEADLINES).find({"term_id": term["_id"], "state": "cancelled"})
    later = _opened_after(tx, rows, _cancelled_by(term))
    reopen_deadlines(tx, [row for row in rows if row["_id"] in later], working_days(tx))


def _opened_after(tx: Transaction, rows: list[dict[str, Any]], event_id: str) -> set[str]:
    """Return the ids of those deadlines whose matter was opened by a later event, and not ended since."""
    matters = {row["_id"]: f"{row['rule']}/{row['subject']}" for row in rows}
    known = tx.rows(MATTERS).find({"_id": {"$in": sorted(set(matters.values()))}})
    later = {row["_id"] for row in known if (row["opened_by"] or "") > max(event_id, row["ended_by"] or "")}
    return {deadline_id for deadline_id, matter in matters.items() if matter in later}


def _cancelled_by(term: Mapping[str, Any]) -> str:
    # Terms that were cancelled before this was noted do not say.
    return str(term.get("cancelled_by") or "")
