"""Placing terms one after the other, hardest first, with one round of making room: quick, and it keeps every rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from services.scheduling.domain.placement import Placed, Problem, Room, Solution, Term
from services.scheduling.domain.placement_board import Board
from services.scheduling.domain.placement_cost import balance_cost, fair_week, span_cost, table_cost, weekly_load
from services.scheduling.domain.placement_reasons import explain
from services.scheduling.domain.placement_spans import Axis, Span

Choice = tuple[Span, Room]


class Greedy:
    """One greedy construction over a problem."""

    def __init__(self, axis: Axis) -> None:
        self._axis = axis
        self._choices = {term.id: list(choices(axis, term)) for term in axis.problem.terms}
        self._fair = fair_week(axis.problem)

    def best(self) -> Board:
        """Return the best of several constructions: most terms, then least cost."""
        boards = [self._construct(order) for order in self._orders()]
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
        flexibility = {term_id: len({span.starts_on for span, _ in found}) for term_id, found in self._choices.items()}
        return (
            lambda term: flexibility[term.id],
            lambda term: (term.latest_end, term.earliest_start),
            lambda term: -term.trainees * term.days,
            lambda term: term.target or term.earliest_start,
        )

    def _place(self, board: Board, term: Term) -> bool:
        free = [choice for choice in self._choices[term.id] if not board.obstacles(term, *choice)]
        if not free:
            return False

        def cost(choice: Choice) -> tuple[int, str, str]:
            span, room = choice
            added = span_cost(self._axis.problem, term, span, room)
            for week, more in weekly_load(term, span.teaching).items():
                added += balance_cost(self._axis.problem, board.loads[week] + more, self._fair)
                added -= balance_cost(self._axis.problem, board.loads[week], self._fair)
            return added, span.starts_on.isoformat(), room.id

        board.put(at(term, *min(free, key=cost)))
        return True

    def _make_room(self, board: Board, term: Term) -> bool:
        for span, room in self._choices[term.id]:
            found = board.obstacles(term, span, room)
            blockers = {*found.room_taken_by, *found.siblings}
            if len(blockers) > 1 or any(board.terms[blocker].pin for blocker in blockers):
                continue
            for other in sorted(blockers) or [each for each in sorted(board.placed) if not board.terms[each].pin]:
                removed = board.take(other)
                if not board.obstacles(term, span, room):
                    board.put(at(term, span, room))
                    if self._place(board, board.terms[other]):
                        return True
                    board.take(term.id)
                board.put(removed)
        return False


def choices(axis: Axis, term: Term) -> Iterator[Choice]:
    """Yield every span and room a term may have by itself: window, calendar, blackouts, size and kind."""
    rooms = axis.suitable_rooms(term)
    for span in axis.spans(term) if rooms else ():
        free = {id for id in {room.campus_id for room in rooms} if not axis.blackouts_on(term, span, axis.campuses[id])}
        for room in rooms:
            if room.campus_id in free:
                yield span, room


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
