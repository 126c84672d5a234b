"""Lecturers proposed, invited, and what they answer by personal link."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from services.scheduling.contract import (
    CANCEL_TERM,
    INVITATION_LAPSED,
    INVITATION_SUPERSEDED,
    INVITATION_WITHDRAWN,
    LECTURER_CONFIRMED,
    LECTURER_DECLINED,
    LECTURER_INVITED,
    MOVE_TERM,
)
from services.scheduling.contract import invitations as contract
from services.scheduling.contract.invitations import AnswerTooLate, CourseTaken, InvitationSettled, TermNotPlaced
from services.scheduling.contract.parts import TermIsCancelled
from shared.clock import CITY_ZONE
from shared.errors import Forbidden, Invalid, NotFound
from tests.integration.scheduling.conftest import School
from tests.integration.scheduling.teaching import (
    AUDITOR,
    DEPARTMENT,
    PARTY_SCHOOL,
    approved_scheme,
    by_school,
    course,
    lecturer_caller,
    placed_plan,
    register,
    scheme,
    unit_caller,
)


class Class:
    """A placed term with an approved scheme of two courses, and three lecturers."""

    def __init__(self, school: School) -> None:
        self.school = school
        plan, terms = placed_plan(school)
        self.plan_id, self.term = plan["plan_id"], terms[0]
        self.term_id = self.term["term_id"]
        approved = approved_scheme(
            school,
            scheme(
                self.term["programme_id"],
                course("治理现代化", 8, expertise=["国家治理"]),
                course("金融风险", expertise=["金融"]),
                course("自学", form="self_study"),
                budget=[{"item": "lecturers", "amount": "10000.00"}],
            ),
        )
        self.courses = [each["course_id"] for each in approved["modules"][0]["courses"]]
        register(school, "wen", "国家治理", grade="associate")
        register(school, "liang", "国家治理")
        register(school, "qiu", "金融", organisation="江城大学")
        school.harness.take()

    def invite(self, lecturer_id: str = "wen", course: int = 0, **changes: Any) -> dict[str, Any]:
        request = {"term_id": self.term_id, "course_id": self.courses[course], "lecturer_id": lecturer_id, **changes}
        return by_school(self.school, contract.INVITE_LECTURER, request)

    def answer(self, invitation: dict[str, Any], answer: str, **changes: Any) -> dict[str, Any]:
        request = {"invitation_id": invitation["invitation_id"], "answer": answer, **changes}
        return self.school.call(contract.ANSWER_INVITATION, request, caller=lecturer_caller(invitation["lecturer_id"]))

    def at(self, *instant: int) -> None:
        self.school.harness.store.clock.set(datetime(*instant, tzinfo=CITY_ZONE))  # type: ignore[attr-defined]


@pytest.fixture
def klass(school: School) -> Class:
    return Class(school)


def test_lecturers_are_proposed_with_their_grounds(klass: Class) -> None:
    found = klass.school.call(contract.LIST_LECTURER_PROPOSALS, {"term_id": klass.term_id})
    assert found["budget_left"] == "10000.00"
    governance, finance, reading = found["items"]
    assert [(each["lecturer_id"], each["suitable"]) for each in governance["candidates"]] == [
        ("wen", True),
        ("liang", True),
        ("qiu", False),
    ]
    assert governance["candidates"][0]["fee"] == "4000.00"
    assert "10个半天中10个有空" in governance["candidates"][0]["grounds"][1]["words"]["zh"]
    assert (finance["candidates"][0]["lecturer_id"], reading["candidates"]) == ("qiu", [])
    one = {"term_id": klass.term_id, "course_id": klass.courses[1], "limit": 1}
    assert [len(each["candidates"]) for each in klass.school.call(contract.LIST_LECTURER_PROPOSALS, one)["items"]] == [
        1
    ]
    with pytest.raises(NotFound):
        klass.school.call(contract.LIST_LECTURER_PROPOSALS, {**one, "course_id": "c_x"})


def test_a_lecturer_who_is_asked_takes_from_the_budget(klass: Class) -> None:
    klass.invite("liang")
    found = klass.school.call(contract.LIST_LECTURER_PROPOSALS, {"term_id": klass.term_id})
    assert found["budget_left"] == "2000.00"
    assert found["items"][0]["invited_id"] == "liang"
    qiu = found["items"][1]["candidates"][0]
    assert (qiu["lecturer_id"], qiu["suitable"]) == ("qiu", False)
    assert "超出本期师资费余额2000.00元" in qiu["grounds"][3]["words"]["zh"]


def test_a_lecturer_confirms_by_personal_link(klass: Class) -> None:
    invitation = klass.invite()
    assert (invitation["state"], invitation["due_on"], invitation["lecturer_name"]) == (
        "invited",
        "2020-03-09",
        "教师wen",
    )
    (told,) = klass.school.harness.take()
    assert (told.type, told.data["due_on"]) == (LECTURER_INVITED.type, "2020-03-09")
    mine = klass.school.call(contract.LIST_OWN_INVITATIONS, {}, caller=lecturer_caller("wen"))["items"]
    assert [(each["course_title"], each["starts_on"]) for each in mine] == [("治理现代化", klass.term["starts_on"])]
    assert klass.school.call(contract.LIST_OWN_INVITATIONS, {}, caller=lecturer_caller("qiu"))["items"] == []
    assert klass.answer(invitation, "confirm")["state"] == "confirmed"
    assert klass.answer(invitation, "confirm")["state"] == "confirmed"
    assert [each.type for each in klass.school.harness.take()] == [LECTURER_CONFIRMED.type]


def test_who_declines_may_name_a_colleague_and_the_party_school_asks_somebody_else(klass: Class) -> None:
    first = klass.invite()
    colleagues = klass.school.call(
        contract.LIST_SUBSTITUTES, {"invitation_id": first["invitation_id"]}, caller=lecturer_caller("wen")
    )
    assert [each["lecturer_id"] for each in colleagues["items"]] == ["liang"]
    klass.school.harness.take()
    declined = klass.answer(first, "decline", substitute_id="liang", reason="外出开会")
    assert (declined["state"], declined["substitute_id"]) == ("declined", "liang")
    (told,) = klass.school.harness.take()
    assert (told.type, told.data["substitute_id"]) == (LECTURER_DECLINED.type, "liang")
    second = klass.invite("liang", instead_of=first["invitation_id"])
    assert second["instead_of"] == first["invitation_id"]
    with pytest.raises(InvitationSettled):
        klass.answer(first, "confirm")


def test_nobody_names_themselves_or_a_stranger(klass: Class) -> None:
    invitation = klass.invite()
    for wrong in ({"substitute_id": "wen"}, {"substitute_id": "nobody"}):
        with pytest.raises(Invalid):
            klass.answer(invitation, "decline", **wrong)
    with pytest.raises(Invalid):
        klass.answer(invitation, "confirm", substitute_id="liang")


def test_an_answer_counts_to_the_last_second_of_the_last_day(klass: Class) -> None:
    first, second = klass.invite(due_on="2020-03-06"), klass.invite("qiu", 1, due_on="2020-03-06")
    klass.at(2020, 3, 6, 23, 59, 59)
    assert klass.answer(first, "confirm")["state"] == "confirmed"
    klass.at(2020, 3, 7, 0, 0, 0)
    with pytest.raises(AnswerTooLate, match="2020-03-06"):
        klass.answer(second, "confirm")


def test_an_invitation_nobody_answers_lapses_once_and_frees_the_course(klass: Class) -> None:
    invitation = klass.invite(due_on="2020-03-06")
    klass.school.harness.take()
    klass.at(2020, 3, 6, 23, 59, 59)
    klass.school.harness.tick("invitations", datetime(2020, 3, 6, 15, tzinfo=UTC))
    assert klass.school.harness.take() == []
    klass.at(2020, 3, 7, 0, 0, 0)
    for hour in (16, 17):
        klass.school.harness.tick("invitations", datetime(2020, 3, 6, hour, tzinfo=UTC))
    (told,) = klass.school.harness.take()
    assert (told.type, told.data["invitation_id"]) == (INVITATION_LAPSED.type, invitation["invitation_id"])
    assert klass.invite("liang", instead_of=invitation["invitation_id"])["state"] == "invited"


def unfilled(klass: Class, **wanted: Any) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    request = {"unfilled": True, "limit": 1, **wanted}
    while True:
        page = klass.school.call(contract.LIST_INVITATIONS, request)
        found += [(each["lecturer_id"], each["state"]) for each in page["items"]]
        if page["next_cursor"] is None:
            return found
        request["cursor"] = page["next_cursor"]


def test_a_course_that_needs_another_lecturer_is_listed_until_somebody_is_asked(klass: Class) -> None:
    assert unfilled(klass) == []
    first = klass.invite()
    klass.invite("qiu", 1, due_on="2020-03-06")
    klass.answer(first, "decline")
    klass.at(2020, 3, 7, 0, 0, 0)
    klass.school.harness.tick("invitations", datetime(2020, 3, 6, 16, tzinfo=UTC))
    assert unfilled(klass) == [("qiu", "lapsed"), ("wen", "declined")]
    assert unfilled(klass, state="declined") == [("wen", "declined")]
    second = klass.invite("liang", instead_of=first["invitation_id"])
    assert unfilled(klass) == [("qiu", "lapsed")], "somebody is asked"
    klass.answer(second, "confirm")
    assert unfilled(klass) == [("qiu", "lapsed")]
    klass.answer(second, "decline")
    assert unfilled(klass) == [("liang", "declined"), ("qiu", "lapsed")], "a course is listed once"
    assert unfilled(klass, lecturer_id="wen") == []
    third = klass.invite("wen")
    by_school(klass.school, contract.WITHDRAW_INVITATION, {"invitation_id": third["invitation_id"], "reason": "调整"})
    assert unfilled(klass) == [("liang", "declined"), ("qiu", "lapsed")]
    assert unfilled(klass, unfilled=False)[0] == ("wen", "withdrawn")


def test_nobody_has_to_be_found_for_a_term_that_is_over_or_cancelled(klass: Class) -> None:
    klass.answer(klass.invite(), "decline")
    last = datetime.fromisoformat(klass.term["ends_on"])
    klass.at(last.year, last.month, last.day, 23, 59, 59)
    assert unfilled(klass) == [("wen", "declined")]
    klass.at(last.year, last.month, last.day + 1)
    assert unfilled(klass) == []
    klass.at(2020, 3, 6)
    klass.school.call(CANCEL_TERM, {"term_id": klass.term_id, "reason": "停办"})
    assert unfilled(klass) == []


def test_a_course_has_one_lecturer_asked_at_a_time(klass: Class) -> None:
    first = klass.invite()
    with pytest.raises(CourseTaken):
        klass.invite("liang")
    withdrawn = by_school(
        klass.school, contract.WITHDRAW_INVITATION, {"invitation_id": first["invitation_id"], "reason": "课程调整"}
    )
    assert withdrawn["state"] == "withdrawn"
    assert klass.school.harness.take()[-1].type == INVITATION_WITHDRAWN.type
    assert klass.invite("liang")["state"] == "invited"


def test_what_makes_no_sense_is_refused(klass: Class) -> None:
    with pytest.raises(Invalid, match="自学"):
        klass.invite("wen", 2)
    with pytest.raises(Invalid, match="已过"):
        klass.invite(due_on="2020-03-01")
    register(klass.school, "gone", "国家治理", active=False)
    with pytest.raises(Invalid, match="已停用"):
        klass.invite("gone")
    with pytest.raises(NotFound):
        by_school(
            klass.school,
            contract.INVITE_LECTURER,
            {"term_id": klass.term_id, "course_id": "c_x", "lecturer_id": "wen"},
        )


def test_only_the_party_school_invites_and_only_the_lecturer_answers(klass: Class) -> None:
    request = {"term_id": klass.term_id, "course_id": klass.courses[0], "lecturer_id": "wen"}
    for caller in (DEPARTMENT, AUDITOR, unit_caller("city.donghu"), lecturer_caller("wen")):
        with pytest.raises(Forbidden):
            klass.school.call(contract.INVITE_LECTURER, request, caller=caller)
    invitation = klass.invite()
    answer = {"invitation_id": invitation["invitation_id"], "answer": "confirm"}
    for caller in (PARTY_SCHOOL, DEPARTMENT):
        with pytest.raises(Forbidden):
            klass.school.call(contract.ANSWER_INVITATION, answer, caller=caller)
    with pytest.raises(NotFound):
        klass.school.call(contract.ANSWER_INVITATION, answer, caller=lecturer_caller("qiu"))
    with pytest.raises(Forbidden):
        klass.school.call(contract.LIST_INVITATIONS, {}, caller=lecturer_caller("wen"))
    assert len(klass.school.call(contract.LIST_INVITATIONS, {"state": "invited"}, caller=AUDITOR)["items"]) == 1


def test_a_term_moved_by_hand_asks_its_lecturers_again(klass: Class) -> None:
    invitation = klass.invite()
    klass.answer(invitation, "confirm")
    klass.school.harness.take()
    klass.school.call(MOVE_TERM, {"term_id": klass.term_id, "room_id": "r2"})
    assert LECTURER_INVITED.type not in [each.type for each in klass.school.harness.take()]
    klass.school.call(MOVE_TERM, {"term_id": klass.term_id, "starts_on": "2020-05-18"})
    events = klass.school.harness.take()
    (ended,) = [each for each in events if each.type == INVITATION_SUPERSEDED.type]
    assert ended.data["invitation_id"] == invitation["invitation_id"], "nobody waits for its answer any more"
    (told,) = [each for each in events if each.type == LECTURER_INVITED.type]
    again = klass.school.call(contract.GET_INVITATION, {"invitation_id": told.data["invitation_id"]})
    assert (again["state"], again["instead_of"], again["starts_on"]) == (
        "invited",
        invitation["invitation_id"],
        "2020-05-18",
    )
    with pytest.raises(InvitationSettled):
        klass.answer(invitation, "decline")


def test_a_cancelled_term_takes_its_invitations_back_and_takes_no_more(klass: Class) -> None:
    klass.invite()
    klass.school.harness.take()
    klass.school.call(CANCEL_TERM, {"term_id": klass.term_id, "reason": "停办"})
    assert INVITATION_WITHDRAWN.type in [each.type for each in klass.school.harness.take()]
    with pytest.raises(TermIsCancelled):
        klass.invite("qiu", 1)


def test_a_term_without_dates_takes_no_invitation(school: School) -> None:
    plan = school.approved()
    programme_id = plan["programmes"][0]["programme_id"]
    approved = approved_scheme(school, scheme(programme_id))
    register(school, "wen", "国家治理")
    request = {
        "term_id": school.terms(plan["plan_id"])[0]["term_id"],
        "course_id": approved["modules"][0]["courses"][0]["course_id"],
        "lecturer_id": "wen",
    }
    with pytest.raises(TermNotPlaced):
        by_school(school, contract.INVITE_LECTURER, request)
