"""Re-planning against a published table: as many terms as possible, then the fewest people told, then the nearest days.

Terms that may stay where they are have one slot; what may move has all of its slots. The fewest people are bounded from
below by letting terms vanish instead of move: whoever is to be told then, is to be told in every table.
"""

from __future__ import annotations

import dataclasses
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from ortools.sat.python import cp_model

from services.scheduling.domain.conflict import Conflict
from services.scheduling.domain.placement import Placed, Problem, Room
from services.scheduling.domain.placement_board import Board
from services.scheduling.domain.placement_check import check
from services.scheduling.domain.placement_cost import table_costs
from services.scheduling.domain.placement_greedy import Greedy, at, worth
from services.scheduling.domain.placement_grid import Grid, Slot
from services.scheduling.domain.placement_reasons import explain
from services.scheduling.domain.placement_spans import Axis
from services.scheduling.domain.replan import Replan, affected, people_told, stays, summary
from services.scheduling.plugins.year_conflicts import Conflicts
from services.scheduling.plugins.year_loosening import Loosenings
from services.scheduling.plugins.year_model import Effort, YearModel
from services.scheduling.plugins.year_pieces import LOST
from services.scheduling.plugins.year_program import Choice, Group, Program
from services.scheduling.plugins.year_rows import Groups, Rows, Slots
from services.scheduling.plugins.year_wishes import add_wishes

Place = tuple[str, int, Group]
"""A term, the number of the day it opens on, and the group of its room."""
_WHOLE = 60_000
"""Up to how many columns every term may move at once."""
_TOLD = 1000
"""What a person told costs beside a term that only changes the size of its room: no year has as many terms."""


def replan(problem: Problem, before: Iterable[Placed], workers: int = 2) -> Replan:
    """Return the table with the fewest people told, within ``problem.seconds``; what does not fit is explained."""
    return _Replanning(problem, tuple(before), workers).run()


