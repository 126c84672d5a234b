"""Drafts that wait for a solve; one that the last of them stops waiting for is stopped, and the next gets its turn."""

from __future__ import annotations

from typing import Any

from services.scheduling.commands.timetable_solves import is_under_way, stop_unwanted
from services.scheduling.store import ARRANGEMENTS, TIMETABLES
from shared.storage import Transaction, exactly

Document = dict[str, Any]


def wait_for(tx: Transaction, doc: Document, solve_id: str | None) -> None:
    """Let a term's draft wait for a solve or for none, instead of the one it waited for; the document is not saved."""
    before, doc["solve_id"] = doc["solve_id"], solve_id
    if before in (None, solve_id) or not is_under_way(tx, before):
        return
    # Two drafts may stop waiting at once, each in a transaction of its own: the second must see the first.
    tx.rows(ARRANGEMENTS).hold(before)
    waiting = {"solve_id": exactly(before), "draft": {"$ne": None}, "_id": {"$ne": doc["_id"]}}
    if not any(tx.rows(TIMETABLES).find(waiting, limit=1, fields=("_id",))):
        stop_unwanted(tx, before)


def wait_no_longer(tx: Transaction, term_id: str) -> None:
    """Let the draft of a term that will not be held wait for no solve."""
    doc = tx.rows(TIMETABLES).one({"_id": exactly(term_id)})
    if doc is not None and doc["solve_id"] is not None:
        wait_for(tx, doc, None)
        tx.rows(TIMETABLES).save(doc)
