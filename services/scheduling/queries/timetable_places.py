"""Where a session of a draft could go, with what each half-day would break: shown while somebody drags it."""

from __future__ import annotations

from typing import Any

from services.scheduling.contract.timetable_events import HALVES
from services.scheduling.domain.timetable import Session, Table, table_of
from services.scheduling.domain.timetable_check import Breach, check
from services.scheduling.domain.timetable_edit import changed, followed, replaced
from services.scheduling.domain.timetable_setting import Tables
from services.scheduling.queries.timetable_drafts import breach_row, draft_on_days, session_of
from services.scheduling.store import SESSIONS, TERMS, TIMETABLES
from services.scheduling.tabling import issued_table, setting_of, teaching_limits
from shared.storage import View, exactly

Document = dict[str, Any]


def list_session_places(view: View, request: dict[str, Any]) -> Document:
    """Return every half-day of a term with what a session there would break or mend; nothing is changed."""
    doc = draft_on_days(view, request["term_id"])
    table = table_of(doc["draft"]["sessions"])
    session = session_of(table, request["session_id"])
    tables = {doc["_id"]: table, **_partners(view, doc["_id"], session)}
    terms = list(view.rows(TERMS).find({"_id": {"$in": sorted(tables)}}))
    setting = setting_of(view, terms, tables.values())
    before = {_key(each) for each in check(setting, tables)}

    def place(on: Any, half: str) -> Document:
        after = changed(session, {"on": on, "half": half}, teaching_limits(on))
        found = check(setting, _with(tables, doc["_id"], after))
        keys = {_key(each) for each in found}
        return {
            "on": on,
            "half": half,
            "broken": [breach_row(each) for each in found if _key(each) not in before],
            "mended": len(before - keys),
        }

    days = setting.terms[doc["_id"]].days
    return {
        "term_id": doc["_id"],
        "session_id": session.session_id,
        "places": [place(on, half) for on in days for half in HALVES],
        "version": doc["version"],
    }


def _partners(view: View, term_id: str, session: Session) -> dict[str, Table]:
    """Return the drafts, or what is issued, of the other terms of a joint lecture: it moves in all that are held."""
    if not session.joint_id:
        return {}
    joint = exactly(session.joint_id)
    drafting = {doc["_id"] for doc in view.rows(TIMETABLES).find({"draft.sessions.joint_id": joint})}
    issued = {doc["term_id"] for doc in view.rows(SESSIONS).find({"joint_id": joint})}
    others = {"_id": {"$in": sorted((drafting | issued) - {term_id})}, "state": "placed"}
    held = [doc["_id"] for doc in view.rows(TERMS).find(others, fields=())]
    docs = view.rows(TIMETABLES).find({"_id": {"$in": sorted(held)}})
    return {
        doc["_id"]: table_of(doc["draft"]["sessions"])
        if doc["draft"]
        else issued_table(view, doc["_id"], doc["number"])
        for doc in docs
    }


def _with(tables: Tables, term_id: str, session: Session) -> Tables:
    moved = {**tables, term_id: replaced(tables[term_id], session)}
    return {id: followed(table, session) for id, table in moved.items()} if session.joint_id else moved


def _key(breach: Breach) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return breach.code, breach.term_ids, breach.session_ids
