"""Asking what one demand would have to give, at the least, for some others to hold."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from services.scheduling.domain.demand_words import days_en
from services.scheduling.domain.demands import Demand
from services.scheduling.domain.loosening_words import loosening_words
from services.scheduling.domain.placement import Need, Problem, Term
from services.scheduling.domain.placement_grid import Grid
from services.scheduling.domain.placement_spans import Axis
from services.scheduling.plugins.year_demands import DemandModel, Ways
from services.scheduling.plugins.year_slack import slack

_A_LOOK = 3.0
PLACES = ("beds", "rooms")


@dataclass(frozen=True, slots=True)
class Given:
    """What is given up; ``proven``: no less would do."""

    amount: int
    unit: str
    proven: bool
    zh: str
    en: str


Reply = tuple[Given | None, bool]
"""What is given up; and where nothing helps, whether that is certain."""
Ask = Callable[[Sequence[Demand]], Reply]
"""A question: all other demands given, what would one have to give?"""


class Giving:
    """Asks what demands on some terms would have to give, until ``end`` (``time.monotonic``).

    Beds and rooms take longest: each of these questions may have one of so many ``parts`` of the time that is left.
    """

    def __init__(self, ways: Ways, end: float) -> None:
        self._ways, self._grid, self.end = ways, ways.grid, end
        self.parts = 3
        self._roomier: dict[str, Ways] = {}

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() > self.end

    def asks(self, demand: Demand, narrow: bool) -> dict[str, Ask]:
        """Return what can be asked of a demand; ``narrow``: ways that are alike count once, as for many terms."""
        if demand.rule != "held":
            return {"give": partial(self._give_way, demand, narrow)}
        return {
            "leave": partial(self._leave, demand),
            "fewer": partial(self._fewer, demand),
            "shorter": partial(self._shorter, demand),
        }

    def left_out(self, demand: Demand) -> Given:
        """Return that a term is left out."""
        term = self._grid.terms[demand.subject]
        return Given(
            term.trainees,
            "people",
            True,
            f"不办{term.name}，{term.trainees}人另行安排",
            f"leave {term.label_en} out; its {term.trainees} people go elsewhere",
        )

    def _leave(self, demand: Demand, rest: Sequence[Demand]) -> Reply:
        """Ask whether it is enough to leave a term out."""
        holds = _holds(self._ways, [each for each in rest if each != demand])
        return (self.left_out(demand), True) if holds else (None, holds is not None)

    def _fewer(self, demand: Demand, rest: Sequence[Demand]) -> Reply:
        """Ask how much smaller a term would have to be."""
        term, least, sure = self._grid.terms[demand.subject], 0, True
        most = term.trainees - 1
        while least < most:
            middle = (least + most + 1) // 2
            fits = self._fits(dataclasses.replace(term, trainees=middle), rest)
            sure &= fits is not None
            if fits:
                least = middle
            else:
                most = middle - 1
        if not least:
            return None, sure
        fewer = term.trainees - least
        zh, en = f"{term.name}减少{fewer}人，办{least}人", f"make {term.label_en} smaller by {fewer}, to {least} people"
        return Given(fewer, "people", sure, zh, en), True

    def _shorter(self, demand: Demand, rest: Sequence[Demand]) -> Reply:
        """Ask how much shorter a term would have to be."""
        term, sure = self._grid.terms[demand.subject], True
        for days in range(term.days - 1, 0, -1):
            shorter = dataclasses.replace(term, days=days, needs=_within(term, days))
            fits = None if self.over else self._fits(shorter, rest)
            sure &= fits is not None
            if fits:
                fewer = term.days - days
                zh, en = f"{term.name}缩短{fewer}天，办{days}天", f"shorten {term.label_en} by {days_en(fewer)}"
                return Given(fewer, "days", sure, zh, f"{en}, to {days_en(days)}"), True
        return None, sure

    def _give_way(self, demand: Demand, narrow: bool, rest: Sequence[Demand]) -> Reply:
        """Ask how much of a rule has to be given up."""
        kept = [each for each in rest if each != demand]
        ways = self._with_new_rooms(demand.subject) if demand.rule == "rooms" else self._ways
        model = DemandModel(ways.different(kept, demand) if narrow else ways, kept, ())
        share = (self.end - time.monotonic()) / self.parts
        look = max(_A_LOOK, share) if demand.rule in PLACES else _A_LOOK
        found = model.least(slack(model, demand, self._grid.axis), look)
        if found.chosen is None:
            return None, found.impossible
        unit, zh, en = loosening_words(self._grid.axis, demand, found.amount, found.chosen)
        return Given(found.amount, unit, found.bound >= found.amount, zh, en), True

    def _with_new_rooms(self, campus_id: str) -> Ways:
        """Return the ways where a campus has one more room of each kind and size, which no pin and no ban names."""
        if campus_id not in self._roomier:
            problem = self._grid.problem
            shapes = {(room.kind, room.capacity): room for room in problem.rooms if room.campus_id == campus_id}
            new = [dataclasses.replace(room, id=f"{campus_id}+{n}") for n, room in enumerate(shapes.values())]
            self._roomier[campus_id] = Ways(_grid(dataclasses.replace(problem, rooms=(*problem.rooms, *new))))
        return self._roomier[campus_id]

    def _fits(self, term: Term, demands: Sequence[Demand]) -> bool | None:
        """Return whether a changed term can be held; ``None``: the time did not suffice to tell."""
        problem = self._grid.problem
        terms = tuple(term if each.id == term.id else each for each in problem.terms)
        return _holds(self._ways.but(term, _grid(dataclasses.replace(problem, terms=terms))), demands)


def _grid(problem: Problem) -> Grid:
    return Grid(Axis(problem))


def _holds(ways: Ways, demands: Sequence[Demand]) -> bool | None:
    answer = DemandModel(ways.different(demands), demands, ()).solve(_A_LOOK)
    if answer.chosen is not None:
        return True
    return False if answer.core is not None else None


def _within(term: Term, days: int) -> tuple[Need, ...]:
    kept = []
    for need in term.needs:
        wanted = tuple(day for day in need.days if day <= days)
        if wanted or not need.days:
            kept.append(dataclasses.replace(need, days=wanted))
    return tuple(kept)
