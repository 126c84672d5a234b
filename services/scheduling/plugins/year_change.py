"""Re-planning against a published table: as many terms as possible, then the fewest people told, then the nearest days.

The fewest people are proven with rooms told apart by campus; then a table with rooms is looked for that tells no more.
"""

from __future__ import annotations

import dataclasses
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress

from ortools.sat.python import cp_model

from services.scheduling.domain.conflict import Explanation
from services.scheduling.domain.placement import Placed, Problem, Room
from services.scheduling.domain.placement_board import Board
from services.scheduling.domain.placement_check import check
from services.scheduling.domain.placement_cost import table_costs
from services.scheduling.domain.placement_greedy import Greedy, at
from services.scheduling.domain.placement_grid import Slot
from services.scheduling.domain.placement_reasons import explain_all
from services.scheduling.domain.placement_spans import Axis
from services.scheduling.domain.replan import Replan, affected, people_told, summary
from services.scheduling.plugins.year_explain import explained
from services.scheduling.plugins.year_model import Effort, YearModel
from services.scheduling.plugins.year_program import Choice, Group, Program
from services.scheduling.plugins.year_published import Published
from services.scheduling.plugins.year_regain import Regaining
from services.scheduling.plugins.year_rows import Grain, Groups, Rows
from services.scheduling.plugins.year_time import TimeIsUp, Until
from services.scheduling.plugins.year_told import Fewest
from services.scheduling.plugins.year_wishes import add_wishes

_GRAINS: tuple[Grain, ...] = ("campus", "room")
_FOR_CONFLICTS = 0.3
"""The share of the time that is kept for saying why, as long as terms are left out."""


def replan(problem: Problem, before: Iterable[Placed]) -> Replan:
    """Return the table with the fewest people told, within ``problem.seconds``; what does not fit is explained.

    Where the search took longer than it should, there is still time to say why.
    """
    return _Replanning(problem, tuple(before)).run()


