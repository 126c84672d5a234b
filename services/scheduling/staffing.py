"""Lecturers as placements know them: whom terms need, and the days on which they are not to be had."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from services.scheduling.domain.placement import Absence, Lecturer, Need, Problem, Term
from services.scheduling.domain.wire import from_wire
from services.scheduling.queries.lecturers import away_of
from services.scheduling.store import LECTURERS, SESSIONS, TERM_SINCE
from shared.calendar import WorkingCalendar, days_between
from shared.storage import View

Document = dict[str, Any]


def needs_of(doc: Document) -> tuple[Need, ...]:
    """Return the lecturers a term document needs; one written before they were kept needs none."""
    return tuple(from_wire(Need, each) for each in doc.get("lecturers", TERM_SINCE["lecturers"]))


def lecturers_for(
    view: View, terms: Iterable[Term], days: Iterable[date], *elsewhere: Mapping[str, Iterable[Absence]]
) -> tuple[Lecturer, ...]:
    """Return the lecturers whom the terms need; ``elsewhere`` are absences by lecturer beside those they declared."""
    needed = {need.lecturer_id for term in terms for need in term.needs}
    if not needed:
        return ()
    span = tuple(days)
    docs = view.rows(LECTURERS).find({"_id": {"$in": sorted(needed)}}, sort=[("_id", 1)])
    return tuple(
        Lecturer(
            doc["_id"],
            doc["name"],
            (*absences_of(doc, span), *(each for found in elsewhere for each in found.get(doc["_id"], ()))),
        )
        for doc in docs
    )


def absences_of(doc: Document, days: tuple[date, ...]) -> tuple[Absence, ...]:
    """Return when a lecturer cannot teach at all on some of ``days``: one half of a day leaves the other.

    An evening is no part of it; whoever is not active any more is away for good.
    """
    if not doc["active"]:
        return (Absence(days[0], days[-1], "已停用"),) if days else ()
    away = away_of(doc)
    whole = tuple(Absence(each.starts_on, each.ends_on) for each in away if each.half is None)
    mornings, afternoons = (
        [each for each in away if each.half == half] if away else [] for half in ("morning", "afternoon")
    )
    if not mornings or not afternoons:
        return whole
    lost = [
        day
        for day in days
        if any(each.starts_on <= day <= each.ends_on for each in mornings)
        and any(each.starts_on <= day <= each.ends_on for each in afternoons)
    ]
    return (*whole, *(Absence(day, day, "上下午均不能授课") for day in lost))


def taught(doc: Document, calendar: WorkingCalendar) -> Iterator[tuple[Need, int, date]]:
    """Yield each need of a placed term document with the numbers and dates of its days."""
    span = days_between(date.fromisoformat(doc["starts_on"]), date.fromisoformat(doc["ends_on"]))
    working = [day for day in span if calendar.is_working_day(day)]
    for need in needs_of(doc):
        for number, day in enumerate(working, 1):
            if not need.days or number in need.days:
                yield need, number, day


def taught_by_timetable(view: View, docs: Iterable[Document], calendar: WorkingCalendar) -> dict[str, list[Absence]]:
    """Return the days on which the terms' issued timetables have their lecturers, besides what the plan says.

    One lesson takes the day, as a need of the plan does: a lecturer teaches in one place a day. It keeps the lecturer
    from every other term, also while somebody looks for another place for this one: until that is settled, the lesson
    is promised.
    """
    stays = {doc["_id"]: doc for doc in docs}
    known = {(doc["_id"], need.lecturer_id, day) for doc in stays.values() for need, _, day in taught(doc, calendar)}
    rows = view.rows(SESSIONS).find({"term_id": {"$in": sorted(stays)}, "lecturer_id": {"$ne": None}})
    lessons = {(row["term_id"], row["lecturer_id"], date.fromisoformat(row["on"])) for row in rows} - known
    found: dict[str, list[Absence]] = {}
    for term_id, lecturer_id, day in sorted(lessons):
        doc = stays[term_id]
        why = f"按课程表为第{doc['programme_ordinal']}班第{doc['ordinal']}期授课"
        found.setdefault(lecturer_id, []).append(Absence(day, day, why, but=term_id))
    return found


def with_lessons_of(view: View, docs: Iterable[Document], calendar: WorkingCalendar, problem: Problem) -> Problem:
    """Return a problem in which the issued lessons of these terms, too, keep their lecturers from other terms."""
    lessons = taught_by_timetable(view, docs, calendar)
    return dataclasses.replace(
        problem,
        lecturers=tuple(
            dataclasses.replace(each, absences=(*each.absences, *lessons.get(each.id, ())))
            for each in problem.lecturers
        ),
    )


def needs_beside(doc: Document, place: Document, calendar: WorkingCalendar) -> list[Document]:
    """Return what a term needs at another place that is held for it, without the days it has its lecturers anyway."""
    stands = doc["state"] == "placed"
    here = {(need.lecturer_id, day) for need, _, day in taught(doc, calendar)} if stands else set()
    found: dict[str, list[int]] = {}
    for need, number, day in taught({**doc, **place}, calendar):
        if (need.lecturer_id, day) not in here:
            found.setdefault(need.lecturer_id, []).append(number)
    return [{"lecturer_id": lecturer_id, "days": days} for lecturer_id, days in found.items()]
