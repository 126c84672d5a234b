"""Proposals on a real store: filed, forwarded, answered, followed through the year."""

from __future__ import annotations

from typing import Any

import pytest

from services.enrollment.contract import GET_UNIT
from services.outcomes import contract
from shared.errors import Forbidden, Invalid, NotFound, Unavailable
from shared.security.caller import Caller
from tests.integration.outcomes.conftest import (
    AUDITOR,
    DONGHU,
    NANSHAN,
    ORGANISATION,
    SCHOOL,
    City,
    lecturer,
    trainee,
    unit,
)

FINANCE = "jiangcheng.finance"
WANG, LI = trainee("nomination_1"), trainee("nomination_2")
BODY = "建议由市财政局牵头制定网格员补贴统一标准，按季度足额发放，并纳入年度绩效考核。联系电话13812345678。"


@pytest.fixture
def town(admitted: City) -> City:
    def known(request: dict[str, Any]) -> dict[str, Any]:
        if request["unit_id"] != FINANCE:
            raise NotFound("没有这个单位", "no such unit")
        contact = {"person": "预算处", "phone": "027-87650000"}
        return {
            "unit_id": FINANCE,
            "parent_id": "jiangcheng",
            "title": "市财政局",
            "kind": "department",
            "credit_code": None,
            "contact": contact,
            "version": 1,
        }

    admitted.outcomes.equipment.asking._answers[GET_UNIT.name] = known  # type: ignore[attr-defined]
    return admitted


def file(city: City, caller: Caller = WANG, **more: Any) -> dict[str, Any]:
    request = {"title": "统一网格员补贴标准", "body": BODY, **more}
    filed: dict[str, Any] = city.call(contract.FILE_PROPOSAL, request, caller)
    return filed


def forward(city: City, proposal: dict[str, Any], **more: Any) -> dict[str, Any]:
    request = {"proposal_id": proposal["proposal_id"], "receiving_unit_id": FINANCE, **more}
    done: dict[str, Any] = city.call(contract.FORWARD_PROPOSAL, request, ORGANISATION)
    return done


def answer(
    city: City, proposal: dict[str, Any], decision: str = "adopted", caller: Caller | None = None
) -> dict[str, Any]:
    request = {"proposal_id": proposal["proposal_id"], "decision": decision, "answer": "经研究，拟纳入明年预算。"}
    return city.call(contract.ANSWER_PROPOSAL, request, caller or unit(FINANCE))


def record(city: City, proposal: dict[str, Any], month: int, caller: Caller | None = None) -> dict[str, Any]:
    request = {
        "proposal_id": proposal["proposal_id"],
        "month": month,
        "progress": "in_progress",
        "evidence": "已印发征求意见稿（江财预〔2020〕12号）",
    }
    done: dict[str, Any] = city.call(contract.RECORD_FOLLOW_UP, request, caller or unit(FINANCE))
    return done


def look(city: City, instant: str) -> list[tuple[str, int]]:
    """Go to an instant, let the timer look twice, and return what it told."""
    city.at(instant)
    city.outcomes.take()
    for _ in range(2):
        city.outcomes.tick("follow_ups", city.clock.now())
    return [(each.type, each.data["month"]) for each in city.outcomes.take()]


@pytest.fixture
def adopted(town: City) -> dict[str, Any]:
    proposal = file(town)
    forward(town, proposal)
    town.at("2020-05-31T10:00:00+08:00")
    return answer(town, proposal)


def test_a_proposal_is_filed_without_numbers_and_told(town: City) -> None:
    proposal = file(town)
    assert "13812345678" not in proposal["body"]
    (told,) = town.outcomes.emitted(contract.PROPOSAL_FILED)
    assert told.data["unit_id"] == DONGHU
    assert file(town, unit(DONGHU), nomination_id="nomination_2")["nomination_id"] == "nomination_2"


def test_nobody_files_for_somebody_elses_people(town: City) -> None:
    with pytest.raises(Invalid):
        file(town, WANG, nomination_id="nomination_2")
    with pytest.raises(Invalid):
        file(town, unit(DONGHU))
    with pytest.raises(Forbidden):
        file(town, unit(NANSHAN), nomination_id="nomination_1")
    with pytest.raises(Forbidden):
        file(town, SCHOOL)
    with pytest.raises(contract.Classified):
        file(town, body="秘密★5年\n" + BODY)


