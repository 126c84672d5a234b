"""Writes the rows of a year's costs: even weeks, spaced openings, units not stripped of people, journeys together."""

from __future__ import annotations

from collections import defaultdict

from services.scheduling.domain.placement_cost import allowed_away
from services.scheduling.plugins.year_program import Users, worst_days
from services.scheduling.plugins.year_rows import Rows


def add_wishes(rows: Rows) -> None:
    """Add what the planner wishes for to the programme of a year."""
    _balance(rows)
    _units(rows)
    _journeys(rows)
    _spacing(rows)


def _balance(rows: Rows) -> None:
    weight, fair = rows.policy.weight_balance, rows.grid.fair
    city = sum(fair[campus.id] for campus in rows.grid.problem.campuses if not campus.online)
    users: defaultdict[tuple[str, int], Users] = defaultdict(dict)
    taken: defaultdict[tuple[str, int], int] = defaultdict(int)
    for column, choice in enumerate(rows.program.choices if weight else ()):
        for week, _, _, load in choice.slot.weeks:
            users[rows.groups.campus(choice.rooms[0]), week][column] = load
    for _, slot, room in rows.fixed():
        for week, _, _, load in slot.weeks:
            taken[rows.groups.campus(room), week] += load
    for (campus_id, week), found in users.items():
        share = fair[campus_id] if campus_id else city
        for times in (1, 2):
            _pay_above(rows, found, max(0, times * share - taken[campus_id, week]), weight)


def _pay_above(rows: Rows, users: Users, limit: int, cost: int) -> None:
    most = rows.program.most(users)
    if most > limit:
        rows.program.keep_below(users, limit, rows.program.pay(cost, most - limit))


def _units(rows: Rows) -> None:
    cost = 10 * rows.policy.weight_units
    days: defaultdict[tuple[str, int], defaultdict[int, Users]] = defaultdict(lambda: defaultdict(dict))
    taken: defaultdict[tuple[str, int], defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for column, choice in enumerate(rows.program.choices if cost else ()):
        for unit_id, people, _, _ in rows.grid.shares[choice.term.id]:
            for week, first, last, _ in choice.slot.weeks:
                here = days[unit_id, week]
                for day in range(first, last + 1):
                    here[day][column] = people
    for term, slot, _ in rows.fixed():
        for unit_id, people, _, _ in rows.grid.shares[term.id]:
            for week, first, last, _ in slot.weeks:
                for day in range(first, last + 1):
                    taken[unit_id, week][day] += people
    for (unit_id, week), found in days.items():
        allowed = allowed_away(rows.policy, rows.grid.axis.units[unit_id].staff)
        already = max(0, *(used - allowed for used in taken[unit_id, week].values()), 0)
        worst = worst_days(found, taken[unit_id, week])
        most = max(rows.program.most(users) + used - allowed for users, used in worst)
        if most > already:
            # What the terms that stay exceed is paid for anyway.
            extra = rows.program.pay(cost, most - already)
            for users, used in worst:
                rows.program.keep_below(users, allowed + already - used, extra)


def _journeys(rows: Rows) -> None:
    cost = 10 * rows.policy.weight_travel
    users: defaultdict[tuple[str, int], defaultdict[str, Users]] = defaultdict(lambda: defaultdict(dict))
    made: set[tuple[str, int]] = set()
    for column, choice in enumerate(rows.program.choices if cost else ()):
        for unit_id, _, _, far in rows.grid.shares[choice.term.id]:
            if far:
                users[unit_id, choice.slot.reports][choice.term.id][column] = 1
    for term, slot, _ in rows.fixed():
        made |= {(unit_id, slot.reports) for unit_id, _, _, far in rows.grid.shares[term.id] if far}
    for journey, terms in users.items():
        if journey not in made:
            extra = rows.program.pay(cost, 1)
            for found in terms.values():
                rows.program.keep_below(found, 0, extra)


def _spacing(rows: Rows) -> None:
    """Count, for every stretch of ``spacing`` days, the openings of a programme above one.

    Two neighbours that lie nearer than the spacing share just as many stretches as they are days too near.
    """
    cost = 10 * rows.policy.weight_spacing
    openings: defaultdict[str, list[int]] = defaultdict(list)
    for term, slot, _ in rows.fixed():
        openings[term.programme_id].append(slot.opens)
    for programme_id, terms in rows.programmes().items() if cost else ():
        spacing = rows.grid.axis.spacing(programme_id)
        stretches: defaultdict[int, Users] = defaultdict(dict)
        for term in terms:
            for column in rows.program.terms[term.id]:
                opens = rows.program.choices[column].slot.opens
                for first in range(opens - spacing + 1, opens + 1):
                    stretches[first][column] = 1
        times: defaultdict[tuple[tuple[int, ...], bool], int] = defaultdict(int)
        for first, users in stretches.items():
            already = any(first <= opens < first + spacing for opens in openings[programme_id])
            times[tuple(users), already] += 1
        for (columns, already), much in times.items():
            _pay_above(rows, dict.fromkeys(columns, 1), int(not already), much * cost)
