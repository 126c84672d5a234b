"""Drafts as a problem for a timetable scheduler."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from services.scheduling.claims import Claims, Who
from services.scheduling.domain.timetable import Session
from services.scheduling.domain.timetable_fill import DAYTIME
from services.scheduling.domain.timetable_setting import Held, Setting, Tables
from services.scheduling.half_day_axis import HalfDayAxis, parts_for
from services.scheduling.quick_look import finds_places
from services.scheduling.rooms_offered import NO_ROOM, Event, RoomsOffered, Wish
from services.scheduling.staying import Staying, lecture_of
from services.scheduling.timetable import problem as engine
from services.scheduling.timetable.grid import Grid

Sittings = Mapping[str, Sequence[Sequence[str]]]
"""Which sessions each lecture stands for: by course of the problem, the n-th group is its n-th lecture."""


@dataclass(frozen=True, slots=True)
class Demand:
    """A problem, which sessions its lectures stand for, and all that it was made of, these and others."""

    problem: engine.Problem
    sittings: Sittings
    session_ids: frozenset[str]


def demand_of(setting: Setting, tables: Tables, keep: set[str], wishes: Mapping[str, Wish]) -> Demand:
    """Return the problem of laying these drafts out anew.

    ``keep`` are sessions that stay; so do those in the evening, and joint lectures with terms that are not here.
    Half-days are cut into as few parts as a quick look finds places for all lectures with: one where each can have a
    half-day, and as many as their hours ask for where it finds none. Who teaches on several campuses does so in
    different half-days, for a scheduler knows nothing of the way between; but nothing is impossible for that alone.
    """
    days = tuple(sorted({day for term in setting.terms.values() for day in term.days}))
    held, beside = list[Held](), list[Held]()
    for term_id, table in tables.items():
        for each in table:
            (held if each.half in DAYTIME and each.on in days else beside).append(Held(term_id, each))
    staying, limits = Staying(setting, held, keep), setting.limits
    *fewer, enough = parts_for(_lengths(setting, held), limits.half_day_hours)
    for parts in (*fewer, enough):
        made = _Demanding(setting, held, beside, staying, wishes, HalfDayAxis(days, parts, limits))
        demand = made.demand()
        exact = parts == enough and not made.far
        if exact or (made.seats.keys() == staying.lectures and finds_places(demand.problem)):
            return demand
    axis = HalfDayAxis(days, enough, limits)
    return _Demanding(setting, held, beside, staying, wishes, axis, apart=False).demand()


def _lengths(setting: Setting, held: Sequence[Held]) -> set[int]:
    """Return the class hours of these sessions, and of what others hold with the same people or in the same rooms."""
    lecturers = {each.session.lecturer_id for each in held} - {None}
    rooms = {term.room_id for term in setting.terms.values()} | {each.session.room_id for each in held}
    others = {
        each.session.hours
        for each in setting.others
        if each.session.half in DAYTIME
        and (each.session.lecturer_id in lecturers or each.session.room_id in rooms - {None})
    }
    return others | {each.session.hours for each in held}


class _Demanding:
    def __init__(
        self,
        setting: Setting,
        held: Sequence[Held],
        beside: Sequence[Held],
        staying: Staying,
        wishes: Mapping[str, Wish],
        axis: HalfDayAxis,
        apart: bool = True,
    ) -> None:
        self.setting, self.held, self.staying, self.wishes, self.axis = setting, held, staying, wishes, axis
        self.rooms = RoomsOffered(setting, staying, wishes)
        self.immobile = (*staying.held, *beside, *setting.others)
        self.lessons: dict[str | None, list[Session]] = {}
        for each in self.immobile:
            self.lessons.setdefault(each.session.lecturer_id, []).append(each.session)
        self.claims = Claims(axis)
        self.grid = Grid(tuple(day.isoformat() for day in axis.days), (axis.parts,) * len(DAYTIME))
        self.seats = staying.seats(axis)
        self.series = self._series()
        self.far = self._far() if apart and axis.parts > 1 else set[str]()

    def demand(self) -> Demand:
        courses, pins, sittings = [], [], {}
        for index, events in enumerate(self.series):
            course = self._course(f"c{index}", events)
            courses.append(course)
            sittings[course.id] = [[held.session.session_id for held in event] for event in events]
            if self.staying.stays(events[0][0]):
                pins += [self._pin(course, number, event) for number, event in enumerate(events, 1)]
        self._claim()
        lecturer_ids = sorted({each for course in courses for each in course.lecturer_ids})
        room_ids = sorted({each for course in courses for each in course.room_ids})
        limits = self.setting.limits
        problem = engine.Problem(
            days=self.grid.days,
            halves=self.grid.halves,
            terms=tuple(map(self._term, self.setting.terms)),
            lecturers=tuple(map(self._lecturer, lecturer_ids)),
            rooms=tuple(map(self._room, room_ids)),
            courses=tuple(courses),
            pins=tuple(pins),
            rules=engine.Rules(engine.Limit(limits.half_day_hours, limits.source[0])),
            name="、".join(each.label for each in self.setting.terms.values())[:200],
        )
        return Demand(problem, sittings, frozenset(each.session.session_id for each in self.held))

    def _series(self) -> list[list[Event]]:
        joint: dict[str, list[Held]] = {}
        series: dict[tuple[object, ...], list[Event]] = {}
        for held in self.held:
            session = held.session
            if self.staying.stays(held) and lecture_of(session) not in self.seats:
                continue
            if session.joint_id is not None:
                joint.setdefault(session.joint_id, []).append(held)
            else:
                content = (session.course_id, session.hours, session.form, session.lecturer_id)
                room = (self.rooms.needs_room(held), self.rooms.kept_in((held,)))
                alike = (held.term_id, *content, self.staying.stays(held), self._slots(held), *room)
                series.setdefault(alike, []).append((held,))
        return [*series.values(), *([tuple(event)] for event in joint.values())]

    def _far(self) -> set[str]:
        """Return the lectures, by ``lecture_of``, that their lecturer gives on another campus than most, or may."""
        campuses: dict[str, Counter[frozenset[str]]] = {}
        placed = []
        for events in self.series:
            lead = events[0][0].session
            found = self._campuses(self.rooms.for_lecture(events[0]))
            if lead.lecturer_id is not None and found and not self.staying.stays(events[0][0]):
                campuses.setdefault(lead.lecturer_id, Counter())[found] += len(events)
                placed.append((lecture_of(lead), lead.lecturer_id, found))
        usual = {lecturer_id: known.most_common(1)[0][0] for lecturer_id, known in campuses.items()}
        return {lecture for lecture, who, found in placed if len(found) > 1 or found != usual[who]}

    def _campuses(self, room_ids: Iterable[str]) -> frozenset[str]:
        return frozenset(self.setting.rooms[id].campus_id for id in room_ids if id in self.setting.rooms)

    def _course(self, id: str, events: list[Event]) -> engine.Course:
        lead, term_ids = events[0][0].session, tuple(held.term_id for held in events[0])
        field, wish = lead.form == "field", self.wishes.get(lead.course_id)
        room_ids = self.rooms.for_lecture(events[0])
        far, most = lecture_of(lead) in self.far, self.setting.limits.half_day_hours
        return engine.Course(
            id=id,
            title=lead.title,
            lectures=len(events),
            term_ids=term_ids,
            lecturer_ids=(lead.lecturer_id,) if lead.lecturer_id in self.setting.lecturers else (),  # type: ignore[arg-type]
            hours=float(most if far else lead.hours),  # with which the lecturer's half-day is full
            slots=self._slots(events[0][0]),
            field=field,
            room_ids=room_ids,
            module=wish.module if wish else None,
            fresh=bool(wish and wish.morning),
            unavailable=() if self.staying.stays(events[0][0]) else self._on_the_way(lead.lecturer_id, room_ids),
        )

    def _slots(self, held: Held) -> int:
        if held.session.form == "field":
            return 1
        if self.staying.stays(held):
            return len(self.seats[lecture_of(held.session)])
        return self.axis.length(held.session.hours)

    def _pin(self, course: engine.Course, number: int, event: Event) -> engine.Placed:
        lead = event[0].session
        room_id = lead.room_id if lead.room_id in course.room_ids else None
        pin = engine.Placed(course.id, number, self.seats[lecture_of(lead)].start, room_id)
        if not any(map(self.staying.is_refused, event)):
            whose: list[Who] = [("term", id) for id in course.term_ids]
            whose += [("lecturer", id) for id in course.lecturer_ids]
            whose += [("room", room_id)] if room_id is not None else []
            for who in whose:
                self.claims.seat(who, self.grid.covered(course, pin.slot) or ())
        return pin

    def _on_the_way(self, lecturer_id: str | None, room_ids: Sequence[str]) -> tuple[int, ...]:
        """Return the slots in which a lecturer comes from another campus, or has to leave for one."""
        elsewhere = {
            slot
            for session in (self.lessons.get(lecturer_id, ()) if lecturer_id is not None else ())
            if session.on in self.axis.days
            if (room := self.setting.rooms.get(session.room_id or "")) and self._campuses(room_ids) - {room.campus_id}
            for slot in self.axis.near(session, self.setting.limits.travel_minutes)
        }
        return _in_order(elsewhere)

    def _claim(self) -> None:
        """Claim what is held all the same: by what stays here, and by other terms."""
        for held in self.immobile:
            session, here = held.session, held.term_id in self.setting.terms
            if here:
                self.claims.add(("term", held.term_id), session)
            if session.lecturer_id is not None:
                self.claims.add(("lecturer", session.lecturer_id), session)
            if session.room_id is not None and (not here or self.rooms.needs_room(held)):
                self.claims.add(("room", session.room_id), session)

    def _term(self, id: str) -> engine.Term:
        term = self.setting.terms[id]
        barred = self.axis.barred(lambda day, half: day not in term.days)
        return engine.Term(id, term.label, term.trainees, _in_order(barred, self.claims.barred(("term", id))))

    def _lecturer(self, id: str) -> engine.Lecturer:
        lecturer = self.setting.lecturers[id]
        away = self.axis.barred(lecturer.is_away)
        return engine.Lecturer(id, lecturer.name, _in_order(away, self.claims.barred(("lecturer", id))))

    def _room(self, id: str) -> engine.Room:
        if id.startswith(NO_ROOM):
            people = sum(term.trainees for term in self.setting.terms.values())
            return engine.Room(id, f"{self.setting.terms[id.removeprefix(NO_ROOM)].label}（不用教室）", people)
        room = self.setting.rooms[id]
        owners = {day: self.setting.reserved.get((id, day)) for day in self.axis.days}
        strange = {day for day, owner in owners.items() if owner is not None and owner not in self.setting.terms}
        self.claims.reserve(("room", id), self.axis.barred(lambda day, _: day in strange))
        return engine.Room(id, room.title, room.seats, room.kind, _in_order(self.claims.barred(("room", id))))


def _in_order(*barred: Iterable[int]) -> tuple[int, ...]:
    return tuple(sorted(set().union(*barred)))
