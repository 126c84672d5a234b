"""Blind reviews on a real store: assigned, returned, a third when two differ, objections, grades."""

from __future__ import annotations

import base64
import threading
from decimal import Decimal
from typing import Any

import pytest

from services.outcomes import contract
from services.outcomes.domain.review import combined
from services.outcomes.limits import policy_table, rubric_of
from shared.errors import Forbidden, Invalid, NotFound, Unavailable
from shared.security.caller import Caller
from tests.integration.outcomes.conftest import (
    DONGHU,
    NANSHAN,
    ORGANISATION,
    SCHOOL,
    City,
    lecturer,
    trainee,
    unit,
)
from tests.integration.outcomes.test_reports import BODY, LI, OTHER, OUYANG, WANG, shown, submitted

TERM = {"term_id": "term_1"}
CRITERIA = [each.key for each in rubric_of(policy_table().on(policy_table().rows()[0].effective_from)).criteria]


def panel(city: City, *members: str, units: dict[str, str] | None = None) -> None:
    named = [{"lecturer_id": each, "unit_id": (units or {}).get(each)} for each in members]
    city.call(contract.PUT_PANEL, {**TERM, "members": named})


def assign(city: City) -> dict[str, Any]:
    done: dict[str, Any] = city.call(contract.ASSIGN_REVIEWS, TERM)
    return done


