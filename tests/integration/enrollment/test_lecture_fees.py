"""Lecture fees follow every timetable that is issued."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.enrollment import contract
from services.enrollment.contract import FeeRefused
from services.scheduling.contract import TIMETABLE_ISSUED
from shared.errors import Forbidden, NotFound, Unavailable
from shared.security.caller import Caller, Role
from tests.integration.enrollment.conftest import OPENING, Desk, cancel_under_way, unit_caller
from tests.integration.enrollment.fee_desk import AUDITOR, SCHOOL, cancel, place_again


def taught(number: int, lecturer: str | None = "lec_1", **changes: Any) -> dict[str, Any]:
    return {
        "session_id": f"s{number}",
        "course_id": "course_1",
        "module": "专题讲座",
        "title": f"第{number}讲",
        "form": "lecture",
        "on": OPENING.isoformat(),
        "half": "morning",
        "starts_at": "08:30",
        "ends_at": "11:50",
        "hours": 4,
        "lecturer_id": lecturer,
        "lecturer_grade": "full" if lecturer else None,
        "room_id": None,
        "room_title": None,
        "joint_id": None,
    } | changes


def issue(desk: Desk, term_id: str, *sessions: dict[str, Any], version: int = 1) -> None:
    news = {"term_id": term_id, "plan_id": "plan_2020", "timetable_version": version, "total_hours": 40}
    news |= {"sessions": list(sessions), "changed_session_ids": [], "affected_lecturer_ids": []}
    desk.harness.deliver(TIMETABLE_ISSUED, news)


def statement(desk: Desk, term_id: str = "term_1", lecturer: str = "lec_1") -> dict[str, Any]:
    return desk.call(contract.GET_LECTURE_FEE, {"term_id": term_id, "lecturer_id": lecturer})


@pytest.fixture
def school(desk: Desk) -> Desk:
    desk.place("term_1")
    desk.place("term_2", programme=2)
    return desk


def test_a_statement_names_each_session_with_its_reason_and_source(school: Desk) -> None:
    issue(school, "term_1", taught(1), taught(2, half="afternoon", hours=3), taught(3, None), taught(4, "lec_2"))
    shown = statement(school)
    assert (shown["amount"], shown["sessions"], shown["hours"], shown["paid_hours"]) == ("7000.00", 2, "7", "7")
    assert "正高级职称4学时×1,000.00元＝4,000.00元（税后）" in shown["items"][0]["reasons"][-1]["zh"]
    assert shown["items"][0]["citation"]["document"] == "财行〔2016〕540号"
    listed = school.call(contract.LIST_LECTURE_FEES, {"term_id": "term_1"}, caller=AUDITOR)["items"]
    assert {row["lecturer_id"] for row in listed} == {"lec_1", "lec_2"}


def test_five_hours_in_a_morning_pay_four_and_self_study_nothing(school: Desk) -> None:
    late = taught(2, starts_at="10:30", hours=2)
    issue(school, "term_1", taught(1, hours=3), late, taught(3, half="evening", form="self_study"))
    shown = statement(school)
    assert [item["paid_hours"] for item in shown["items"]] == ["3", "1"]
    assert shown["amount"] == "4000.00"


def test_a_joint_lecture_is_paid_by_one_term_and_passes_on_when_that_one_drops_it(school: Desk) -> None:
    issue(school, "term_1", taught(1, joint_id="joint_1"))
    issue(school, "term_2", taught(2, joint_id="joint_1"))
    assert [statement(school, term)["amount"] for term in ("term_1", "term_2")] == ["4000.00", "0.00"]
    issue(school, "term_1", taught(3, "lec_2"), version=2)
    gone, other = statement(school, "term_1"), statement(school, "term_2")
    assert (gone["amount"], gone["items"], gone["history"][0]["amount"]) == ("0.00", [], "4000.00")
    assert (other["amount"], other["number"]) == ("4000.00", 2)


def test_a_cancelled_term_pays_nobody_and_its_joint_lecture_is_paid_elsewhere(school: Desk) -> None:
    issue(school, "term_1", taught(1, joint_id="joint_1"), taught(5, "lec_2"))
    issue(school, "term_2", taught(2, joint_id="joint_1"))
    cancel(school, "term_1")
    assert [statement(school, term)["amount"] for term in ("term_1", "term_2")] == ["0.00", "4000.00"]
    assert statement(school, "term_1", "lec_2")["amount"] == "0.00"
    issue(school, "term_1", taught(1), version=2)
    assert statement(school, "term_1")["amount"] == "0.00"


def test_a_term_that_is_held_after_all_pays_again_whichever_news_comes_first(school: Desk) -> None:
    issue(school, "term_1", taught(1, joint_id="joint_1"))
    issue(school, "term_2", taught(2, joint_id="joint_1"))
    place_again(school, "term_1", version=3)
    cancel(school, "term_1", version=2)
    assert statement(school)["amount"] == "4000.00"
    cancel(school, "term_1", version=4)
    with pytest.raises(NotFound):
        school.call(contract.AGREE_LECTURE_FEE, {"term_id": "term_1", "lecturer_id": "lec_1", "rate": "800.00"})
    place_again(school, "term_1", version=5)
    assert [statement(school, term)["amount"] for term in ("term_1", "term_2")] == ["4000.00", "0.00"]
    cancel(school, "term_1", version=6)
    issue(school, "term_1", taught(1, "lec_2"), version=2)
    with pytest.raises(NotFound):
        statement(school, "term_1", "lec_2")
    place_again(school, "term_1", version=7)
    assert [statement(school, "term_1", who)["amount"] for who in ("lec_1", "lec_2")] == ["0.00", "4000.00"]


def test_a_timetable_that_meets_a_cancellation_under_way_pays_nobody(school: Desk) -> None:
    with cancel_under_way(school):
        issue(school, "term_1", taught(1))
    with pytest.raises(NotFound):
        statement(school)


def test_older_news_and_the_same_news_again_change_nothing(school: Desk) -> None:
    issue(school, "term_1", taught(1), version=2)
    issue(school, "term_1", taught(1, hours=1), version=1)
    issue(school, "term_1", taught(1, hours=1), version=2)
    shown = statement(school)
    assert (shown["amount"], shown["number"]) == ("4000.00", 1)
    issue(school, "term_1", taught(1, hours=1), version=3)
    assert (statement(school)["amount"], statement(school)["number"]) == ("1000.00", 2)


def test_a_timetable_that_overtakes_its_term_waits_for_it(school: Desk) -> None:
    with pytest.raises(Unavailable):
        issue(school, "term_9", taught(1))
    school.place("term_9", programme=3)
    issue(school, "term_9", taught(1))
    assert statement(school, "term_9")["amount"] == "4000.00"


def test_agreements_stay_within_the_standard_and_an_uplift_needs_one_that_knows_it(school: Desk) -> None:
    issue(school, "term_1", taught(1))
    whom = {"term_id": "term_1", "lecturer_id": "lec_1"}
    lower = school.call(contract.AGREE_LECTURE_FEE, whom | {"rate": "800.00"}, caller=SCHOOL)
    assert (lower["amount"], lower["agreement"]["rate"]) == ("3200.00", "800.00")
    with pytest.raises(FeeRefused, match="540号"):
        school.call(contract.AGREE_LECTURE_FEE, whom | {"rate": "1000.01"})
    uplift = {"document": "江党校批〔2020〕1号", "approver": "分管校长", "approved_on": "2020-04-01"}
    with pytest.raises(FeeRefused, match="没有上浮规定"):
        school.call(contract.AGREE_LECTURE_FEE, whom | {"uplift": uplift})
    assert statement(school)["amount"] == "3200.00"
    scope = {"scope_id": "city", "standard": "central", "fee_class": "three", "lecture_standard": "zhuzhou_lectures"}
    school.call(contract.PUT_FEE_SCOPE, scope | {"effective_from": "2020-01-01", "document": "本市文件"})
    more = school.call(contract.AGREE_LECTURE_FEE, whom | {"uplift": uplift})
    assert (more["amount"], more["agreement"]["uplift"]["document"]) == ("6000.00", "江党校批〔2020〕1号")
    with pytest.raises(NotFound):
        school.call(contract.AGREE_LECTURE_FEE, {"term_id": "term_2", "lecturer_id": "lec_1"})


def test_a_lecturer_without_a_grade_waits_for_a_person(school: Desk) -> None:
    issue(school, "term_1", taught(1, lecturer_grade=None))
    shown = statement(school)
    assert (shown["amount"], shown["problems"], shown["items"][0]["problem"]) == ("0.00", 1, True)


def test_lecturers_see_their_own_fees_and_nobody_elses(school: Desk) -> None:
    issue(school, "term_1", taught(1), taught(2, "lec_2", half="afternoon"))
    issue(school, "term_2", taught(3, on=(OPENING + timedelta(days=1)).isoformat()))
    lecturer = Caller("lecturer:lec_1", frozenset({Role.LECTURER}), ())
    mine = school.call(contract.LIST_MY_LECTURE_FEES, {}, caller=lecturer)["items"]
    assert [(row["lecturer_id"], row["term_id"], row["amount"]) for row in mine] == [
        ("lec_1", "term_1", "4000.00"),
        ("lec_1", "term_2", "4000.00"),
    ]
    for stranger in (lecturer, unit_caller("city.donghu")):
        with pytest.raises(Forbidden):
            school.call(contract.LIST_LECTURE_FEES, {}, caller=stranger)
        with pytest.raises(Forbidden):
            school.call(contract.GET_LECTURE_FEE, {"term_id": "term_1", "lecturer_id": "lec_1"}, caller=stranger)
        with pytest.raises(Forbidden):
            school.call(contract.AGREE_LECTURE_FEE, {"term_id": "term_1", "lecturer_id": "lec_1"}, caller=stranger)
    with pytest.raises(Forbidden):
        school.call(contract.LIST_MY_LECTURE_FEES, {}, caller=SCHOOL)
