"""What the calendar, rooms, beds, blackouts and placed terms are right now, as a placement problem."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from services.scheduling.domain.placement import (
    ONLINE,
    Blackout,
    Campus,
    Day,
    Dormitory,
    Pin,
    Placed,
    Policy,
    Problem,
    Room,
    Term,
)
from services.scheduling.domain.placement_grid import let_stand
from services.scheduling.domain.wire import from_wire
from services.scheduling.ordering import orders_for
from services.scheduling.reach import reach_around
from services.scheduling.sending import shares_of, units_for
from services.scheduling.staffing import lecturers_for, needs_beside, needs_of, taught_by_timetable
from services.scheduling.store import (
    BLACKOUTS,
    CALENDAR_DAYS,
    CAMPUSES,
    POLICIES,
    RESERVATIONS,
    ROOMS,
    TERM_SINCE,
    TERMS,
)
from shared.calendar import DayOverride, WorkingCalendar, days_between
from shared.storage import View, exactly
from shared.wording import Words

Document = dict[str, Any]


def calendar_of(view: View) -> WorkingCalendar:
    """Return the published table with the city's own words on it."""
    return WorkingCalendar(
        DayOverride(date.fromisoformat(doc["day"]), doc["working"], Words(doc["reason"], doc["reason"]))
        for doc in view.rows(CALENDAR_DAYS).find()
    )


class Situation:
    """Everything a placement depends on, read once through one view."""

    def __init__(self, view: View, but_retiming: str | None = None) -> None:
        self._view, self._but_retiming = view, but_retiming
        self.campuses = {doc["_id"]: doc for doc in view.rows(CAMPUSES).find(sort=[("_id", 1)])}
        self.rooms = {doc["_id"]: doc for doc in view.rows(ROOMS).find(sort=[("_id", 1)])}
        self.blackouts = view.rows(BLACKOUTS).find(sort=[("_id", 1)])
        self.calendar = calendar_of(view)

    @cached_property
    def placed(self) -> list[Document]:
        """The terms that take up room and beds, of every plan; what is held online does not."""
        return [doc for doc in self.on_calendar if not is_online(doc)]

    @cached_property
    def on_calendar(self) -> list[Document]:
        """The terms that have their days, of every plan, on a campus or online."""
        return self._view.rows(TERMS).find({"state": "placed"}, sort=[("_id", 1)])

    @cached_property
    def reserved(self) -> list[Document]:
        """Places that running retimings hold, as placed terms of no programme; ``but_retiming``'s own are left out."""
        held = self._view.rows(RESERVATIONS).find(sort=[("_id", 1)])
        held = [each for each in held if each["retiming_id"] != self._but_retiming]
        terms = {doc["_id"]: doc for doc in self._view.rows(TERMS).find({"_id": {"$in": [e["term_id"] for e in held]}})}
        place = ("starts_on", "ends_on", "reports_on", "room_id")
        return [
            {
                **terms[each["term_id"]],
                **{name: each[name] for name in place},
                "_id": f"{each['term_id']}+reserved",
                "programme_id": f"{each['term_id']}+reserved",
                "min_gap_days": None,
                "delivery": "campus",
                "held_for": each["retiming_id"],
                "shares": [],
                "lecturers": needs_beside(terms[each["term_id"]], {name: each[name] for name in place}, self.calendar),
            }
            for each in held
        ]

    def problem(
        self,
        free: Iterable[Document],
        fixed: Iterable[Document],
        policy: Policy,
        seconds: float = 5.0,
        around: Iterable[date] | None = None,
    ) -> Problem:
        """Return the problem of placing ``free`` beside ``fixed`` terms, which stay. Raises ``CalendarUnknown``.

        What is held online has its days and lecturers, and a room to itself that is nowhere. The issued
        lessons of fixed terms keep their lecturers from others. The calendar ends with the windows; where it is to be
        told what lies beyond, ``around`` names the days that are asked about (``reach_around``).
        """
        free, fixed = list(free), [*fixed, *self.reserved]
        terms = tuple([term_of(doc) for doc in free] + [fixed_term_of(doc) for doc in fixed])
        placed = [placed_of(doc) for doc in (*free, *fixed) if doc["starts_on"]]
        days = self._days(terms, placed, around)
        problem = Problem(
            terms=terms,
            rooms=tuple(
                Room(id, doc["title"], doc["campus_id"], doc["capacity"], doc["kind"]) for id, doc in self.rooms.items()
            ),
            campuses=tuple(campus_of(doc) for doc in self.campuses.values()),
            days=days,
            blackouts=tuple(
                Blackout(
                    doc["_id"],
                    doc["title"],
                    date.fromisoformat(doc["starts_on"]),
                    date.fromisoformat(doc["ends_on"]),
                    tuple(doc["districts"]),
                    tuple(doc["campus_ids"]),
                )
                for doc in self.blackouts
            ),
            policy=policy,
            today=self._view.today,
            seconds=seconds,
            units=units_for(self._view, terms),
            orders=orders_for(self._view, (doc for doc in (*free, *fixed) if not doc.get("held_for"))),
            lecturers=lecturers_for(
                self._view,
                terms,
                (day.day for day in days),
                taught_by_timetable(self._view, (doc for doc in fixed if not doc.get("held_for")), self.calendar),
            ),
        )
        problem = with_rooms_online(problem, [doc for doc in (*free, *fixed) if is_online(doc)])
        return let_stand(problem, {doc["_id"]: placed_of(doc) for doc in fixed})

    def place(self, doc: Document) -> Document:
        """Return the fields of a term document that come from its room and campus."""
        room = self.rooms[doc["room_id"]]
        campus = self.campuses[room["campus_id"]]
        return {
            "room_title": room["title"],
            "campus_id": campus["_id"],
            "campus_title": campus["title"],
            "campus_address": campus["address"],
            "reports_from": campus["reports_from"],
            "reports_until": campus["reports_until"],
            "opens_at": campus["opens_at"],
        }

    def _days(self, terms: tuple[Term, ...], placed: list[Placed], around: Iterable[date] | None) -> tuple[Day, ...]:
        if not terms:
            return ()
        first = min([term.earliest_start for term in terms] + [at.starts_on for at in placed]) - timedelta(days=1)
        last = max([term.latest_end for term in terms] + [at.ends_on for at in placed])
        if around is not None:
            first, last = reach_around(self.calendar, first, last, around, self._view.today)
        found = []
        for day in days_between(first, last):
            name = self.calendar.holiday(day)
            found.append(Day(day, self.calendar.kind(day).value, name.zh if name else None))
        return tuple(found)


