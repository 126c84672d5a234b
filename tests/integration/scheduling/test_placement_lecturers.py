"""Lecturers whom a plan needs: nobody in two terms on one day, nobody where away, across plans and ways of placing."""

from __future__ import annotations

from typing import Any

import pytest

from services.scheduling import contract
from services.scheduling.contract import lecturers, retimings
from services.scheduling.contract.invitations import LIST_LECTURER_PROPOSALS
from services.scheduling.contract.parts import PlanUnfinished, TermClash
from services.scheduling.contract.placement_adoptions import ADOPT_PREVIEW, PreviewOvertaken
from services.scheduling.contract.placement_previews import PREVIEW_PLACEMENT
from services.scheduling.store import LECTURERS, PLANS, TERMS
from shared.errors import Invalid
from tests.integration.scheduling.conftest import School, draft, programme
from tests.integration.scheduling.older import forget
from tests.integration.scheduling.teaching import by_school, lecturer_caller, register
from tests.integration.scheduling.timetable_desk import Desk

MONDAY, FRIDAY = "2020-05-11", "2020-05-15"
WEEK = {"terms": 1, "trainees": 40, "starts_on": MONDAY, "ends_on": FRIDAY}
WEN = {"lecturer_id": "wen"}


def away(school: School, first: str, last: str, half: str | None = None, who: str = "wen") -> None:
    spans = [{"starts_on": first, "ends_on": last, "half": half}]
    by_school(school, lecturers.PUT_UNAVAILABILITY, {"lecturer_id": who, "unavailable": spans})


def placed(school: School, *programmes: dict[str, Any], **changes: Any) -> dict[str, Any]:
    plan = school.approved(*programmes)
    return school.place(plan["plan_id"], **changes)


@pytest.mark.parametrize("scheduler", ["cp_sat", "greedy"])
def test_a_term_lies_where_its_lecturer_can_come(school: School, scheduler: str) -> None:
    school.places()
    register(school, "wen")
    away(school, "2020-05-12", "2020-05-12")
    done = placed(school, programme(terms=1, trainees=40, starts_on=MONDAY, lecturers=[WEN]), scheduler=scheduler)
    assert done["placed"][0]["starts_on"] == "2020-05-18"
    only_mondays = programme(terms=1, trainees=40, starts_on=MONDAY, lecturers=[{**WEN, "days": [1]}])
    assert placed(school, only_mondays, scheduler=scheduler)["placed"][0]["starts_on"] == MONDAY


def test_half_a_day_away_leaves_the_other_half(school: School) -> None:
    school.places()
    register(school, "wen")
    away(school, "2020-05-12", "2020-05-12", "morning")
    assert len(placed(school, programme(lecturers=[WEN], **WEEK))["placed"]) == 1
    both = [{"starts_on": "2020-05-12", "ends_on": "2020-05-12", "half": half} for half in ("morning", "afternoon")]
    by_school(school, lecturers.PUT_UNAVAILABILITY, {"lecturer_id": "wen", "unavailable": both})
    (left,) = placed(school, programme(lecturers=[WEN], **WEEK))["unplaced"]
    assert left["reasons"][0]["code"] == "lecturer-away"
    assert "教师wen（5月12日）" in left["reasons"][0]["words"]["zh"]


def test_nobody_is_in_two_terms_on_one_day_not_even_of_two_plans(school: School) -> None:
    school.places()
    register(school, "wen")
    first = placed(school, programme(1, lecturers=[{**WEN, "days": [2]}], **WEEK))["placed"][0]
    plan = school.approved(programme(7, lecturers=[WEN], **WEEK), year=2020, title="另一计划")
    done = school.place(plan["plan_id"], scheduler="cp_sat")
    (left,) = done["unplaced"]
    assert (left["reasons"][0]["code"], done["placed_bound"]) == ("lecturer-taken", 0)
    assert left["reasons"][0]["details"] == {"lecturers": ["wen"], "taken_by": [first["term_id"]]}
    assert "教师wen" in left["reasons"][0]["words"]["zh"]
    (conflict,) = school.call(PREVIEW_PLACEMENT, {"plan_id": plan["plan_id"]})["conflicts"]
    assert "lecturer" in {each["rule"].split("-")[0] for each in conflict["demands"]}
    assert any("教师wen" in each["words"]["zh"] for each in conflict["demands"])
    (term,) = school.terms(plan["plan_id"])
    with pytest.raises(TermClash) as refusal:
        school.call(contract.MOVE_TERM, {"term_id": term["term_id"], "starts_on": MONDAY, "room_id": "r2"})
    assert [each["code"] for each in refusal.value.details["violations"]] == ["lecturer-clash"]
    other_days = {"ordinal": 7, "lecturers": [{**WEN, "days": [1, 3]}]}
    school.call(contract.AMEND_PLAN, {"plan_id": plan["plan_id"], "programmes": [other_days]})
    assert school.place(plan["plan_id"])["placed"][0]["starts_on"] == MONDAY


