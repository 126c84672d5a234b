"""What is said of a conflict goes by the rule: the same whether or not a campus, a lecturer and a term share a name."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.scheduling.domain.conflict import Explanation
from services.scheduling.domain.demands import Rule
from services.scheduling.domain.placement import Absence, Blackout, Campus, Lecturer, Need, Problem, Room
from services.scheduling.plugins.year_explain import explain_year
from tests.unit.scheduling.year_problems import SPRING, term

WEEK = {"earliest_start": date(2020, 5, 11), "latest_end": date(2020, 5, 15)}
APART = {"term": "t1", "programme": "p1", "campus": "east", "lecturer": "liang", "blackout": "closed"}
ALIKE = dict.fromkeys(APART, "1")


def year(named: dict[str, str], first: dict[str, Any], second: dict[str, Any], **changes: Any) -> Problem:
    """Two terms that crowd one another; the first, its programme and what stands in its way are ``named``."""
    second = dict(second)
    need = (Need(named["lecturer"]),) if changes.pop("taught", False) else ()
    one = term(named["term"], programme_id=named["programme"], needs=need, **WEEK, **first)
    other = {"programme_id": "p2", "programme_ordinal": 2}
    if second.pop("same", False):
        other = {"programme_id": named["programme"], "ordinal": 2}
    two = term("t2", **{**other, "needs": need, **WEEK, **second})
    rooms, beds = changes.pop("rooms", 2), changes.pop("beds", 200)
    away, closed = changes.pop("away", ()), changes.pop("closed", ())
    return Problem(
        (one, two),
        tuple(Room(f"r{n}", f"教室{n}", named["campus"], 60) for n in range(rooms)),
        (Campus(named["campus"], "东校区", "city.donghu", beds),),
        SPRING,
        tuple(Blackout(named["blackout"], "封控", *days) for days in closed),
        lecturers=(Lecturer(named["lecturer"], "梁老师", tuple(Absence(*days) for days in away)),),
        seconds=60.0,
    )


DAY = (date(2020, 5, 13), date(2020, 5, 13))
SAME = {"same": True}
LATER = {"earliest_start": date(2020, 5, 4), "latest_end": date(2020, 5, 10), "days": 2}
CONFLICTS: dict[str, dict[str, Any]] = {
    "beds": {"first": {"trainees": 30}, "second": {"trainees": 50}, "beds": 60},
    "rooms": {"first": {}, "second": {}, "rooms": 1},
    "lecturer": {"first": {}, "second": {}, "taught": True},
    "absence": {"first": {}, "second": {"needs": ()}, "taught": True, "away": (DAY,)},
    "blackout": {
        "first": {},
        "second": {"earliest_start": date(2020, 5, 18), "latest_end": date(2020, 5, 22)},
        "closed": (DAY,),
    },
    "gap": {"first": {"min_gap": 0}, "second": {**SAME, "min_gap": 0}},
    "sequence": {"first": {}, "second": {**SAME, **LATER}},
}


def words(explanation: Explanation) -> list[tuple[Any, ...]]:
    return [
        (conflict.zh, conflict.en, *((each.rule, each.zh, each.en, each.loosenings) for each in conflict.demands))
        for conflict in explanation.conflicts
    ]


@pytest.mark.parametrize("rule", CONFLICTS)
def test_a_rule_is_said_as_that_rule_whatever_its_subject_is_called(rule: Rule) -> None:
    apart, alike = (explain_year(year(named, **CONFLICTS[rule])) for named in (APART, ALIKE))
    (conflict,) = apart.conflicts
    assert rule in {each.rule for each in conflict.demands}
    assert words(alike) == words(apart)
