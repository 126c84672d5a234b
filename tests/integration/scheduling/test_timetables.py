"""Timetables of terms: drafted, judged, issued in versions, compared, and seen by those they concern."""

from __future__ import annotations

from typing import Any

import pytest

from services.enrollment.contract import ROSTER_ADMITTED
from services.scheduling.contract import CANCEL_TERM, MOVE_TERM, TIMETABLE_ISSUED
from services.scheduling.contract import invitations as inviting
from services.scheduling.contract import timetable_drafts as drafting
from services.scheduling.contract import timetables as contract
from services.scheduling.contract.invitations import TermNotPlaced
from services.scheduling.contract.parts import TermIsCancelled
from services.scheduling.contract.timetable_drafts import DraftThere, NoDraft, TimetableBroken
from shared.errors import Forbidden, Invalid, NotFound, StaleVersion
from shared.security.caller import Caller, Role
from tests.integration.scheduling.conftest import School
from tests.integration.scheduling.teaching import (
    AUDITOR,
    DEPARTMENT,
    by_school,
    lecturer_caller,
    unit_caller,
)
from tests.integration.scheduling.timetable_desk import MAY_11, MAY_18, Desk


@pytest.fixture
def desk(school: School) -> Desk:
    return Desk(school)


def places(sessions: list[dict[str, Any]]) -> list[tuple[str, str, str]]:
    return [(each["title"], each["on"], each["half"]) for each in sessions]


def test_a_draft_lays_the_scheme_out_with_those_who_were_asked(desk: Desk) -> None:
    desk.invite("wen", 0, confirm=True)
    draft = desk.open()
    assert places(draft["sessions"]) == [
        ("治理现代化", "2020-05-11", "morning"),
        ("治理现代化", "2020-05-11", "afternoon"),
        ("现场教学", "2020-05-12", "morning"),
        ("自学", "2020-05-12", "afternoon"),
    ]
    assert [each["lecturer_name"] for each in draft["sessions"]] == ["教师wen", "教师wen", None, None]
    assert [each["room_title"] for each in draft["sessions"]] == ["教室r1", "教室r1", None, "教室r1"]
    assert (draft["total_hours"], draft["scheme_hours"], draft["breaches"]) == (14, 14, [])
    assert [each["code"] for each in draft["remarks"]] == ["lecturer-open"]
    assert [each["kind"] for each in draft["differences"]] == ["added"] * 4
    with pytest.raises(DraftThere):
        desk.open()
    assert desk.open(source="empty", replace=True)["sessions"] == []


def test_an_issued_timetable_is_a_version_that_is_told_whole(desk: Desk) -> None:
    desk.invite("wen", 0)
    desk.open()
    desk.school.harness.take()
    (issued,) = desk.issue(reason="首次下达")
    assert (issued["number"], issued["changed"], issued["affected_lecturer_ids"]) == (1, 4, ["wen"])
    (event,) = desk.school.harness.take()
    assert event.type == TIMETABLE_ISSUED.type
    assert (event.data["timetable_version"], event.data["total_hours"]) == (1, 14)
    first = event.data["sessions"][0]
    assert (first["lecturer_grade"], first["room_title"], first["starts_at"], first["ends_at"]) == (
        "full",
        "教室r1",
        "08:30",
        "12:00",
    )
    shown = desk.shown()
    assert (shown["number"], shown["in_force"], shown["stale"], shown["reason"]) == (1, True, False, "首次下达")
    assert shown["stale_because"] is None
    with pytest.raises(NoDraft):
        desk.draft()


def test_nobody_has_to_be_found_for_a_course_that_somebody_teaches_by_the_timetable(desk: Desk) -> None:
    def unfilled() -> list[str]:
        page = desk.school.call(inviting.LIST_INVITATIONS, {"unfilled": True, "limit": 10})
        return [each["lecturer_id"] for each in page["items"]]

    desk.invite("wen", 0)
    desk.open()
    desk.issue()
    (asked,) = desk.school.call(inviting.LIST_INVITATIONS, {"limit": 10})["items"]
    answer = {"invitation_id": asked["invitation_id"], "answer": "decline"}
    desk.school.call(inviting.ANSWER_INVITATION, answer, caller=lecturer_caller("wen"))
    assert unfilled() == ["wen"], "the timetable still has the one who declined"
    first, second, *_ = desk.open()["sessions"]
    desk.change(first, lecturer_id="liang")
    desk.change(second, lecturer_id=None)
    desk.issue()
    assert unfilled() == ["wen"], "half of the course has nobody"
    first, second, *_ = desk.open()["sessions"]
    desk.change(first, lecturer_id="liang")
    desk.change(second, lecturer_id="qiu")
    assert unfilled() == ["wen"], "a draft is no promise"
    desk.issue()
    assert unfilled() == []


