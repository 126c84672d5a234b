"""What else stands in the way of terms that are in a conflict, so that not every way out of it is enough."""

from __future__ import annotations

import time
from collections.abc import Iterator

from services.scheduling.domain.demands import Demand, demands_on, held
from services.scheduling.plugins.year_demands import DemandModel, Ways
from services.scheduling.plugins.year_thinning import Thinning

_FEW = 8
_A_LOOK = 3.0


class Further:
    """Looks for further conflicts on the terms of one, if these are few, until ``end`` (``time.monotonic``).

    For every demand that does not settle all when it is spared, one is found that does without it.
    """

    def __init__(self, ways: Ways, end: float) -> None:
        self._ways, self._end = ways, end

    def beside(self, conflict: tuple[Demand, ...]) -> Iterator[tuple[tuple[Demand, ...], bool]]:
        """Yield conflicts on the same terms, each with whether none of its demands can be spared."""
        term_ids = [each.subject for each in conflict if each.rule == "held"]
        known = [conflict] if len(term_ids) <= _FEW else []
        for each in known:
            for demand in each:
                if time.monotonic() > self._end:
                    return
                if any(demand not in other for other in known) or [demand] == [held(id) for id in term_ids]:
                    continue
                rest = self._without(demand, term_ids)
                if self._too_much(rest):
                    thinning = Thinning(self._ways, rest, (), self._end)
                    known.append(thinning.smallest())
                    yield known[-1], not thinning.doubtful

    def _without(self, demand: Demand, term_ids: list[str]) -> set[Demand]:
        kept = [id for id in term_ids if demand != held(id)]
        return {*(held(id) for id in kept), *demands_on(self._ways.grid.axis, kept)} - {demand}

    def _too_much(self, demands: set[Demand]) -> bool:
        look = max(0.0, min(_A_LOOK, self._end - time.monotonic()))
        return DemandModel(self._ways.different(demands), demands, ()).solve(look).core is not None