def reviews(city: City, caller: Caller = SCHOOL, **wanted: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = city.call(contract.LIST_REVIEWS, wanted, caller)["items"]
    return found


def give(city: City, review: dict[str, Any], score: int) -> dict[str, Any]:
    request = {
        "review_id": review["review_id"],
        "scores": [{"criterion": each, "score": score} for each in CRITERIA],
        "comment": f"总体评价{score}分",
    }
    done: dict[str, Any] = city.call(contract.RETURN_REVIEW, request, lecturer(review["lecturer_id"]))
    return done


def open_reviews(city: City) -> list[dict[str, Any]]:
    return reviews(city, state="open")


@pytest.fixture
def report(admitted: City) -> dict[str, Any]:
    return submitted(admitted, WANG, BODY)


@pytest.fixture
def assigned(admitted: City, report: dict[str, Any]) -> City:
    panel(admitted, "lecturer_a", "lecturer_b", "lecturer_c")
    admitted.outcomes.take()
    assign(admitted)
    return admitted


def test_two_reviewers_are_asked_and_told_once_and_asking_again_asks_nobody(assigned: City) -> None:
    told = assigned.outcomes.emitted(contract.REVIEWS_ASSIGNED)
    assert [each.data["due_on"] for each in told] == ["2020-05-21", "2020-05-21"]
    assert len({each.data["lecturer_id"] for each in told}) == 2
    assert "nomination_1" not in str([each.data for each in told])
    assert assign(assigned) == {**TERM, "reports": 0, "reviews": 0, "held": 0, "lacking": []}


def test_a_reviewer_sees_the_text_and_nothing_that_leads_to_the_author(assigned: City, report: dict[str, Any]) -> None:
    mine = open_reviews(assigned)[0]
    reviewer = lecturer(mine["lecturer_id"])
    (row,) = reviews(assigned, reviewer)
    seen = assigned.call(contract.GET_REVIEW, {"review_id": row["review_id"]}, reviewer)
    file = assigned.call(contract.GET_REVIEW_FILE, {"review_id": row["review_id"]}, reviewer)
    everything = f"{row} {seen} {file['filename']}"
    telling = ["nomination_1", report["report_id"], DONGHU, "王建国", "东湖"]
    assert not [each for each in telling if each in everything]
    assert [each["weight"] for each in seen["criteria"]] == [25, 25, 25, 25]
    assert base64.b64decode(file["content"]).startswith(b"PK")
    assert row["title"] == "网格化管理研究"


def test_a_reviewer_reaches_the_own_reviews_and_no_reports(assigned: City, report: dict[str, Any]) -> None:
    first, second = open_reviews(assigned)
    reviewer = lecturer(first["lecturer_id"])
    for operation in (contract.GET_REVIEW, contract.GET_REVIEW_FILE):
        with pytest.raises(NotFound):
            assigned.call(operation, {"review_id": second["review_id"]}, reviewer)
    for operation in (contract.GET_REPORT, contract.GET_REPORT_FILE):
        with pytest.raises(Forbidden):
            assigned.call(operation, {"report_id": report["report_id"]}, reviewer)
    assert reviews(assigned, reviewer, report_id=report["report_id"])[0]["report_id"] is None


def test_a_topic_that_names_the_unit_is_blind_as_well(admitted: City) -> None:
    topic = admitted.call(contract.PROPOSE_TOPIC, {**TERM, "title": "东湖区卫生健康局网格化经验"})
    admitted.call(contract.CHOOSE_TOPIC, {"topic_id": topic["topic_id"]}, WANG)
    submitted(admitted, WANG, BODY)
    panel(admitted, "lecturer_a", "lecturer_b")
    assign(admitted)
    seen = admitted.call(contract.GET_REVIEW, {"review_id": open_reviews(admitted)[0]["review_id"]})
    assert seen["topic"] == "×××网格化经验"


def test_reviews_returned_at_once_grade_the_report(assigned: City, report: dict[str, Any]) -> None:
    start, broken = threading.Barrier(2), []

    def both(review: dict[str, Any]) -> None:
        start.wait()
        try:
            give(assigned, review, 88)
        except Exception as trouble:
            broken.append(trouble)

    threads = [threading.Thread(target=both, args=(review,)) for review in open_reviews(assigned)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broken == []
    assert shown(assigned, report["report_id"])["grade"] == "good"
    assert len(assigned.outcomes.emitted(contract.REPORT_GRADED)) == 1


def test_the_grade_follows_from_two_reviews_that_agree(assigned: City, report: dict[str, Any]) -> None:
    for review, score in zip(open_reviews(assigned), (93, 88), strict=True):
        give(assigned, review, score)
    graded = shown(assigned, report["report_id"], WANG)
    assert (graded["state"], graded["grade"], graded["total"]) == ("graded", "excellent", "90.50")
    assert graded["comments"] == ["总体评价88分", "总体评价93分"]
    (told,) = assigned.outcomes.emitted(contract.REPORT_GRADED)
    assert told.data == {
        "report_id": report["report_id"],
        "nomination_id": "nomination_1",
        "term_id": "term_1",
        "unit_id": DONGHU,
        "grade": "excellent",
        "passed": True,
    }


@pytest.mark.parametrize(("first", "second", "third"), [(75, 90, False), (74, 90, True)])
def test_a_third_reviewer_is_asked_when_two_differ_by_more_than_the_limit(
    assigned: City, report: dict[str, Any], first: int, second: int, third: bool
) -> None:
    for review, score in zip(open_reviews(assigned), (first, second), strict=True):
        give(assigned, review, score)
    waiting = open_reviews(assigned)
    assert bool(waiting) is third
    if third:
        assert len({each["lecturer_id"] for each in reviews(assigned)}) == 3
        give(assigned, waiting[0], 80)
        assert shown(assigned, report["report_id"])["total"] == "80.00"
    assert shown(assigned, report["report_id"])["state"] == "graded"


def test_a_reviewer_who_declines_is_replaced_by_somebody_else(assigned: City) -> None:
    first = open_reviews(assigned)[0]
    request = {"review_id": first["review_id"], "reason": "认出作者，申请回避"}
    assigned.call(contract.DECLINE_REVIEW, request, lecturer(first["lecturer_id"]))
    now = {each["lecturer_id"] for each in open_reviews(assigned)}
    assert len(now) == 2
    assert first["lecturer_id"] not in now
    with pytest.raises(contract.WrongState):
        give(assigned, first, 90)


def test_a_panel_too_small_is_told_and_filled_when_it_grows(admitted: City, report: dict[str, Any]) -> None:
    with pytest.raises(contract.NoPanel):
        assign(admitted)
    panel(admitted, "lecturer_a")
    assert assign(admitted)["lacking"] == [{"report_id": report["report_id"], "reviewers": 1}]
    give(admitted, open_reviews(admitted)[0], 90)
    assert shown(admitted, report["report_id"])["state"] == "in_review"
    panel(admitted, "lecturer_a", "lecturer_b")
    assert (assign(admitted)["reviews"], assign(admitted)["lacking"]) == (1, [])


def test_nobody_reviews_the_people_of_the_own_unit(admitted: City, report: dict[str, Any]) -> None:
    units = {"lecturer_a": DONGHU, "lecturer_b": f"{DONGHU}.health", "lecturer_c": NANSHAN}
    panel(admitted, "lecturer_a", "lecturer_b", "lecturer_c", units=units)
    assert assign(admitted)["lacking"] == [{"report_id": report["report_id"], "reviewers": 1}]
    assert [each["lecturer_id"] for each in open_reviews(admitted)] == ["lecturer_c"]


def test_reviews_are_spread_evenly(admitted: City) -> None:
    for author, body in ((WANG, BODY), (LI, OTHER)):
        submitted(admitted, author, body)
    submitted(admitted, OUYANG, "产业联盟带动脱贫户增收，形成订单种植、保底收购、二次分红的利益联结机制。" * 4)
    panel(admitted, "lecturer_a", "lecturer_b", "lecturer_c")
    assert assign(admitted)["reviews"] == 6
    seats = admitted.call(contract.GET_PANEL, TERM)["members"]
    assert [seat["open"] for seat in seats] == [2, 2, 2]


def test_a_held_report_is_not_reviewed_until_a_person_clears_it(admitted: City) -> None:
    submitted(admitted, LI, BODY)
    submitted(admitted, OUYANG, BODY)
    panel(admitted, "lecturer_a", "lecturer_b")
    done = assign(admitted)
    assert (done["reports"], done["held"]) == (1, 1)


def test_scores_are_given_once_for_each_criterion(assigned: City) -> None:
    review = open_reviews(assigned)[0]
    one = [{"criterion": CRITERIA[0], "score": 80}]
    whole = [{"criterion": each, "score": 80} for each in CRITERIA]
    for scores in (one, whole + one, [*whole[1:], {"criterion": "style", "score": 80}]):
        request = {"review_id": review["review_id"], "scores": scores, "comment": "意见"}
        with pytest.raises(Invalid):
            assigned.call(contract.RETURN_REVIEW, request, lecturer(review["lecturer_id"]))
    assert open_reviews(assigned)[0]["version"] == 1


def test_an_objection_upheld_brings_one_more_reviewer_and_a_new_grade(assigned: City, report: dict[str, Any]) -> None:
    for review, score in zip(open_reviews(assigned), (58, 56), strict=True):
        give(assigned, review, score)
    assert shown(assigned, report["report_id"])["grade"] == "failed"
    request = {"report_id": report["report_id"], "reason": "评审未看到附表数据"}
    assigned.call(contract.OBJECT_TO_GRADE, request, WANG)
    with pytest.raises(contract.WrongState):
        assigned.call(contract.OBJECT_TO_GRADE, request, WANG)
    assigned.outcomes.take()
    decision = {"report_id": report["report_id"], "upheld": True, "answer": "增加一名评审"}
    assert assigned.call(contract.DECIDE_OBJECTION, decision)["state"] == "in_review"
    (extra,) = open_reviews(assigned)
    give(assigned, extra, 90)
    graded = shown(assigned, report["report_id"])
    assert (graded["state"], graded["total"], graded["objection"]["answer"]) == ("graded", "58.00", "增加一名评审")
    assert [each.type for each in assigned.outcomes.emitted()][-1] == contract.REPORT_GRADED.type


def test_an_objection_dismissed_leaves_the_grade_and_one_too_late_is_refused(
    assigned: City, report: dict[str, Any]
) -> None:
    for review in open_reviews(assigned):
        give(assigned, review, 70)
    request = {"report_id": report["report_id"], "reason": "评分偏低"}
    assigned.at("2020-05-19T00:00:00+08:00")
    with pytest.raises(contract.ReportTooLate):
        assigned.call(contract.OBJECT_TO_GRADE, request, WANG)
    assigned.at("2020-05-18T23:59:59+08:00")
    assigned.call(contract.OBJECT_TO_GRADE, request, WANG)
    decision = {"report_id": report["report_id"], "upheld": False, "answer": "评分有据"}
    assert assigned.call(contract.DECIDE_OBJECTION, decision)["grade"] == "qualified"
    assert assigned.outcomes.emitted(contract.OBJECTION_DECIDED)[0].data["upheld"] is False


def test_an_annulled_report_is_reviewed_by_nobody_any_more(assigned: City, report: dict[str, Any]) -> None:
    request = {"report_id": report["report_id"], "reason_code": "plagiarised", "note": "大段抄袭"}
    assigned.call(contract.ANNUL_REPORT, request)
    assert {each["state"] for each in reviews(assigned)} == {"cancelled"}


def test_a_review_is_overdue_the_day_after_it_was_due_and_still_taken(assigned: City) -> None:
    assigned.at("2020-05-21T23:59:59+08:00")
    assert not any(each["overdue"] for each in open_reviews(assigned))
    assigned.at("2020-05-22T00:00:00+08:00")
    late = open_reviews(assigned)
    assert all(each["overdue"] for each in late)
    assert give(assigned, late[0], 80)["state"] == "returned"


def test_a_plugin_that_is_not_there_assigns_nobody(assigned: City) -> None:
    from services.outcomes.assigning import Assigner
    from services.outcomes.ports import ReviewTask

    with pytest.raises(Unavailable):
        Assigner(assigned.outcomes.kit.plugins, "nobody").choose(ReviewTask("r", "", frozenset()), [], 2)


def test_only_the_party_school_runs_reviews_and_only_reviewers_return_them(assigned: City) -> None:
    review = open_reviews(assigned)[0]
    for caller in (ORGANISATION, unit(DONGHU), WANG, lecturer("lecturer_a")):
        with pytest.raises(Forbidden):
            assigned.call(contract.ASSIGN_REVIEWS, TERM, caller)
        with pytest.raises(Forbidden):
            assigned.call(contract.PUT_PANEL, {**TERM, "members": [{"lecturer_id": "x"}]}, caller)
    for caller in (SCHOOL, ORGANISATION, WANG, trainee("nomination_2")):
        with pytest.raises(Forbidden):
            assigned.call(contract.DECLINE_REVIEW, {"review_id": review["review_id"], "reason": "回避"}, caller)


def test_a_reviewer_named_twice_is_refused(admitted: City) -> None:
    with pytest.raises(Invalid):
        panel(admitted, "lecturer_a", "lecturer_a")


def test_the_total_of_a_report_is_the_median_of_its_reviews(assigned: City, report: dict[str, Any]) -> None:
    for review, score in zip(open_reviews(assigned), (60, 95), strict=True):
        give(assigned, review, score)
    give(assigned, open_reviews(assigned)[0], 88)
    totals = [Decimal(each["total"]) for each in reviews(assigned)]
    assert Decimal(shown(assigned, report["report_id"])["total"]) == combined(totals)
