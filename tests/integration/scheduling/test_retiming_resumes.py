"""A retiming that dies at any of its steps goes on from there, forwards and backwards, and does nothing twice."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from services.scheduling.contract import (
    AMEND_PLAN,
    CANCEL_TERM,
    GET_TERM,
    LECTURER_INVITED,
    LIST_BLACKOUTS,
    MOVE_TERM,
    PUT_ROOM,
    RETIMING_ANNOUNCED,
    TERM_MOVED,
    TIMETABLE_ISSUED,
    timetables,
)
from services.scheduling.contract import invitations as inviting
from services.scheduling.contract import timetable_drafts as drafting
from services.scheduling.store import RETIMINGS, TERMS
from shared.context import Context
from shared.storage import Transaction
from tests.integration.scheduling.conftest import School, programme
from tests.integration.scheduling.older import forget
from tests.integration.scheduling.retiming_city import CLOSED, JUNE_1, MAY_11, City, told
from tests.integration.scheduling.teaching import DEPARTMENT, by_school

STEPS = range(6)


class Died(BaseException):
    """Stands for the process ending: nothing catches it."""


@pytest.fixture
def city(school: School) -> City:
    return City(school)


def die_once(city: City, monkeypatch: pytest.MonkeyPatch, committed: bool) -> None:
    """Let the next step die: just before its transaction, or just after it was committed and before it is settled."""
    react = city.school.harness.store.react

    def dying(*args: Any, **kwargs: Any) -> Any:
        monkeypatch.setattr(city.school.harness.store, "react", react)
        if committed:
            react(*args, **kwargs)
        raise Died

    monkeypatch.setattr(city.school.harness.store, "react", dying)


def finish(city: City, turn: int, monkeypatch: pytest.MonkeyPatch, committed: bool) -> Counter[str]:
    """Run on, dying once at the step of ``turn``; the event comes again. Return how often each event was sent."""
    seen = city.run(until=lambda each: each == turn)
    die_once(city, monkeypatch, committed)
    with pytest.raises(Died):
        city.step(city.waiting)
    city.step(city.waiting)
    city.step(city.waiting)
    return Counter(each.type for each in (*seen, *city.run()))


@pytest.mark.parametrize("committed", [False, True])
@pytest.mark.parametrize("turn", STEPS)
def test_forwards(city: City, monkeypatch: pytest.MonkeyPatch, turn: int, committed: bool) -> None:
    begun = city.begin()
    sent = finish(city, turn, monkeypatch, committed)
    assert city.retiming(begun)["state"] == "done"
    assert sent[RETIMING_ANNOUNCED.type] == 1
    assert sent[TERM_MOVED.type] == sent[TIMETABLE_ISSUED.type] == sent[LECTURER_INVITED.type] == 2
    assert [(each["starts_on"], each["standing"]) for each in city.terms()] == [(JUNE_1, "rescheduled")] * 2
    assert city.reserved() == 0


def refuse_at_the_end(city: City, cancel: bool = False) -> None:
    """Let everything be done but the announcement, and then move a term by hand, or cancel it: the last refuses."""
    city.run(until=lambda turn: turn == 5)
    last, term = city.waiting, {"term_id": city.term_ids[1]}
    if cancel:
        city.school.call(CANCEL_TERM, {**term, "reason": "停办", "release_admitted": True})
    else:
        city.school.call(MOVE_TERM, {**term, "starts_on": "2020-06-29", "room_id": "r2"})
    city.step(last)


# The refusal itself is turn 5; from the next on the steps before it are taken back.
@pytest.mark.parametrize("committed", [False, True])
@pytest.mark.parametrize("turn", range(6, 11))
def test_backwards(city: City, monkeypatch: pytest.MonkeyPatch, turn: int, committed: bool) -> None:
    begun = city.begin()
    refuse_at_the_end(city)
    sent = finish(city, turn, monkeypatch, committed)
    done = city.retiming(begun)
    assert done["state"] == "refused"
    assert "又被改动" in done["failure"]["zh"]
    assert sent[RETIMING_ANNOUNCED.type] == 0
    first, second = city.terms()
    assert (first["starts_on"], first["room_id"], first["standing"]) == (MAY_11, "r1", "notified")
    assert second["starts_on"] == "2020-06-29"
    assert city.reserved() == 0
    assert city.school.call(LIST_BLACKOUTS)["items"] == []
    shown = city.school.call(timetables.GET_TIMETABLE, {"term_id": city.term_ids[0]})
    assert (shown["number"], shown["stale"], {each["on"] for each in shown["sessions"]}) == (3, False, {MAY_11})
    assert {each["lecturer_id"] for each in shown["sessions"]} == {"wen"}
    states = city.school.call(inviting.LIST_INVITATIONS, {"term_id": city.term_ids[0]})["items"]
    assert sorted(each["state"] for each in states) == ["confirmed", "withdrawn"]


@pytest.mark.parametrize("amended", [False, True])
def test_a_term_that_goes_back_has_the_window_it_had_unless_the_plan_gave_it_another(city: City, amended: bool) -> None:
    before, _ = windows(city)
    city.begin(not_before="2020-08-10")
    refuse_at_the_end(city, cancel=True)
    assert [window[1] for window in windows(city)] == ["2020-08-14", "2020-08-14"]
    if amended:
        programmes = [{"ordinal": 1, "ends_on": "2020-08-21"}]
        city.school.call(AMEND_PLAN, {"plan_id": city.plan_id, "programmes": programmes})
    city.run()
    assert city.terms()[0]["starts_on"] == MAY_11
    assert windows(city)[0] == (*before[:1], "2020-08-21" if amended else before[1], None)


def test_a_retiming_begun_by_the_release_before_goes_back_as_that_did(city: City) -> None:
    city.begin(not_before="2020-08-10")
    forget(city.school, RETIMINGS, "windows")
    refuse_at_the_end(city, cancel=True)
    city.run()
    assert city.terms()[0]["starts_on"] == MAY_11
    assert windows(city)[0][1] == "2020-08-14"


def windows(city: City) -> list[tuple[str, str, list[str] | None]]:
    terms = city.school.harness.store.view(Context(DEPARTMENT)).rows(TERMS)
    docs = [terms.get(term_id) for term_id in city.term_ids]
    return [(doc["window_starts_on"], doc["window_ends_on"], doc.get("retimed_window")) for doc in docs]


@pytest.mark.parametrize("issued", [False, True])
@pytest.mark.parametrize("means", [{"starts_on": JUNE_1, "room_id": "r2"}, {"outcome": "online"}])
def test_a_draft_goes_back_with_its_term(school: School, means: dict[str, Any], issued: bool) -> None:
    city = City(school, issued=issued)
    if issued:
        for term_id in city.term_ids:
            by_school(school, drafting.OPEN_TIMETABLE_DRAFT, {"term_id": term_id, "source": "issued"})
    before = city.drafts()
    city.begin(outcomes=[{"term_id": city.term_ids[0], **means}])
    refuse_at_the_end(city)
    assert city.drafts()[0] != before[0]
    city.run()
    first, second = city.drafts()
    assert first == before[0]
    assert second == {("2020-06-29", "r2")}, "moved by hand, it stays there"


def test_a_place_given_away_just_before_the_blackout_is_taken_back_is_not_given_back(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    city = City(school)
    school.call(PUT_ROOM, {"room_id": "r3", "campus_id": "main", "title": "教室r3", "capacity": 60})
    lost = placed_by_hand(school, MAY_11, days=5)
    city.begin(blackout={**CLOSED, "ends_on": MAY_11})
    refuse_at_the_end(city, cancel=True)
    city.run(until=lambda turn: turn == 9)
    react = school.harness.store.react

    def late(context: Any, event_id: str, handler: str, body: Any) -> bool:
        def reading(tx: Transaction) -> None:
            tx.rows(TERMS).count()
            if school.harness.store.react is not react:
                monkeypatch.setattr(school.harness.store, "react", react)
                placed_by_hand(school, "2020-05-13", days=2)
            body(tx)

        return react(context, event_id, handler, reading)

    monkeypatch.setattr(school.harness.store, "react", late)
    city.step(city.waiting)
    city.run()
    assert school.call(LIST_BLACKOUTS)["items"] == []
    assert school.call(GET_TERM, {"term_id": lost})["due"] is True


def placed_by_hand(school: School, starts_on: str, days: int) -> str:
    wanted = programme(9, terms=1, trainees=40, days=days, starts_on=starts_on, ends_on="2020-05-15")
    (term,) = school.terms(school.approved(wanted)["plan_id"])
    school.call(MOVE_TERM, {"term_id": term["term_id"], "starts_on": starts_on, "room_id": "r3"})
    return str(term["term_id"])


def test_a_place_taken_before_it_could_be_held_stops_everything(city: City) -> None:
    begun = city.begin()
    city.run(until=lambda turn: turn == 1)
    waiting = city.waiting
    other = city.school.approved(
        {
            "ordinal": 9, "title": "另一班", "kind": "training", "terms": 1, "trainees": 60,
            "starts_on": "2020-05-06", "ends_on": "2020-07-31", "days": 5, "points": [],
        }
    )  # fmt: skip
    (term,) = city.school.terms(other["plan_id"])
    city.school.call(MOVE_TERM, {"term_id": term["term_id"], "starts_on": JUNE_1, "room_id": "r1"})
    city.step(waiting)
    seen = city.run()
    assert told(seen, RETIMING_ANNOUNCED) == []
    done = city.retiming(begun)
    assert done["state"] == "refused"
    assert [(each["step"], each["way"]) for each in done["steps"]] == [
        ("begin", "running"),
        ("reserve", "refused"),
        ("begin", "undoing"),
    ]
    assert "不可用" in done["failure"]["zh"]
    assert [(each["starts_on"], each["standing"]) for each in city.terms()] == [(MAY_11, "notified")] * 2
