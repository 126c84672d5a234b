"""Where a session of a draft could go, with what each half-day would break: shown while somebody drags it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from services.scheduling.contract.timetable_events import HALVES
from services.scheduling.domain.timetable import Session, Table, table_of
from services.scheduling.domain.timetable_edit import changed
from services.scheduling.domain.timetable_moves import Moves
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
    moves = Moves(setting, tables)

    def places(on: date) -> Iterator[Document]:
        limits = teaching_limits(on)
        for half in HALVES:
            broken, mended = moves.judge(doc["_id"], changed(session, {"on": on, "half": half}, limits))
            yield {"on": on, "half": half, "broken": [breach_row(each) for each in broken], "mended": mended}

    return {
        "term_id": doc["_id"],
        "session_id": session.session_id,
        "places": [place for on in setting.terms[doc["_id"]].days for place in places(on)],
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
