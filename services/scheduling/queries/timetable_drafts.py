"""Drafts of timetables, with everything the rules say about them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from services.scheduling.contract.invitations import TermNotPlaced
from services.scheduling.contract.timetable_drafts import NoDraft
from services.scheduling.domain.timetable import Session, Table, table_of, total_hours
from services.scheduling.domain.timetable_check import Breach, check
from services.scheduling.domain.timetable_diff import differences
from services.scheduling.domain.timetable_remarks import Remark, remarks
from services.scheduling.queries.schemes import scheme_in_force
from services.scheduling.queries.timetables import Names
from services.scheduling.situation import term_of
from services.scheduling.store import TERMS, TIMETABLES
from services.scheduling.tabling import issued_table, setting_of
from services.scheduling.teaching import live_invitations
from shared.errors import NotFound
from shared.storage import View, exactly

Document = dict[str, Any]


def get_timetable_draft(view: View, request: dict[str, Any]) -> Document:
    """Return a draft with what it breaks, what is worth a look, and what it changes."""
    return draft_reply(view, draft_on_days(view, request["term_id"]))


def draft_of(view: View, term_id: str) -> Document:
    """Return a term's timetable document that has a draft. Raises ``NoDraft``."""
    doc = view.rows(TIMETABLES).one({"_id": exactly(term_id)})
    if doc is None or doc["draft"] is None:
        raise NoDraft(
            "该期没有日程表草稿，请先起草",
            "this term has no draft of a timetable; begin one first",
            term_id=term_id,
        )
    return doc


def draft_on_days(view: View, term_id: str) -> Document:
    """Return a timetable document that has a draft, of a term that has its days or had them when it was cancelled.

    Raises ``NoDraft``, and ``TermNotPlaced`` for a term that the plan took up again and nobody has placed anew.
    """
    refuse_unplaced(view.rows(TERMS).get(term_id))
    return draft_of(view, term_id)


def refuse_unplaced(term: Document) -> None:
    """Raise ``TermNotPlaced`` for a term that has no days."""
    if term["starts_on"] is None:
        raise TermNotPlaced(
            f"{term_of(term).label}尚未排期，请先排期再排课",
            f"{term_of(term).label_en} has no dates yet; place it first",
            term_id=term["_id"],
        )


def session_of(table: Table, session_id: str) -> Session:
    """Return a session of a draft. Raises ``NotFound``."""
    for each in table:
        if each.session_id == session_id:
            return each
    raise NotFound(
        f"草稿中没有编号为“{session_id}”的课次",
        f"the draft has no session {session_id!r}",
        session_id=session_id,
    )


def draft_reply(view: View, doc: Document, also_changed: Iterable[str] = ()) -> Document:
    """Return a timetable document as the reply of an operation on its draft."""
    term = view.rows(TERMS).get(doc["_id"])
    table = table_of(doc["draft"]["sessions"])
    issued = issued_table(view, doc["_id"], doc["number"])
    scheme = scheme_in_force(view, term["programme_id"])
    asked = {id: (each["lecturer_id"], each["state"]) for id, each in live_invitations(view, doc["_id"]).items()}
    setting = setting_of(view, [term], [table], drafted=True)
    names = Names(view, (*table, *issued))
    return {
        "term_id": doc["_id"],
        "based_on": doc["draft"]["based_on"],
        "total_hours": total_hours(table),
        "scheme_hours": scheme.hours if scheme else None,
        "sessions": names.rows(table),
        "breaches": [breach_row(each) for each in check(setting, {doc["_id"]: table})],
        "remarks": [_remark_row(each, doc["_id"]) for each in remarks(table, scheme, asked)],
        "differences": names.differences(differences(issued, table)),
        "left_out": [{"zh": each["zh"], "en": each["en"]} for each in doc["draft"]["left_out"]],
        "solve_id": doc["solve_id"],
        "also_changed": list(also_changed),
        "version": doc["version"],
    }


def breach_row(breach: Breach) -> Document:
    """Return a broken rule as a row of a reply."""
    return {
        "code": breach.code,
        "term_ids": list(breach.term_ids),
        "session_ids": list(breach.session_ids),
        "words": {"zh": breach.zh, "en": breach.en},
    }


def _remark_row(remark: Remark, term_id: str) -> Document:
    return {
        "code": remark.code,
        "term_ids": [term_id],
        "session_ids": list(remark.session_ids),
        "words": {"zh": remark.zh, "en": remark.en},
    }