def test_a_session_keeps_its_identity_when_it_moves_and_only_those_affected_are_named(desk: Desk) -> None:
    desk.invite("wen", 0)
    desk.invite("qiu", 1)
    desk.open()
    desk.issue()
    before = desk.shown()["sessions"]
    desk.open(source="issued")
    desk.change(before[2], on="2020-05-13", half="afternoon")
    desk.school.harness.take()
    (issued,) = desk.issue()
    assert (issued["number"], issued["changed"], issued["affected_lecturer_ids"]) == (2, 1, ["qiu"])
    (event,) = desk.school.harness.take()
    assert event.data["changed_session_ids"] == [before[2]["session_id"]]
    diff = desk.school.call(contract.COMPARE_TIMETABLE, {"term_id": desk.term_ids[0], "from_number": 1})
    (row,) = diff["differences"]
    assert row["words"]["zh"] == "“现场教学”由5月12日上午08:30—12:00改到5月13日下午14:30—18:00"
    assert (row["before"]["on"], row["after"]["on"]) == ("2020-05-12", "2020-05-13")
    assert desk.shown(number=1)["sessions"] == before
    assert desk.shown(number=1)["in_force"] is False
    rows = desk.school.call(contract.LIST_TIMETABLE_VERSIONS, {"term_id": desk.term_ids[0]})["items"]
    assert [(each["number"], each["changed"], each["sessions"]) for each in rows] == [(1, 4, 4), (2, 1, 4)]
    with pytest.raises(NotFound):
        desk.shown(number=3)


def test_a_draft_without_a_change_gives_no_new_version(desk: Desk) -> None:
    desk.open()
    desk.issue()
    desk.open(source="issued")
    desk.school.harness.take()
    assert [each["number"] for each in desk.issue()] == [1]
    assert desk.school.harness.take() == []


def test_what_breaks_a_rule_is_shown_and_not_issued(desk: Desk) -> None:
    draft = desk.open()
    first, second = draft["sessions"][:2]
    broken = desk.change(second, half="morning")
    assert [each["code"] for each in broken["breaches"]] == ["class-clash", "room-clash", "half-day-hours"]
    with pytest.raises(TimetableBroken, match="同时上课"):
        desk.issue()
    assert desk.change(second, half="evening")["breaches"] == []
    later = desk.ask(drafting.SWAP_SESSIONS, 0, session_id=first["session_id"], other_id=second["session_id"])
    assert {each["session_id"]: each["half"] for each in later["sessions"][:2]} == {
        first["session_id"]: "evening",
        second["session_id"]: "morning",
    }


def test_two_terms_do_not_share_a_lecturer_or_a_room_at_one_time(desk: Desk) -> None:
    for term in (0, 1):
        desk.invite("wen", 0, term)
        desk.open(term)
    desk.issue(0)
    draft = desk.draft(1)
    assert {each["code"] for each in draft["breaches"]} == {"lecturer-clash", "half-day-hours"}
    with pytest.raises(TimetableBroken):
        desk.issue(1)
    assert [each["lecturer_id"] for each in desk.open(1, replace=True)["sessions"][:3]] == [None, None, "wen"]
    borrowed = desk.change(desk.draft(1)["sessions"][0], 1, room_id="r1")
    assert {each["code"] for each in borrowed["breaches"]} == {"room-clash", "room-reserved"}


def test_who_teaches_elsewhere_is_proposed_with_fewer_free_half_days(desk: Desk) -> None:
    desk.invite("wen", 0)
    desk.open()
    desk.issue()
    request = {"term_id": desk.term_ids[1], "course_id": desk.courses[0]}
    (found,) = desk.school.call(inviting.LIST_LECTURER_PROPOSALS, request)["items"]
    wen = next(each for each in found["candidates"] if each["lecturer_id"] == "wen")
    assert "10个半天中8个有空（0个本人不便，2个已有课）" in wen["grounds"][1]["words"]["zh"]


def test_two_broken_against_each_other_are_refused_together(desk: Desk) -> None:
    for term in (0, 1):
        desk.invite("wen", 0, term)
        desk.open(term)
    with pytest.raises(TimetableBroken):
        desk.issue(0, 1)
    with pytest.raises(NotFound):
        desk.shown(0)


