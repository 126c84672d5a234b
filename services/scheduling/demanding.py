"""Drafts as a problem for a timetable scheduler, and its answer as sessions again."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.scheduling.domain.lecturer import Half
from services.scheduling.domain.timetable import Session, Table, ordered, times_of
from services.scheduling.domain.timetable_fill import DAYTIME
from services.scheduling.domain.timetable_setting import Held, Setting, Tables, TeachingLimits
from services.scheduling.half_day_axis import HalfDayAxis
from services.scheduling.staying import Staying
from services.scheduling.timetable import problem as engine
from services.scheduling.timetable.grid import Grid

Event = tuple[Held, ...]
"""One lecture: a session of one term, or those of several terms that are one joint lecture."""
Sittings = Mapping[str, Sequence[Sequence[str]]]
"""Which sessions each lecture stands for: by course of the problem, the n-th group is its n-th lecture."""
_NO_ROOM = "no-room:"
"""What the room begins with that stands for none, one for each term: a scheduler needs a room for every lecture."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a scheme wants of a course beside its hours."""

    module: int
    morning: bool
    room_kind: str | None


@dataclass(frozen=True, slots=True)
class Demand:
    """A problem, and which sessions its lectures stand for."""

    problem: engine.Problem
    sittings: Sittings


def demand_of(setting: Setting, tables: Tables, keep: set[str], wishes: Mapping[str, Wish]) -> Demand:
    """Return the problem of laying these drafts out anew.

    ``keep`` are sessions that stay; so do those in the evening, and joint lectures with terms that are not here.
    """
    return _Demanding(setting, tables, keep, wishes).demand()


def placed_sessions(
    problem: engine.Problem, solved: engine.Timetable, sittings: Sittings, table: Table, limits: TeachingLimits
) -> Table:
    """Return a draft with its sessions where a scheduler put them."""
    axis = HalfDayAxis(tuple(date.fromisoformat(each) for each in problem.days), problem.halves[0])
    pinned = {(pin.course_id, pin.number) for pin in problem.pins}
    places = {
        session_id: placed for placed in solved.lectures for session_id in sittings[placed.course_id][placed.number - 1]
    }

    def where_put(session: Session) -> Session:
        placed = places.get(session.session_id)
        if placed is None:
            return session
        if (placed.course_id, placed.number) in pinned:
            return dataclasses.replace(session, room_id=_real_room(placed))
        return _moved(session, axis, placed, limits)

    return ordered(map(where_put, table))


