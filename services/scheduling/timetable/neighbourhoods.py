"""Parts of a timetable to take out and put back best: which lectures go free, by kind, and how large."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from services.scheduling.timetable.exact_model import Place, Places
from services.scheduling.timetable.layout import Layout

_SMALLEST, _LARGEST = 8, 200


@dataclass
class Kind:
    """One kind of neighbourhood: how many lectures it takes out at present, and what it has won lately."""

    name: str
    pick: Callable[[int], Places]
    size: int
    merit: float = 1.0
    in_place: bool = field(default=False)
    """Whether lectures keep their slots and only rooms are chosen anew."""

    def note(self, gain: int, finished: bool) -> None:
        """Learn from a try: what is solved to the end may grow, what is not has to shrink."""
        self.merit = 0.8 * self.merit + 0.2 * (1.0 + gain)
        factor = 1.15 if finished and not gain else 0.8 if not finished else 1.0
        self.size = max(_SMALLEST, min(_LARGEST, int(self.size * factor) + (factor > 1)))


class Neighbourhoods:
    """Draws neighbourhoods of a timetable; the same ones for a seed and the same successes."""

    def __init__(self, layout: Layout, seed: int) -> None:
        self._layout, self._chance = layout, random.Random(seed)  # noqa: S311 - a search, not a secret
        self._places: Places = {}
        self._locked = {(layout.course_index[pin.course_id], pin.slot) for pin in layout.problem.pins}
        self._near = self._neighbours()
        self.kinds = [
            Kind("days", self._days, 24),
            Kind("slots", self._slots, 24),
            Kind("courses", self._courses, 16),
            Kind("dear", self._dear, 16),
            Kind("rooms", self._slots, 60, in_place=True),
        ]

    def draw(self, places: Places) -> tuple[Kind, Places]:
        """Return a kind and the places it takes out of a timetable; locked lectures stay."""
        self._places = places
        kind = self._chance.choices(self.kinds, [each.merit for each in self.kinds])[0]
        found = {
            c: [place for place in row if (c, place[0]) not in self._locked] for c, row in kind.pick(kind.size).items()
        }
        return kind, {c: row for c, row in found.items() if row}

    def number(self) -> int:
        """Return a random number for a solver's seed."""
        return self._chance.randrange(1 << 30)

    def _neighbours(self) -> list[list[int]]:
        near: list[set[int]] = [set() for _ in self._layout.problem.courses]
        for group in (*self._layout.term_courses, *self._layout.lecturer_courses):
            for c in group:
                near[c].update(group)
        return [sorted(row) for row in near]

    def _days(self, size: int) -> Places:
        days = list(range(len(self._layout.grid.days)))
        self._chance.shuffle(days)
        return self._where(size, lambda slot: days.index(self._layout.grid.day(slot)))

    def _slots(self, size: int) -> Places:
        order = list(range(self._layout.grid.slots))
        self._chance.shuffle(order)
        rank = {slot: place for place, slot in enumerate(order)}
        return self._where(size, lambda slot: rank[slot])

    def _where(self, size: int, rank: Callable[[int], int]) -> Places:
        """Take lectures out rank by rank until there are enough; the last rank is thinned out."""
        rows: dict[int, list[tuple[int, Place]]] = {}
        for c, row in self._places.items():
            for place in row:
                rows.setdefault(rank(place[0]), []).append((c, place))
        found: Places = {}
        left = size
        for number in sorted(rows):
            chosen = rows[number]
            if len(chosen) > left:
                chosen = self._chance.sample(chosen, left)
            for c, place in chosen:
                found.setdefault(c, []).append(place)
            left -= len(chosen)
            if left <= 0:
                break
        return found

    def _courses(self, size: int) -> Places:
        return self._around(self._chance.randrange(len(self._near)), size)

    def _dear(self, size: int) -> Places:
        """Start from a course whose lectures pay: days too few, or alone with a term in its half-day."""
        layout, grid = self._layout, self._layout.grid
        paying = []
        for c, row in self._places.items():
            days = {grid.day(place[0]) for place in row}
            alone = any(self._alone(c, place[0]) for place in row)
            if alone or len(days) < layout.problem.courses[c].min_days:
                paying.append(c)
        return self._around(self._chance.choice(paying), size) if paying else self._courses(size)

    def _alone(self, c: int, slot: int) -> bool:
        grid = self._layout.grid
        beside = {near for near in (slot - 1, slot + 1) if near >= 0 and grid.day(near) == grid.day(slot)}
        return not any(place[0] in beside for other in self._near[c] for place in self._places.get(other, ()))

    def _around(self, first: int, size: int) -> Places:
        found: Places = {}
        front, known, left = [first], {first}, size
        while front and left > 0:
            c = front.pop(self._chance.randrange(len(front)))
            found[c] = list(self._places.get(c, ()))
            left -= len(found[c])
            for other in self._near[c]:
                if other not in known:
                    known.add(other)
                    front.append(other)
        return found
