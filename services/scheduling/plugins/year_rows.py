"""Writes the programme of a year: its choices, and the rows of the rules that must hold."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, groupby
from operator import itemgetter
from typing import Literal

from services.scheduling.domain.placement import Room, Term
from services.scheduling.domain.placement_board import Board
from services.scheduling.domain.placement_cost import room_cost
from services.scheduling.domain.placement_grid import Grid, Slot
from services.scheduling.plugins.year_program import Choice, Group, Program, Row, Users, worst_days
from services.scheduling.plugins.year_time import NEVER, Until

Grain = Literal["room", "campus", "city"]
"""What is told apart: classes of alike rooms, or only campuses, or nothing: the last two are relaxations."""
Slots = Mapping[str, Sequence[Slot]]


class Groups:
    """The rooms of a grid in groups: of one campus, kind and size, with rooms named in a pin or a ban by themselves."""

    def __init__(self, grid: Grid, grain: Grain) -> None:
        self.grain = grain
        self._online = {campus.id for campus in grid.problem.campuses if campus.online}
        special = {term.pin.room_id for term in grid.problem.terms if term.pin}
        special |= {id for term in grid.problem.terms for id in term.barred_rooms}
        self.of = {room.id: self._group(room, room.id in special) for room in grid.problem.rooms}
        self.rooms: defaultdict[Group, list[Room]] = defaultdict(list)
        for room in sorted(grid.problem.rooms, key=lambda room: room.id):
            self.rooms[self.of[room.id]].append(room)

    def split(self, rooms: Iterable[Room]) -> dict[Group, list[Room]]:
        """Return rooms by group."""
        found: dict[Group, list[Room]] = {}
        for room in rooms:
            found.setdefault(self.of[room.id], []).append(room)
        return found

    def campus(self, room: Room) -> str:
        """Return the campus that a room's load and beds are counted for; what is held online is no part of the city."""
        return "" if self.grain == "city" and room.campus_id not in self._online else room.campus_id

    def families(self) -> dict[Group, list[frozenset[str]]]:
        """Return sets of rooms in each group such that the terms that fit nowhere else are no more than the set."""
        if self.grain == "room":
            return {group: [frozenset(room.id for room in rooms)] for group, rooms in self.rooms.items()}
        found = {}
        for group, rooms in self.rooms.items():
            kinds = [{room.kind for room in rooms}, *({kind} for kind in sorted({room.kind for room in rooms}))]
            sizes = sorted({room.capacity for room in rooms})
            sets = [
                frozenset(room.id for room in rooms if room.kind in kind and room.capacity >= size)
                for kind in kinds
                for size in sizes
            ]
            found[group] = list(dict.fromkeys(each for each in sets if each))
        return found

    def _group(self, room: Room, special: bool) -> Group:
        if self.grain != "room":
            return (self.campus(room),)
        return room.campus_id, room.kind, str(room.capacity), room.id if special else ""