def test_a_joint_lecture_is_one_event_for_several_terms(desk: Desk) -> None:
    desk.invite("wen", 0, 0)
    drafts = [desk.open(term) for term in (0, 1)]
    pair = [
        {"term_id": term_id, "session_id": draft["sessions"][0]["session_id"]}
        for term_id, draft in zip(desk.term_ids, drafts, strict=True)
    ]
    by_school(desk.school, drafting.JOIN_SESSIONS, {"sessions": pair})
    assert [each["code"] for each in desk.draft(0)["breaches"]] == []
    both = desk.change(drafts[0]["sessions"][0], room_id="hall")
    assert both["also_changed"] == [desk.term_ids[1]]
    mine, theirs = desk.draft(0)["sessions"][0], desk.draft(1)["sessions"][0]
    assert (theirs["lecturer_id"], theirs["room_id"], theirs["joint_id"]) == ("wen", "hall", mine["joint_id"])
    desk.issue(0, 1)
    week = {"from_day": MAY_11, "to_day": "2020-05-17"}
    own = desk.school.call(contract.LIST_OWN_SESSIONS, week, caller=lecturer_caller("wen"))
    assert (len(own["items"]), own["hours"]) == (3, 8)
    desk.open(0, source="issued")
    moved = desk.change(mine, on="2020-05-14")
    assert moved["also_changed"] == [desk.term_ids[1]]
    with pytest.raises(TimetableBroken, match="安排不一致"):
        desk.issue(0)
    assert [each["number"] for each in desk.issue(0, 1)] == [2, 2]
    apart = desk.open(1, source="issued")["sessions"]
    joint = next(each for each in apart if each["joint_id"])
    left = desk.change(joint, 1, apart=True, lecturer_id="qiu", room_id="r2")
    assert (left["also_changed"], left["breaches"]) == ([], [])
    with pytest.raises(Invalid, match="只能有一个课次"):
        by_school(desk.school, drafting.JOIN_SESSIONS, {"sessions": [pair[0], pair[0]]})


def test_a_joint_lecture_changes_although_one_of_its_terms_was_cancelled(desk: Desk) -> None:
    pair = [
        {"term_id": desk.term_ids[term], "session_id": desk.open(term)["sessions"][0]["session_id"]} for term in (0, 1)
    ]
    by_school(desk.school, drafting.JOIN_SESSIONS, {"sessions": pair})
    desk.school.call(CANCEL_TERM, {"term_id": desk.term_ids[1], "reason": "人数不足"}, caller=DEPARTMENT)
    moved = desk.change(desk.draft(0)["sessions"][0], on="2020-05-14")
    [joint] = [each for each in moved["sessions"] if each["joint_id"]]
    assert (moved["also_changed"], joint["on"]) == ([], "2020-05-14")


def test_a_joint_lecture_that_makes_room_for_a_swap_makes_it_in_all_its_terms(desk: Desk) -> None:
    def add(term: int, hours: int, on: str = MAY_11) -> dict[str, Any]:
        fields = {"title": f"{hours}学时", "on": on, "half": "morning", "hours": hours, "room_id": "hall"}
        made: dict[str, Any] = desk.ask(drafting.ADD_SESSION, term, **fields)["sessions"][-1]
        return made

    for term in (0, 1):
        desk.open(term, source="empty")
    joint, theirs = add(0, 1), add(1, 1)
    desk.change(joint, starts_at="09:20", ends_at="10:15")
    pair = list(zip(desk.term_ids, (joint["session_id"], theirs["session_id"]), strict=True))
    joined = [{"term_id": term_id, "session_id": session_id} for term_id, session_id in pair]
    by_school(desk.school, drafting.JOIN_SESSIONS, {"sessions": joined})
    long = add(0, 2, "2020-05-12")
    add(0, 1)
    short = desk.draft()["sessions"][0]
    swapped = desk.ask(drafting.SWAP_SESSIONS, 0, session_id=short["session_id"], other_id=long["session_id"])
    assert swapped["also_changed"] == [desk.term_ids[1]]
    found = [(each["starts_at"], each["ends_at"]) for each in swapped["sessions"] if each["on"] == MAY_11]
    assert found == [("08:30", "10:15"), ("10:15", "11:10")]
    (followed,) = desk.draft(1)["sessions"]
    assert (followed["starts_at"], followed["ends_at"]) == ("10:15", "11:10")


