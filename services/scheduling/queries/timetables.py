"""Timetables as issued, their versions, and the calendar of sessions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from services.scheduling.contract.timetable_events import LECTURER_GRADES
from services.scheduling.domain.timetable import Session, Table, ordered, table_of, total_hours
from services.scheduling.domain.timetable_diff import Difference, differences, lecturers_concerned
from services.scheduling.domain.wire import to_wire
from services.scheduling.situation import calendar_of
from services.scheduling.store import (
    ADMISSIONS,
    INVITATIONS,
    LECTURERS,
    ROOMS,
    SESSIONS,
    TERMS,
    TIMETABLE_VERSIONS,
    TIMETABLES,
)
from services.scheduling.tabling import session_of, taught_term
from shared.errors import Invalid, NotFound
from shared.security.caller import Role
from shared.storage import View, exactly

Document = dict[str, Any]
_MOST_DAYS = 366
_TERM_FIELDS = (
    "plan_id", "programme_title", "programme_ordinal", "ordinal", "kind", "starts_on", "ends_on", "days", "capacity",
    "reports_on", "reports_from", "reports_until", "room_title", "campus_title", "campus_address",
)  # fmt: skip


def get_timetable(view: View, request: dict[str, Any]) -> Document:
    """Return a version of a term's timetable, the one in force unless a number is given."""
    term = term_in_sight(view, request["term_id"])
    current = number_in_force(view, term["_id"])
    doc = version_of(view, term["_id"], request.get("number", current))
    table = table_of(doc["sessions"])
    because = stale_because(view, term, doc, table)
    return {
        **{name: term[name] for name in _TERM_FIELDS},
        "delivery": term.get("delivery", "campus"),
        **doc,
        "in_force": doc["number"] == current,
        "stale": because is not None,
        "stale_because": because,
        "sessions": Names(view, table).rows(table),
    }


def list_timetable_versions(view: View, request: dict[str, Any]) -> Document:
    """Return one page of a timetable's versions, oldest first."""
    term = term_in_sight(view, request["term_id"])
    wanted = {"term_id": exactly(term["_id"])}
    docs, cursor = view.rows(TIMETABLE_VERSIONS).page(wanted, request.get("cursor"), request["limit"], sort="number")
    return {"items": [{**doc, "sessions": len(doc["sessions"])} for doc in docs], "next_cursor": cursor}


def compare_timetable(view: View, request: dict[str, Any]) -> Document:
    """Return what changed from one version to another, by default to the one in force."""
    term = term_in_sight(view, request["term_id"])
    later = request["to_number"] if "to_number" in request else number_in_force(view, term["_id"])
    first, second = version_of(view, term["_id"], request["from_number"]), version_of(view, term["_id"], later)
    before, after = table_of(first["sessions"]), table_of(second["sessions"])
    found = differences(before, after)
    return {
        "term_id": term["_id"],
        "from_number": first["number"],
        "to_number": second["number"],
        "hours_before": total_hours(before),
        "hours_after": total_hours(after),
        "differences": Names(view, (*before, *after)).differences(found),
        "affected_lecturer_ids": lecturers_concerned(found),
    }


def list_sessions(view: View, request: dict[str, Any]) -> Document:
    """Return issued sessions of a span, of everybody or of one term, lecturer or room."""
    wanted: Document = {
        name: exactly(request[name]) for name in ("term_id", "lecturer_id", "room_id") if name in request
    }
    return _calendar(view, request["from_day"], request["to_day"], wanted)


def list_own_sessions(view: View, request: dict[str, Any]) -> Document:
    """Return what the lecturer who asks teaches in a span."""
    own = {"lecturer_id": exactly(view.caller.own_id(Role.LECTURER))}
    return _calendar(view, request["from_day"], request["to_day"], own)


def term_in_sight(view: View, term_id: str) -> Document:
    """Return a term whose timetable the caller may see: trainees see their own, lecturers those they are asked for.

    Raises ``NotFound``, also for a term that is none of theirs.
    """
    term = view.rows(TERMS).get(term_id)
    if view.caller.roles == {Role.TRAINEE}:
        own = view.caller.own_id(Role.TRAINEE)
        seat = view.rows(ADMISSIONS).one({"_id": exactly(term_id), "nomination_ids": exactly(own)})
        return term if seat else _out_of_sight(term_id)
    if view.caller.roles == {Role.LECTURER}:
        own = view.caller.own_id(Role.LECTURER)
        mine = {"term_id": exactly(term_id), "lecturer_id": exactly(own)}
        concerned = view.rows(SESSIONS).one(mine) or view.rows(INVITATIONS).one(mine)
        return term if concerned else _out_of_sight(term_id)
    return term


