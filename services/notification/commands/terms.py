"""What this service knows of terms, and what follows for letters when a term moves or is cancelled."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.notification import contract
from services.notification.commands.dropping import drop_deadlines, resume_deadlines
from services.notification.commands.voiding import void_all
from services.notification.store import ROSTERS, TERMS
from shared.calendar import CalendarUnknown, DayUnit, WorkingCalendar
from shared.city_calendar import calendar_of, keep_calendar
from shared.storage import Transaction

# Where a plan does not say otherwise. Source: plan-2020, part two, point 2.
NOTICE_DAYS = 5


def record_term(tx: Transaction, data: dict[str, Any]) -> None:
    """A term was placed or moved; what is older than the known version is passed over.

    Where letters are out already, they are drawn up anew.
    """
    terms = tx.rows(TERMS)
    known = terms.one({"_id": data["term_id"]})
    if known is not None and known["term_version"] >= data["version"]:
        return
    facts = _facts(data, calendar_of(tx))
    if known is None:
        terms.insert({"_id": data["term_id"], **facts})
        return
    if known["cancelled"]:
        resume_deadlines(tx, known)
    terms.save({**known, **facts})
    _draw_up_anew(tx, data["term_id"])


def follow_calendar(tx: Transaction, data: dict[str, Any]) -> None:
    """The city's own days changed: letters name another last day for replacements where they count in working days."""
    if not keep_calendar(tx, data):
        return
    calendar = calendar_of(tx)
    ahead = {"notice_in_working_days": True, "cancelled": False, "starts_on": {"$gt": tx.today.isoformat()}}
    for term in tx.rows(TERMS).find(ahead, sort=(("_id", 1),)):
        replace_by = _replace_by(calendar, date.fromisoformat(term["starts_on"]), term["notice_days"], "working")
        if replace_by != term["replace_by"]:
            tx.rows(TERMS).save({**term, "replace_by": replace_by})
            _draw_up_anew(tx, term["_id"])


def _draw_up_anew(tx: Transaction, term_id: str) -> None:
    for roster in tx.rows(ROSTERS).find({"term_id": term_id}):
        tx.emit(contract.ROSTER_OUTDATED, {"term_id": term_id, "unit_id": roster["unit_id"]}, subject=term_id)


def _replace_by(calendar: WorkingCalendar, starts_on: date, days: int, unit: DayUnit) -> str | None:
    try:
        return calendar.notice_deadline(starts_on, days, unit).isoformat()
    except CalendarUnknown:
        return None


def _facts(data: dict[str, Any], calendar: WorkingCalendar) -> dict[str, Any]:
    days = NOTICE_DAYS if data["replacement_notice_days"] is None else data["replacement_notice_days"]
    working = data["replacement_day_kind"] == "working"
    hours = [data[name] for name in ("reports_from", "reports_until") if data[name]]
    return {
        "plan_id": data["plan_id"],
        "programme_title": data["programme_title"],
        "ordinal": data["ordinal"],
        **{name: data[name].isoformat() for name in ("starts_on", "ends_on", "reports_on")},
        "days": data["days"],
        "report_hours": "至".join(hours),
        "opens_at": data["opens_at"] or "",
        "campus_title": data["campus_title"],
        "campus_address": data["campus_address"] or "",
        "room_title": data["room_title"],
        "notice_days": days,
        "notice_in_working_days": working,
        "replace_by": _replace_by(calendar, data["starts_on"], days, "working" if working else "calendar"),
        "term_version": data["version"],
        "cancelled": False,
    }


def cancel_term(tx: Transaction, event_id: str, data: dict[str, Any]) -> None:
    """A term was cancelled: its letters no longer hold, unless it was placed again since."""
    known = tx.rows(TERMS).one({"_id": data["term_id"]})
    if known is None:
        # Events of two types may overtake each other; the retry ladder brings this one again.
        raise contract.TermNotKnown(
            f"尚未收到班次 {data['term_id']} 的排期信息，稍后自动重试",
            f"term {data['term_id']} has not been announced yet; this will be tried again",
            term_id=data["term_id"],
        )
    if known["term_version"] >= data["version"]:
        return
    after = {"cancelled": True, "cancelled_by": event_id, "term_version": data["version"]}
    tx.rows(TERMS).save({**known, **after})
    for roster in tx.rows(ROSTERS).find({"term_id": data["term_id"]}):
        void_all(tx, roster, "该期培训已取消")
    drop_deadlines(tx, data["term_id"], event_id)