class _Demanding:
    def __init__(self, setting: Setting, tables: Tables, keep: set[str], wishes: Mapping[str, Wish]) -> None:
        self.setting, self.wishes = setting, wishes
        days = tuple(sorted({day for term in setting.terms.values() for day in term.days}))
        self.held = [
            Held(term_id, each)
            for term_id, table in tables.items()
            for each in table
            if each.half in DAYTIME and each.on in days
        ]
        crowded = any(
            sum(held.term_id == id for held in self.held) > len(DAYTIME) * len(term.days)
            for id, term in setting.terms.items()
        )
        self.staying = Staying(setting, self.held, keep)
        self.axis = HalfDayAxis(days, 2 if crowded or self.staying.share_half_days else 1)
        self.grid = Grid(tuple(day.isoformat() for day in days), (self.axis.parts,) * len(DAYTIME))
        self.granted: set[tuple[str, int]] = set()
        self.touched: set[tuple[str, str, int]] = set()
        self.covered: set[tuple[str, str, int]] = set()

    def demand(self) -> Demand:
        courses, pins, sittings = [], [], {}
        for index, events in enumerate(self._series()):
            course = self._course(f"c{index}", events)
            courses.append(course)
            sittings[course.id] = [[held.session.session_id for held in event] for event in events]
            pins += [
                self._pin(course, number, event)
                for number, event in enumerate(events, 1)
                if self.staying.stays(event[0])
            ]
        lecturer_ids = sorted({each for course in courses for each in course.lecturer_ids})
        room_ids = sorted({each for course in courses for each in course.room_ids})
        limits = self.setting.limits
        problem = engine.Problem(
            days=self.grid.days,
            halves=self.grid.halves,
            terms=tuple(self._term(id) for id in self.setting.terms),
            lecturers=tuple(self._lecturer(id) for id in lecturer_ids),
            rooms=tuple(self._room(id) for id in room_ids),
            courses=tuple(courses),
            pins=tuple(pins),
            rules=engine.Rules(engine.Limit(limits.half_day_hours, limits.source[0])),
            name="、".join(each.label for each in self.setting.terms.values())[:200],
        )
        return Demand(problem, sittings)

    def _series(self) -> list[list[Event]]:
        joint: dict[str, list[Held]] = {}
        series: dict[tuple[object, ...], list[Event]] = {}
        for held in self.held:
            session = held.session
            if session.joint_id is not None:
                joint.setdefault(session.joint_id, []).append(held)
            else:
                content = (session.course_id, session.hours, session.form, session.lecturer_id)
                room = (self._needs_room(held), self._kept_in((held,)))
                alike = (held.term_id, *content, self._slots(held), *room)
                series.setdefault(alike, []).append((held,))
        return [*series.values(), *([tuple(event)] for event in joint.values())]

    def _course(self, id: str, events: list[Event]) -> engine.Course:
        lead, term_ids = events[0][0].session, tuple(held.term_id for held in events[0])
        field, wish = lead.form == "field", self.wishes.get(lead.course_id)
        return engine.Course(
            id=id,
            title=lead.title,
            lectures=len(events),
            term_ids=term_ids,
            lecturer_ids=(lead.lecturer_id,) if lead.lecturer_id in self.setting.lecturers else (),  # type: ignore[arg-type]
            hours=float(lead.hours),
            slots=self._slots(events[0][0]),
            field=field,
            room_ids=() if field else self._rooms_for(events[0]),
            module=wish.module if wish else None,
            fresh=bool(wish and wish.morning),
        )

    def _slots(self, held: Held) -> int:
        session = held.session
        if session.form == "field" or (self.staying.stays(held) and self.staying.shares_half_day(held)):
            return 1
        long = session.hours * 2 > self.setting.limits.half_day_hours
        return self.axis.parts if long or (self.staying.stays(held) and self.staying.fills_half_day(held)) else 1

    def _needs_room(self, held: Held) -> bool:
        session = held.session
        if session.form == "field":
            return False
        if session.room_id is None and (session.form == "self_study" or self.staying.is_joint_elsewhere(held)):
            return False
        return not self.setting.terms[held.term_id].online

    def _rooms_for(self, event: Event) -> tuple[str, ...]:
        kept_in = self._kept_in(event)
        return self._offered(event) if kept_in is None else (kept_in,)

    def _kept_in(self, event: Event) -> str | None:
        """Return the room that an event stays in, though it would be given another one if it was laid out anew."""
        room_id = event[0].session.room_id
        stays = room_id in self.setting.rooms and self.staying.stays(event[0])
        return room_id if stays and any(map(self._needs_room, event)) and room_id not in self._offered(event) else None

    def _offered(self, event: Event) -> tuple[str, ...]:
        lead, term_ids = event[0], tuple(held.term_id for held in event)
        wish = self.wishes.get(lead.session.course_id)
        if self.staying.is_joint_elsewhere(lead) and (room := self.setting.rooms.get(lead.session.room_id or "")):
            return (room.id,)
        if not any(self._needs_room(held) for held in event):
            return (_NO_ROOM + lead.term_id,)
        terms = [self.setting.terms[id] for id in term_ids]
        own = {term.room_id for term in terms}
        others = {owner_room for (owner_room, _), owner in self.setting.reserved.items() if owner not in term_ids}
        people = sum(term.trainees for term in terms)
        kind = wish.room_kind if wish else None
        found = [
            room.id
            for room in self.setting.rooms.values()
            if room.seats >= people
            and (kind is None or room.kind == kind)
            and (room.id in own or ((kind is not None or len(term_ids) > 1) and room.id not in others))
        ]
        return tuple(sorted(found)) or tuple(sorted(id for id in own if id is not None and id in self.setting.rooms))

    def _pin(self, course: engine.Course, number: int, event: Event) -> engine.Placed:
        lead = event[0].session
        room_id = lead.room_id if lead.room_id in course.room_ids else None
        first = self.axis.first(lead.on, lead.half)
        pin = engine.Placed(course.id, number, first + self._part(course, event[0]), room_id)
        whose = (*course.lecturer_ids, *(() if room_id is None else (room_id,)))
        covered = self.grid.covered(course, pin.slot) or ()
        if all(self.staying.is_undisturbed(held) for held in event):
            self.granted.update((id, slot) for id in whose for slot in covered)
        taken = [("term", id) for id in course.term_ids] + [("lecturer", id) for id in course.lecturer_ids]
        taken += [] if room_id is None else [("room", room_id)]
        if self.staying.shares_half_day(event[0]):
            parts = [part for part in range(self.axis.parts) if self.staying.touches(event[0], part)]
            self.touched.update((*each, first + part) for each in taken for part in parts)
        self.covered.update((*each, slot) for each in taken for slot in covered)
        return pin

    def _part(self, course: engine.Course, held: Held) -> int:
        if self.staying.shares_half_day(held):
            return min(self.staying.part(held), self.axis.parts - 1)
        later = held.session.starts_at > self.setting.limits.half_times[held.session.half][0]
        return 1 if course.slots < self.axis.parts and later else 0

    def _barred(self, kind: str, id: str, barred: Iterable[int]) -> tuple[int, ...]:
        """Return slots with those in which something stays that stands in another slot, and nothing else may come."""
        held = {slot for *whose, slot in self.touched - self.covered if whose == [kind, id]}
        return tuple(sorted({*barred, *held}))

    def _term(self, id: str) -> engine.Term:
        term = self.setting.terms[id]
        barred = self.axis.barred(lambda day, half: day not in term.days)
        return engine.Term(id, term.label, term.trainees, self._barred("term", id, barred))

    def _lecturer(self, id: str) -> engine.Lecturer:
        lecturer = self.setting.lecturers[id]
        away = set(self.axis.barred(lecturer.is_away))
        busy = self.axis.barred(lambda day, half: self.setting.blocks(id, day, half))
        barred = tuple(slot for slot in busy if slot in away or (id, slot) not in self.granted)
        return engine.Lecturer(id, lecturer.name, self._barred("lecturer", id, barred))

    def _room(self, id: str) -> engine.Room:
        if id.startswith(_NO_ROOM):
            people = sum(term.trainees for term in self.setting.terms.values())
            return engine.Room(id, f"{self.setting.terms[id.removeprefix(_NO_ROOM)].label}（不用教室）", people)
        room = self.setting.rooms[id]
        taken = {(each.session.on, each.session.half) for each in self.setting.others if each.session.room_id == id}

        def is_barred(day: date, half: Half) -> bool:
            owner = self.setting.reserved.get((id, day))
            return (day, half) in taken or (owner is not None and owner not in self.setting.terms)

        barred = tuple(slot for slot in self.axis.barred(is_barred) if (id, slot) not in self.granted)
        return engine.Room(id, room.title, room.seats, room.kind, self._barred("room", id, barred))


def _moved(session: Session, axis: HalfDayAxis, placed: engine.Placed, limits: TeachingLimits) -> Session:
    day, half, part = axis.at(placed.slot)
    if (session.on, session.half) == (day, half) and axis.parts == 1:
        return dataclasses.replace(session, room_id=_real_room(placed))
    most = limits.half_day_hours
    offset = 0 if session.form == "field" else part * most // axis.parts
    length = most if session.form == "field" else session.hours
    starts_at, ends_at = times_of(half, offset, length, most, limits.half_times)
    room_id = _real_room(placed)
    return dataclasses.replace(session, on=day, half=half, starts_at=starts_at, ends_at=ends_at, room_id=room_id)


def _real_room(placed: engine.Placed) -> str | None:
    return None if placed.room_id is None or placed.room_id.startswith(_NO_ROOM) else placed.room_id


def known_sessions(sittings: Sittings) -> Iterable[str]:
    """Yield every session that a problem's lectures stand for."""
    return (session_id for groups in sittings.values() for group in groups for session_id in group)
