"""Timetables whose term moves or changes while somebody works on them: nothing a planner did is lost."""

from __future__ import annotations

from typing import Any

import pytest

from services.scheduling.contract import AMEND_PLAN, CANCEL_TERM, GET_TERM, MOVE_TERM, PUT_ROOM, retimings
from services.scheduling.contract import timetable_drafts as drafting
from services.scheduling.contract import timetables as contract
from services.scheduling.contract.invitations import TermNotPlaced
from tests.integration.scheduling.conftest import School, programme
from tests.integration.scheduling.retiming_city import JUNE_1, City
from tests.integration.scheduling.teaching import by_school, register
from tests.integration.scheduling.timetable_desk import MAY_11, MAY_18, Desk


@pytest.fixture
def desk(school: School) -> Desk:
    return Desk(school)


def take_up_again(desk: Desk) -> None:
    """Let the plan drop its second term and take it up again: it has no place then."""
    plan_id = desk.school.call(GET_TERM, {"term_id": desk.term_ids[1]})["plan_id"]
    for terms, trainees in ((1, 30), (2, 60)):
        change = {"plan_id": plan_id, "programmes": [{"ordinal": 1, "terms": terms, "trainees": trainees}]}
        desk.school.call(AMEND_PLAN, change)


def joint(desk: Desk) -> list[str]:
    """Make the first sessions of both terms' drafts one lecture in the hall; return the sessions' ids."""
    ids = [desk.open(term)["sessions"][0]["session_id"] for term in (0, 1)]
    sessions = [{"term_id": term, "session_id": id} for term, id in zip(desk.term_ids, ids, strict=True)]
    by_school(desk.school, drafting.JOIN_SESSIONS, {"sessions": sessions})
    desk.ask(drafting.CHANGE_SESSION, 0, session_id=ids[0], room_id="hall")
    return ids


def test_a_term_in_another_room_finds_its_timetable_drafted_in_that(desk: Desk) -> None:
    desk.open(1)
    desk.issue(1)
    desk.school.call(MOVE_TERM, {"term_id": desk.term_ids[1], "room_id": "hall"})
    draft = desk.draft(1)
    assert [each["room_id"] for each in draft["sessions"]] == ["hall", "hall", None, "hall"]
    assert {each["kind"] for each in draft["differences"]} == {"moved"}
    desk.issue(1)
    held = desk.school.call(contract.LIST_SESSIONS, {"from_day": MAY_11, "to_day": MAY_18, "room_id": "r2"})["items"]
    assert held == []


@pytest.mark.parametrize("issued", [False, True])
@pytest.mark.parametrize(
    ("means", "days_and_rooms"),
    [
        ({"starts_on": JUNE_1, "room_id": "r2"}, {(JUNE_1, "r2")}),
        ({"starts_on": JUNE_1, "room_id": "r1"}, {(JUNE_1, "r1")}),
        ({"starts_on": MAY_11, "room_id": "hall"}, {(MAY_11, "hall")}),
        ({"outcome": "online"}, {(MAY_11, None)}),
    ],
)
def test_a_draft_follows_its_retimed_term(
    school: School, means: dict[str, Any], days_and_rooms: set[tuple[str, str | None]], issued: bool
) -> None:
    city = City(school, issued=issued)
    if issued:
        for each in city.term_ids:
            by_school(school, drafting.OPEN_TIMETABLE_DRAFT, {"term_id": each, "source": "issued"})
    school.call(PUT_ROOM, {"room_id": "hall", "campus_id": "main", "title": "大教室", "capacity": 120})
    term_id = city.term_ids[0]
    wanted = {"blackout": None, "not_before": MAY_11, "term_ids": [term_id]}
    city.begin(**wanted, outcomes=[{"term_id": term_id, **means}])
    city.run()
    assert city.drafts() == [days_and_rooms, {(MAY_11, "r2")}]


def test_a_term_that_a_retiming_leaves_where_it_is_keeps_its_lessons(school: School) -> None:
    city = City(school)
    moved = {"term_id": city.term_ids[0], "starts_on": JUNE_1, "room_id": "r1"}
    city.begin(blackout=None, term_ids=city.term_ids, not_before=MAY_11, outcomes=[moved])
    city.run()
    assert [each["starts_on"] for each in city.terms()] == [JUNE_1, MAY_11]
    held = {"from_day": MAY_11, "to_day": MAY_18, "room_id": "r2"}
    assert len(school.call(contract.LIST_SESSIONS, held)["items"]) == 2


@pytest.mark.parametrize("starts_on", [MAY_11, MAY_18])
def test_a_timetable_issued_anew_for_a_term_that_the_plan_took_up_again_holds_its_lessons(
    desk: Desk, starts_on: str
) -> None:
    desk.open(1)
    desk.issue(1)
    take_up_again(desk)
    desk.school.call(MOVE_TERM, {"term_id": desk.term_ids[1], "starts_on": starts_on, "room_id": "r2"})
    held = {"from_day": MAY_11, "to_day": "2020-05-22", "term_id": desk.term_ids[1]}
    on_its_days = 4 if starts_on == MAY_11 else 0
    assert len(desk.school.call(contract.LIST_SESSIONS, held)["items"]) == on_its_days
    desk.open(1, source="issued", replace=True)
    desk.issue(1)
    assert {each["on"] for each in desk.school.call(contract.LIST_SESSIONS, held)["items"]} >= {starts_on}
    assert len(desk.school.call(contract.LIST_SESSIONS, held)["items"]) == 4


