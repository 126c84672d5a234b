"""Whatever is closed and however full the school is: a retiming leaves no two terms in one room, and nobody bedless."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.scheduling.contract import LIFT_BLACKOUT, LIST_BLACKOUTS, LIST_TERMS
from services.scheduling.contract import retimings as contract
from shared.errors import NotFound
from tests.integration.scheduling.conftest import School, programme

BEDS = 100


def each_day(term: dict[str, Any], first: str) -> list[date]:
    begins, ends = date.fromisoformat(term[first]), date.fromisoformat(term["ends_on"])
    return [begins + timedelta(days=n) for n in range((ends - begins).days + 1)]


def held(terms: list[dict[str, Any]]) -> tuple[Counter[Any], Counter[Any]]:
    """Count, by hand, how many terms use a room on a day, and how many people sleep there on a night.

    A term that is due has lost its place: another plan's, which the blackout touches as well.
    """
    rooms: Counter[Any] = Counter()
    sleepers: Counter[Any] = Counter()
    for term in terms:
        if term["state"] == "placed" and term["delivery"] == "campus" and not term["due"]:
            rooms.update((term["room_id"], day) for day in each_day(term, "starts_on"))
            for day in each_day(term, "reports_on"):
                sleepers[day] += term["capacity"]
    return rooms, sleepers


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    sizes=st.lists(st.tuples(st.integers(2, 3), st.integers(20, 60), st.integers(2, 6)), min_size=1, max_size=3),
    closed=st.tuples(st.integers(0, 20), st.integers(5, 40)),
    online=st.booleans(),
)
def test_no_two_terms_share_a_room_and_nobody_is_without_a_bed(
    school: School, sizes: list[tuple[int, int, int]], closed: tuple[int, int], online: bool
) -> None:
    school.places(beds=BEDS, r1=60, r2=60)
    for each in school.call(LIST_BLACKOUTS)["items"]:
        school.call(LIFT_BLACKOUT, {"blackout_id": each["blackout_id"]})
    wanted = [
        programme(number, terms=terms, trainees=terms * people, days=days)
        for number, (terms, people, days) in enumerate(sizes, 1)
    ]
    plan = school.approved(*wanted)
    school.place(plan["plan_id"])
    first = date(2020, 5, 6) + timedelta(days=closed[0])
    ask = {
        "plan_id": plan["plan_id"],
        "blackout": {
            "blackout_id": f"b-{plan['plan_id']}",
            "title": "停办",
            "starts_on": first.isoformat(),
            "ends_on": (first + timedelta(days=closed[1])).isoformat(),
        },
        "reason_code": "epidemic",
        "reason": "防控",
    }
    try:
        shown = school.call(contract.PREVIEW_RETIMING, ask)
    except NotFound:
        return
    if online and shown["terms"]:
        ask["outcomes"] = [{"term_id": shown["terms"][0]["term_id"], "outcome": "online"}]
        shown = school.call(contract.PREVIEW_RETIMING, ask)
    if not shown["can_proceed"]:
        return
    begun = school.call(contract.RETIME_TERMS, {**ask, "digest": shown["digest"]})
    school.pump()
    done = school.call(contract.GET_RETIMING, {"retiming_id": begun["retiming_id"]})
    assert done["state"] == "done", str(done["failure"])
    rooms, sleepers = held(school.call(LIST_TERMS, {"limit": 200})["items"])
    assert max(rooms.values(), default=0) <= 1
    assert max(sleepers.values(), default=0) <= BEDS
    moved = [row for row in shown["terms"] if row["outcome"] == "moved"]
    assert all(row["after"]["reports_on"] > ask["blackout"]["ends_on"] for row in moved)
    assert not any(term["due"] for term in school.terms(plan["plan_id"]))
