"""What else stands in the way of the terms of a conflict, so that whoever settles each conflict has settled all."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence

from services.scheduling.domain.demands import Demand, demands_on, held
from services.scheduling.plugins.year_demands import DemandModel, Ways
from services.scheduling.plugins.year_thinning import Thinning

_FEW = 8
_A_LOOK = 3.0
_LOOKS = 60
"""How often at the most it is asked whether all is settled."""
_Some = frozenset[Demand]


class Further:
    """Looks for further conflicts on the terms of one, if these are few, until ``end`` (``time.monotonic``).

    One demand of each conflict that is known is given up: where that is not enough, there is another conflict among the
    rest ("hitting sets", Reiter 1987). Demands that many conflicts share are kept as long as can be, as they hide most.
    """

    def __init__(self, ways: Ways, end: float) -> None:
        self._ways, self._end = ways, end

    def beside(self, conflict: tuple[Demand, ...]) -> Iterator[tuple[tuple[Demand, ...], bool]]:
        """Yield conflicts on the same terms, each with whether none of its demands can be spared."""
        term_ids = [each.subject for each in conflict if each.rule == "held"]
        known, enough = [conflict], list[_Some]()
        for _ in range(_LOOKS if len(term_ids) <= _FEW else 0):
            given_up = next(_untried(known, enough, frozenset()), None)
            if given_up is None or time.monotonic() > self._end:
                return
            rest = self._without(given_up, term_ids)
            if self._too_much(rest):
                thinning = Thinning(self._ways, rest, (), self._end)
                known.append(thinning.smallest())
                yield known[-1], not thinning.doubtful
            else:
                enough.append(given_up)

    def _without(self, given_up: _Some, term_ids: list[str]) -> set[Demand]:
        kept = [id for id in term_ids if held(id) not in given_up]
        return {*(held(id) for id in kept), *demands_on(self._ways.grid.axis, kept)} - given_up

    def _too_much(self, demands: set[Demand]) -> bool:
        look = max(0.0, min(_A_LOOK, self._end - time.monotonic()))
        return DemandModel(self._ways.different(demands), demands, ()).solve(look).core is not None


def _untried(known: Sequence[tuple[Demand, ...]], enough: Sequence[_Some], chosen: _Some) -> Iterator[_Some]:
    """Yield demands with one of each conflict among them, such that no part of them is known to be enough."""
    conflict = next((each for each in known if chosen.isdisjoint(each)), None)
    if conflict is None:
        yield chosen
        return
    often = Counter(demand for each in known for demand in each)
    terms = sum(demand.rule == "held" for demand in conflict)
    for demand in sorted(conflict, key=lambda each: often[each]):
        more = chosen | {demand}
        if (terms > 1 or demand.rule != "held") and not any(each <= more for each in enough):
            yield from _untried(known, enough, more)