class _Replanning:
    def __init__(self, problem: Problem, before: tuple[Placed, ...]) -> None:
        self._began = time.monotonic()
        self._problem, self._before = problem, before
        self._published = Published(problem, before)
        self._fewest = Fewest(self._published, problem.seed)
        self._grid, self._was = self._published.grid, self._published.was
        self._groups = Groups(self._grid, "room")

    def run(self) -> Replan:
        nearest = self._filled(self._nearest(self._lightest()))
        # A term that moved may have come home: what counts is where it lies in the end.
        weight, bound = self._published.weight(nearest), self._fewest.bound
        told = weight - self._published.lost(nearest)
        # What is proven of the weight says something of the people only beside a table that leaves out as little.
        least = max(self._published.certain, bound - self._published.lost(nearest))
        return self._answer(self._placed(nearest), told, min(least, told), weight <= bound)

    def _lightest(self) -> list[Choice]:
        """Return a table as light as can be found."""
        # What keeps the rules of a whole campus may find no rooms there: then rooms are told apart.
        for grain in _GRAINS:
            found = self._fewest.table(grain, self._until(0.5, self._fewest.best).left)
            if found is None:
                break
            free = {each.term.id for each in found if self._published.told(each)}
            table = self._with_rooms(self._fewest.best, free, 0.3)
            if self._published.weight(table) <= self._fewest.bound:
                return table
        table = self._fewest.best
        broken = check(self._problem, tuple(self._was.values()))
        touched = {id for each in broken for id in each.term_ids if id in self._published.slots}
        # The table is what is given where the time is too short for a better one, so all that it moves may move.
        touched |= {each.term.id for each in table if self._published.told(each)}
        return self._regained(self._with_rooms(table, touched | self._fewest.free, 0.25))

    def _regained(self, table: list[Choice]) -> list[Choice]:
        """Return a table made lighter piece by piece."""
        until = self._until(0.7, table)
        if until.over:
            return table
        regaining = Regaining(self._published, Board(self._grid, self._placed(table)), self._problem.seed)
        regaining.run(until.left, self._fewest.bound)
        found = self._published.table(regaining.board, self._groups)
        # The time kept for conflicts is free once nothing is left out any more.
        if self._leaves_out(table) and not self._leaves_out(found):
            regaining.run(self._until(0.7, found).left, self._fewest.bound)
        return self._published.table(regaining.board, self._groups)

    def _with_rooms(self, table: list[Choice], free: Collection[str], share: float) -> list[Choice]:
        """Return the lightest table in which only ``free`` terms move, most rooms kept; this one if none is lighter."""
        with suppress(TimeIsUp):
            return self._lighter(table, free, self._until(share, table))
        return table

    def _lighter(self, table: list[Choice], free: Collection[str], until: Until) -> list[Choice]:
        program = Rows(self._grid, self._groups, self._published.slots_with(free), until=until).program
        # No year has as many changes of rooms as this.
        told = 1 + len(self._grid.terms)
        program.choices = [
            dataclasses.replace(each, cost=told * self._published.told(each) + self._changed(each))
            for each in program.choices
        ]
        model = YearModel(program, {id: told * self._published.missing(id) for id in program.terms})
        model.minimise(model.total)
        model.hint(_columns(program, table))
        outcome = model.solve(self._effort(until))
        if outcome.chosen is None:
            return table
        found = [program.choices[column] for column in outcome.chosen]
        return min(found, table, key=self._rank)

    def _rank(self, table: list[Choice]) -> tuple[int, int]:
        return self._published.weight(table), sum(self._changed(each) for each in table)

    def _changed(self, choice: Choice) -> int:
        """Return 1 where a term stays but its room cannot."""
        was = self._was.get(choice.term.id)
        return int(
            was is not None and not self._published.told(choice) and choice.group != self._groups.of[was.room_id]
        )

    def _nearest(self, table: list[Choice]) -> list[Choice]:
        """Let the terms that move anyway have their best days: near the published ones, at the least cost."""
        moving = {each.term.id for each in table if self._published.told(each) or each.term.id not in self._was}
        if moving:
            with suppress(TimeIsUp):
                return self._nearer(table, moving, self._until(0.7, table))
        return table

    def _nearer(self, table: list[Choice], moving: Collection[str], until: Until) -> list[Choice]:
        slots: dict[str, list[Slot]] = {}
        for choice in table:
            mine = dataclasses.replace(choice.slot, rooms=choice.rooms)
            slots[choice.term.id] = self._published.slots[choice.term.id] if choice.term.id in moving else [mine]
        rows = Rows(self._grid, self._groups, slots, until=until)
        add_wishes(rows)
        model = YearModel(rows.program, {})
        model.minimise(model.cost)
        model.hint(_columns(rows.program, table))
        outcome = model.solve(self._effort(until))
        return table if outcome.chosen is None else [rows.program.choices[column] for column in outcome.chosen]

    def _filled(self, table: list[Choice]) -> list[Choice]:
        """Return the table with what was left out put where the others left room for it."""
        if not self._leaves_out(table):
            return table
        board = Board(self._grid, self._placed(table))
        Greedy(self._grid).fill(board)
        return min(table, self._published.table(board, self._groups), key=self._rank)

    def _placed(self, table: list[Choice]) -> tuple[Placed, ...]:
        """Give each term a single room, its own wherever it can be kept."""
        groups: defaultdict[Group, list[Choice]] = defaultdict(list)
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
        return {
            term_id: self._published.rooms[room_id]
            for (term_id, room_id), x in given.items()
            if solver.boolean_value(x)
        }

    def _answer(self, placed: tuple[Placed, ...], told: int, bound: int, proven: bool) -> Replan:
        board = Board(self._grid, placed)
        left = [term for term in self._problem.terms if term.id not in board.placed]
        why = self._why(board.placed) if left else Explanation((), True)
        # Those of a dropped term are told whatever the table.
        dropped = {term.id: people_told(term) for term in self._problem.dropped}
        left_out = [each for each in self._before if each.term_id in dropped and each.room_id in self._published.rooms]
        gone = sum(dropped[each.term_id] for each in left_out)
        told, bound = told + gone, bound + gone
        found = affected(self._problem, (*self._was.values(), *left_out), placed)
        costs = table_costs(Axis(self._problem), placed)
        zh, en = summary(found, told, bound, proven, len(left), why)
        return Replan(
            placed,
            explain_all(board, left),
            found,
            told,
            bound,
            proven,
            costs.total,
            costs,
            zh,
            en,
            why.conflicts,
            why.complete,
            round(time.monotonic() - self._began, 3),
        )

    def _why(self, placed: Collection[str]) -> Explanation:
        """Explain what is left out: in the time that is left, and in that which was kept though others used it up."""
        kept = _FOR_CONFLICTS * self._problem.seconds
        return explained(self._grid, max(kept, Until(self._began + self._problem.seconds).left), placed)

    def _effort(self, until: Until) -> Effort:
        # Alone a worker proved in 2 s of processor for 300 terms what two that take turns did not in 20 s.
        until.require()
        return Effort(until.left, seed=self._problem.seed, prepared=False)

    def _until(self, share: float, table: Iterable[Choice]) -> Until:
        """Return until when a step may go on from a table: a share of what is left, without what is kept."""
        kept = _FOR_CONFLICTS if self._leaves_out(table) else 0.0
        return Until(self._began + self._problem.seconds * (1.0 - kept)).part(share)

    def _leaves_out(self, table: Iterable[Choice]) -> bool:
        return len({each.term.id for each in table}) < len(self._grid.terms)


def _columns(program: Program, table: Iterable[Choice]) -> list[int]:
    """Return the columns of the choices of a table, as far as the programme has them."""
    places = {(each.term.id, each.slot.opens, each.group) for each in table}
    return [
        column for column, each in enumerate(program.choices) if (each.term.id, each.slot.opens, each.group) in places
    ]
