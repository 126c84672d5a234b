"""Beginning, keeping and dropping the draft of a timetable."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from services.scheduling.commands.timetable_waiting import wait_for
from services.scheduling.contract.parts import TermIsCancelled
from services.scheduling.contract.timetable_drafts import DraftThere
from services.scheduling.domain.timetable import Table, refitted, table_of, table_wire
from services.scheduling.domain.timetable_fill import fill
from services.scheduling.domain.timetable_setting import TaughtTerm
from services.scheduling.leftovers import left_out_rows
from services.scheduling.queries.timetable_drafts import draft_of, draft_reply, refuse_unplaced
from services.scheduling.situation import term_of
from services.scheduling.store import TERMS, TIMETABLES
from services.scheduling.tabling import issued_table, setting_of
from services.scheduling.teaching import live_invitations, scheme_of_term
from shared.errors import Invalid
from shared.identifiers import new_id
from shared.storage import Transaction, exactly

Document = dict[str, Any]


def open_timetable_draft(tx: Transaction, request: dict[str, Any]) -> Document:
    """Begin a draft: from the scheme in force, from the issued version on the term's present days, or empty."""
    term = placed_term(tx, request["term_id"])
    doc = timetable_of(tx, term)
    if doc["draft"] is not None and not request["replace"]:
        raise DraftThere(
            f"{term_of(term).label}已有日程表草稿，可继续修改；如要重来请将 replace 设为 true",
            f"{term_of(term).label_en} has a draft already; go on with it, or set replace to true to begin anew",
            term_id=term["_id"],
        )
    left_out: list[Document] = []
    table: Table = ()
    if request["source"] == "issued":
        table = _issued_on_present_days(tx, term, doc)
    elif request["source"] == "scheme":
        table, left_out = _from_scheme(tx, term)
    return draft_reply(tx, keep_draft(tx, doc, table, left_out))


def drop_timetable_draft(tx: Transaction, request: dict[str, Any]) -> Document:
    """Drop a draft; what is issued stays."""
    tx.rows(TERMS).get(request["term_id"])
    doc = draft_of(tx, request["term_id"])
    tx.expect(doc)
    wait_for(tx, doc, None)
    doc["draft"] = None
    tx.rows(TIMETABLES).save(doc)
    return {"term_id": doc["_id"]}


def refit_draft(tx: Transaction, term: Document, old_days: Iterable[date], left: Collection[str | None] = ()) -> None:
    """Draft a moved term's timetable on its new days: its draft, or what is issued when it has none.

    Lessons in the rooms it ``left`` go to its own, of which a term that is held online has none; ``None`` stands for
    those it held online, but field lessons need none. Issuing it is the planner's.
    """
    doc = tx.rows(TIMETABLES).one({"_id": exactly(term["_id"])})
    if doc is None or (doc["number"] == 0 and doc["draft"] is None):
        return
    table = table_of(doc["draft"]["sessions"]) if doc["draft"] else issued_table(tx, doc["_id"], doc["number"])
    taught = _taught(tx, term)
    table = tuple(
        dataclasses.replace(each, room_id=taught.room_id)
        if each.room_id in left and (each.room_id is not None or each.form != "field")
        else each
        for each in table
    )
    left_out = doc["draft"]["left_out"] if doc["draft"] else ()
    keep_draft(tx, doc, refitted(table, list(old_days), list(taught.days)), left_out)


def placed_term(tx: Transaction, term_id: str) -> Document:
    """Return a term that has its days. Raises ``TermNotPlaced``, ``TermIsCancelled``."""
    term = tx.rows(TERMS).get(term_id)
    if term["state"] == "cancelled":
        raise TermIsCancelled(
            f"{term_of(term).label}已取消，不能再排课",
            f"{term_of(term).label_en} is cancelled; it takes no timetable",
            term_id=term_id,
        )
    refuse_unplaced(term)
    return term


def timetable_of(tx: Transaction, term: Document) -> Document:
    """Return a term's timetable document, a new one that is not saved yet when there is none."""
    doc = tx.rows(TIMETABLES).one({"_id": exactly(term["_id"])})
    return doc or {"_id": term["_id"], "plan_id": term["plan_id"], "number": 0, "draft": None, "solve_id": None}


def keep_draft(
    tx: Transaction, doc: Document, table: Table, left_out: Iterable[Document] = (), solve_id: str | None = None
) -> Document:
    """Save a table as a term's draft; a solve that is under way for an earlier draft is not waited for any more."""
    wait_for(tx, doc, solve_id)
    doc["draft"] = {
        "sessions": table_wire(table),
        "based_on": doc["number"],
        "left_out": list(left_out),
        "changed_at": tx.now,
        "changed_by": tx.caller.subject,
    }
    return (tx.rows(TIMETABLES).save if "version" in doc else tx.rows(TIMETABLES).insert)(doc)


def draft_from_scheme(tx: Transaction, term: Document, doc: Document) -> Document:
    """Give a term the scheme's courses as its draft."""
    return keep_draft(tx, doc, *_from_scheme(tx, term))


def _issued_on_present_days(tx: Transaction, term: Document, doc: Document) -> Table:
    table = issued_table(tx, doc["_id"], doc["number"])
    if not table:
        raise Invalid(
            f"{term_of(term).label}还没有下达过日程表，请选择从培训方案起草",
            f"{term_of(term).label_en} has no issued timetable; begin from the scheme",
            term_id=term["_id"],
        )
    days = list(_taught(tx, term).days)
    old = sorted({each.on for each in table})
    return table if set(old) <= set(days) else refitted(table, old, days)


def _from_scheme(tx: Transaction, term: Document) -> tuple[Table, list[Document]]:
    scheme, setting = scheme_of_term(tx, term), setting_of(tx, [term])
    asked = {course_id: each["lecturer_id"] for course_id, each in live_invitations(tx, term["_id"]).items()}
    taught = setting.terms[term["_id"]]
    made = fill(scheme, taught.days, asked, taught.room_id, setting.limits, setting.blocks, lambda: new_id("session"))
    return made.table, left_out_rows(made.left, len(taught.days))


def _taught(tx: Transaction, term: Document) -> TaughtTerm:
    return setting_of(tx, [term]).terms[term["_id"]]
