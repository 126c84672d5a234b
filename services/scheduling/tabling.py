"""What the timetables of some terms are judged in right now: their days, lecturers, rooms, and what others hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from services.scheduling.domain.timetable import Session, Table, table_of
from services.scheduling.domain.timetable_setting import Held, Setting, TaughtTerm, TeachingLimits, Venue
from services.scheduling.domain.wire import from_wire
from services.scheduling.limits import policy_table
from services.scheduling.queries.lecturers import lecturer_of
from services.scheduling.situation import calendar_of, is_online, term_of
from services.scheduling.store import LECTURERS, ROOMS, SESSIONS, TERMS, TIMETABLE_VERSIONS, TIMETABLES
from shared.calendar import WorkingCalendar, days_between
from shared.storage import View, exactly

Document = dict[str, Any]


def setting_of(
    view: View,
    terms: Iterable[Document],
    tables: Iterable[Table] = (),
    moving: Mapping[str, Document] | None = None,
    joining: Sequence[Held] = (),
    drafted: bool = False,
) -> Setting:
    """Return what the tables of these placed terms are judged in.

    ``moving`` are terms as they will lie, also others than these: what they hold now does not count any more, and
    ``joining`` are the sessions they will have instead. ``drafted``: the tables are drafts, and joint lectures are
    what the drafts of their other terms say, where these have one; what they have issued counts when it is issued.
    """
    known = {doc["_id"]: doc for doc in terms}
    away = {**(moving or {}), **known}
    sessions = [each for table in tables for each in table]
    calendar = calendar_of(view)
    taught = {id: taught_term(calendar, doc) for id, doc in known.items()}
    joints = sorted({each.joint_id for each in sessions if each.joint_id})
    days = sorted({day for term in taught.values() for day in term.days} | {each.on for each in sessions})
    span = (days[0], days[-1]) if days else (view.today, view.today)
    within = {"on": {"$gte": span[0].isoformat(), "$lte": span[1].isoformat()}}
    partners = _held(view, {"joint_id": {"$in": joints}}, away)
    partners = (*(_as_drafted(view, joints, partners, away) if drafted else partners), *joining)
    others = view.rows(TERMS).find({"_id": {"$in": sorted({each.term_id for each in partners})}})
    return Setting(
        terms=taught,
        lecturers={doc["_id"]: lecturer_of(doc) for doc in view.rows(LECTURERS).find({"active": True})},
        rooms={
            doc["_id"]: Venue(doc["_id"], doc["title"], doc["campus_id"], doc["capacity"], doc["kind"])
            for doc in view.rows(ROOMS).find()
        },
        limits=teaching_limits(span[0]),
        others=(*_held(view, within, away), *joining),
        joint_partners=partners,
        guests={doc["_id"]: doc["capacity"] for doc in others},
        reserved=_reserved(view, span, moving or {}),
    )


def taught_term(calendar: WorkingCalendar, doc: Document) -> TaughtTerm:
    """Return a placed term as its timetable sees it."""
    term = term_of(doc)
    span = days_between(date.fromisoformat(doc["starts_on"]), date.fromisoformat(doc["ends_on"]))
    return TaughtTerm(
        id=doc["_id"],
        label=term.label,
        label_en=term.label_en,
        days=tuple(day for day in span if calendar.is_working_day(day)),
        trainees=doc["capacity"],
        room_id=None if is_online(doc) else doc["room_id"],
        campus_id=doc["campus_id"],
        online=is_online(doc),
    )


def teaching_limits(day: date) -> TeachingLimits:
    """Return the limits of timetables in force on a day."""
    policies = policy_table().on(day)
    hours = policies["lecture.half_day_hours"]
    zh, _, en = hours.source.partition(" / ")
    return TeachingLimits(
        half_day_hours=int(hours.value),
        travel_minutes=policies.number("lecturer.travel_minutes"),
        half_times={half: (first, last) for half, (first, last) in policies["timetable.half_times"].value.items()},
        source=(zh, en or zh),
    )


def issued_table(view: View, term_id: str, number: int) -> Table:
    """Return the sessions of an issued version; none for number 0."""
    if number == 0:
        return ()
    doc = view.rows(TIMETABLE_VERSIONS).one({"term_id": exactly(term_id), "number": exactly(number)})
    return table_of(doc["sessions"]) if doc else ()


def session_of(doc: Document) -> Session:
    """Return the session of a stored row."""
    return from_wire(Session, doc["session"])


def _held(view: View, condition: Document, away: Mapping[str, Document]) -> tuple[Held, ...]:
    docs = view.rows(SESSIONS).find(condition, sort=[("_id", 1)])
    return tuple(Held(doc["term_id"], session_of(doc)) for doc in docs if doc["term_id"] not in away)


def _as_drafted(
    view: View, joints: Sequence[str], issued: Iterable[Held], away: Mapping[str, Document]
) -> tuple[Held, ...]:
    """Return what other terms that are held have of joint lectures: in their drafts, or else issued."""
    drafting = view.rows(TIMETABLES).find({"draft.sessions.joint_id": {"$in": list(joints)}}) if joints else []
    known = {*(doc["_id"] for doc in drafting), *(each.term_id for each in issued)} - away.keys()
    placed = view.rows(TERMS).find({"_id": {"$in": sorted(known)}, "state": "placed"}, fields=("_id",))
    docs = view.rows(TIMETABLES).find({"_id": {"$in": sorted(doc["_id"] for doc in placed)}})
    drafts = {doc["_id"]: table_of(doc["draft"]["sessions"]) for doc in docs if doc["draft"]}
    joined = (Held(id, each) for id, table in drafts.items() for each in table if each.joint_id in joints)
    return (*(each for each in issued if each.term_id not in drafts), *joined)


def _reserved(view: View, span: tuple[date, date], moving: Mapping[str, Document]) -> dict[tuple[str, date], str]:
    placed = {"state": "placed", "starts_on": {"$lte": span[1].isoformat()}, "ends_on": {"$gte": span[0].isoformat()}}
    docs = [doc for doc in view.rows(TERMS).find(placed) if doc["_id"] not in moving]
    return {
        (doc["room_id"], day): doc["_id"]
        for doc in (*docs, *moving.values())
        if doc["state"] == "placed" and not is_online(doc)
        for day in days_between(date.fromisoformat(doc["starts_on"]), date.fromisoformat(doc["ends_on"]))
    }
