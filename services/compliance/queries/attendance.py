"""Reading rolls and everybody's hours."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.compliance.domain.leave_limit import Share, allowance
from services.compliance.limits import policy_table
from services.compliance.queries.rolls import roll_shown
from services.compliance.queries.timetable import timetable_now
from services.compliance.store.attendance import BOOKS
from services.compliance.store.timetable import TIMETABLES
from services.compliance.store.trainee import TRAINEES
from shared.storage import View, subtree

_SUMS = (
    "attended_hours", "leave_hours", "absent_hours", "absent_half_days", "present", "late", "left_early",
)  # fmt: skip


def get_roll(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show the roll of a session, the people within reach."""
    row = roll_shown(view, request["term_id"], request["session_id"], request.get("on"))
    marks = [each for each in row["marks"] if view.caller.reaches(each["unit_id"])]
    seen = {each["nomination_id"] for each in marks}
    whole = view.caller.reaches_whole_city()
    corrections = [each for each in row["corrections"] if whole or each["nomination_id"] in seen]
    shown = {name: row[name] for name in ("term_id", "session_id", "title", "on", "half", "hours", "complete")}
    return {**shown, "marks": marks, "corrections": corrections, "version": row["version"]}


def list_rolls(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List the sessions of a term on its current timetable, and whether their roll was taken."""
    timetable = timetable_now(view, request["term_id"])
    opens = timedelta(minutes=policy_table().on(view.today).number("attendance.opens_minutes_before"))
    taken = set(view.rows(BOOKS).get(timetable.term_id)["rolled"])
    items = [
        {
            "session_id": session.session_id,
            "title": session.title,
            "on": session.on,
            "half": session.half,
            "starts_at": session.starts_at,
            "ends_at": session.ends_at,
            "hours": session.hours,
            "opens_at": session.starts_at - opens,
            "taken": session.session_id in taken,
        }
        for session in timetable.ordered
    ]
    figures = {"timetable_version": timetable.version, "total_hours": timetable.total_hours}
    return {"term_id": timetable.term_id, **figures, "items": items}


def list_attendance(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List the hours of the people within reach; who has no mark yet has none attended."""
    rows = view.rows(TRAINEES)
    below = subtree(request["unit_id"]) if "unit_id" in request else {}
    narrowed = {"$and": [{"term_id": request["term_id"]}, rows.reach(), below]}
    found, cursor = rows.page(narrowed, request.get("cursor"), request["limit"])
    return {"items": attendance_of(view, request["term_id"], found), "next_cursor": cursor}


def attendance_of(view: View, term_id: str, trainees: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the hours of some people of a term, with the leave that is allowed."""
    book = view.rows(BOOKS).one({"_id": term_id}) or {"people": []}
    sums = {row["nomination_id"]: row for row in book["people"]}
    timetable = view.rows(TIMETABLES).one({"_id": term_id}) or {"total_hours": 0}
    total = timetable["total_hours"]
    most = allowance(total, Share.of(policy_table().on(view.today)["leave.max_share"].value))
    return [_sums(row, sums.get(row["_id"], {}), total, most) for row in trainees]


def _sums(trainee: dict[str, Any], row: dict[str, Any], total: int, most: int) -> dict[str, Any]:
    who = {"nomination_id": trainee["_id"], "unit_id": trainee["unit_id"], "state": trainee["state"]}
    return {**who, "total_hours": total, **{name: row.get(name, 0) for name in _SUMS}, "allowance": most}
