"""Closing a term: asked for, refused while something is not settled, and opened again with a reason."""

from __future__ import annotations

from typing import Any

from services.compliance.commands.archiving import CLOSING, PROCESSES
from services.compliance.commands.refusals import fault_of
from services.compliance.commands.settling import require_settled
from services.compliance.commands.timetable import count_anew
from services.compliance.contract.closing_events import TERM_REOPENED
from services.compliance.domain.wording import Refusal
from services.compliance.queries.closing import shown_closing
from services.compliance.queries.timetable import timetable_now
from services.compliance.rulebook import Rulebook
from services.compliance.store.closing import ARCHIVES, CLOSINGS
from services.compliance.store.term import TERMS
from shared.storage import Transaction


def close_term(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Begin to close a term; whatever is not settled is named, and then nothing begins."""
    term = tx.rows(TERMS).get(request["term_id"])
    rows = tx.rows(CLOSINGS)
    row = rows.one({"_id": term["_id"]})
    if row is not None and row["state"] in ("closing", "closed"):
        words = ("正在归档", "being closed") if row["state"] == "closing" else ("已结班归档", "closed already")
        raise fault_of(Refusal("closing", f"该期{words[0]}", f"the term is {words[1]}"), term_id=term["_id"])
    require_settled(tx, term)
    process_id = PROCESSES.begin(tx, CLOSING.kind, {"term_id": term["_id"]}, subject=term["_id"])
    begun = {"state": "closing", "process_id": process_id, "missing": [], "approver": request["approver"]}
    if row is None:
        fresh = {"_id": term["_id"], "edition": 0, "archive_id": None, "reopenings": [], "closed_at": None}
        row = rows.insert({**fresh, **begun})
    else:
        row = rows.save({**row, **begun})
    return shown_closing(tx, row)


def reopen_term(tx: Transaction, request: dict[str, Any], rules: Rulebook) -> dict[str, Any]:
    """Open a closed term again: its archive no longer holds, and hours are counted on the timetable of now."""
    row = tx.rows(CLOSINGS).get(request["term_id"])
    tx.expect(row)
    if row["state"] != "closed":
        raise fault_of(Refusal("not-closed", "该期尚未结班归档", "the term is not closed"), state=row["state"])
    archive = tx.rows(ARCHIVES).get(row["archive_id"])
    tx.rows(ARCHIVES).save({**archive, "state": "void"})
    term = tx.rows(TERMS).get(row["_id"])
    tx.rows(TERMS).save({**term, "frozen": False})
    again = {"at": tx.now, "approver": request["approver"], "reason": request["reason"], "by": tx.caller.subject}
    saved = tx.rows(CLOSINGS).save({**row, "state": "reopened", "reopenings": [*row["reopenings"], again]})
    count_anew(tx, timetable_now(tx, row["_id"]), rules)
    tx.emit(TERM_REOPENED, {"term_id": row["_id"], "archive_id": row["archive_id"]}, subject=row["_id"])
    return shown_closing(tx, saved)
