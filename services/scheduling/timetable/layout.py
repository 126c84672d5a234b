"""A problem laid out for solvers: where each course may begin, in which rooms and at what price, by index."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from services.scheduling.timetable.grid import Grid, grid_of
from services.scheduling.timetable.problem import Course, Placed, Problem, Timetable


@dataclass(frozen=True)
class Layout:
    """Positions of courses, rooms and groups in their problem stand for them. A group must not meet itself."""

    problem: Problem

    @cached_property
    def grid(self) -> Grid:
        """The grid of slots."""
        return grid_of(self.problem)

    @cached_property
    def course_index(self) -> dict[str, int]:
        """Position of each course."""
        return {course.id: index for index, course in enumerate(self.problem.courses)}

    @cached_property
    def room_index(self) -> dict[str, int]:
        """Position of each room."""
        return {room.id: index for index, room in enumerate(self.problem.rooms)}

    @cached_property
    def starts(self) -> tuple[dict[int, range], ...]:
        """For each course the slots at which a lecture may begin, and what it then covers."""
        terms = {term.id: frozenset(term.unavailable) for term in self.problem.terms}
        lecturers = {lecturer.id: frozenset(lecturer.unavailable) for lecturer in self.problem.lecturers}
        found = []
        for course in self.problem.courses:
            barred = set(course.unavailable).union(
                *(terms[each] for each in course.term_ids), *(lecturers[each] for each in course.lecturer_ids)
            )
            spans = ((slot, self.grid.covered(course, slot)) for slot in range(self.grid.slots))
            found.append({slot: span for slot, span in spans if span is not None and barred.isdisjoint(span)})
        return tuple(found)

    @cached_property
    def rooms(self) -> tuple[dict[int, int], ...]:
        """For each course the rooms it may use and what one lecture there costs; empty for field teaching."""
        return tuple(self._rooms(course) for course in self.problem.courses)

    def _rooms(self, course: Course) -> dict[int, int]:
        if course.field:
            return {}
        problem, found = self.problem, {}
        needed = self.seats_needed(course)
        for index, room in enumerate(problem.rooms):
            short = max(0, needed - room.seats)
            right = (not course.room_kinds or room.kind in course.room_kinds) and (
                not course.room_ids or room.id in course.room_ids
            )
            if right and (not short or problem.rules.seats == "soft"):
                found[index] = problem.weights.overflow * short
        return found

    def seats_needed(self, course: Course) -> int:
        """Return how many seats a course needs."""
        trainees = {term.id: term.trainees for term in self.problem.terms}
        return course.seats if course.seats is not None else sum(trainees[each] for each in course.term_ids)

    @cached_property
    def term_courses(self) -> tuple[tuple[int, ...], ...]:
        """The courses of each term."""
        return tuple(
            tuple(index for index, course in enumerate(self.problem.courses) if term.id in course.term_ids)
            for term in self.problem.terms
        )

    @cached_property
    def lecturer_courses(self) -> tuple[tuple[int, ...], ...]:
        """The courses of each lecturer."""
        return tuple(
            tuple(index for index, course in enumerate(self.problem.courses) if lecturer.id in course.lecturer_ids)
            for lecturer in self.problem.lecturers
        )

    @cached_property
    def fewest_days(self) -> tuple[int, ...]:
        """On how few days each lecturer could give all their lectures."""
        least = [course.lectures * self.grid.least(course) for course in self.problem.courses]
        return tuple(-(-sum(least[c] for c in courses) // self.grid.per_day) for courses in self.lecturer_courses)

    def room_open(self, room: int, slots: range) -> bool:
        """Return whether a room may be used in all these slots."""
        return not any(slot in self._closed[room] for slot in slots)

    @cached_property
    def _closed(self) -> tuple[frozenset[int], ...]:
        return tuple(frozenset(room.unavailable) for room in self.problem.rooms)

    def numbered(self, places: dict[int, list[tuple[int, int | None]]]) -> Timetable:
        """Return the timetable of (slot, room) places by course: pins keep their numbers, the rest go by time."""
        lectures = []
        pins = {(pin.course_id, pin.number): pin for pin in self.problem.pins}
        for index, course in enumerate(self.problem.courses):
            left = sorted(places.get(index, ()), key=lambda place: (place[0], place[1] or 0))
            kept = {}
            for number in range(1, course.lectures + 1):
                pin = pins.get((course.id, number))
                match = next((place for place in left if pin is not None and place[0] == pin.slot), None)
                if match is not None:
                    kept[number] = match
                    left.remove(match)
            free = iter(left)
            for number in range(1, course.lectures + 1):
                place = kept.get(number) or next(free, None)
                if place is not None:
                    room = None if place[1] is None else self.problem.rooms[place[1]].id
                    lectures.append(Placed(course.id, number, place[0], room))
        return Timetable(tuple(lectures))

    def places(self, timetable: Timetable) -> dict[int, list[tuple[int, int | None]]]:
        """Return the (slot, room) places of a timetable by course."""
        found: dict[int, list[tuple[int, int | None]]] = {}
        for at in timetable.lectures:
            room = None if at.room_id is None else self.room_index[at.room_id]
            found.setdefault(self.course_index[at.course_id], []).append((at.slot, room))
        return found
