"""A conflict as data: demands of a year that cannot hold together, and what giving way would come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.scheduling.domain.demands import SHARED, Rule


@dataclass(frozen=True, slots=True)
class Loosening:
    """One way to settle a conflict: how much of a demand is given up at the least (days, beds, seats, people).

    ``proven``: no less would do. ``alone``: it is enough, every other rule on the terms is kept; where it is not, or
    that could not be found out in time, the words say so.
    """

    amount: int
    unit: str
    proven: bool
    zh: str
    en: str
    alone: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """A demand of a conflict in words, with the ways of loosening it: any that is ``alone`` settles the conflict."""

    rule: Rule
    subject: str
    zh: str
    en: str
    loosenings: tuple[Loosening, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Demands that cannot hold together; ``minimal``: any of them less and they could.

    ``ways_out`` are the cheapest loosenings, one of each kind (``cheapest``). Terms may be in several conflicts: each
    of these is to be settled.
    """

    term_ids: tuple[str, ...]
    zh: str
    en: str
    demands: tuple[Asked, ...]
    minimal: bool = True
    ways_out: tuple[Loosening, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a year cannot be placed whole: conflicts, those that share a term side by side.

    ``complete``: what the conflicts leave is known to fit; with no conflicts at all, the whole year fits. Else that is
    open: a table holds ``placed`` terms, and none holds more than ``placed_bound``.
    """

    conflicts: tuple[Conflict, ...]
    complete: bool
    seconds: float = 0.0
    placed: int = 0
    placed_bound: int = 0

    @property
    def open(self) -> int:
        """Of how many terms it is not known whether they fit as well."""
        return 0 if self.complete else max(0, self.placed_bound - self.placed)


def cheapest(demands: Iterable[Asked]) -> tuple[Loosening, ...]:
    """Return of each kind of loosening the one that gives up least: what is shared first, then terms left as they are.

    One that is enough by itself comes before one that is not.

    Days are not weighed against people or beds: which of the kinds is cheapest is for a planner to say.
    """
    found: dict[tuple[bool, bool, str, str], Loosening] = {}
    for asked in demands:
        for each in asked.loosenings:
            key = asked.rule not in SHARED, asked.rule == "held", asked.rule, each.unit
            if key not in found or (not each.alone, each.amount) < (not found[key].alone, found[key].amount):
                found[key] = each
    return tuple(found[key] for key in sorted(found))
