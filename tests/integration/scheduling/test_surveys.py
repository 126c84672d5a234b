"""Needs surveys: asked of units, answered by each for itself and in time, ranked when they close."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from services.scheduling.contract import CREATE_PLAN, SURVEY_ANSWERED, SURVEY_CLOSED, SURVEY_OPENED
from services.scheduling.contract import surveys as contract
from services.scheduling.contract.surveys import SurveyNotOpen, SurveyOpen
from shared.clock import CITY_ZONE
from shared.errors import Forbidden, Invalid, NotFound
from tests.integration.scheduling.conftest import School, draft
from tests.integration.scheduling.teaching import (
    AUDITOR,
    DEPARTMENT,
    PARTY_SCHOOL,
    by_school,
    lecturer_caller,
    unit_caller,
)

UNITS = ["city.donghu", "city.nanshan"]
THEMES = ["国家治理", "金融风险"]
QUESTIONS = [
    {"text": "各主题的需求程度", "kind": "rating", "options": THEMES},
    {"text": "最急需的主题", "kind": "choice", "options": THEMES, "most": 1},
    {"text": "其他建议", "kind": "text", "required": False},
]


class Inquiry:
    """A survey of three questions, drafted for a plan."""

    def __init__(self, school: School) -> None:
        self.school = school
        self.plan_id = school.call(CREATE_PLAN, draft())["plan_id"]
        request = {"plan_id": self.plan_id, "title": "2020年培训需求", "questions": QUESTIONS}
        made = by_school(school, contract.DRAFT_SURVEY, request)
        self.survey_id = made["survey_id"]
        self.questions = [each["question_id"] for each in made["questions"]]
        school.harness.take()

    def open(self, **changes: Any) -> dict[str, Any]:
        request = {"survey_id": self.survey_id, "unit_ids": UNITS, "due_on": "2020-03-13", **changes}
        return by_school(self.school, contract.OPEN_SURVEY, request)

    def answers(self, first: int = 5, second: int = 3, chosen: str = "国家治理") -> list[dict[str, Any]]:
        ratings = [{"theme": theme, "stars": stars} for theme, stars in zip(THEMES, (first, second), strict=True)]
        return [
            {"question_id": self.questions[0], "ratings": ratings},
            {"question_id": self.questions[1], "chosen": [chosen]},
        ]

    def answer(self, unit_id: str = UNITS[0], **changes: Any) -> dict[str, Any]:
        request = {"survey_id": self.survey_id, "unit_id": unit_id, "answers": self.answers(), **changes}
        return self.school.call(contract.ANSWER_SURVEY, request, caller=unit_caller(unit_id))

    def show(self, **changes: Any) -> dict[str, Any]:
        return self.school.call(contract.GET_SURVEY, {"survey_id": self.survey_id}, **changes)

    def at(self, *instant: int) -> None:
        self.school.harness.store.clock.set(datetime(*instant, tzinfo=CITY_ZONE))  # type: ignore[attr-defined]


@pytest.fixture
def inquiry(school: School) -> Inquiry:
    return Inquiry(school)


def test_units_are_asked_answer_and_the_themes_are_ranked(inquiry: Inquiry) -> None:
    opened = inquiry.open()
    (told,) = inquiry.school.harness.take()
    assert (told.type, told.data["unit_ids"], told.data["due_on"]) == (SURVEY_OPENED.type, UNITS, "2020-03-13")
    assert opened["unanswered"] == UNITS
    inquiry.answer()
    inquiry.answer(UNITS[1], answers=inquiry.answers(2, 5, "金融风险"))
    ranking = inquiry.school.call(contract.GET_SURVEY_RANKING, {"survey_id": inquiry.survey_id})
    assert (ranking["final"], ranking["answers"], ranking["units"]) == (False, 2, 2)
    assert [(each["title"], each["points"], each["average"]) for each in ranking["themes"]] == [
        ("金融风险", 13, 4.0),
        ("国家治理", 12, 3.5),
    ]
    closed = by_school(inquiry.school, contract.CLOSE_SURVEY, {"survey_id": inquiry.survey_id})
    assert (closed["state"], closed["unanswered"], closed["answers"]) == ("closed", [], 2)
    *answered, told = inquiry.school.harness.take()
    assert [(each.type, each.data["unit_id"]) for each in answered] == [(SURVEY_ANSWERED.type, unit) for unit in UNITS]
    assert (told.type, told.data["answers"]) == (SURVEY_CLOSED.type, 2)
    assert inquiry.school.call(contract.GET_SURVEY_RANKING, {"survey_id": inquiry.survey_id})["final"]


def test_an_answer_counts_to_the_last_second_of_the_last_day(inquiry: Inquiry) -> None:
    inquiry.open()
    inquiry.at(2020, 3, 13, 23, 59, 59)
    inquiry.answer()
    inquiry.at(2020, 3, 14, 0, 0, 0)
    with pytest.raises(SurveyNotOpen, match="2020-03-13"):
        inquiry.answer(UNITS[1])
    assert inquiry.show()["answers"] == 1


def test_a_survey_closes_itself_once_after_its_day(inquiry: Inquiry) -> None:
    inquiry.open()
    inquiry.school.harness.take()
    inquiry.at(2020, 3, 13, 23, 59, 59)
    inquiry.school.harness.tick("surveys", datetime(2020, 3, 13, 15, tzinfo=UTC))
    assert inquiry.show()["state"] == "open"
    inquiry.at(2020, 3, 14, 0, 0, 0)
    for hour in (16, 17):
        inquiry.school.harness.tick("surveys", datetime(2020, 3, 13, hour, tzinfo=UTC))
    assert inquiry.show()["state"] == "closed"
    assert [each.type for each in inquiry.school.harness.take()] == [SURVEY_CLOSED.type]
    with pytest.raises(SurveyNotOpen):
        inquiry.open()


def test_answering_again_replaces_and_counts_once(inquiry: Inquiry) -> None:
    inquiry.open()
    inquiry.answer()
    again = inquiry.answer(answers=inquiry.answers(1, 1))
    assert again["answers"][0]["ratings"][0]["stars"] == 1
    assert inquiry.show()["answers"] == 1
    request = {"survey_id": inquiry.survey_id, "unit_id": UNITS[0]}
    shown = inquiry.school.call(contract.GET_SURVEY_ANSWER, request, caller=unit_caller(UNITS[0]))
    assert (shown["answers"][0]["ratings"][0]["stars"], shown["answered_by"]) == (1, f"unit:{UNITS[0]}")


def test_half_an_answer_or_a_strange_one_is_refused_whole(inquiry: Inquiry) -> None:
    inquiry.open()
    for answers in (
        inquiry.answers()[:1],
        inquiry.answers(chosen="党史"),
        [*inquiry.answers(), {"question_id": "question_x", "text": "?"}],
        [*inquiry.answers(), inquiry.answers()[0]],
    ):
        with pytest.raises(Invalid):
            inquiry.answer(answers=answers)
    assert inquiry.show()["answers"] == 0


def test_each_unit_answers_for_itself_alone_and_sees_only_itself(inquiry: Inquiry) -> None:
    with pytest.raises(NotFound):
        inquiry.show(caller=unit_caller(UNITS[0]))
    inquiry.open()
    with pytest.raises(Forbidden, match="只能处理本单位"):
        inquiry.school.call(
            contract.ANSWER_SURVEY,
            {"survey_id": inquiry.survey_id, "unit_id": UNITS[1], "answers": inquiry.answers()},
            caller=unit_caller(UNITS[0]),
        )
    with pytest.raises(Forbidden, match="未请单位"):
        inquiry.answer("city.xichuan")
    mine = inquiry.show(caller=unit_caller(UNITS[0]))
    assert (mine["unit_ids"], mine["unanswered"]) == ([UNITS[0]], [UNITS[0]])
    with pytest.raises(NotFound):
        inquiry.show(caller=unit_caller("city.xichuan"))
    assert len(inquiry.school.call(contract.LIST_SURVEYS, {}, caller=unit_caller(UNITS[0]))["items"]) == 1
    assert inquiry.school.call(contract.LIST_SURVEYS, {}, caller=unit_caller("city.xichuan"))["items"] == []
    for operation in (contract.GET_SURVEY_RANKING, contract.LIST_SURVEY_ANSWERS):
        with pytest.raises(Forbidden):
            inquiry.school.call(operation, {"survey_id": inquiry.survey_id}, caller=unit_caller(UNITS[0]))


def test_only_the_party_school_asks_and_only_units_answer(inquiry: Inquiry) -> None:
    opening = {"survey_id": inquiry.survey_id, "unit_ids": UNITS, "due_on": "2020-03-13"}
    for caller in (DEPARTMENT, AUDITOR, unit_caller(UNITS[0]), lecturer_caller("wen")):
        with pytest.raises(Forbidden):
            inquiry.school.call(contract.OPEN_SURVEY, opening, caller=caller)
    inquiry.open()
    for caller in (PARTY_SCHOOL, DEPARTMENT):
        with pytest.raises(Forbidden):
            inquiry.school.call(
                contract.ANSWER_SURVEY,
                {"survey_id": inquiry.survey_id, "unit_id": UNITS[0], "answers": inquiry.answers()},
                caller=caller,
            )
    inquiry.answer()
    rows = inquiry.school.call(contract.LIST_SURVEY_ANSWERS, {"survey_id": inquiry.survey_id}, caller=AUDITOR)["items"]
    assert [each["unit_id"] for each in rows] == [UNITS[0]]


def test_an_open_survey_stands_and_only_widens(inquiry: Inquiry) -> None:
    changed = by_school(inquiry.school, contract.CHANGE_SURVEY, {"survey_id": inquiry.survey_id, "title": "需求调研"})
    assert changed["title"] == "需求调研"
    with pytest.raises(Invalid, match="已过"):
        inquiry.open(due_on="2020-03-01")
    inquiry.open()
    with pytest.raises(SurveyOpen):
        by_school(inquiry.school, contract.CHANGE_SURVEY, {"survey_id": inquiry.survey_id, "title": "又改"})
    with pytest.raises(Invalid, match="不能减少"):
        inquiry.open(unit_ids=UNITS[:1])
    with pytest.raises(Invalid, match="提前"):
        inquiry.open(due_on="2020-03-12")
    wider = inquiry.open(unit_ids=[*UNITS, "city.xichuan"], due_on="2020-03-20")
    assert (len(wider["unit_ids"]), wider["due_on"]) == (3, "2020-03-20")


def test_questions_that_cannot_be_answered_are_refused(inquiry: Inquiry) -> None:
    request = {"plan_id": inquiry.plan_id, "title": "另一份"}
    one_option = [{"text": "甲", "kind": "choice", "options": ["一"]}]
    doubled = [{"question_id": "q", "text": "甲", "kind": "text"}, {"question_id": "q", "text": "乙", "kind": "text"}]
    for questions in (one_option, doubled):
        with pytest.raises(Invalid):
            by_school(inquiry.school, contract.DRAFT_SURVEY, {**request, "questions": questions})
    with pytest.raises(NotFound):
        by_school(inquiry.school, contract.DRAFT_SURVEY, {**request, "plan_id": "plan_x", "questions": QUESTIONS})