def test_it_goes_to_a_department_there_is_with_a_day_to_answer(town: City) -> None:
    proposal = file(town)
    with pytest.raises(NotFound):
        forward(town, proposal, receiving_unit_id="jiangcheng.nowhere")
    with pytest.raises(Invalid):
        forward(town, proposal, due_on="2020-05-10")
    sent = forward(town, proposal)
    assert (sent["state"], sent["due_on"]) == ("forwarded", "2020-06-10")
    (told,) = town.outcomes.emitted(contract.PROPOSAL_FORWARDED)
    assert (told.data["unit_id"], told.data["due_on"]) == (FINANCE, "2020-06-10")


def test_nothing_is_forwarded_while_enrollment_cannot_say_whether_the_department_exists(admitted: City) -> None:
    proposal = file(admitted)
    with pytest.raises(Unavailable):
        forward(admitted, proposal)


def test_the_department_sees_the_proposal_and_its_unit_and_not_who_wrote_it(town: City) -> None:
    proposal = file(town)
    with pytest.raises(NotFound):
        town.call(contract.GET_PROPOSAL, {"proposal_id": proposal["proposal_id"]}, unit(FINANCE))
    forward(town, proposal)
    seen = town.call(contract.GET_PROPOSAL, {"proposal_id": proposal["proposal_id"]}, unit(FINANCE))
    assert (seen["nomination_id"], seen["unit_id"]) == (None, DONGHU)
    received = town.call(contract.LIST_PROPOSALS, {"received": True}, unit(FINANCE))["items"]
    assert [each["proposal_id"] for each in received] == [proposal["proposal_id"]]
    assert town.call(contract.LIST_PROPOSALS, {}, unit(FINANCE))["items"] == []
    assert town.call(contract.LIST_PROPOSALS, {"received": True}, unit(NANSHAN))["items"] == []


def test_only_the_receiving_department_answers_and_with_an_answer(town: City) -> None:
    proposal = file(town)
    forward(town, proposal)
    for other in (unit(DONGHU), unit(NANSHAN)):
        with pytest.raises(NotFound):
            answer(town, proposal, caller=other)
    with pytest.raises(Forbidden):
        answer(town, proposal, caller=SCHOOL)
    request = {"proposal_id": proposal["proposal_id"], "decision": "adopted", "answer": ""}
    with pytest.raises(Invalid):
        town.call(contract.ANSWER_PROPOSAL, request, unit(FINANCE))
    assert answer(town, proposal, "partly_adopted")["state"] == "partly_adopted"
    with pytest.raises(contract.WrongState):
        answer(town, proposal)


def test_an_unanswered_proposal_is_overdue_the_day_after_its_day(town: City) -> None:
    proposal = file(town)
    forward(town, proposal)
    town.at("2020-06-10T23:59:59+08:00")
    assert not town.call(contract.GET_PROPOSAL, {"proposal_id": proposal["proposal_id"]})["overdue"]
    town.at("2020-06-11T00:00:00+08:00")
    assert town.call(contract.GET_PROPOSAL, {"proposal_id": proposal["proposal_id"]})["overdue"]
    assert answer(town, proposal)["answers"][0]["late"] is True


def test_what_one_department_declined_another_may_adopt(town: City) -> None:
    proposal = file(town)
    forward(town, proposal)
    assert answer(town, proposal, "declined")["follow_ups"] == []
    forward(town, proposal)
    assert [each["decision"] for each in answer(town, proposal)["answers"]] == ["declined", "adopted"]


def test_an_adopted_proposal_is_followed_from_its_adoption_at_the_months_end(adopted: dict[str, Any]) -> None:
    assert [(each["month"], each["due_on"]) for each in adopted["follow_ups"]] == [
        (3, "2020-08-31"),
        (6, "2020-11-30"),
        (12, "2021-05-31"),
    ]


def test_the_department_is_asked_before_the_day_and_told_after_it_each_once(
    town: City, adopted: dict[str, Any]
) -> None:
    due, overdue = contract.FOLLOW_UP_DUE.type, contract.FOLLOW_UP_OVERDUE.type
    assert look(town, "2020-08-23T23:59:59+08:00") == []
    assert look(town, "2020-08-24T00:00:00+08:00") == [(due, 3)]
    assert look(town, "2020-08-31T23:59:59+08:00") == []
    assert look(town, "2020-09-01T00:00:00+08:00") == [(overdue, 3)]
    record(town, adopted, 3)
    assert look(town, "2021-06-01T08:00:00+08:00") == [(due, 6), (due, 12), (overdue, 6), (overdue, 12)]