def test_the_draft_of_a_term_taken_up_again_waits_until_it_is_placed(desk: Desk) -> None:
    session = {"session_id": desk.open(1)["sessions"][0]["session_id"]}
    take_up_again(desk)
    for operation, more in (
        (drafting.GET_TIMETABLE_DRAFT, {}),
        (drafting.LIST_SESSION_PLACES, session),
        (drafting.CHANGE_SESSION, {**session, "title": "专题报告"}),
        (drafting.REMOVE_SESSION, session),
    ):
        with pytest.raises(TermNotPlaced):
            desk.ask(operation, 1, **more)
    desk.school.call(MOVE_TERM, {"term_id": desk.term_ids[1], "starts_on": MAY_11, "room_id": "r2"})
    assert len(desk.draft(1)["sessions"]) == 4
    take_up_again(desk)
    assert desk.ask(drafting.DROP_TIMETABLE_DRAFT, 1) == {"term_id": desk.term_ids[1]}


@pytest.mark.parametrize("gone", ["cancelled", "taken up again"])
def test_a_joint_lecture_is_not_kept_from_anywhere_by_a_term_that_has_no_place(desk: Desk, gone: str) -> None:
    ids = joint(desk)
    if gone == "cancelled":
        desk.school.call(CANCEL_TERM, {"term_id": desk.term_ids[1], "reason": "停办"})
    else:
        take_up_again(desk)
    found = desk.ask(drafting.LIST_SESSION_PLACES, 0, session_id=ids[0])["places"]
    concerned = {id for place in found for breach in place["broken"] for id in breach["term_ids"]}
    assert concerned == {desk.term_ids[0]}


def test_what_a_planner_changed_in_a_draft_is_not_lost_when_the_term_moves(desk: Desk) -> None:
    desk.open(1)
    desk.issue(1)
    draft = desk.open(1, source="issued")
    first = draft["sessions"][0]
    desk.change(first, 1, title="专题报告", lecturer_id="qiu")
    desk.school.call(MOVE_TERM, {"term_id": desk.term_ids[1], "starts_on": MAY_18})
    now = next(each for each in desk.draft(1)["sessions"] if each["session_id"] == first["session_id"])
    assert (now["on"], now["title"], now["lecturer_id"]) == (MAY_18, "专题报告", "qiu")


def test_sessions_of_different_length_swapped_last_as_long_as_before(desk: Desk) -> None:
    draft = desk.open()
    short = next(each for each in draft["sessions"] if each["hours"] == 2)
    field = next(each for each in draft["sessions"] if each["form"] == "field")
    later = desk.ask(drafting.SWAP_SESSIONS, 0, session_id=field["session_id"], other_id=short["session_id"])
    now = {each["session_id"]: (each["half"], each["starts_at"], each["ends_at"]) for each in later["sessions"]}
    assert (field["half"], short["half"]) == ("morning", "afternoon")
    assert now[field["session_id"]] == ("afternoon", "14:30", "18:00")
    assert now[short["session_id"]] == ("morning", "08:30", "10:15")


def test_a_scheduler_leaves_alone_what_was_changed_or_cancelled_while_it_ran(desk: Desk) -> None:
    by_school(desk.school, drafting.ARRANGE_TIMETABLES, {"term_ids": desk.term_ids, "seconds": 60})
    desk.school.call(CANCEL_TERM, {"term_id": desk.term_ids[0], "reason": "停办"})
    kept = desk.draft(1)["sessions"]
    changed = desk.change(kept[0], 1, title="开班式")
    desk.school.pump()
    assert desk.draft(1)["sessions"] == changed["sessions"]


def test_a_term_held_online_is_not_in_its_own_lecturers_way(school: School) -> None:
    school.places()
    register(school, "wen")
    week = {"terms": 1, "trainees": 40, "starts_on": MAY_11, "ends_on": "2020-05-22"}
    plan = school.approved(programme(**week, lecturers=[{"lecturer_id": "wen"}]))
    school.place(plan["plan_id"])
    (term,) = school.terms(plan["plan_id"])
    online = {"term_ids": [term["term_id"]], "outcomes": [{"term_id": term["term_id"], "outcome": "online"}]}
    ask = {"plan_id": plan["plan_id"], "reason_code": "epidemic", "reason": "防控", "not_before": MAY_11, **online}
    digest = school.call(retimings.PREVIEW_RETIMING, ask)["digest"]
    school.call(retimings.RETIME_TERMS, {**ask, "digest": digest})
    school.pump()
    assert school.terms(plan["plan_id"])[0]["delivery"] == "online"
    moved = school.call(MOVE_TERM, {"term_id": term["term_id"], "starts_on": MAY_18})
    assert moved["starts_on"] == MAY_18
    back = school.call(MOVE_TERM, {"term_id": term["term_id"], "starts_on": MAY_18, "room_id": "r2"})
    assert back["room_id"] == "r2"
