"""Placing terms one after the other, hardest first, with one round of making room: quick, and it keeps every rule."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from services.scheduling.domain.placement import Placed, Problem, Room, Solution, Term
from services.scheduling.domain.placement_board import Board, Obstacles
from services.scheduling.domain.placement_cost import balance_cost, fair_week, span_cost, table_cost, weekly_load
from services.scheduling.domain.placement_reasons import explain
from services.scheduling.domain.placement_spans import Axis, Span

Choice = tuple[Span, list[Room]]

_TRIES = 2000
_FEW_TERMS = 150


class Greedy:
    """One greedy construction over a problem."""

    def __init__(self, axis: Axis) -> None:
        self._axis = axis
        self._choices = {term.id: list(choices(axis, term)) for term in axis.problem.terms}
        self._weekly = {
            (term.id, span.starts_on): weekly_load(term, span.teaching)
            for term in axis.problem.terms
            for span, _ in self._choices[term.id]
        }
        self._fair = fair_week(axis.problem)
        self._tries = _TRIES

    def best(self) -> Board:
        """Return the best of several constructions: most terms, then least cost."""
        orders = self._orders()
        boards = [self._construct(order) for order in (orders if len(self._choices) <= _FEW_TERMS else orders[:1])]
        return min(boards, key=lambda board: (-weight(board), table_cost(self._axis, board.placed.values())))

    def fill(self, board: Board) -> None:
        """Place what still fits on a board, moving at most one other term aside for each."""
        for term in sorted(self._axis.problem.terms, key=_number):
            if term.id not in board.placed and not self._place(board, term):
                self._make_room(board, term)

    def _construct(self, order: Callable[[Term], Any]) -> Board:
        board = Board(self._axis)
        for term in sorted(self._axis.problem.terms, key=lambda term: (term.pin is None, order(term), _number(term))):
            self._place(board, term)
        self.fill(board)
        return board

    def _orders(self) -> tuple[Callable[[Term], Any], ...]:
        flexibility = {term_id: len(found) for term_id, found in self._choices.items()}
        return (
            lambda term: flexibility[term.id],
            lambda term: (term.latest_end, term.earliest_start),
            lambda term: -term.trainees * term.days,
            lambda term: term.target or term.earliest_start,
        )

    def _place(self, board: Board, term: Term) -> bool:
        best: tuple[tuple[int, str], Placed] | None = None
        for span, rooms in self._choices[term.id]:
            if board.siblings(term, span):
                continue
            room = next((room for room in rooms if board.fits(term, span, room)), None)
            if room is not None:
                found = (self._added_cost(board, term, span, room), span.starts_on.isoformat())
                if best is None or found < best[0]:
                    best = found, at(term, span, room)
        if best is None:
            return False
        board.put(best[1])
        return True

    def _added_cost(self, board: Board, term: Term, span: Span, room: Room) -> int:
        problem = self._axis.problem
        added = span_cost(problem, term, span, room)
        for week, more in self._weekly[term.id, span.starts_on].items():
            added += balance_cost(problem, board.loads[week] + more, self._fair)
            added -= balance_cost(problem, board.loads[week], self._fair)
        return added

    def _make_room(self, board: Board, term: Term) -> bool:
        for span, room in each_choice(self._choices[term.id]):
            if self._tries <= 0:
                return False
            self._tries -= 1
            found = board.obstacles(term, span, room)
            blockers = {*found.room_taken_by, *found.siblings}
            if len(blockers) > 1 or any(board.terms[blocker].pin for blocker in blockers):
                continue
            for other in sorted(blockers) or _sleepers(board, room, found):
                self._tries -= 1
                removed = board.take(other)
                if not board.obstacles(term, span, room):
                    board.put(at(term, span, room))
                    if self._place(board, board.terms[other]):
                        return True
                    board.take(term.id)
                board.put(removed)
        return False


def choices(axis: Axis, term: Term) -> Iterator[Choice]:
    """Yield every span a term may have by itself (window, calendar, blackouts) with its rooms, smallest first."""
    rooms = axis.suitable_rooms(term)
    for span in axis.spans(term) if rooms else ():
        free = {id for id in {room.campus_id for room in rooms} if not axis.blackouts_on(term, span, axis.campuses[id])}
        if free:
            yield span, [room for room in rooms if room.campus_id in free]


def each_choice(found: Iterable[Choice]) -> Iterator[tuple[Span, Room]]:
    """Yield every span with each of its rooms."""
    return ((span, room) for span, rooms in found for room in rooms)


def _sleepers(board: Board, room: Room, found: Obstacles) -> list[str]:
    """Return the terms that could be moved aside to free beds on the days that are short of them."""
    days = [day for day, _ in found.beds_short]
    return [
        term_id
        for term_id, at in sorted(board.placed.items())
        if not board.terms[term_id].pin
        and board.axis.rooms[at.room_id].campus_id == room.campus_id
        and any(at.reports_on <= day <= at.ends_on for day in days)
    ]


def at(term: Term, span: Span, room: Room) -> Placed:
    """Return the placed term for a choice."""
    return Placed(term.id, span.starts_on, span.ends_on, span.reports_on, room.id)


def weight(board: Board) -> int:
    """Return how much a board holds: a pinned term weighs more than all free ones together."""
    pinned = len(board.terms) + 1
    return sum(pinned if board.terms[term_id].pin else 1 for term_id in board.placed)


def solve_greedily(problem: Problem) -> Solution:
    """Return a table that keeps every rule, with no proof of how far it is from the best."""
    axis = Axis(problem)
    return concluded(axis, Greedy(axis).best(), "greedy")


def concluded(axis: Axis, board: Board, scheduler: str) -> Solution:
    """Return a board as an unproven solution, each term left over explained."""
    placed = tuple(sorted(board.placed.values(), key=lambda each: (each.starts_on, each.term_id)))
    left = [term for term in axis.problem.terms if term.id not in board.placed]
    possible = sum(any(True for _ in choices(axis, term)) for term in axis.problem.terms)
    cost = table_cost(axis, placed)
    return Solution(scheduler, "feasible", placed, tuple(explain(board, term) for term in left), cost, 0, possible)


def _number(term: Term) -> tuple[int, int, str]:
    return term.programme_ordinal, term.ordinal, term.id
