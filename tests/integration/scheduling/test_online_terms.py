"""Terms that went online: no room, no beds, no blackout, but their days, order and lecturers like any other's."""

from __future__ import annotations

from typing import Any

import pytest

from services.scheduling import contract
from services.scheduling.contract import lecturers, retimings
from services.scheduling.contract.parts import TermClash
from services.scheduling.contract.placement_adoptions import ADOPT_PREVIEW
from services.scheduling.contract.placement_previews import PREVIEW_PLACEMENT
from tests.integration.scheduling.conftest import School, programme
from tests.integration.scheduling.teaching import by_school, register
from tests.integration.scheduling.timetable_desk import Desk

MONDAY, FRIDAY, NEXT_MONDAY = "2020-05-11", "2020-05-15", "2020-05-18"
MAY = {"terms": 1, "trainees": 40, "starts_on": MONDAY, "ends_on": "2020-05-29"}
WEN = {"lecturer_id": "wen"}


def online(school: School, *programmes: dict[str, Any], **plan: Any) -> dict[str, Any]:
    """Place a plan, let the earliest term of its first programme go online, and return that term."""
    school.places(r1=60)
    register(school, "wen")
    made = school.approved(*programmes, **plan)
    school.place(made["plan_id"])
    term = min(
        (each for each in school.terms(made["plan_id"]) if each["starts_on"]), key=lambda each: each["starts_on"]
    )
    go_online(school, term)
    return shown(school, term)


def go_online(school: School, term: dict[str, Any]) -> None:
    request = {
        "plan_id": term["plan_id"],
        "term_ids": [term["term_id"]],
        "not_before": MONDAY,
        "outcomes": [{"term_id": term["term_id"], "outcome": "online"}],
        "reason_code": "epidemic",
        "reason": "转为线上",
    }
    seen = school.call(retimings.PREVIEW_RETIMING, request)
    school.call(retimings.RETIME_TERMS, {**request, "digest": seen["digest"]})
    school.pump()
    assert shown(school, term)["delivery"] == "online"


