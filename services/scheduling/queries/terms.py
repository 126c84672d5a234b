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
            "replacement_deadline": replacement_deadline(doc, calendar),
            "delivery": doc.get("delivery", "campus"),
            "standing": _standing(doc),
            "standing_reason": doc.get("standing_reason"),
            "retiming_id": doc.get("retiming_id"),
        }
        for doc in docs
    ]


def _standing(doc: Document) -> str:
    """Return what became of a term since others were told: a retiming postpones it until its new place is settled."""
    if doc["state"] == "cancelled":
        return "cancelled"
    if doc["state"] == "planned":
        return "planned"
    return str(doc.get("standing") or "notified")


def replacement_deadline(doc: Document, calendar: WorkingCalendar) -> date | None:
    """Return the last day to report a replacement; ``None`` while the term or the notice has no days."""
    if doc["starts_on"] is None or doc["replacement_notice_days"] is None:
        return None
    unit: DayUnit = "working" if doc["replacement_day_kind"] == "working" else "calendar"
    try:
        return calendar.notice_deadline(date.fromisoformat(doc["starts_on"]), doc["replacement_notice_days"], unit)
    except CalendarUnknown:
        return None