class _Replanning:
    def __init__(self, problem: Problem, before: tuple[Placed, ...], workers: int) -> None:
        self._began, self._workers = time.monotonic(), workers
        self._problem, self._published = problem, before
        known, rooms = {term.id for term in problem.terms}, {room.id for room in problem.rooms}
        self._was = {each.term_id: each for each in before if each.term_id in known and each.room_id in rooms}
        targets = {id: each.starts_on for id, each in self._was.items()}
        terms = tuple(dataclasses.replace(term, target=targets.get(term.id, term.target)) for term in problem.terms)
        self._grid = Grid(Axis(dataclasses.replace(problem, terms=terms)))
        self._rooms = {room.id: room for room in problem.rooms}
        self._groups = Groups(self._grid, "room")
        self._slots = {term_id: slots for term_id, slots in self._grid.slots.items() if slots}
        self._own = {term_id: own for term_id in self._was if (own := self._own_slots(term_id))}

    def run(self) -> Replan:
        certain = sum(people_told(self._grid.terms[id]) for id in self._was if id not in self._own)
        bound = certain + self._fewest()
        touched = {id for each in check(self._problem, tuple(self._was.values())) for id in each.term_ids}
        touched |= self._slots.keys() - self._own.keys()
        quick = self._quick()
        # The quick table is what is given where the time is too short for a better one, so all it moves may move.
        touched |= {id for id, each in quick.placed.items() if each != self._was.get(id)}
        table, ended = self._solve(touched & self._slots.keys(), 0.4, self._places(quick))
        short = self._slots.keys() - {choice.term.id for choice in table}
        if short or self._told(table) > bound:
            everyone = sum(len(self._groups.split(slot.rooms)) for found in self._slots.values() for slot in found)
            if everyone <= _WHOLE:
                known = {(choice.term.id, choice.slot.opens, choice.group) for choice in table}
                table, ended = self._solve(self._slots.keys(), 0.6, known)
                bound = self._told(table) if ended else bound
            else:
                ended = False
        table = self._nearest(table)
        told = self._told(table)
        proven = told <= bound and (ended or not short)
        return self._answer(self._placed(table), told, min(bound, told), proven)

    def _quick(self) -> Board:
        """Return the published table without what may not stay, and the rest wherever there is room for it."""
        board = Board(self._grid)
        for term_id, (own,) in self._own.items():
            was = self._was[term_id]
            room, term = self._rooms[was.room_id], self._grid.terms[term_id]
            if room in own.rooms and not board.obstacles(term, own, room):
                board.put(was, own)
        Greedy(self._grid).fill(board)
        return board

    def _places(self, board: Board) -> set[Place]:
        return {(term.id, slot.opens, self._groups.of[room.id]) for term, slot, room in board.entries()}

    def _own_slots(self, term_id: str) -> list[Slot]:
        """Return the slot in which a term stays where it is, with the rooms of its campus; empty when it may not."""
        was = self._was[term_id]
        campus_id = self._rooms[was.room_id].campus_id
        for slot in self._slots.get(term_id, ()):
            if (slot.span.starts_on, slot.span.ends_on, slot.span.reports_on) == (
                was.starts_on,
                was.ends_on,
                was.reports_on,
            ):
                rooms = tuple(room for room in slot.rooms if room.campus_id == campus_id)
                return [dataclasses.replace(slot, rooms=rooms)] if rooms else []
        return []

    def _fewest(self) -> int:
        """Return how many people at least are told of those whose terms could stay by themselves."""
        program = self._program(self._own)
        vanish = {term_id: self._vanishing(term_id) for term_id in self._own}
        model = YearModel(program, vanish)
        model.minimise(model.missing)
        outcome = model.solve(Effort(self._left(0.3), workers=self._workers, seed=self._problem.seed))
        return max(0, -(-round(outcome.bound) // _TOLD))

    def _vanishing(self, term_id: str) -> int:
        return _TOLD * people_told(self._grid.terms[term_id]) if term_id in self._was else 0

    def _solve(self, free: Collection[str], share: float, known: Collection[Place]) -> tuple[list[Choice], bool]:
        """Return the best table in which only ``free`` terms may move, and whether it is proven to be the best.

        ``known`` is a table that keeps every rule, to begin with.
        """
        slots = {
            id: self._slots[id] if id in free else self._own[id] for id in self._slots if id in free or id in self._own
        }
        program = self._program(slots)
        missing = {id: LOST * _TOLD * worth(self._grid, id) + self._vanishing(id) for id in slots}
        model = YearModel(program, missing)
        model.minimise(model.total)
        begun = [
            column
            for column, each in enumerate(program.choices)
            if (each.term.id, each.slot.opens, each.group) in known
        ]
        model.hint(begun)
        outcome = model.solve(Effort(self._left(share), workers=self._workers, seed=self._problem.seed))
        if outcome.chosen is None:
            return [program.choices[column] for column in begun], False
        return [program.choices[column] for column in outcome.chosen], outcome.ended

    def _program(self, slots: Slots) -> Program:
        """Return the programme of some slots in which a choice costs the people that it tells."""
        program = Rows(self._grid, self._groups, slots).program
        program.choices = [dataclasses.replace(choice, cost=self._cost(choice)) for choice in program.choices]
        return program

    def _cost(self, choice: Choice) -> int:
        was = self._was.get(choice.term.id)
        if was is None:
            return 0
        if stays(self._rooms, was, at(choice.term, choice.slot, choice.rooms[0])):
            return int(choice.group != self._groups.of[was.room_id])
        return _TOLD * people_told(choice.term)

    def _told(self, table: Iterable[Choice]) -> int:
        lies = {choice.term.id: at(choice.term, choice.slot, choice.rooms[0]) for choice in table}
        return sum(
            people_told(self._grid.terms[id])
            for id, was in self._was.items()
            if not stays(self._rooms, was, lies.get(id))
        )

    def _nearest(self, table: list[Choice]) -> list[Choice]:
        """Let the terms that move anyway have their best days: near the published ones, at the least cost."""
        moving = {choice.term.id for choice in table if self._cost(choice) >= _TOLD or choice.term.id not in self._was}
        if not moving:
            return table
        slots: dict[str, list[Slot]] = {}
        for choice in table:
            mine = dataclasses.replace(choice.slot, rooms=choice.rooms)
            slots[choice.term.id] = self._slots[choice.term.id] if choice.term.id in moving else [mine]
        rows = Rows(self._grid, self._groups, slots)
        add_wishes(rows)
        model = YearModel(rows.program, {})
        model.minimise(model.cost)
        kept = {(choice.term.id, choice.slot.opens, choice.group) for choice in table}
        model.hint(
            column
            for column, each in enumerate(rows.program.choices)
            if (each.term.id, each.slot.opens, each.group) in kept
        )
        outcome = model.solve(Effort(self._left(0.7), workers=self._workers, seed=self._problem.seed))
        return table if outcome.chosen is None else [rows.program.choices[column] for column in outcome.chosen]

    def _placed(self, table: list[Choice]) -> tuple[Placed, ...]:
        """Give each term a single room, its own wherever it can be kept."""
        groups: defaultdict[tuple[str, ...], list[Choice]] = defaultdict(list)
        for choice in table:
            groups[choice.group].append(choice)
        found = []
        for group, choices in groups.items():
            rooms = self._kept(choices, self._groups.rooms[group])
            found += [at(choice.term, choice.slot, rooms[choice.term.id]) for choice in choices]
        return tuple(sorted(found, key=lambda each: (each.starts_on, each.term_id)))

    def _kept(self, choices: list[Choice], rooms: list[Room]) -> Mapping[str, Room]:
        model, given = cp_model.CpModel(), {}
        users: defaultdict[tuple[str, int], list[cp_model.IntVar]] = defaultdict(list)
        keeps = []
        for choice in choices:
            literals = []
            for room in rooms:
                literal = given[choice.term.id, room.id] = model.new_bool_var("")
                literals.append(literal)
                for day in range(choice.slot.opens, choice.slot.ends + 1):
                    users[room.id, day].append(literal)
                was = self._was.get(choice.term.id)
                if was is not None and was.room_id == room.id:
                    keeps.append(literal)
            model.add_exactly_one(literals)
        for literals in users.values():
            model.add_at_most_one(literals)
        model.maximize(cp_model.LinearExpr.sum(keeps))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_time_in_seconds = 10.0
        assert solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE), "rooms that are counted can be given"
        return {term_id: self._rooms[room_id] for (term_id, room_id), x in given.items() if solver.boolean_value(x)}

    def _answer(self, placed: tuple[Placed, ...], told: int, bound: int, proven: bool) -> Replan:
        board = Board(Grid(Axis(self._problem)), placed)
        left = [term for term in self._problem.terms if term.id not in board.placed]
        conflicts: tuple[Conflict, ...] = ()
        if left:
            search = Conflicts(self._grid, self._left(0.5))
            found_conflicts = search.find()
            words = Loosenings(search.ways, self._left(1.0))
            conflicts = tuple(
                words.conflict(*each) for each in zip(found_conflicts.conflicts, found_conflicts.minimal, strict=True)
            )
        # Those of a dropped term are told whatever the table.
        dropped = {term.id: people_told(term) for term in self._problem.dropped}
        left_out = [each for each in self._published if each.term_id in dropped and each.room_id in self._rooms]
        gone = sum(dropped[each.term_id] for each in left_out)
        told, bound = told + gone, bound + gone
        found = affected(self._problem, (*self._was.values(), *left_out), placed)
        costs = table_costs(board.axis, placed)
        zh, en = summary(found, told, bound, proven, len(left))
        return Replan(
            placed,
            tuple(explain(board, term) for term in left),
            found,
            told,
            bound,
            proven,
            costs.total,
            costs,
            zh,
            en,
            conflicts,
            round(time.monotonic() - self._began, 3),
        )

    def _left(self, share: float) -> float:
        return max(0.5, (self._problem.seconds - (time.monotonic() - self._began)) * share)