def test_a_lecturer_who_cannot_come_any_more_makes_the_term_due(school: School) -> None:
    school.places()
    register(school, "wen")
    plan = school.approved(programme(terms=1, trainees=40, starts_on=MONDAY, lecturers=[WEN]))
    school.place(plan["plan_id"])

    def due() -> str | None:
        (term,) = school.terms(plan["plan_id"])
        return term["due_reason"]["zh"] if term["due"] else None

    assert due() is None
    span = {"starts_on": "2020-05-13", "ends_on": "2020-05-14", "half": None}
    school.call(lecturers.REPORT_UNAVAILABILITY, {"unavailable": [span]}, caller=lecturer_caller("wen"))
    assert "2020-05-13需要的讲师教师wen当天不在" in str(due())
    school.call(lecturers.REPORT_UNAVAILABILITY, {"unavailable": []}, caller=lecturer_caller("wen"))
    assert due() is None
    register(school, "wen", active=False)
    assert "已停用" in str(due())
    register(school, "wen")
    away(school, "2020-05-13", "2020-05-14")
    assert school.place(plan["plan_id"])["placed"][0]["starts_on"] == "2020-05-18"


def test_lecturers_that_nobody_knows_are_refused_by_name(school: School) -> None:
    register(school, "wen")
    register(school, "liang", active=False)
    with pytest.raises(Invalid, match="第1班所需的教师zhang没有登记") as refusal:
        school.call(contract.CREATE_PLAN, draft(programme(lecturers=[WEN, {"lecturer_id": "zhang"}])))
    assert refusal.value.details["fields"] == {"programmes.1.lecturers": ["zhang"]}
    with pytest.raises(Invalid, match="教师liang已停用"):
        school.call(contract.CREATE_PLAN, draft(programme(lecturers=[{"lecturer_id": "liang"}])))
    with pytest.raises(Invalid, match="wen出现多次"):
        school.call(contract.CREATE_PLAN, draft(programme(lecturers=[WEN, {**WEN, "days": [1]}])))
    plan = school.call(contract.CREATE_PLAN, draft(programme(lecturers=[{**WEN, "days": [1, 6]}])))
    assert plan["programmes"][0]["lecturers"] == [{"lecturer_id": "wen", "days": [1, 6]}]
    assert [each["path"] for each in plan["blanks"]] == ["programmes.1.lecturers.0.days"]
    with pytest.raises(PlanUnfinished, match="学制5天，却需要教师wen在第6天授课"):
        school.call(contract.APPROVE_PLAN, {"plan_id": plan["plan_id"]})
    unknown = {"plan_id": plan["plan_id"], "programmes": [{"ordinal": 1, "lecturers": [{"lecturer_id": "zhang"}]}]}
    with pytest.raises(Invalid, match="zhang没有登记"):
        school.call(contract.AMEND_PLAN, unknown)
    assert school.call(contract.GET_PLAN, {"plan_id": plan["plan_id"]})["version"] == 1


def test_a_preview_tells_the_lecturer_and_is_overtaken_when_the_lecturer_is(school: School) -> None:
    school.places()
    register(school, "wen")
    plan = school.approved(programme(terms=1, trainees=40, starts_on=MONDAY, lecturers=[WEN]))
    school.place(plan["plan_id"])
    request = {
        "plan_id": plan["plan_id"],
        "changes": [{"kind": "blackout", "starts_on": MONDAY, "ends_on": FRIDAY, "districts": [], "campus_ids": []}],
    }
    seen = school.call(PREVIEW_PLACEMENT, request)
    assert (seen["told"], seen["moves"][0]["starts_on"]) == (41, "2020-05-18")
    assert "通知学员40人、教师教师wen" in seen["affected"][0]["words"]["zh"]
    away(school, "2020-05-20", "2020-05-20")
    with pytest.raises(PreviewOvertaken):
        school.call(ADOPT_PREVIEW, {**request, "basis": seen["basis"], "moves": seen["moves"]})
    again = school.call(PREVIEW_PLACEMENT, request)
    assert again["moves"][0]["starts_on"] == "2020-05-25"
    school.call(ADOPT_PREVIEW, {**request, "basis": again["basis"], "moves": again["moves"]})
    assert school.terms(plan["plan_id"])[0]["starts_on"] == "2020-05-25"


