"""Which programmes of a plan come after which: what an order says, when orders contradict, and the terms they mean."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Node = tuple[int, int]
"""A term: the ordinal of its programme and its own."""


@dataclass(frozen=True, slots=True)
class OrderEnd:
    """A term of a programme, by ordinals; ``term`` ``None``: each of its terms."""

    programme: int
    term: int | None = None

    @property
    def zh(self) -> str:
        """How a planner calls it."""
        return f"第{self.programme}班" if self.term is None else f"第{self.programme}班第{self.term}期"

    @property
    def en(self) -> str:
        """How a planner calls it, in English."""
        return f"programme {self.programme}" if self.term is None else f"programme {self.programme}, term {self.term}"


@dataclass(frozen=True, slots=True)
class PlanOrder:
    """What is ``after`` opens when what is ``before`` has ended, with ``delay_days`` calendar days free between."""

    before: OrderEnd
    after: OrderEnd
    delay_days: int = 0


@dataclass(frozen=True, slots=True)
class OrderFault:
    """What is wrong with an order, the n-th from 0; of a circle, the one that closes it."""

    number: int
    zh: str
    en: str


def order_faults(orders: Iterable[PlanOrder], terms: Mapping[int, int | None]) -> list[OrderFault]:
    """Return what keeps orders from holding; ``terms`` counts those of each programme, ``None`` while that is open."""
    asked = list(orders)
    found = [
        fault
        for number, order in enumerate(asked)
        for end in (order.before, order.after)
        if (fault := _unknown(number, end, terms)) is not None
    ]
    return found or _circle(asked)


def ordered_terms(orders: Iterable[PlanOrder], terms: Mapping[Node, str]) -> dict[tuple[str, str], int]:
    """Return the delay between each two terms (``before``, ``after``) of these that an order means, the longest."""
    by_programme: dict[int, list[str]] = {}
    for (programme, _), id in sorted(terms.items()):
        by_programme.setdefault(programme, []).append(id)

    def meant(end: OrderEnd) -> list[str]:
        if end.term is None:
            return by_programme.get(end.programme, [])
        return [terms[end.programme, end.term]] if (end.programme, end.term) in terms else []

    found: dict[tuple[str, str], int] = {}
    for order in orders:
        for before in meant(order.before):
            for after in meant(order.after):
                found[before, after] = max(order.delay_days, found.get((before, after), 0))
    return found


def _unknown(number: int, end: OrderEnd, terms: Mapping[int, int | None]) -> OrderFault | None:
    if end.programme not in terms:
        return OrderFault(
            number,
            f"先后要求第{number + 1}条提到{end.zh}，计划中没有这个班次",
            f"order {number + 1} names {end.en}, and the plan has no such programme",
        )
    most = terms[end.programme]
    if end.term is not None and most is not None and end.term > most:
        return OrderFault(
            number,
            f"先后要求第{number + 1}条提到{end.zh}，该班只有{most}期",
            f"order {number + 1} names {end.en}, and that programme has {most} terms",
        )
    return None


def _circle(orders: list[PlanOrder]) -> list[OrderFault]:
    """Return the first order that closes a circle; a whole programme stands for those of its terms that are named."""
    named: dict[int, set[int]] = {}
    for end in (end for order in orders for end in (order.before, order.after)):
        named.setdefault(end.programme, set()).update(() if end.term is None else (end.term,))

    def nodes(end: OrderEnd) -> set[Node]:
        terms = (named[end.programme] or {1}) if end.term is None else {end.term}
        return {(end.programme, term) for term in terms}

    edges: dict[Node, list[tuple[Node, int]]] = {}
    for number, order in enumerate(orders):
        before, after = nodes(order.before), nodes(order.after)
        for each in before:
            edges.setdefault(each, []).extend((other, number) for other in after)
        way = _way(edges, after, before)
        if way is not None:
            names = [order.before, order.after, *(orders[each].after for each in way)]
            return [
                OrderFault(
                    number,
                    f"先后要求成了循环：{'→'.join(each.zh for each in names)}，请去掉其中一条",
                    f"the orders go round in a circle: {' > '.join(each.en for each in names)}; take one of them away",
                )
            ]
    return []


def _way(edges: Mapping[Node, list[tuple[Node, int]]], starts: set[Node], goals: set[Node]) -> list[int] | None:
    """Return the orders that lead from a start to a goal, the fewest; ``None`` when none do."""
    seen, waiting = set(starts), deque[tuple[Node, list[int]]]((each, []) for each in sorted(starts))
    while waiting:
        node, way = waiting.popleft()
        if node in goals:
            return way
        for other, number in edges.get(node, ()):
            if other not in seen:
                seen.add(other)
                waiting.append((other, [*way, number]))
    return None
