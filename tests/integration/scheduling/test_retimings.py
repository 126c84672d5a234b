"""Postponement and epidemic re-timing: seen in full beforehand, carried out by one command, told once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from services.scheduling.contract import (
    AMEND_PLAN,
    CANCEL_TERM,
    LECTURER_INVITED,
    LIFT_BLACKOUT,
    LIST_BLACKOUTS,
    MOVE_TERM,
    RETIMING_ANNOUNCED,
    TERM_CANCELLED,
    TERM_MOVED,
    TIMETABLE_ISSUED,
    lecturers,
    timetables,
)
from services.scheduling.contract import invitations as inviting
from services.scheduling.contract import retimings as contract
from services.scheduling.contract import timetable_drafts as drafting
from services.scheduling.contract.parts import TermClash
from services.scheduling.contract.places import PUT_ROOM
from services.scheduling.contract.retimings import RetimingChanged, RetimingIncomplete
from shared.errors import Forbidden, Invalid, NotFound
from shared.runtime.process import ProcessRunning
from tests.integration.scheduling.conftest import School, programme
from tests.integration.scheduling.retiming_city import CLOSED, JUNE_1, MAY_11, City, told
from tests.integration.scheduling.teaching import (
    AUDITOR,
    PARTY_SCHOOL,
    by_school,
    lecturer_caller,
    unit_caller,
)


@pytest.fixture
def city(school: School) -> City:
    return City(school)


def test_a_preview_shows_the_whole_cascade_and_saves_nothing(city: City) -> None:
    before = city.terms()
    shown = city.preview()
    assert shown["can_proceed"]
    assert [(each["outcome"], each["after"]["starts_on"], each["after"]["room_id"]) for each in shown["terms"]] == [
        ("moved", JUNE_1, "r1"),
        ("moved", JUNE_1, "r2"),
    ]
    first = shown["terms"][0]
    assert (first["admitted"], first["unit_ids"], first["sessions_changed"]) == (3, ["city.donghu"], 2)
    assert (first["replacement_deadline_before"], first["replacement_deadline_after"]) == ("2020-05-06", "2020-05-27")
    assert first["lecturers"] == [{"lecturer_id": "wen", "name": "教师wen", "state": "reconfirm"}]
    assert {each["key"]: each["count"] for each in shown["consequences"]} == {
        "terms-moved": 2,
        "people": 6,
        "units": 2,
        "transfer-letters": 2,
        "admission-notices": 6,
        "timetables": 2,
        "sessions": 4,
        "lecturers-reconfirm": 2,
        "deadlines": 2,
        "places-kept": 60,
        "fees-reassessed": 2,
    }
    assert city.terms() == before
    assert city.school.call(LIST_BLACKOUTS)["items"] == []
    assert city.school.harness.take() == []


def test_one_command_moves_terms_timetables_and_lecturers_and_tells_everybody_once(city: City) -> None:
    begun = city.begin()
    assert (begun["state"], begun["terms"]) == ("running", 2)
    seen = city.run()
    moved = told(seen, TERM_MOVED)
    assert [(each["starts_on"], each["retiming_id"]) for each in moved] == [(JUNE_1, begun["retiming_id"])] * 2
    issued = told(seen, TIMETABLE_ISSUED)
    assert [each["timetable_version"] for each in issued] == [2, 2]
    assert {each["retiming_id"] for each in issued} == {begun["retiming_id"]}
    assert {session["on"] for each in issued for session in each["sessions"]} == {JUNE_1}
    assert len(told(seen, LECTURER_INVITED)) == 2
    (announced,) = told(seen, RETIMING_ANNOUNCED)
    assert [(each["outcome"], each["starts_on_before"], each["starts_on"]) for each in announced["terms"]] == [
        ("moved", MAY_11, JUNE_1)
    ] * 2
    done = city.retiming(begun)
    assert (done["state"], done["failure"]) == ("done", None)
    assert [each["step"] for each in done["steps"]] == [
        "begin",
        "reserve",
        "move_terms",
        "reissue_timetables",
        "ask_lecturers_again",
        "announce",
    ]
    for term in city.terms():
        assert (term["standing"], term["standing_reason"], term["due"]) == ("rescheduled", "疫情防控要求", False)
    assert [each["blackout_id"] for each in city.school.call(LIST_BLACKOUTS)["items"]] == ["outbreak"]
    assert city.reserved() == 0
    pending = city.school.call(inviting.LIST_INVITATIONS, {"state": "invited"})["items"]
    assert {each["retiming_id"] for each in pending} == {begun["retiming_id"]}
    assert city.school.call(timetables.GET_TIMETABLE, {"term_id": city.term_ids[0]})["stale"] is False


def test_while_it_runs_terms_are_postponed_and_nobody_takes_their_new_place(city: City) -> None:
    begun = city.begin()
    city.run(until=lambda turn: turn == 2)
    assert [each["standing"] for each in city.terms()] == ["postponed", "postponed"]
    assert city.retiming(begun)["state"] == "running"
    with pytest.raises(ProcessRunning):
        city.begin(term_ids=city.term_ids[:1], not_before="2020-07-01", blackout=None)
    other = city.school.approved(programme(9, terms=1, trainees=60, ends_on="2020-12-31"))
    (term,) = city.school.terms(other["plan_id"])
    with pytest.raises(TermClash, match="同用教室"):
        city.school.call(MOVE_TERM, {"term_id": term["term_id"], "starts_on": JUNE_1, "room_id": "r1"})


def test_terms_are_cancelled_or_taken_online_where_the_planner_means_it(city: City) -> None:
    outcomes = [
        {"term_id": city.term_ids[0], "outcome": "cancelled"},
        {"term_id": city.term_ids[1], "outcome": "online"},
    ]
    shown = city.preview(outcomes=outcomes)
    assert {each["key"]: each["count"] for each in shown["consequences"]}["fees-refunded"] == 1
    assert [each["state"] for each in shown["terms"][0]["lecturers"]] == ["released"]
    digest = shown["digest"]
    with pytest.raises(Forbidden, match="市委组织部"):
        by_school(city.school, contract.RETIME_TERMS, {**city.request(outcomes=outcomes), "digest": digest})
    city.school.call(contract.RETIME_TERMS, {**city.request(outcomes=outcomes), "digest": digest})
    seen = city.run()
    (cancelled,) = told(seen, TERM_CANCELLED)
    (moved,) = told(seen, TERM_MOVED)
    assert (cancelled["term_id"], moved["delivery"], moved["starts_on"]) == (city.term_ids[0], "online", MAY_11)
    (issued,) = told(seen, TIMETABLE_ISSUED)
    assert {each["room_id"] for each in issued["sessions"]} == {None}
    assert told(seen, LECTURER_INVITED) == []
    first, second = city.terms()
    assert (first["standing"], second["standing"], second["delivery"], second["due"]) == (
        "cancelled",
        "online",
        "online",
        False,
    )


def test_a_term_taken_online_is_drafted_and_arranged_without_the_room_it_left(city: City) -> None:
    gone, stays = city.term_ids
    city.begin(outcomes=[{"term_id": gone, "outcome": "online"}, {"term_id": stays, "starts_on": JUNE_1}])
    city.run()
    city.school.call(LIFT_BLACKOUT, {"blackout_id": CLOSED["blackout_id"]})
    city.school.call(MOVE_TERM, {"term_id": stays, "starts_on": MAY_11, "room_id": "r1"})
    by_school(city.school, drafting.OPEN_TIMETABLE_DRAFT, {"term_id": gone, "source": "scheme"})
    for arranged in (False, True):
        if arranged:
            by_school(city.school, drafting.ARRANGE_TIMETABLES, {"term_ids": [gone], "seconds": 2})
            city.school.pump()
        draft = city.school.call(drafting.GET_TIMETABLE_DRAFT, {"term_id": gone})
        assert draft["breaches"] == []
        assert [each["room_id"] for each in draft["sessions"]] == [None, None]


def test_a_day_and_a_room_may_be_named(city: City) -> None:
    outcomes = [{"term_id": city.term_ids[0], "starts_on": "2020-06-08", "room_id": "r2"}]
    shown = city.preview(outcomes=outcomes)
    assert [(each["after"]["starts_on"], each["after"]["room_id"]) for each in shown["terms"]] == [
        ("2020-06-08", "r2"),
        (JUNE_1, "r2"),
    ]


def test_a_room_alone_may_be_named_and_the_term_goes_there_on_the_nearest_day(city: City) -> None:
    here, other = city.term_ids
    for term_id, room_id in ((here, "r2"), (here, "r1"), (other, "r1")):
        shown = city.preview(outcomes=[{"term_id": term_id, "room_id": room_id}])
        after = {each["term_id"]: each["after"] for each in shown["terms"]}
        assert after[term_id]["room_id"] == room_id
        assert after[term_id]["starts_on"] == JUNE_1
        assert shown["can_proceed"]
    swapped = [{"term_id": here, "room_id": "r2"}, {"term_id": other, "room_id": "r1"}]
    city.begin(outcomes=swapped)
    city.run()
    assert [(each["starts_on"], each["room_id"]) for each in city.terms()] == [(JUNE_1, "r2"), (JUNE_1, "r1")]


def test_a_term_for_which_the_room_named_does_not_do_is_said_to_find_no_place_in_it(city: City) -> None:
    room = {"room_id": "small", "campus_id": "main", "title": "小教室", "capacity": 20}
    city.school.call(PUT_ROOM, room)
    shown = city.preview(outcomes=[{"term_id": city.term_ids[0], "room_id": "small"}])
    (left,) = shown["homeless"]
    assert (shown["can_proceed"], left["term_id"]) == (False, city.term_ids[0])
    assert "教室“小教室”不合要求" in left["reasons"][0]["words"]["zh"]
    with pytest.raises(NotFound, match="nowhere"):
        city.preview(outcomes=[{"term_id": city.term_ids[0], "room_id": "nowhere"}])


def test_what_was_shown_is_done_or_nothing(city: City) -> None:
    digest = city.preview()["digest"]
    city.school.call(MOVE_TERM, {"term_id": city.term_ids[1], "starts_on": MAY_11, "room_id": "r2", "pinned": False})
    with pytest.raises(RetimingChanged):
        city.school.call(contract.RETIME_TERMS, {**city.request(), "digest": digest})
    request = {**city.request(), "digest": city.preview()["digest"]}
    first = city.school.call(contract.RETIME_TERMS, request, command_id="k")
    city.run()
    assert city.school.call(contract.RETIME_TERMS, request, command_id="k") == first
    assert city.run() == []


def test_a_term_without_a_new_place_is_named_with_its_reasons_and_nothing_is_done(city: City) -> None:
    shown = city.preview(not_after="2020-06-03")
    assert (shown["can_proceed"], shown["terms"], len(shown["homeless"])) == (False, [], 2)
    assert shown["homeless"][0]["reasons"][0]["words"]["zh"]
    with pytest.raises(RetimingIncomplete):
        city.begin(not_after="2020-06-03")
    assert city.school.harness.take() == []


def test_a_lecturer_who_cannot_come_is_shown_and_left_open(city: City) -> None:
    away = [{"starts_on": JUNE_1, "ends_on": "2020-06-05"}]
    by_school(city.school, lecturers.PUT_UNAVAILABILITY, {"lecturer_id": "wen", "unavailable": away})
    shown = city.preview()
    assert [each["state"] for each in shown["terms"][0]["lecturers"]] == ["open"]
    city.begin()
    seen = city.run()
    assert {each["lecturer_id"] for each in told(seen, TIMETABLE_ISSUED)[0]["sessions"]} == {None}
    (announced,) = told(seen, RETIMING_ANNOUNCED)
    assert [each["lecturer_ids"] for each in announced["terms"]] == [["wen"], ["liang"]]


def test_terms_that_have_begun_are_left_alone(city: City) -> None:
    city.school.call(MOVE_TERM, {"term_id": city.term_ids[1], "starts_on": "2020-05-18", "room_id": "r2"})
    city.school.harness.store.clock.set(datetime(2020, 5, 11, 1, tzinfo=UTC))  # type: ignore[attr-defined]
    shown = city.preview()
    assert (shown["begun"], [each["term_id"] for each in shown["terms"]]) == ([city.term_ids[0]], [city.term_ids[1]])
    online = [{"term_id": city.term_ids[0], "outcome": "online"}]
    assert len(city.preview(outcomes=online)["terms"]) == 2
    with pytest.raises(Invalid, match="已开班"):
        city.preview(outcomes=[{"term_id": city.term_ids[0]}])


def test_what_makes_no_sense_is_refused(city: City) -> None:
    with pytest.raises(Invalid, match="请指定"):
        city.preview(blackout=None)
    with pytest.raises(Invalid, match="not_before"):
        city.preview(blackout=None, term_ids=city.term_ids)
    with pytest.raises(Invalid, match="是空的"):
        city.preview(not_after="2020-05-20")
    with pytest.raises(Invalid, match="早于开始日期"):
        city.preview(blackout={**CLOSED, "ends_on": "2020-05-01"})
    with pytest.raises(NotFound, match="没有需要调整"):
        city.preview(blackout={**CLOSED, "starts_on": "2020-09-01", "ends_on": "2020-09-30"})
    with pytest.raises(NotFound):
        city.preview(term_ids=["term_x"])
    city.school.call(CANCEL_TERM, {"term_id": city.term_ids[0], "reason": "停办", "release_admitted": True})
    with pytest.raises(Invalid, match="已取消"):
        city.preview(term_ids=city.term_ids)


def test_a_retiming_outlives_amendments_of_the_plan(city: City) -> None:
    city.begin(not_before="2020-08-10")
    city.run()
    contacts = [{"organisation": "市委组织部", "person": "李四", "phone": "0270-5550102", "fax": None}]
    city.school.call(AMEND_PLAN, {"plan_id": city.plan_id, "contacts": contacts})
    assert [(each["starts_on"], each["due"]) for each in city.terms()] == [("2020-08-10", False)] * 2


def test_a_retimed_term_keeps_its_days_and_not_the_window_of_then_when_the_plan_narrows_it(city: City) -> None:
    city.begin(not_before="2020-08-10")
    city.run()
    city.school.call(AMEND_PLAN, {"plan_id": city.plan_id, "programmes": [{"ordinal": 1, "starts_on": "2020-06-08"}]})
    assert [(each["starts_on"], each["due"]) for each in city.terms()] == [("2020-08-10", False)] * 2
    with pytest.raises(TermClash) as refusal:
        city.school.call(MOVE_TERM, {"term_id": city.term_ids[0], "starts_on": JUNE_1, "room_id": "r1"})
    assert [each["code"] for each in refusal.value.details["violations"]] == ["no-span"]


def test_only_planners_retime(city: City) -> None:
    for caller in (AUDITOR, unit_caller("city.donghu"), lecturer_caller("wen")):
        with pytest.raises(Forbidden):
            city.school.call(contract.PREVIEW_RETIMING, city.request(), caller=caller)
        with pytest.raises(Forbidden):
            city.school.call(contract.RETIME_TERMS, {**city.request(), "digest": "0" * 32}, caller=caller)
    assert city.school.call(contract.PREVIEW_RETIMING, city.request(), caller=PARTY_SCHOOL)["can_proceed"]
    assert city.school.call(contract.LIST_RETIMINGS, {"plan_id": city.plan_id}, caller=AUDITOR)["items"] == []
