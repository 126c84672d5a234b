"""Campuses, rooms, blackouts and the calendar."""

from __future__ import annotations

from typing import Any

from services.scheduling.situation import calendar_of
from services.scheduling.store import BLACKOUTS, CAMPUS_SINCE, CAMPUSES, ROOMS, TERMS
from shared.calendar import days_between
from shared.errors import Invalid
from shared.storage import Collection, View

Document = dict[str, Any]
_MOST_DAYS = 400


def list_campuses(view: View, request: dict[str, Any]) -> Document:
    """Return one page of campuses."""
    return _page(view, CAMPUSES, "campus_id", request)


def list_rooms(view: View, request: dict[str, Any]) -> Document:
    """Return one page of rooms."""
    return _page(view, ROOMS, "room_id", request)


def list_blackouts(view: View, request: dict[str, Any]) -> Document:
    """Return one page of blackouts."""
    return _page(view, BLACKOUTS, "blackout_id", request)


def list_calendar_days(view: View, request: dict[str, Any]) -> Document:
    """Return the days of a span with their kind and name."""
    first, last = request["from_day"], request["to_day"]
    if not 0 <= (last - first).days < _MOST_DAYS:
        raise Invalid(
            f"查询范围应为1至{_MOST_DAYS}天，当前为{first}至{last}",
            f"ask for 1 to {_MOST_DAYS} days at once, not {first} to {last}",
        )
    calendar = calendar_of(view)
    items = [
        {"day": day, "kind": calendar.kind(day), "working": calendar.is_working_day(day), "name": calendar.holiday(day)}
        for day in days_between(first, last)
    ]
    return {"items": items, "working_days": sum(bool(item["working"]) for item in items)}


def get_notice_deadline(view: View, request: dict[str, Any]) -> Document:
    """Return the last day that is still in time for an opening."""
    calendar = calendar_of(view)
    return {"deadline": calendar.notice_deadline(request["opening"], request["days"], request["day_kind"])}


def _page(view: View, collection: Collection, key: str, request: dict[str, Any]) -> Document:
    docs, cursor = view.rows(collection).page(None, request.get("cursor"), request["limit"])
    due = view.rows(TERMS).find({"state": "placed", "due": True}, fields=("_id",)) if docs else []
    items = [{**CAMPUS_SINCE, **doc, key: doc["_id"], "due_terms": sorted(each["_id"] for each in due)} for doc in docs]
    return {"items": items, "next_cursor": cursor}