def test_sessions_are_added_and_removed_by_hand(desk: Desk) -> None:
    desk.open(source="empty")
    made = desk.ask(
        drafting.ADD_SESSION, 0, title="开班式", on=MAY_11, half="morning", hours=1, room_id="r1", host="教务处负责人"
    )
    (opening,) = made["sessions"]
    assert (opening["starts_at"], opening["ends_at"], opening["host"], opening["module"]) == (
        "08:30",
        "09:20",
        "教务处负责人",
        "其他",
    )
    assert {each["code"] for each in made["remarks"]} == {"lecturer-open", "hours-differ"}
    with pytest.raises(NotFound, match="教室"):
        desk.change(opening, room_id="nowhere")
    with pytest.raises(NotFound, match="课次"):
        desk.change({"session_id": "session_x"}, hours=2)
    with pytest.raises(StaleVersion):
        desk.school.call(
            drafting.REMOVE_SESSION,
            {"term_id": desk.term_ids[0], "session_id": opening["session_id"]},
            caller=Caller("dangxiao", frozenset({Role.PARTY_SCHOOL}), ("",)),
            expected_version=made["version"] - 1,
        )
    assert desk.ask(drafting.REMOVE_SESSION, 0, session_id=opening["session_id"])["sessions"] == []
    desk.ask(drafting.DROP_TIMETABLE_DRAFT, 0)
    with pytest.raises(NoDraft):
        desk.draft()


def test_a_scheduler_makes_drafts_that_break_no_rule(desk: Desk) -> None:
    for term in (0, 1):
        desk.invite("wen", 0, term)
        desk.invite("qiu", 1, term)
    desk.open(0)
    kept = desk.draft(0)["sessions"][0]
    request = {"term_ids": desk.term_ids, "seconds": 60, "keep": [kept["session_id"]]}
    asked = by_school(desk.school, drafting.ARRANGE_TIMETABLES, request)
    assert asked["lectures"] == 8
    desk.school.pump()
    for term in (0, 1):
        draft = desk.draft(term)
        assert (draft["breaches"], draft["total_hours"], draft["solve_id"]) == ([], 14, asked["solve_id"])
        assert sorted(each["lecturer_id"] or "" for each in draft["sessions"]) == ["", "qiu", "wen", "wen"]
    assert desk.draft(0)["sessions"][0]["session_id"] == kept["session_id"]
    assert [each["number"] for each in desk.issue(0, 1)] == [1, 1]
    with pytest.raises(Invalid, match="不在这些期的草稿中"):
        by_school(desk.school, drafting.ARRANGE_TIMETABLES, {**request, "keep": ["session_x"]})


def test_a_moved_term_finds_its_timetable_drafted_on_its_new_days(desk: Desk) -> None:
    desk.open(1)
    desk.issue(1)
    desk.school.call(MOVE_TERM, {"term_id": desk.term_ids[1], "starts_on": MAY_18})
    assert (desk.shown(1)["stale"], desk.shown(1)["stale_because"]) == (True, "days")
    draft = desk.draft(1)
    assert [each["on"] for each in draft["sessions"]] == ["2020-05-18"] * 2 + ["2020-05-19"] * 2
    assert [each["kind"] for each in draft["differences"]] == ["moved"] * 4
    assert [each["number"] for each in desk.issue(1)] == [2]
    assert desk.shown(1)["stale"] is False


def test_a_term_that_moves_to_another_room_waits_for_its_timetable_there(desk: Desk) -> None:
    desk.open(1)
    desk.issue(1)
    before = desk.shown(1)
    assert {each["room_id"] for each in before["sessions"]} == {"r2", None}  # self-study takes none
    there = {"term_id": desk.term_ids[1], "starts_on": before["starts_on"], "room_id": "hall"}
    desk.school.call(MOVE_TERM, there)
    assert (desk.shown(1)["stale"], desk.shown(1)["stale_because"]) == (True, "room")
    desk.school.call(MOVE_TERM, {**there, "starts_on": MAY_18})
    assert desk.shown(1)["stale_because"] == "days", "that people come at another time weighs more than the room"
    desk.school.call(MOVE_TERM, there)
    assert {each["room_id"] for each in desk.draft(1)["sessions"]} == {"hall", None}
    desk.issue(1)
    assert (desk.shown(1)["stale"], {each["room_id"] for each in desk.shown(1)["sessions"]}) == (False, {"hall", None})


