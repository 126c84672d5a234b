"""A first timetable straight from a scheme, course after course; and putting one right whose lecturers cannot come."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from services.scheduling.domain.lecturer import Half
from services.scheduling.domain.scheme import Course, Module, Scheme, portions
from services.scheduling.domain.timetable import Session, Table, ordered, times_of
from services.scheduling.domain.timetable_setting import TeachingLimits

Blocks = Callable[[str | None, date, Half], bool]
"""Whether a lecturer cannot teach in a half-day; ``None`` as the lecturer is never blocked."""
Slot = tuple[date, Half]
DAYTIME: tuple[Half, ...] = ("morning", "afternoon")


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a course that lies in one half-day."""

    module: Module
    course: Course
    hours: int

    def session(
        self,
        slot: Slot,
        offset: int,
        lecturer_id: str | None,
        room_id: str | None,
        limits: TeachingLimits,
        session_id: str,
    ) -> Session:
        """Return it as a session that begins ``offset`` class hours into a half-day."""
        field = self.course.form == "field"
        length = limits.half_day_hours if field else self.hours
        starts_at, ends_at = times_of(slot[1], offset, length, limits.half_day_hours, limits.half_times)
        return Session(
            session_id=session_id,
            course_id=self.course.course_id,
            module=self.module.title,
            title=self.course.title,
            form=self.course.form,
            on=slot[0],
            half=slot[1],
            starts_at=starts_at,
            ends_at=ends_at,
            hours=self.hours,
            lecturer_id=None if self.course.form == "self_study" else lecturer_id,
            room_id=None if field else room_id,
        )


@dataclass(frozen=True, slots=True)
class Filled:
    """A first timetable, and the pieces for which no half-day was left."""

    table: Table
    left: tuple[Piece, ...]


def pieces_of(scheme: Scheme, limits: TeachingLimits) -> list[Piece]:
    """Return a scheme's courses cut into half-days, in order."""
    return [
        Piece(module, course, hours)
        for module, course in scheme.courses()
        for hours in portions(course.hours, limits.half_day_hours)
    ]


def fill(
    scheme: Scheme,
    days: Iterable[date],
    lecturers: Mapping[str, str],
    room_id: str | None,
    limits: TeachingLimits,
    blocks: Blocks,
    new_id: Callable[[], str],
) -> Filled:
    """Lay a scheme's courses into a term's half-days in their order.

    ``lecturers`` are those asked, by course. What is better held in the morning goes there while there is a choice; a
    lecturer who cannot come keeps the half-day for somebody else; only where none is left the lecturer stays open.
    Several short pieces share a half-day when there are more pieces than half-days.
    """
    slots: list[Slot] = [(day, half) for day in days for half in DAYTIME]
    waiting = pieces_of(scheme, limits)
    together = len(waiting) > len(slots)
    free = dict.fromkeys(slots, limits.half_day_hours)
    found: list[Session] = []
    for keep_lecturer in (True, False):
        for slot in slots:
            while (piece := _next(waiting, slot, free[slot], limits, lecturers, blocks, keep_lecturer)) is not None:
                waiting.remove(piece)
                lecturer_id = lecturers.get(piece.course.course_id)
                if blocks(lecturer_id, *slot):
                    lecturer_id = None
                offset = limits.half_day_hours - free[slot]
                found.append(piece.session(slot, offset, lecturer_id, room_id, limits, new_id()))
                whole = piece.course.form == "field" or not together
                free[slot] = 0 if whole else free[slot] - piece.hours
    return Filled(ordered(found), tuple(waiting))


def mended(table: Table, days: Iterable[date], limits: TeachingLimits, blocks: Blocks) -> Table:
    """Return a table whose half-days changed places so that every lecturer can come.

    Where no exchange helps, the session's lecturer is left open. Joint lectures stay where they are.
    """
    slots: list[Slot] = [(day, half) for day in days for half in DAYTIME]
    content: dict[Slot, list[Session]] = {slot: [] for slot in slots}
    for each in ordered(table):
        content.setdefault((each.on, each.half), []).append(each)
    for slot in list(content):
        if not _hindered(content[slot], slot, blocks):
            continue
        places = slots if slot in slots else []
        other = next((each for each in places if _exchange_helps(content, slot, each, blocks)), None)
        if other is not None:
            content[slot], content[other] = content[other], content[slot]
        else:
            content[slot] = [
                dataclasses.replace(each, lecturer_id=None) if blocks(each.lecturer_id, *slot) else each
                for each in content[slot]
            ]
    return ordered(_laid(each, limits, slot) for slot, sessions in content.items() for each in _offsets(sessions))


def _next(
    waiting: list[Piece],
    slot: Slot,
    free: int,
    limits: TeachingLimits,
    lecturers: Mapping[str, str],
    blocks: Blocks,
    keep_lecturer: bool,
) -> Piece | None:
    suited = []
    for piece in waiting:
        needed = limits.half_day_hours if piece.course.form == "field" else piece.hours
        hindered = keep_lecturer and blocks(lecturers.get(piece.course.course_id), *slot)
        if needed <= free and not hindered:
            suited.append(piece)
    patient = [piece for piece in suited if not (piece.course.morning and slot[1] != "morning")]
    return next(iter(patient or suited), None)


def _hindered(sessions: list[Session], slot: Slot, blocks: Blocks) -> bool:
    return any(blocks(each.lecturer_id, *slot) for each in sessions)


def _exchange_helps(content: Mapping[Slot, list[Session]], slot: Slot, other: Slot, blocks: Blocks) -> bool:
    mine, theirs = content[slot], content[other]
    if slot == other or any(each.joint_id is not None for each in (*mine, *theirs)):
        return False
    return not _hindered(mine, other, blocks) and not _hindered(theirs, slot, blocks)


def _offsets(sessions: list[Session]) -> list[tuple[int, Session]]:
    found, offset = [], 0
    for each in sorted(sessions, key=lambda each: each.starts_at):
        found.append((offset, each))
        offset += each.hours
    return found


def _laid(placed: tuple[int, Session], limits: TeachingLimits, slot: Slot) -> Session:
    offset, session = placed
    if (session.on, session.half) == slot:
        return session
    length = limits.half_day_hours if session.form == "field" else session.hours
    starts_at, ends_at = times_of(slot[1], offset, length, limits.half_day_hours, limits.half_times)
    return dataclasses.replace(session, on=slot[0], half=slot[1], starts_at=starts_at, ends_at=ends_at)