def test_a_department_records_its_follow_ups_and_nobody_else_does(town: City, adopted: dict[str, Any]) -> None:
    with pytest.raises(contract.FollowUpTooEarly):
        record(town, adopted, 3)
    town.at("2020-08-31T23:59:59+08:00")
    for other in (unit(DONGHU), unit(NANSHAN)):
        with pytest.raises(NotFound):
            record(town, adopted, 3, other)
    for other in (SCHOOL, WANG, AUDITOR):
        with pytest.raises(Forbidden):
            record(town, adopted, 3, other)
    after = record(town, adopted, 3)
    assert (after["follow_ups"][0]["late"], after["next_follow_up_on"]) == (False, "2020-11-30")
    (told,) = town.outcomes.emitted(contract.FOLLOW_UP_RECORDED)
    assert told.data == {
        "proposal_id": adopted["proposal_id"],
        "unit_id": FINANCE,
        "month": 3,
        "state": "in_progress",
    }


def test_what_is_to_be_followed_is_listed_by_its_day(town: City, adopted: dict[str, Any]) -> None:
    town.at("2020-06-05T10:00:00+08:00")
    later = file(town, LI)
    forward(town, later)
    answer(town, later)
    rows = town.call(contract.LIST_FOLLOW_UPS, {}, unit(FINANCE))["items"]
    assert [each["next_follow_up_on"] for each in rows] == ["2020-08-31", "2020-09-05"]
    near = town.call(contract.LIST_FOLLOW_UPS, {"due_until": "2020-08-31"}, ORGANISATION)["items"]
    assert [each["proposal_id"] for each in near] == [adopted["proposal_id"]]
    assert town.call(contract.LIST_FOLLOW_UPS, {}, unit(DONGHU))["items"] == []


def test_an_author_sees_the_answer_and_nobody_elses_proposals(town: City, adopted: dict[str, Any]) -> None:
    seen = town.call(contract.GET_PROPOSAL, {"proposal_id": adopted["proposal_id"]}, WANG)
    assert seen["answers"][0]["text"] == "经研究，拟纳入明年预算。"
    assert town.call(contract.LIST_PROPOSALS, {}, LI)["items"] == []
    with pytest.raises(NotFound):
        town.call(contract.GET_PROPOSAL, {"proposal_id": adopted["proposal_id"]}, LI)
    with pytest.raises(Forbidden):
        town.call(contract.GET_PROPOSAL, {"proposal_id": adopted["proposal_id"]}, lecturer("lecturer_a"))


def test_a_proposal_is_taken_back_by_its_side_before_it_is_answered(town: City) -> None:
    proposal = file(town)
    forward(town, proposal)
    request = {"proposal_id": proposal["proposal_id"]}
    with pytest.raises(Forbidden):
        town.call(contract.WITHDRAW_PROPOSAL, request, unit(FINANCE))
    with pytest.raises(NotFound):
        town.call(contract.WITHDRAW_PROPOSAL, request, LI)
    assert town.call(contract.WITHDRAW_PROPOSAL, request, WANG)["state"] == "withdrawn"
    (told,) = town.outcomes.emitted(contract.PROPOSAL_WITHDRAWN)
    assert told.data == {**request, "term_id": "term_1", "unit_id": FINANCE}
    with pytest.raises(contract.WrongState):
        answer(town, proposal)


def test_no_department_hears_of_a_proposal_it_does_not_have_being_taken_back(town: City) -> None:
    unseen, declined = file(town), file(town)
    forward(town, declined)
    answer(town, declined, "declined")
    assert town.call(contract.WITHDRAW_PROPOSAL, {"proposal_id": unseen["proposal_id"]}, WANG)["state"] == "withdrawn"
    with pytest.raises(contract.WrongState):
        town.call(contract.WITHDRAW_PROPOSAL, {"proposal_id": declined["proposal_id"]}, WANG)
    assert town.outcomes.emitted(contract.PROPOSAL_WITHDRAWN) == []


def test_only_the_organisation_department_forwards(town: City) -> None:
    proposal = file(town)
    request = {"proposal_id": proposal["proposal_id"], "receiving_unit_id": FINANCE}
    for caller in (SCHOOL, unit(DONGHU), WANG, AUDITOR):
        with pytest.raises(Forbidden):
            town.call(contract.FORWARD_PROPOSAL, request, caller)
