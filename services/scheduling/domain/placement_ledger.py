"""What one more term would add to the cost of a table, kept up to date as terms come and go."""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections import Counter, defaultdict

from services.scheduling.domain.placement import Room, Term
from services.scheduling.domain.placement_cost import balance_cost, room_cost
from services.scheduling.domain.placement_grid import Grid, Slot


class Ledger:
    """Loads of the campuses, people away, journeys and openings of the terms on a board."""

    def __init__(self, grid: Grid) -> None:
        self._grid, self._policy = grid, grid.problem.policy
        self._loads: Counter[tuple[str, int]] = Counter()
        self._away: defaultdict[str, list[int]] = defaultdict(lambda: [0] * max(1, grid.length))
        self._peaks: defaultdict[str, dict[int, int]] = defaultdict(dict)
        self._journeys: Counter[tuple[str, int]] = Counter()
        self._openings: defaultdict[str, list[int]] = defaultdict(list)

    def enter(self, term: Term, slot: Slot, campus_id: str) -> None:
        """Count a term that was placed."""
        self._count(term, slot, campus_id, 1)
        insort(self._openings[term.programme_id], slot.opens)

    def strike(self, term: Term, slot: Slot, campus_id: str) -> None:
        """Count it no more."""
        self._count(term, slot, campus_id, -1)
        self._openings[term.programme_id].remove(slot.opens)

    def added(self, term: Term, slot: Slot, room: Room) -> int:
        """Return what a term would add there."""
        return self.added_by_days(term, slot) + self.added_by_room(term, slot, room)

    def added_by_days(self, term: Term, slot: Slot, enough: float = math.inf) -> int:
        """Return what the days of a slot would add: its own cost, spacing, people away, journeys. Never negative.

        From ``enough`` on it is not counted any further.
        """
        added = slot.own + self._added_spacing(term, slot.opens)
        for unit_id, people, allowed, far in self._grid.shares[term.id]:
            if added >= enough:
                break
            if far and not self._journeys[unit_id, slot.reports]:
                added += 10 * self._policy.weight_travel
            peaks, open_to = self._peaks[unit_id], allowed - people
            for week, first, last, _ in slot.weeks:
                peak = peaks.get(week)
                if peak is None:
                    peak = peaks[week] = self._peak(unit_id, week)
                if peak > open_to:
                    above = max(self._away[unit_id][first : last + 1]) - open_to - max(0, peak - allowed)
                    added += 10 * self._policy.weight_units * max(0, above)
        return added

    def added_by_room(self, term: Term, slot: Slot, room: Room) -> int:
        """Return what the room would add: empty seats and the load of its campus. Never negative."""
        policy, fair = self._policy, self._grid.fair[room.campus_id]
        added = room_cost(policy, term, room)
        for week, _, _, load in slot.weeks:
            before = self._loads[room.campus_id, week]
            if before + load > fair:
                added += balance_cost(policy, before + load, fair) - balance_cost(policy, before, fair)
        return added

    def _peak(self, unit_id: str, week: int) -> int:
        first, last = self._grid.days_of_week[week]
        return max(self._away[unit_id][first : last + 1])

    def _added_spacing(self, term: Term, opens: int) -> int:
        spacing = self._grid.axis.spacing(term.programme_id)
        openings = self._openings[term.programme_id]
        if not openings or not self._policy.weight_spacing:
            return 0
        at = bisect_left(openings, opens)
        before = openings[at - 1] if at else None
        after = openings[at] if at < len(openings) else None
        short = sum(max(0, spacing - abs(opens - other)) for other in (before, after) if other is not None)
        if before is not None and after is not None:
            short -= max(0, spacing - (after - before))
        return 10 * self._policy.weight_spacing * short

    def _count(self, term: Term, slot: Slot, campus_id: str, sign: int) -> None:
        for week, first, last, load in slot.weeks:
            self._loads[campus_id, week] += sign * load
            for unit_id, people, _, _ in self._grid.shares[term.id]:
                away = self._away[unit_id]
                for day in range(first, last + 1):
                    away[day] += sign * people
                self._peaks[unit_id].pop(week, None)
        for unit_id, _, _, far in self._grid.shares[term.id]:
            if far:
                self._journeys[unit_id, slot.reports] += sign