def shown(school: School, term: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = school.call(contract.GET_TERM, {"term_id": term["term_id"]})
    return found


def preview(school: School, term: dict[str, Any], *changes: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = school.call(PREVIEW_PLACEMENT, {"plan_id": term["plan_id"], "changes": list(changes)})
    return found


@pytest.mark.parametrize("scheduler", ["cp_sat", "greedy"])
def test_who_teaches_online_teaches_nowhere_else(school: School, scheduler: str) -> None:
    week = {**MAY, "ends_on": FRIDAY, "lecturers": [WEN]}
    term = online(school, programme(1, **week), programme(2, **week))
    (left,) = school.place(term["plan_id"], scheduler=scheduler)["unplaced"]
    assert left["reasons"][0]["code"] == "lecturer-taken"
    assert "“第1专题培训班”" in left["reasons"][0]["words"]["zh"]


@pytest.mark.parametrize("scheduler", ["cp_sat", "greedy"])
def test_its_room_is_free_and_an_order_still_counts_it(school: School, scheduler: str) -> None:
    order = {"before": {"programme": 1}, "after": {"programme": 2}, "delay_days": 2}
    term = online(school, programme(1, **MAY), orders=[])
    school.call(
        contract.AMEND_PLAN,
        {"plan_id": term["plan_id"], "programmes": [programme(1, **MAY), programme(2, **MAY)], "orders": [order]},
    )
    done = school.place(term["plan_id"], scheduler=scheduler)
    assert [each["starts_on"] for each in done["placed"]] == [NEXT_MONDAY]
    other = school.approved(programme(1, **{**MAY, "ends_on": FRIDAY}))
    (taken,) = school.place(other["plan_id"], scheduler=scheduler)["placed"]
    assert (taken["starts_on"], taken["room_id"]) == (MONDAY, term["room_id"])


def test_it_is_moved_by_hand_to_any_day_its_lecturers_have_whoever_has_its_old_room(school: School) -> None:
    school.call(
        contract.PUT_BLACKOUT,
        {"blackout_id": "b", "title": "停办", "starts_on": NEXT_MONDAY, "ends_on": "2020-05-22"},
    )
    term = online(school, programme(1, **MAY, lecturers=[WEN]))
    other = school.approved(programme(1, **{**MAY, "starts_on": "2020-05-25"}))
    school.place(other["plan_id"])
    moved = school.call(contract.MOVE_TERM, {"term_id": term["term_id"], "starts_on": "2020-05-25"})
    assert (moved["starts_on"], moved["ends_on"], moved["delivery"]) == ("2020-05-25", "2020-05-29", "online")
    assert (moved["room_id"], moved["due"]) == (term["room_id"], False)
    assert school.call(contract.MOVE_TERM, {"term_id": term["term_id"], "starts_on": NEXT_MONDAY})["due"] is False
    away(school, MONDAY)
    with pytest.raises(TermClash, match="讲师教师wen当天不在"):
        school.call(contract.MOVE_TERM, {"term_id": term["term_id"], "starts_on": MONDAY})


def test_a_room_brings_it_back_to_the_campus(school: School) -> None:
    term = online(school, programme(1, **MAY))
    school.harness.take()
    back = school.call(contract.MOVE_TERM, {"term_id": term["term_id"], "room_id": "r1"})
    assert (back["starts_on"], back["room_id"], back["delivery"], back["standing"]) == (
        MONDAY,
        "r1",
        "campus",
        "rescheduled",
    )
    (told,) = [each.data for each in school.harness.take() if each.type.endswith("term.moved.v1")]
    assert (told["delivery"], told["room_id"]) == ("campus", "r1")
    other = school.approved(programme(1, **{**MAY, "ends_on": FRIDAY}))
    assert school.place(other["plan_id"])["placed"] == []


@pytest.mark.parametrize("room_id", ["r1", "hall"])
def test_a_term_back_on_the_campus_finds_its_timetable_in_its_room_and_can_issue_it(
    school: School, room_id: str
) -> None:
    desk = Desk(school)
    desk.open()
    desk.issue()
    go_online(school, shown(school, {"term_id": desk.term_ids[0]}))
    assert {each["room_id"] for each in desk.shown()["sessions"]} == {None}
    back = {"term_id": desk.term_ids[0], "room_id": room_id, "reason": "疫情缓解"}
    school.call(contract.MOVE_TERM, back)
    drafted = {each["form"]: each["room_id"] for each in desk.draft()["sessions"]}
    assert drafted == {"lecture": room_id, "field": None, "self_study": room_id}
    desk.issue()
    assert {each["room_id"] for each in desk.shown()["sessions"]} == {room_id, None}


def test_a_term_back_on_the_campus_says_why_and_names_no_retiming(school: School) -> None:
    term = online(school, programme(1, **MAY))
    assert (term["standing"], term["standing_reason"]) == ("online", "转为线上")
    back = {"term_id": term["term_id"], "room_id": "r1"}
    found = school.call(contract.MOVE_TERM, {**back, "reason": "疫情缓解"})
    assert (found["standing"], found["standing_reason"], found["retiming_id"]) == ("rescheduled", "疫情缓解", None)


def away(school: School, day: str) -> None:
    spans = [{"starts_on": day, "ends_on": day, "half": None}]
    by_school(school, lecturers.PUT_UNAVAILABILITY, {"lecturer_id": "wen", "unavailable": spans})


@pytest.mark.parametrize("scheduler", ["cp_sat", "greedy"])
def test_it_is_due_when_its_lecturer_is_away_and_placed_again_stays_online(school: School, scheduler: str) -> None:
    term = online(school, programme(1, **MAY, lecturers=[WEN]))
    assert shown(school, term)["due"] is False
    away(school, term["starts_on"])
    lost = shown(school, term)
    assert lost["due"]
    assert "教师wen" in lost["due_reason"]["zh"]
    done = school.place(term["plan_id"], scheduler=scheduler)
    assert [each["term_id"] for each in done["placed"]] == [term["term_id"]]
    found = shown(school, term)
    assert (found["starts_on"], found["due"], found["delivery"]) == (NEXT_MONDAY, False, "online")
    assert {name: found[name] for name in ("room_id", "room_title", "campus_id")} == {
        name: term[name] for name in ("room_id", "room_title", "campus_id")
    }


def test_a_preview_moves_it_and_says_so_and_the_preview_is_adopted(school: School) -> None:
    term = online(school, programme(1, **MAY))
    closed = {"kind": "blackout", "starts_on": MONDAY, "ends_on": "2020-05-29"}
    assert preview(school, term, closed)["affected"] == []
    ban = {"kind": "ban", "term_id": term["term_id"], "starts_on": MONDAY, "ends_on": MONDAY}
    seen = preview(school, term, ban)
    (gone,) = seen["affected"]
    assert gone["told"] == 40
    assert gone["words"]["zh"].endswith("线上，通知学员40人")
    assert gone["words"]["zh"].count("线上") == 2
    request = {"plan_id": term["plan_id"], "changes": [ban], "basis": seen["basis"], "moves": seen["moves"]}
    school.call(ADOPT_PREVIEW, request)
    found = shown(school, term)
    assert (found["starts_on"], found["delivery"], found["room_id"]) == (
        seen["moves"][0]["starts_on"],
        "online",
        term["room_id"],
    )


@pytest.mark.parametrize("day", [{}, {"starts_on": NEXT_MONDAY}])
def test_a_preview_puts_it_into_a_room_on_the_campus_and_is_adopted(school: School, day: dict[str, str]) -> None:
    term = online(school, programme(1, **MAY))
    move = {"kind": "move", "term_id": term["term_id"], "room_id": "r1", **day}
    seen = preview(school, term, move)
    assert seen["unplaced"] == []
    (back,) = seen["affected"]
    assert "线上→" in back["words"]["zh"]
    assert "教室r1，通知学员40人" in back["words"]["zh"]
    request = {"plan_id": term["plan_id"], "changes": [move], "basis": seen["basis"], "moves": seen["moves"]}
    school.harness.take()
    school.call(ADOPT_PREVIEW, {**request, "reason": "疫情缓解"})
    (told,) = [each.data for each in school.harness.take() if each.type.endswith("term.moved.v1")]
    assert (told["delivery"], told["room_id"]) == ("campus", "r1")
    found = shown(school, term)
    assert (found["delivery"], found["starts_on"]) == ("campus", day.get("starts_on", MONDAY))
    assert (found["standing"], found["standing_reason"], found["retiming_id"]) == ("rescheduled", "疫情缓解", None)


def test_a_preview_puts_it_into_a_room_though_its_day_is_said_after_that(school: School) -> None:
    term = online(school, programme(1, **MAY))
    move = {"kind": "move", "term_id": term["term_id"]}
    seen = preview(school, term, {**move, "room_id": "r1"}, {**move, "starts_on": NEXT_MONDAY})
    assert seen["moves"] == [{"term_id": term["term_id"], "starts_on": NEXT_MONDAY, "room_id": "r1"}]


def test_a_preview_puts_it_into_no_room_that_somebody_has_or_that_is_too_small(school: School) -> None:
    term = online(school, programme(1, **MAY))
    school.call(contract.PUT_ROOM, {"room_id": "small", "campus_id": "main", "title": "小教室", "capacity": 20})
    small = {"kind": "move", "term_id": term["term_id"], "room_id": "small"}
    (left,) = preview(school, term, small)["unplaced"]
    assert "小教室" in left["reasons"][0]["words"]["zh"]
    other = school.approved(programme(1, **{**MAY, "ends_on": FRIDAY}))
    school.place(other["plan_id"])
    assert len(preview(school, term, {**small, "room_id": "r1"})["unplaced"]) == 1
    stays = [{**small, "room_id": "r1"}, {"kind": "pin", "term_id": term["term_id"]}]
    assert preview(school, term, *stays)["affected"] == []


def test_an_explanation_names_what_binds_an_online_term_and_no_room_of_it(school: School) -> None:
    term = online(school, programme(1, **MAY, lecturers=[WEN]), programme(2, **MAY))
    ban = {"kind": "ban", "term_id": term["term_id"], "starts_on": MONDAY, "ends_on": "2020-05-29"}
    (conflict,) = preview(school, term, ban)["conflicts"]
    assert {each["rule"] for each in conflict["demands"]} == {"held", "ban", "window"}


def test_lessons_of_a_term_that_may_move_keep_their_lecturer_from_others_in_a_preview(school: School) -> None:
    desk = Desk(school)
    desk.invite("wen", 0)
    desk.open()
    desk.issue()
    plan_id = school.call(contract.GET_TERM, {"term_id": desk.term_ids[0]})["plan_id"]
    wanted = {**MAY, "lecturers": [WEN], "ends_on": FRIDAY}
    known = school.call(contract.GET_PLAN, {"plan_id": plan_id})["programmes"]
    assert len(known) == 1
    school.call(
        contract.AMEND_PLAN, {"plan_id": plan_id, "programmes": [programme(1, trainees=60), programme(2, **wanted)]}
    )
    for term_id in desk.term_ids:
        school.call(contract.MOVE_TERM, {"term_id": term_id, "pinned": False})
    seen = school.call(PREVIEW_PLACEMENT, {"plan_id": plan_id, "changes": []})
    (left,) = seen["unplaced"]
    assert left["reasons"][0]["code"] == "lecturer-away"
    away_words = [each["words"]["zh"] for each in seen["conflicts"][0]["demands"] if each["rule"] == "absence"]
    assert any("按课程表为第1班第1期授课" in each for each in away_words)
    drop = {"kind": "drop", "term_id": desk.term_ids[0]}
    assert school.call(PREVIEW_PLACEMENT, {"plan_id": plan_id, "changes": [drop]})["unplaced"] == []
