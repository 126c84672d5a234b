"""What a table costs in the planner's weights: distance from the targets, uneven weeks, empty seats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from services.scheduling.domain.placement import Placed, Problem, Room, Term
from services.scheduling.domain.placement_spans import Axis, Span

Week = tuple[int, int]


def week_of(day: date) -> Week:
    """Return the ISO year and week of a day."""
    iso = day.isocalendar()
    return iso.year, iso.week


def span_cost(problem: Problem, term: Term, span: Span, room: Room) -> int:
    """Return the cost that a term causes by itself in this span and room."""
    distance = abs((span.starts_on - term.target).days) if term.target else 0
    return problem.policy.weight_target * distance + problem.policy.weight_seats * (room.capacity - term.trainees) // 10


def fair_week(problem: Problem) -> int:
    """Return the trainee-days a week would carry if the whole plan were spread evenly over the terms' windows."""
    weeks: set[Week] = set()
    for term in problem.terms:
        weeks |= {
            week_of(day.day) for day in problem.days if day.works and term.earliest_start <= day.day <= term.latest_end
        }
    total = sum(term.trainees * term.days for term in problem.terms)
    return -(-total // max(1, len(weeks)))


def balance_cost(problem: Problem, load: int, fair: int) -> int:
    """Return the cost of one week's trainee-days: what lies above a fair week counts once, above two, twice."""
    return problem.policy.weight_balance * (max(0, load - fair) // 10 + max(0, load - 2 * fair) // 10)


def weekly_load(term: Term, teaching: Iterable[date]) -> Counter[Week]:
    """Return the trainee-days that a term brings into each week."""
    loads: Counter[Week] = Counter()
    for day in teaching:
        loads[week_of(day)] += term.trainees
    return loads


def table_cost(axis: Axis, placed: Iterable[Placed]) -> int:
    """Return the whole cost of a table."""
    problem = axis.problem
    terms, fair, cost = {term.id: term for term in problem.terms}, fair_week(problem), 0
    loads: Counter[Week] = Counter()
    for each in placed:
        span = axis.span_from(terms[each.term_id], each.starts_on)
        if span:
            cost += span_cost(problem, terms[each.term_id], span, axis.rooms[each.room_id])
            loads += weekly_load(terms[each.term_id], span.teaching)
    return cost + sum(balance_cost(problem, load, fair) for load in loads.values())
