"""A timetable read against its problem: the people, rooms and slots of every lecture, for those who judge it."""

from __future__ import annotations

from collections import ChainMap, Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from services.scheduling.timetable.grid import Grid, grid_of
from services.scheduling.timetable.problem import Course, Lecturer, Placed, Problem, Room, Term, Timetable

Subject = tuple[Literal["course", "lecturer", "term", "room"], str]
"""Whom a finding is about."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A lecture in its place with what it takes up."""

    at: Placed
    course: Course
    room: Room | None
    slots: tuple[int, ...]

    @property
    def zh(self) -> str:
        """How a lecture is called in Chinese."""
        return f"《{self.course.title}》" + (f"第{self.at.number}讲" if self.course.lectures > 1 else "")

    @property
    def en(self) -> str:
        """How a lecture is called in English."""
        return f"{self.course.title!r}" + (f" lecture {self.at.number}" if self.course.lectures > 1 else "")

    @property
    def where(self) -> dict[str, object]:
        """The lecture and its place, for programs."""
        return {
            "course_id": self.at.course_id,
            "number": self.at.number,
            "slot": self.at.slot,
            "room_id": self.at.room_id,
        }


_MOST_SITTINGS = 50_000


class Book:
    """A problem with everything looked up. Lectures in their places are kept while they are not too many."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.grid: Grid = grid_of(problem)
        self.terms: dict[str, Term] = {each.id: each for each in problem.terms}
        self.lecturers: dict[str, Lecturer] = {each.id: each for each in problem.lecturers}
        self.rooms: dict[str, Room] = {each.id: each for each in problem.rooms}
        self.courses: dict[str, Course] = {each.id: each for each in problem.courses}
        self.pins = {(pin.course_id, pin.number): pin for pin in problem.pins}
        self._sittings: dict[Placed, Sitting | None] = {}
        self._taught: Counter[str] = Counter()
        for course in problem.courses:
            self._taught.update(dict.fromkeys(course.lecturer_ids, course.lectures * self.grid.least(course)))

    def seats_needed(self, course: Course) -> int:
        """Return how many seats a course needs."""
        if course.seats is not None:
            return course.seats
        return sum(self.terms[term].trainees for term in course.term_ids)

    def fewest_days(self, lecturer_id: str) -> int:
        """Return on how few days a lecturer could give all their lectures."""
        return -(-self._taught[lecturer_id] // self.grid.per_day)

    def sitting(self, at: Placed) -> Sitting | None:
        """Return a lecture in its place, ``None`` for one whose course is not known."""
        found = self._sittings.get(at)
        if found is None:
            if len(self._sittings) >= _MOST_SITTINGS:
                self._sittings.clear()
            found = self._sittings[at] = self._sitting(at)
        return found

    def _sitting(self, at: Placed) -> Sitting | None:
        course = self.courses.get(at.course_id)
        if course is None:
            return None
        covered = self.grid.covered(course, at.slot)
        slots = tuple(covered) if covered is not None else (at.slot,)
        return Sitting(at, course, self.rooms.get(at.room_id or ""), slots)

    def subjects_of(self, at: Placed) -> tuple[Subject, ...]:
        """Return whom a lecture in this place touches."""
        found: list[Subject] = [("course", at.course_id)]
        course = self.courses.get(at.course_id)
        if course is not None:
            found += [("lecturer", each) for each in course.lecturer_ids]
            found += [("term", each) for each in course.term_ids]
        if at.room_id is not None:
            found.append(("room", at.room_id))
        return tuple(found)

    def subjects(self, timetable: Timetable) -> list[Subject]:
        """Return everybody there may be something to say about."""
        found: dict[Subject, None] = dict.fromkeys(("course", each.id) for each in self.problem.courses)
        for at in timetable.lectures:
            found.update(dict.fromkeys(self.subjects_of(at)))
        return list(found)


class Reading:
    """What a timetable holds for each of those it concerns. ``lectures`` also has those of unknown courses."""

    def __init__(self, book: Book, timetable: Timetable) -> None:
        self.book = book
        groups: dict[Subject, list[Placed]] = defaultdict(list)
        for at in timetable.lectures:
            for subject in book.subjects_of(at):
                groups[subject].append(at)
        self._groups: Mapping[Subject, list[Placed]] = groups

    def changed(self, gone: Iterable[Placed], come: Iterable[Placed]) -> Reading:
        """Return the reading of a timetable in which some lectures have other places; shares the rest.

        Of a lecture that stands there twice, only one goes.
        """
        out, new = tuple(gone), tuple(come)
        reading = Reading.__new__(Reading)
        reading.book = self.book
        own: dict[Subject, list[Placed]] = {}
        for subject in {each for at in (*out, *new) for each in self.book.subjects_of(at)}:
            own[subject] = list(self.lectures(subject))
        for at in out:
            for subject in self.book.subjects_of(at):
                own[subject].remove(at)
        for at in new:
            for subject in self.book.subjects_of(at):
                own[subject].append(at)
        reading._groups = ChainMap(own, dict(self._groups))
        return reading

    def lectures(self, subject: Subject) -> list[Placed]:
        """Return what the timetable holds for somebody."""
        return self._groups.get(subject, [])

    def of(self, subject: Subject) -> list[Sitting]:
        """Return the lectures of somebody that lie on the grid and whose courses are known, in the order of time."""
        return [each for each in self.anywhere(subject) if 0 <= each.at.slot < self.book.grid.slots]

    def anywhere(self, subject: Subject) -> list[Sitting]:
        """Return the same with the lectures at slots that do not exist."""
        found = [self.book.sitting(at) for at in self.lectures(subject)]
        return sorted((each for each in found if each is not None), key=_by_time)


def _by_time(sitting: Sitting) -> tuple[int, str, int]:
    return sitting.at.slot, sitting.at.course_id, sitting.at.number
