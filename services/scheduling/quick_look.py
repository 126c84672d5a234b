"""A quick look whether every lecture of a problem finds a place: then its half-days need not be cut finer."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator

from services.scheduling.timetable.layout import Layout
from services.scheduling.timetable.problem import Course, Problem

Key = tuple[str, str, int]
"""A slot of a course, a term, a lecturer or a room, which one lecture can have."""
Lecture = tuple[int, int]
"""Position of the course, and the number of the lecture."""
_TURNS = 30
"""How often a lecture is placed at most, on average, before the look is given up."""


def finds_places(problem: Problem) -> bool:
    """Return whether all lectures were placed side by side. ``False`` proves nothing; costs are not looked at."""
    return _Look(problem).succeeds()


class _Look:
    """Places one lecture after the other, where it drives out the fewest that were; these are placed anew."""

    def __init__(self, problem: Problem) -> None:
        self._problem, self._layout = problem, Layout(problem)
        self._holder: dict[Key, Lecture] = {}
        self._keys: dict[Lecture, tuple[Key, ...]] = {}
        self._pinned: set[Lecture] = set()
        self._driven: Counter[Lecture] = Counter()
        self._been: Counter[tuple[Lecture, int]] = Counter()

    def succeeds(self) -> bool:
        problem, layout = self._problem, self._layout
        for pin in problem.pins:
            if not self._pin((layout.course_index[pin.course_id], pin.number), pin.slot, pin.room_id):
                return False
        free = [
            (c, number)
            for c, course in enumerate(problem.courses)
            for number in range(1, course.lectures + 1)
            if (c, number) not in self._pinned
        ]
        if self._is_crowded():
            return False
        waiting = deque(sorted(free, key=lambda lecture: len(layout.starts[lecture[0]])))
        for _ in range(_TURNS * len(free)):
            if not waiting:
                break
            if not self._place(waiting.popleft(), waiting):
                return False
        return not waiting

    def _is_crowded(self) -> bool:
        """Return whether a term or a lecturer has more lectures than slots: then there is nothing to look for."""
        problem, layout = self._problem, self._layout
        for barred, courses in (
            *zip([each.unavailable for each in problem.terms], layout.term_courses, strict=True),
            *zip([each.unavailable for each in problem.lecturers], layout.lecturer_courses, strict=True),
        ):
            wanted = sum(problem.courses[c].lectures * layout.grid.least(problem.courses[c]) for c in courses)
            if wanted > layout.grid.slots - len(set(barred)):
                return True
        return False

    def _pin(self, lecture: Lecture, slot: int, room_id: str | None) -> bool:
        span = self._layout.starts[lecture[0]].get(slot)
        if span is None:
            return False
        for room, keys in self._options(lecture, slot, span):
            if room_id in (None, room) and not any(key in self._holder for key in keys):
                self._hold(lecture, keys)
                self._pinned.add(lecture)
                return True
        return False

    def _place(self, lecture: Lecture, waiting: deque[Lecture]) -> bool:
        best: tuple[int, int, tuple[Key, ...]] | None = None
        for slot, span in self._layout.starts[lecture[0]].items():
            for _, keys in self._options(lecture, slot, span):
                driven = {self._holder[key] for key in keys if key in self._holder}
                if driven & self._pinned:
                    continue
                price = sum(1 + self._driven[each] for each in driven) + self._been[lecture, slot]
                if best is None or price < best[0]:
                    best = price, slot, keys
                if not price:
                    break
        if best is None:
            return False
        _, slot, keys = best
        self._been[lecture, slot] += 1
        for each in {self._holder[key] for key in keys if key in self._holder}:
            for key in self._keys.pop(each):
                del self._holder[key]
            self._driven[each] += 1
            waiting.append(each)
        self._hold(lecture, keys)
        return True

    def _hold(self, lecture: Lecture, keys: tuple[Key, ...]) -> None:
        self._keys[lecture] = keys
        self._holder.update(dict.fromkeys(keys, lecture))

    def _options(self, lecture: Lecture, slot: int, span: range) -> Iterator[tuple[str | None, tuple[Key, ...]]]:
        course = self._problem.courses[lecture[0]]
        groups = [("course", course.id), *(("term", each) for each in course.term_ids)]
        lecturers = [("lecturer", each) for each in course.lecturer_ids]
        whose = (
            *((*group, at) for group in groups for at in span),
            *((*group, at) for group in lecturers for at in (self._half_day(slot) if self._fills(course) else span)),
        )
        if course.field:
            yield None, whose
        for r in self._layout.rooms[lecture[0]]:
            if self._layout.room_open(r, span):
                room_id = self._problem.rooms[r].id
                yield room_id, (*whose, *(("room", room_id, at) for at in span))

    def _fills(self, course: Course) -> bool:
        """Return whether a lecture leaves its lecturer no hour of the half-day, however short it is."""
        limit = self._problem.rules.lecturer_hours
        return limit is not None and not course.field and course.hours >= limit.value

    def _half_day(self, slot: int) -> range:
        grid = self._layout.grid
        first = slot - slot % grid.per_day + sum(grid.halves[: grid.half(slot)])
        return range(first, first + grid.halves[grid.half(slot)])
