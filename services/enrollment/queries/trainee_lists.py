"""The lists of a term as files, and what a trainee sees of themselves."""

from __future__ import annotations

import base64
from datetime import date
from typing import Any

from services.enrollment.commands.deadlines import replacement_deadline
from services.enrollment.limits import policy_table
from services.enrollment.queries.roster_views import TITLES, roster_view
from services.enrollment.queries.units import titles_of
from services.enrollment.store import ARRANGEMENTS, NOMINATIONS, TERMS
from shared.city_calendar import calendar_of
from shared.security.caller import Role
from shared.spreadsheets.workbooks import XLSX
from shared.storage import View

_MINE = ("term_id", "unit_id", "name", "post", "rank", "workplace", "phone_masked", "state", "admitted_at")
_TERM = ("programme_title", "ordinal", "campus_title", "campus_address", "room_title")


def get_trainee_list(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Return one of the lists, of the people within reach."""
    term = view.rows(TERMS).get(request["term_id"])
    content = roster_view(view, term, request["view"])
    name = f"{term['programme_title']}第{term['ordinal']}期{TITLES[request['view']]}.xlsx"
    return {"filename": name, "media_type": XLSX, "content": base64.b64encode(content).decode()}


def get_my_enrollment(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show the trainee behind a personal link their own nomination, term, room and group, and nobody else's."""
    row = view.rows(NOMINATIONS).get(view.caller.own_id(Role.TRAINEE))
    term = view.rows(TERMS).get(row["term_id"])
    arranged = view.rows(ARRANGEMENTS).one({"_id": term["_id"]})
    places = arranged["places"] if arranged else []
    place: dict[str, Any] = next((item for item in places if item["nomination_id"] == row["_id"]), {})
    return {
        "nomination_id": row["_id"],
        **{key: row[key] for key in _MINE},
        "unit_title": titles_of(view, [row["unit_id"]]).get(row["unit_id"], row["unit_id"]),
        **{key: term.get(key) for key in _TERM},
        "starts_on": date.fromisoformat(term["starts_on"]),
        "ends_on": date.fromisoformat(term["ends_on"]),
        "cancelled": term["cancelled"],
        "replacement_deadline_on": replacement_deadline(term, policy_table().on(view.today), calendar_of(view)).on,
        "room": place.get("room"),
        "group": place.get("group"),
    }
