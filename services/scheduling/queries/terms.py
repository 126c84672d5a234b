"""Terms as others see them."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.scheduling.commands.announcing import admitted_counts
from services.scheduling.situation import calendar_of
from services.scheduling.store import TERMS
from shared.calendar import CalendarUnknown, DayUnit, WorkingCalendar
from shared.storage import View, exactly

Document = dict[str, Any]


def list_terms(view: View, request: dict[str, Any]) -> Document:
    """Return one page of terms in the order of programme and term."""
    wanted: Document = {
        name: exactly(request[name]) for name in ("plan_id", "programme_id", "state") if name in request
    }
    if "from_day" in request:
        wanted["ends_on"] = {"$gte": request["from_day"].isoformat()}
    if "to_day" in request:
        wanted["starts_on"] = {"$lte": request["to_day"].isoformat()}
    sort = [("plan_id", 1), ("programme_ordinal", 1), ("ordinal", 1)]
    docs, cursor = view.rows(TERMS).page(wanted, request.get("cursor"), request["limit"], sort=sort)
    return {"items": _replies(view, docs), "next_cursor": cursor}


def get_term(view: View, request: dict[str, Any]) -> Document:
    """Return a term."""
    return term_reply(view, view.rows(TERMS).get(request["term_id"]))


def term_reply(view: View, doc: Document) -> Document:
    """Return a term document as the reply of an operation."""
    return _replies(view, [doc])[0]


def _replies(view: View, docs: list[Document]) -> list[Document]:
    admitted, calendar = admitted_counts(view, [doc["_id"] for doc in docs]), calendar_of(view)
    return [
        {
            **doc,
            "term_id": doc["_id"],
            "admitted": admitted.get(doc["_id"], 0),
            "replacement_deadline": _deadline(doc, calendar),
        }
        for doc in docs
    ]


def _deadline(doc: Document, calendar: WorkingCalendar) -> date | None:
    if doc["starts_on"] is None or doc["replacement_notice_days"] is None:
        return None
    unit: DayUnit = "working" if doc["replacement_day_kind"] == "working" else "calendar"
    try:
        return calendar.notice_deadline(date.fromisoformat(doc["starts_on"]), doc["replacement_notice_days"], unit)
    except CalendarUnknown:
        return None