def test_every_half_day_says_what_a_session_would_break_there_and_nothing_is_changed(desk: Desk) -> None:
    for term in (0, 1):
        desk.invite("wen", 0, term)
    desk.open(0)
    desk.issue(0)
    desk.open(1)
    before = desk.draft(1)
    session = next(each for each in before["sessions"] if each["lecturer_id"] == "wen")
    wanted = {"term_id": desk.term_ids[1], "session_id": session["session_id"]}
    found = desk.school.call(drafting.LIST_SESSION_PLACES, wanted)
    assert found["version"] == before["version"]
    assert len(found["places"]) == 3 * len({each["on"] for each in found["places"]})
    issued = {(each["on"], each["half"]) for each in desk.shown(0)["sessions"] if each["lecturer_id"] == "wen"}
    for place in found["places"]:
        codes = {each["code"] for each in place["broken"]}
        here = (place["on"], place["half"]) == (session["on"], session["half"])
        assert here <= (not codes)
        there = {**wanted, "on": place["on"], "half": place["half"]}
        broken = desk.ask(drafting.CHANGE_SESSION, 1, **{name: there[name] for name in ("session_id", "on", "half")})
        known = {(each["code"], *each["session_ids"]) for each in before["breaches"]}
        told = {(each["code"], *each["session_ids"]) for each in place["broken"]}
        assert told == {(each["code"], *each["session_ids"]) for each in broken["breaches"]} - known
    assert any(each["broken"] for each in found["places"] if (each["on"], each["half"]) in issued), (
        "the lecturer teaches another term then"
    )
    with pytest.raises(NotFound, match="session_x"):
        desk.school.call(drafting.LIST_SESSION_PLACES, {**wanted, "session_id": "session_x"})


def test_a_cancelled_term_frees_lecturers_and_rooms(desk: Desk) -> None:
    desk.invite("wen", 0)
    desk.open()
    desk.issue()
    week = {"from_day": MAY_11, "to_day": "2020-05-17"}
    assert len(desk.school.call(contract.LIST_SESSIONS, {**week, "room_id": "r1"})["items"]) == 3
    desk.school.call(CANCEL_TERM, {"term_id": desk.term_ids[0], "reason": "停办"})
    assert desk.school.call(contract.LIST_SESSIONS, week)["items"] == []
    assert (desk.shown()["stale"], desk.shown()["stale_because"]) == (True, "cancelled")
    with pytest.raises(TermIsCancelled):
        desk.open()


def test_each_sees_the_timetables_that_concern_them(desk: Desk) -> None:
    desk.invite("wen", 0)
    desk.open()
    desk.issue()
    admitted = {"term_id": desk.term_ids[0], "unit_id": "city.donghu", "nomination_ids": ["nom_1"], "count": 1}
    desk.school.harness.deliver(ROSTER_ADMITTED, admitted)
    seeing = [Caller("trainee:nom_1", frozenset({Role.TRAINEE})), lecturer_caller("wen"), unit_caller("city.donghu")]
    for caller in (*seeing, AUDITOR):
        assert desk.shown(caller=caller)["number"] == 1
    for caller in (Caller("trainee:nom_2", frozenset({Role.TRAINEE})), lecturer_caller("qiu")):
        with pytest.raises(NotFound):
            desk.shown(caller=caller)
    week = {"from_day": MAY_11, "to_day": "2020-05-17"}
    for caller in (unit_caller("city.donghu"), lecturer_caller("wen")):
        with pytest.raises(Forbidden):
            desk.school.call(contract.LIST_SESSIONS, week, caller=caller)
    with pytest.raises(Invalid, match="366"):
        desk.school.call(contract.LIST_SESSIONS, {"from_day": MAY_11, "to_day": "2021-05-12"})


def test_only_the_party_school_makes_timetables(desk: Desk) -> None:
    term = {"term_id": desk.term_ids[0]}
    for caller in (DEPARTMENT, AUDITOR, unit_caller("city.donghu"), lecturer_caller("wen")):
        with pytest.raises(Forbidden):
            desk.school.call(drafting.OPEN_TIMETABLE_DRAFT, term, caller=caller)
        with pytest.raises(Forbidden):
            desk.school.call(drafting.ISSUE_TIMETABLES, {"term_ids": [desk.term_ids[0]]}, caller=caller)
    desk.open()
    with pytest.raises(Forbidden):
        desk.school.call(drafting.GET_TIMETABLE_DRAFT, term, caller=unit_caller("city.donghu"))
    assert desk.draft()["total_hours"] == 14


def test_a_term_without_days_takes_no_timetable(school: School) -> None:
    plan = school.approved()
    term = {"term_id": school.terms(plan["plan_id"])[0]["term_id"]}
    with pytest.raises(TermNotPlaced):
        by_school(school, drafting.OPEN_TIMETABLE_DRAFT, term)