def is_online(doc: Document) -> bool:
    """Return whether a term is held online: without room, beds and campus."""
    return doc.get("delivery") == "online"


def room_id_of(doc: Document) -> str | None:
    """Return the room a term document has in a problem: a real one, or ``online.TERM`` for one that is held online."""
    return f"online.{doc['_id']}" if is_online(doc) else doc["room_id"]


def with_rooms_online(problem: Problem, docs: Iterable[Document]) -> Problem:
    """Return a problem that has the rooms nowhere in which these terms are held online."""
    rooms = [_nowhere(doc) for doc in docs]
    if not rooms:
        return problem
    campuses = problem.campuses if ONLINE in problem.campuses else (*problem.campuses, ONLINE)
    return dataclasses.replace(problem, rooms=(*problem.rooms, *rooms), campuses=campuses)


def _nowhere(doc: Document) -> Room:
    id = str(room_id_of(doc))
    return Room(id, ONLINE.title, ONLINE.id, doc["capacity"], kind=id)


def has_begun(doc: Document, today: str) -> bool:
    """Return whether a placed term's first day is today or past: it is not moved by a scheduler any more."""
    return doc["state"] == "placed" and bool(doc["starts_on"]) and str(doc["starts_on"]) <= today


def not_before(term: Term, day: date) -> Term:
    """Return a term that opens no sooner than a day; one whose window is past is written down as it was held."""
    if term.latest_end < day:
        return term
    return dataclasses.replace(term, earliest_start=max(term.earliest_start, day))


def campus_of(doc: Document) -> Campus:
    """Return a campus document as a place with beds; one written before dormitories were kept names none."""
    dormitories = tuple(from_wire(Dormitory, each) for each in doc.get("dormitories", ()))
    return Campus(doc["_id"], doc["title"], doc["district"], doc["beds"], dormitories)


def term_of(doc: Document) -> Term:
    """Return a term document as a term to place within its window."""
    doc = {**TERM_SINCE, **doc}
    if is_online(doc):
        nobody_travels = {"districts": (), "bed_kind": None, "shares": ()}
        doc |= {**nobody_travels, "wanted_campus_id": ONLINE.id, "room_kind": room_id_of(doc)}
    return Term(
        id=doc["_id"],
        programme_id=doc["programme_id"],
        programme_ordinal=doc["programme_ordinal"],
        ordinal=doc["ordinal"],
        title=doc["programme_title"],
        days=doc["days"],
        trainees=doc["capacity"],
        earliest_start=date.fromisoformat(doc["window_starts_on"]),
        latest_end=date.fromisoformat(doc["window_ends_on"]),
        districts=tuple(doc["districts"]),
        room_kind=doc["room_kind"],
        campus_id=doc["wanted_campus_id"],
        target=date.fromisoformat(doc["target"]),
        min_gap=doc["min_gap_days"],
        boards=not is_online(doc),
        bed_kind=doc["bed_kind"],
        months=tuple(doc["months"]),
        spacing=doc["spacing_days"],
        needs=needs_of(doc),
        shares=shares_of(doc),
    )


def fixed_term_of(doc: Document) -> Term:
    """Return a placed term document as a term that stays where it is; its wishes were weighed when it was placed."""
    return dataclasses.replace(
        term_of(doc),
        earliest_start=date.fromisoformat(doc["starts_on"]),
        latest_end=date.fromisoformat(doc["ends_on"]),
        target=None,
        months=(),
        pin=Pin(date.fromisoformat(doc["starts_on"]), room_id_of(doc)),
        fixed=True,
    )


def placed_of(doc: Document) -> Placed:
    """Return where a placed term document lies."""
    return Placed(
        doc["_id"],
        date.fromisoformat(doc["starts_on"]),
        date.fromisoformat(doc["ends_on"]),
        date.fromisoformat(doc["reports_on"]),
        str(room_id_of(doc)),
    )


def plan_policy(view: View, plan_id: str, changed: Document | None = None) -> Policy:
    """Return the policy a plan keeps (the defaults until one was set), with some of its fields changed."""
    kept = view.rows(POLICIES).one({"_id": exactly(plan_id)})
    return from_wire(Policy, {**(kept["policy"] if kept else {}), **(changed or {})})