def number_in_force(view: View, term_id: str) -> int:
    """Return the number of the version in force. Raises ``NotFound`` while none was issued."""
    doc = view.rows(TIMETABLES).one({"_id": exactly(term_id)})
    if doc is None or doc["number"] == 0:
        raise NotFound("该期的日程表尚未下达", "no timetable of this term has been issued yet", term_id=term_id)
    return int(doc["number"])


def version_of(view: View, term_id: str, number: int) -> Document:
    """Return an issued version. Raises ``NotFound``."""
    doc = view.rows(TIMETABLE_VERSIONS).one({"term_id": exactly(term_id), "number": exactly(number)})
    if doc is None:
        raise NotFound(
            f"该期日程表没有第 {number} 版",
            f"the timetable of this term has no version {number}",
            term_id=term_id,
            number=number,
        )
    return doc


def is_stale(view: View, term: Document, version: Document, table: Table) -> bool:
    """Return whether a version's table does not lie on its term's days any more, or in a room that was its term's."""
    return stale_because(view, term, version, table) is not None


def stale_because(view: View, term: Document, version: Document, table: Table) -> str | None:
    """Return why a table is stale: its term was ``cancelled``, or has other ``days``, or another ``room``."""
    if term["state"] != "placed":
        return "cancelled" if term["state"] == "cancelled" else "days"
    days = set(taught_term(calendar_of(view), term).days)
    if any(each.on not in days for each in table):
        return "days"
    former = version.get("term_room_id")
    moved = former not in (None, term["room_id"]) and any(each.room_id == former for each in table)
    return "room" if moved else None


class Names:
    """The names of the lecturers and rooms of some sessions, read once."""

    def __init__(self, view: View, table: Iterable[Session]) -> None:
        sessions = list(table)
        lecturer_ids = sorted({each.lecturer_id for each in sessions if each.lecturer_id})
        room_ids = sorted({each.room_id for each in sessions if each.room_id})
        self._lecturers = {doc["_id"]: doc for doc in view.rows(LECTURERS).find({"_id": {"$in": lecturer_ids}})}
        self._rooms = {doc["_id"]: doc for doc in view.rows(ROOMS).find({"_id": {"$in": room_ids}})}

    def rows(self, table: Iterable[Session]) -> list[Document]:
        """Return sessions as rows of a reply, in order."""
        return [self.row(each) for each in ordered(table)]

    def row(self, session: Session) -> Document:
        """Return one session as a row of a reply."""
        lecturer = self._lecturers.get(session.lecturer_id or "", {})
        room = self._rooms.get(session.room_id or "", {})
        return {
            **to_wire(session),
            "lecturer_name": lecturer.get("name"),
            "lecturer_organisation": lecturer.get("organisation"),
            "room_title": room.get("title"),
        }

    def grade(self, session: Session) -> str | None:
        """Return the grade of a session's lecturer, which its fee depends on."""
        grade = self._lecturers.get(session.lecturer_id or "", {}).get("grade")
        return grade if grade in LECTURER_GRADES else None

    def differences(self, found: Iterable[Difference]) -> list[Document]:
        """Return differences as rows of a reply."""
        return [
            {
                "session_id": each.session_id,
                "kind": each.kind,
                "words": {"zh": each.zh, "en": each.en},
                "before": self.row(each.before) if each.before else None,
                "after": self.row(each.after) if each.after else None,
            }
            for each in found
        ]


def _calendar(view: View, first: date, last: date, wanted: Document) -> Document:
    if not 0 <= (last - first).days < _MOST_DAYS:
        raise Invalid(
            f"查询范围应为1至{_MOST_DAYS}天，当前为{first}至{last}",
            f"ask for 1 to {_MOST_DAYS} days at once, not {first} to {last}",
        )
    span = {"on": {"$gte": first.isoformat(), "$lte": last.isoformat()}}
    docs = view.rows(SESSIONS).find({**wanted, **span}, sort=[("on", 1), ("_id", 1)])
    terms = {doc["_id"]: doc for doc in view.rows(TERMS).find({"_id": {"$in": sorted({d["term_id"] for d in docs})}})}
    sessions = {doc["_id"]: (doc["term_id"], session_of(doc)) for doc in docs}
    names = Names(view, [session for _, session in sessions.values()])
    items = []
    for session in ordered(session for _, session in sessions.values()):
        term = terms[sessions[session.session_id][0]]
        shown = {"term_id": term["_id"], "programme_title": term["programme_title"], "ordinal": term["ordinal"]}
        items.append({**names.row(session), **shown})
    events = {session.joint_id or session.session_id: session.hours for _, session in sessions.values()}
    return {"items": items, "hours": sum(events.values())}


def _out_of_sight(term_id: str) -> Document:
    raise NotFound(
        f"没有编号为“{term_id}”的日程表可供查看",
        f"there is no timetable of {term_id!r} for you to see",
        term_id=term_id,
    )
