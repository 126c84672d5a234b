"""What a table costs in tenths of the planner's weights, part by part."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from services.scheduling.domain.placement import Costs, Placed, Policy, Problem, Room, Term
from services.scheduling.domain.placement_spans import Axis, Span

Week = tuple[int, int]
CampusWeek = tuple[str, Week]


def week_of(day: date) -> Week:
    """Return the ISO year and week of a day."""
    iso = day.isocalendar()
    return iso.year, iso.week


def span_cost(policy: Policy, term: Term, span: Span) -> int:
    """Return what a term costs by itself for its days: distance from its target, an unwanted month."""
    distance = abs((span.starts_on - term.target).days) if term.target else 0
    unwanted = bool(term.months) and span.starts_on.month not in term.months
    return 10 * (policy.weight_target * distance + policy.weight_months * unwanted)


def room_cost(policy: Policy, term: Term, room: Room) -> int:
    """Return what the empty seats of its room cost."""
    return policy.weight_seats * (room.capacity - term.trainees)


def fair_weeks(problem: Problem) -> dict[str, int]:
    """Return the trainee-days a week of each campus would carry, were the plan spread evenly over beds and windows.

    What is held online loads no campus: no week of it is above its fair share.
    """
    online = {campus.id for campus in problem.campuses if campus.online}
    weeks: set[Week] = set()
    works = [day.day for day in problem.days if day.works]
    of = [week_of(day) for day in works]
    for first, last in {(term.earliest_start, term.latest_end) for term in problem.terms}:
        weeks.update(of[bisect_left(works, first) : bisect_right(works, last)])
    everything = sum(term.trainees * term.days for term in problem.terms)
    total = everything - sum(term.trainees * term.days for term in problem.terms if term.campus_id in online)
    seats: Counter[str] = Counter()
    for room in problem.rooms:
        seats[room.campus_id] += room.capacity
    size = {campus.id: campus.beds or seats[campus.id] for campus in problem.campuses if not campus.online}
    whole = max(1, sum(size.values())) * max(1, len(weeks))
    return dict.fromkeys(online, everything) | {id: -(-total * beds // whole) for id, beds in size.items()}


def balance_cost(policy: Policy, load: int, fair: int) -> int:
    """Return the cost of one week's trainee-days: what lies above a fair week counts once, above two, twice."""
    return policy.weight_balance * (max(0, load - fair) + max(0, load - 2 * fair))


def weekly_load(term: Term, teaching: Iterable[date]) -> Counter[Week]:
    """Return the trainee-days that a term brings into each week."""
    loads: Counter[Week] = Counter()
    for day in teaching:
        loads[week_of(day)] += term.trainees
    return loads


def spacing_cost(policy: Policy, spacing: int, openings: Iterable[date]) -> int:
    """Return the cost of a programme's openings that lie nearer than ``spacing`` days to the one before."""
    ordered = sorted(openings)
    short = sum(max(0, spacing - (b - a).days) for a, b in pairwise(ordered))
    return 10 * policy.weight_spacing * short


def allowed_away(policy: Policy, staff: int) -> int:
    """Return how many of a unit may be away at once before it costs anything."""
    return staff * policy.away_percent // 100


def units_cost(policy: Policy, allowed: int, away: dict[date, int]) -> int:
    """Return the cost of a unit's people away, given how many on each working day: a week counts its worst day."""
    worst: dict[Week, int] = {}
    for day, people in away.items():
        week = week_of(day)
        worst[week] = max(worst.get(week, 0), people - allowed)
    return 10 * policy.weight_units * sum(worst.values())


def table_costs(axis: Axis, placed: Iterable[Placed]) -> Costs:
    """Return what a table costs, part by part."""
    problem, policy = axis.problem, axis.problem.policy
    terms = {term.id: term for term in problem.terms}
    target = months = seats = 0
    loads: Counter[CampusWeek] = Counter()
    openings: defaultdict[str, list[date]] = defaultdict(list)
    away: defaultdict[str, Counter[date]] = defaultdict(Counter)
    trips: set[tuple[str, date]] = set()
    for at in placed:
        term, room = terms[at.term_id], axis.rooms[at.room_id]
        working = axis.working_in(at.starts_on, at.ends_on)
        distance = abs((at.starts_on - term.target).days) if term.target else 0
        target += 10 * policy.weight_target * distance
        months += 10 * policy.weight_months * (bool(term.months) and at.starts_on.month not in term.months)
        seats += room_cost(policy, term, room)
        for day in working:
            loads[room.campus_id, week_of(day)] += term.trainees
        openings[term.programme_id].append(at.starts_on)
        for share in term.shares:
            away[share.unit_id].update(dict.fromkeys(working, share.people))
            unit = axis.units.get(share.unit_id)
            if unit is not None and unit.far and share.people:
                trips.add((unit.id, at.reports_on))
    fair = fair_weeks(problem)
    return Costs(
        target=target,
        balance=sum(balance_cost(policy, load, fair[campus_id]) for (campus_id, _), load in loads.items()),
        seats=seats,
        months=months,
        spacing=sum(spacing_cost(policy, axis.spacing(id), found) for id, found in openings.items()),
        units=sum(
            units_cost(policy, allowed_away(policy, axis.units[id].staff), days)
            for id, days in away.items()
            if id in axis.units
        ),
        travel=10 * policy.weight_travel * len(trips),
    )


def table_cost(axis: Axis, placed: Iterable[Placed]) -> int:
    """Return the whole cost of a table."""
    return table_costs(axis, placed).total