def test_a_retiming_goes_where_the_lecturers_are_free(school: School) -> None:
    school.places()
    register(school, "wen")
    plan = school.approved(programme(1, lecturers=[WEN], **WEEK))
    school.place(plan["plan_id"])
    later = {"starts_on": "2020-05-18", "ends_on": "2020-05-22"}
    placed(school, programme(2, lecturers=[{**WEN, "days": [5]}], **(WEEK | later)))
    (term,) = school.terms(plan["plan_id"])
    request = {
        "plan_id": plan["plan_id"],
        "blackout": {"blackout_id": "b", "title": "封控", "starts_on": MONDAY, "ends_on": "2020-05-15"},
        "reason_code": "epidemic",
        "reason": "疫情防控要求",
    }
    away(school, "2020-05-28", "2020-05-28")
    seen = school.call(retimings.PREVIEW_RETIMING, request)
    assert [each["after"]["starts_on"] for each in seen["terms"]] == ["2020-06-01"]
    begun = school.call(retimings.RETIME_TERMS, {**request, "digest": seen["digest"]})
    school.pump()
    assert school.call(retimings.GET_RETIMING, {"retiming_id": begun["retiming_id"]})["state"] == "done"
    (moved,) = school.terms(plan["plan_id"])
    assert (moved["term_id"], moved["starts_on"], moved["due"]) == (term["term_id"], "2020-06-01", False)


def test_what_an_older_release_left_needs_nobody(school: School) -> None:
    school.places()
    plan = school.approved(programme(**WEEK))
    forget(school, PLANS, "lecturers", inside="programmes")
    forget(school, TERMS, "lecturers")
    assert len(school.place(plan["plan_id"])["placed"]) == 1
    shown = school.call(contract.GET_PLAN, {"plan_id": plan["plan_id"]})
    assert shown["programmes"][0]["lecturers"] == []
    assert school.harness.kit.store.view(school.harness.kit.own_context()).rows(LECTURERS).count() == 0


@pytest.mark.parametrize("scheduler", ["cp_sat", "greedy"])
def test_lessons_of_an_issued_timetable_take_a_lecturers_days_too(school: School, scheduler: str) -> None:
    desk = Desk(school)  # a week from the 11th, in which nobody but the timetable needs a lecturer
    desk.invite("wen", 0)
    desk.open()
    desk.issue()
    wanted = {"terms": 1, "trainees": 40, "starts_on": MONDAY, "ends_on": "2020-05-22", "lecturers": [WEN]}
    done = placed(school, programme(**wanted), scheduler=scheduler)
    assert [each["starts_on"] for each in done["placed"]] == ["2020-05-18"]
    (left,) = placed(school, programme(**{**wanted, "ends_on": FRIDAY}), scheduler=scheduler)["unplaced"]
    assert left["reasons"][0]["code"] == "lecturer-away"
    assert placed(school, programme(**{**wanted, "ends_on": FRIDAY}, days=4), scheduler=scheduler)["placed"] != []


def test_a_lecturer_whom_the_plan_has_elsewhere_is_not_proposed_on_those_days(school: School) -> None:
    desk = Desk(school)
    course, room = desk.courses[0], "hall"
    (proposed,) = school.call(LIST_LECTURER_PROPOSALS, {"term_id": desk.term_ids[0], "course_id": course})["items"]
    before = {each["lecturer_id"]: each["suitable"] for each in proposed["candidates"]}
    assert before["wen"] is True
    done = placed(school, programme(lecturers=[WEN], **WEEK))
    assert done["placed"][0]["room_id"] == room
    (proposed,) = school.call(LIST_LECTURER_PROPOSALS, {"term_id": desk.term_ids[0], "course_id": course})["items"]
    after = {each["lecturer_id"]: each["suitable"] for each in proposed["candidates"]}
    assert after == {**before, "wen": False}
