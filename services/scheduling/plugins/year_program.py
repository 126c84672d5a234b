"""The year as a programme over zeros and ones: columns and rows, and nothing of any solver."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from services.scheduling.domain.placement import Room, Term
from services.scheduling.domain.placement_grid import Slot
from services.scheduling.plugins.year_time import NEVER, Until

Group = tuple[str, ...]
Users = dict[int, int]


@dataclass(frozen=True, slots=True)
class Choice:
    """A term in one slot and one group of rooms, at the cost of its own: the column of the same number."""

    term: Term
    slot: Slot
    group: Group
    rooms: tuple[Room, ...]
    cost: int


@dataclass(frozen=True, slots=True)
class Row:
    """``sum(coefficient * column) - extra <= limit``; ``extra`` is the column that pays for what lies above, or -1."""

    columns: list[int]
    coefficients: list[int]
    limit: int
    extra: int = -1


@dataclass(slots=True)
class Program:
    """Minimise the cost of what is chosen: at most one choice a term, every row kept.

    The extra columns only cost; they are whole numbers from 0 to ``extra_most`` and counted apart from the choices.
    ``terms`` has the choices of each term. No row is written, nor read into a model, once ``until`` has passed.
    """

    choices: list[Choice] = field(default_factory=list)
    terms: dict[str, list[int]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    extra_costs: list[int] = field(default_factory=list)
    extra_most: list[int] = field(default_factory=list)
    until: Until = NEVER

    def pay(self, cost: int, most: int) -> int:
        """Add an extra column and return its number."""
        self.extra_costs.append(cost)
        self.extra_most.append(most)
        return len(self.extra_costs) - 1

    def keep_below(self, users: Users, limit: int, extra: int = -1) -> None:
        """Add a row, unless it holds whatever is chosen. Raises ``TimeIsUp``."""
        self.until.require()
        if self.most(users) > limit:
            self.rows.append(Row(list(users), list(users.values()), limit, extra))

    def add(self, row: Row) -> None:
        """Add a row. Raises ``TimeIsUp``."""
        self.until.require()
        self.rows.append(row)

    def most(self, users: Users) -> int:
        """Return the most that users can sum up to, one choice a term."""
        most: dict[str, int] = {}
        for column, amount in users.items():
            term_id = self.choices[column].term.id
            most[term_id] = max(amount, most.get(term_id, 0))
        return sum(most.values())

    def value(self, chosen: Iterable[int]) -> int:
        """Return what a choice of columns costs."""
        taken = set(chosen)
        paid = [0] * len(self.extra_costs)
        for row in self.rows:
            if row.extra >= 0:
                used = sum(a for column, a in zip(row.columns, row.coefficients, strict=True) if column in taken)
                paid[row.extra] = max(paid[row.extra], used - row.limit)
        return sum(self.choices[column].cost for column in taken) + sum(
            cost * much for cost, much in zip(self.extra_costs, paid, strict=True)
        )


def worst_days(days: Mapping[int, Users], taken: Mapping[int, int]) -> list[tuple[Users, int]]:
    """Return the users of the days that matter, each with what is taken then.

    A day whose users another day has too, with as much taken, says nothing new.
    """
    kept: list[tuple[Users, int]] = []
    for day in sorted(days):
        here = days[day], taken.get(day, 0)
        if kept and _says_no_more(here, kept[-1]):
            continue
        while kept and _says_no_more(kept[-1], here):
            kept.pop()
        kept.append(here)
    return kept


def _says_no_more(one: tuple[Users, int], other: tuple[Users, int]) -> bool:
    return one[1] <= other[1] and one[0].items() <= other[0].items()
