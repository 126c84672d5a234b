"""The year's figures of scheduling, each with its rows."""

from __future__ import annotations

from typing import Any

import pytest

from services.scheduling import contract
from services.scheduling.contract import timetable_drafts as drafting
from shared.errors import Forbidden
from tests.integration.scheduling.conftest import School
from tests.integration.scheduling.teaching import AUDITOR, by_school, unit_caller
from tests.integration.scheduling.test_timetables import Desk


@pytest.fixture
def desk(school: School) -> Desk:
    return Desk(school)


def figures(school: School, plan_id: str) -> dict[str, dict[str, Any]]:
    found = school.call(contract.GET_SCHEDULING_FIGURES, {"plan_id": plan_id}, caller=AUDITOR)["figures"]
    return {each["key"]: each for each in found}


def plan_of(desk: Desk) -> str:
    return str(desk.school.call(contract.GET_TERM, {"term_id": desk.term_ids[0]})["plan_id"])


def test_lecturers_load_is_what_was_issued(desk: Desk) -> None:
    desk.invite("wen", 0, confirm=True)
    desk.invite("liang", 1)
    desk.open()
    assert figures(desk.school, plan_of(desk))["lecturer_load"]["rows"] == []
    desk.issue()
    found = figures(desk.school, plan_of(desk))
    load = found["lecturer_load"]
    assert [(row["lecturer"], row["hours"], row["sessions"], row["terms"]) for row in load["rows"]] == [
        ("教师wen", 8, 2, 1),
        ("教师liang", 4, 1, 1),
    ]
    assert load["value"] == 12
    assert {row["form"]: row["hours"] for row in found["teaching_by_form"]["rows"]} == {
        "lecture": 8,
        "field": 4,
        "self_study": 2,
    }
    assert found["invitations"]["value"] == 1
    for each in found.values():
        keys = {column["key"] for column in each["columns"]}
        assert all(set(row) == keys for row in each["rows"]), each["key"]


def test_a_cancelled_term_teaches_nothing(desk: Desk) -> None:
    desk.invite("wen", 0, confirm=True)
    desk.open()
    desk.issue()
    desk.school.call(contract.CANCEL_TERM, {"term_id": desk.term_ids[0], "reason": "人数不足"})
    found = figures(desk.school, plan_of(desk))
    assert found["lecturer_load"]["rows"] == []
    [row] = found["terms_held"]["rows"]
    assert (row["placed"], row["cancelled"]) == (1, 1)


def test_a_joint_lecture_counts_once_for_its_lecturer(desk: Desk) -> None:
    for term in (0, 1):
        desk.invite("wen", 0, term, confirm=True)
        desk.open(term)
    pair = [
        {"term_id": term_id, "session_id": desk.draft(term)["sessions"][0]["session_id"]}
        for term, term_id in enumerate(desk.term_ids)
    ]
    by_school(desk.school, drafting.JOIN_SESSIONS, {"sessions": pair})
    desk.change(desk.draft(0)["sessions"][0], room_id="hall")
    desk.change(desk.draft(1)["sessions"][1], term=1, on="2020-05-13", half="afternoon")
    desk.issue(0, 1)
    [row] = figures(desk.school, plan_of(desk))["lecturer_load"]["rows"]
    assert (row["hours"], row["sessions"], row["terms"], row["joint"]) == (12, 3, 2, 1)


def test_figures_are_for_the_city(desk: Desk) -> None:
    with pytest.raises(Forbidden):
        desk.school.call(contract.GET_SCHEDULING_FIGURES, {"plan_id": "p"}, caller=unit_caller("city.donghu"))
