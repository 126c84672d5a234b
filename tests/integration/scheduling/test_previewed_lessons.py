"""Issued lessons in a preview: they keep their lecturer as long as the term they belong to may stay where it is."""

from __future__ import annotations

from typing import Any

import pytest

from services.scheduling.contract import AMEND_PLAN, GET_TERM, MOVE_TERM
from services.scheduling.contract.parts import TermClash
from services.scheduling.contract.placement_adoptions import ADOPT_PREVIEW
from services.scheduling.contract.placement_previews import PREVIEW_PLACEMENT
from tests.integration.scheduling.conftest import School, programme
from tests.integration.scheduling.timetable_desk import MAY_11, MAY_18, Desk

MAY_15 = "2020-05-15"


class Year:
    """A term whose issued timetable has a lesson of Wen, and one that needs Wen all that week."""

    def __init__(self, school: School) -> None:
        self.school, desk = school, Desk(school)
        desk.invite("wen", 0)
        desk.open()
        desk.issue()
        self.taught = desk.term_ids[0]
        self.plan_id = school.call(GET_TERM, {"term_id": self.taught})["plan_id"]
        week = {"terms": 1, "trainees": 40, "starts_on": MAY_11, "ends_on": MAY_15}
        wanting = programme(2, **week, lecturers=[{"lecturer_id": "wen"}])
        school.call(AMEND_PLAN, {"plan_id": self.plan_id, "programmes": [programme(1, trainees=60), wanting]})
        for term_id in desk.term_ids:
            school.call(MOVE_TERM, {"term_id": term_id, "pinned": False})

    def change(self, kind: str, **more: Any) -> dict[str, Any]:
        return {"kind": kind, "term_id": self.taught, **more}

    def preview(self, *changes: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = self.school.call(PREVIEW_PLACEMENT, {"plan_id": self.plan_id, "changes": list(changes)})
        return found

    def adopt(self, seen: dict[str, Any], *changes: dict[str, Any]) -> dict[str, Any]:
        request = {"plan_id": self.plan_id, "changes": list(changes), "basis": seen["basis"], "moves": seen["moves"]}
        found: dict[str, Any] = self.school.call(ADOPT_PREVIEW, request)
        return found


@pytest.fixture
def year(school: School) -> Year:
    return Year(school)


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("pin", {}),
        ("pin", {"starts_on": MAY_11}),
        ("move", {"room_id": "hall"}),
        ("ban", {"starts_on": "2020-06-01", "ends_on": "2020-06-30"}),
    ],
)
def test_a_change_that_leaves_a_term_on_its_days_leaves_it_its_lessons(
    year: Year, kind: str, more: dict[str, Any]
) -> None:
    seen = year.preview(year.change(kind, **more))
    (left,) = seen["unplaced"]
    assert left["reasons"][0]["code"] == "lecturer-away"


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("drop", {}),
        ("pin", {"starts_on": MAY_18}),
        ("move", {"starts_on": MAY_18}),
        ("ban", {"starts_on": MAY_15, "ends_on": MAY_15}),
    ],
)
def test_a_change_that_takes_a_term_off_its_days_frees_its_lecturer(
    year: Year, kind: str, more: dict[str, Any]
) -> None:
    assert year.preview(year.change(kind, **more))["unplaced"] == []


def test_of_two_changes_to_a_term_the_later_says_whether_its_lessons_go_on(year: Year) -> None:
    away, back = year.change("move", starts_on=MAY_18), year.change("pin", starts_on=MAY_11)
    assert len(year.preview(away, back)["unplaced"]) == 1
    assert year.preview(back, away)["unplaced"] == []


def test_a_term_that_finds_no_other_place_keeps_its_lessons_when_the_preview_is_adopted(year: Year) -> None:
    ban = year.change("ban", starts_on="2020-01-01", ends_on="2020-12-31")
    seen = year.preview(ban)
    assert [each["term_id"] for each in seen["unplaced"]] == [year.taught]
    (move,) = seen["moves"]
    assert move["starts_on"] == MAY_11
    seen["moves"] = [{**move, "room_id": "hall"}]
    with pytest.raises(TermClash, match="按课程表为第1班第1期授课"):
        year.adopt(seen, ban)


def test_a_term_that_leaves_its_days_hands_its_lecturer_over(year: Year) -> None:
    move = year.change("move", starts_on=MAY_18)
    assert year.taught in year.adopt(year.preview(move), move)["moved"]
    terms = year.school.terms(year.plan_id)
    assert [each["starts_on"] for each in terms if each["programme_ordinal"] == 2] == [MAY_11]
    assert next(each for each in terms if each["term_id"] == year.taught)["starts_on"] == MAY_18