class Rows:
    """The choices of some free terms beside the terms of a board, which stay, and the rules between them.

    Raises ``TimeIsUp`` where ``until`` is too soon to write them all.
    """

    def __init__(
        self,
        grid: Grid,
        groups: Groups,
        slots: Slots,
        board: Board | None = None,
        ordered: bool = True,
        until: Until = NEVER,
    ) -> None:
        self.grid, self.groups, self.ordered = grid, groups, ordered
        self.policy = grid.problem.policy
        self.board = board or Board(grid)
        self.program = Program(until=until)
        self._choose(slots)
        self._rooms()
        self._beds()
        self._lecturers()
        self._programmes()

    def fixed(self) -> Iterator[tuple[Term, Slot, Room]]:
        """Yield what stays."""
        return self.board.entries()

    def _choose(self, slots: Slots) -> None:
        program = self.program
        for term_id, found in slots.items():
            program.until.require()
            term, columns = self.grid.terms[term_id], program.terms.setdefault(term_id, [])
            for slot in found:
                if self.board.siblings(term, slot.span):
                    continue
                for group, rooms in self.groups.split(slot.rooms).items():
                    columns.append(len(program.choices))
                    cost = slot.own + room_cost(self.policy, term, rooms[0])
                    program.choices.append(Choice(term, slot, group, tuple(rooms), cost))

    def _rooms(self) -> None:
        families = self.groups.families()
        days: defaultdict[frozenset[str], defaultdict[int, Users]] = defaultdict(lambda: defaultdict(dict))
        taken: defaultdict[frozenset[str], defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
        for column, choice in enumerate(self.program.choices):
            ids = {room.id for room in choice.rooms}
            for family in families[choice.group]:
                if ids <= family:
                    for day in range(choice.slot.opens, choice.slot.ends + 1):
                        days[family][day][column] = 1
        for _, slot, room in self.fixed():
            for family in families[self.groups.of[room.id]]:
                if room.id in family:
                    for day in range(slot.opens, slot.ends + 1):
                        taken[family][day] += 1
        for family, users in days.items():
            self._limit(users, taken[family], len(family))

    def _beds(self) -> None:
        days: defaultdict[tuple[str, str | None], defaultdict[int, Users]] = defaultdict(lambda: defaultdict(dict))
        taken: defaultdict[tuple[str, str | None], defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
        for column, choice in enumerate(self.program.choices):
            if choice.term.boards:
                for kind in {None, choice.term.bed_kind}:
                    here = days[self.groups.campus(choice.rooms[0]), kind]
                    for day in range(choice.slot.reports, choice.slot.ends + 1):
                        here[day][column] = choice.term.trainees
        for term, slot, room in self.fixed():
            if term.boards:
                for kind in {None, term.bed_kind}:
                    for day in range(slot.reports, slot.ends + 1):
                        taken[self.groups.campus(room), kind][day] += term.trainees
        for (campus_id, kind), users in days.items():
            campuses = [each for each in self.grid.problem.campuses if campus_id in ("", each.id)]
            self._limit(users, taken[campus_id, kind], sum(campus.beds_of(kind) for campus in campuses))

    def _lecturers(self) -> None:
        days: defaultdict[str, defaultdict[int, Users]] = defaultdict(lambda: defaultdict(dict))
        taken: defaultdict[str, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
        for column, choice in enumerate(self.program.choices):
            for lecturer_id, mask in choice.slot.needs:
                for day in each_bit(mask):
                    days[lecturer_id][day][column] = 1
        for _, slot, _ in self.fixed():
            for lecturer_id, mask in slot.needs:
                if lecturer_id in days:
                    for day in each_bit(mask):
                        taken[lecturer_id][day] = 1
        for lecturer_id, users in days.items():
            self._limit(users, taken[lecturer_id], 1)

    def _limit(self, days: Mapping[int, Users], taken: Mapping[int, int], limit: int) -> None:
        for users, used in worst_days(days, taken):
            self.program.keep_below(users, limit - used)

    def _programmes(self) -> None:
        """Keep the free terms of a programme apart and in order; beside those that stay they were looked at before."""
        for terms in self.programmes().values():
            gap = self.grid.axis.gap(terms[0])
            if gap is not None:
                days: defaultdict[int, Users] = defaultdict(dict)
                for term in terms:
                    for column in self.program.terms[term.id]:
                        slot = self.program.choices[column].slot
                        for day in range(slot.opens, slot.ends + gap + 1):
                            days[day][column] = 1
                self._limit(days, {}, 1)
            if self.policy.in_order and self.ordered:
                for first, second in combinations(terms, 2):
                    if not (first.pin and second.pin):
                        self._after(first, second, lambda slot: slot.opens)
        for order in self.grid.problem.orders if self.ordered else ():
            if order.before in self.program.terms and order.after in self.program.terms:
                before, after = self.grid.terms[order.before], self.grid.terms[order.after]
                self._after(before, after, lambda slot, delay=order.delay: slot.ends + delay + 1)  # type: ignore[misc]

    def programmes(self) -> dict[str, list[Term]]:
        """Return the free terms of each programme in their order."""
        found: defaultdict[str, list[Term]] = defaultdict(list)
        for term_id in self.program.terms:
            found[self.grid.terms[term_id].programme_id].append(self.grid.terms[term_id])
        for terms in found.values():
            terms.sort(key=lambda term: (term.ordinal, term.id))
        return found

    def _after(self, first: Term, second: Term, free_from: Callable[[Slot], int]) -> None:
        """Once the second opens by some day, the first has a slot that goes before it.

        ``free_from`` says from which day on the second may open when the first has a slot. A row is written only where
        the next day of the second leaves fewer slots too late for it.
        """
        choices, columns = self.program.choices, self.program.terms[first.id]
        frees = {column: free_from(choices[column].slot) for column in columns}
        seconds = sorted((choices[column].slot.opens, column) for column in self.program.terms[second.id])
        ascending = sorted(frees.values())
        early: list[int] = []
        late, passed = columns, 0
        for opens, group in groupby(seconds, key=itemgetter(0)):
            now = bisect_right(ascending, opens)
            if now > passed:
                self._not_both(early, late)
                late, passed = [column for column in late if frees[column] > opens], now
            early += [column for _, column in group]
        self._not_both(early, late)

    def _not_both(self, early: list[int], late: list[int]) -> None:
        if early and late:
            self.program.add(Row([*early, *late], [1] * (len(early) + len(late)), 1))


def each_bit(mask: int) -> Iterator[int]:
    """Yield the numbers of the bits that are set."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
