"""Leave: the ladder, exactly one seventh, the projection, and what a new timetable does."""

from __future__ import annotations

from datetime import date

import pytest

from services.compliance import contract
from services.compliance.store.attendance import BOOKS
from services.enrollment.contract import NOMINATION_WITHDRAWN
from services.scheduling.contract import TIMETABLE_ISSUED
from shared.errors import Forbidden, NotFound
from tests.fixtures.clock import StillClock
from tests.integration.compliance.compliance_city import (
    DONGHU,
    NANSHAN,
    ORGANISERS,
    SCHOOL,
    City,
    at,
    session,
    timetable,
    trainee,
    week,
)

SEVEN_DAYS = [*week(days=5), *week(date(2020, 5, 25), days=2)]  # 56 hours: exactly 8 are one seventh


def test_each_step_of_the_ladder_decides_in_its_turn(city: City) -> None:
    city.open_term("n1")
    leave = city.leave("n1", (18, "morning"), (19, "morning"))
    assert leave["steps"] == ["head_teacher", "academic_affairs", "school_leader"]
    assert (leave["awaits"], leave["hours"], leave["half_days"]) == ("head_teacher", 12, 3)
    request = {"leave_id": leave["leave_id"], "decision": "grant", "approver": "校长", "title": "副校长"}
    with pytest.raises(contract.WrongState):
        city.ask(contract.DECIDE_LEAVE, SCHOOL, **request, step="school_leader")
    leave = city.decide(leave)
    leave = city.decide(leave)
    assert leave["awaits"] == "school_leader"
    leave = city.decide(leave, pass_limit=True)
    assert leave["state"] == "granted"
    assert [each["step"] for each in leave["decisions"]] == leave["steps"]
    asked = [each.data["awaits"] for each in city.harness.emitted(contract.LEAVE_REQUESTED)]
    assert asked == leave["steps"]


def test_half_a_day_is_the_head_teachers_alone_and_long_leave_reaches_the_organisation_department(city: City) -> None:
    city.open_term("n1", "n2")
    assert city.leave("n1", (18, "morning"))["steps"] == ["head_teacher"]
    leave = city.leave("n2", (18, "morning"), (21, "morning"))
    assert leave["half_days"] == 7
    for _ in range(3):
        leave = city.decide(leave)
    assert leave["awaits"] == "organisation_department"
    request = {"leave_id": leave["leave_id"], "step": "organisation_department", "decision": "grant"}
    with pytest.raises(Forbidden):
        city.ask(contract.DECIDE_LEAVE, SCHOOL, **request, approver="校长", title="校长")
    head = {**request, "step": "head_teacher"}
    with pytest.raises(Forbidden):
        city.ask(contract.DECIDE_LEAVE, ORGANISERS, **head, approver="处长", title="处长")
    assert city.decide(leave, "refuse")["state"] == "refused"
    assert city.sums("n2")["leave_hours"] == 0


def test_exactly_one_seventh_is_allowed_and_an_hour_more_is_not(city: City) -> None:
    more = [*SEVEN_DAYS[:-1], session(date(2020, 5, 26), "afternoon", 3), session(date(2020, 5, 26), "evening", 1)]
    city.open_term("n1", sessions=more)
    granted = city.grant(city.leave("n1", (18, "morning"), (18, "afternoon")))
    assert (granted["state"], granted["hours"], city.sums("n1")["allowance"]) == ("granted", 8, 8)
    assert city.ask(contract.LIST_WITHDRAWAL_CASES, ORGANISERS)["items"] == []
    (decided,) = city.harness.emitted(contract.LEAVE_DECIDED)
    assert (decided.data["leave_hours"], decided.data["allowance"]) == (8, 8)
    one_more = city.leave("n1", (26, "evening"))
    with pytest.raises(contract.LeaveOverLimit) as refused:
        city.decide(one_more)
    assert refused.value.details == {"leave_hours": 9, "total_hours": 56, "allowance": 8}
    city.decide(one_more, pass_limit=True)
    (passed,) = city.harness.emitted(contract.LEAVE_LIMIT_PASSED)
    assert (passed.data["leave_hours"], passed.data["total_hours"]) == (9, 56)
    (case,) = city.ask(contract.LIST_WITHDRAWAL_CASES, ORGANISERS)["items"]
    assert (case["cause"], case["state"]) == ("leave_limit", "open")


def test_the_projection_names_the_half_day_that_would_pass(city: City) -> None:
    city.open_term("n1", sessions=SEVEN_DAYS)
    city.grant(city.leave("n1", (18, "morning")))
    projection = city.ask(contract.PROJECT_MY_LEAVE, trainee("n1"))
    assert (projection["leave_hours"], projection["remaining"], projection["allowance"]) == (4, 4, 8)
    assert not any(prospect["passes"] for prospect in projection["prospects"])
    city.grant(city.leave("n1", (18, "afternoon")))
    projection = city.ask(contract.PROJECT_LEAVE, DONGHU, nomination_id="n1")
    first = projection["prospects"][0]
    assert (first["on"], first["half"], first["passes"]) == ("2020-05-19", "morning", True)
    assert projection["message"]["zh"] == "还可请假0学时；再请5月19日上午（《19日morning课》，4学时）将超过1/7"
    assert projection["basis"] == "source"


def test_a_smaller_timetable_lets_leave_pass_and_a_larger_one_mends_it(city: City) -> None:
    city.open_term("n1", sessions=SEVEN_DAYS)
    city.grant(city.leave("n1", (18, "morning"), (18, "afternoon")))
    city.harness.deliver(TIMETABLE_ISSUED, timetable(SEVEN_DAYS[:-1], version=2))
    (case,) = city.ask(contract.LIST_WITHDRAWAL_CASES, ORGANISERS)["items"]
    assert (case["state"], case["figures"]) == (
        "open",
        {"total_hours": 52, "leave_hours": 8, "absent_half_days": 0},
    )
    city.harness.deliver(TIMETABLE_ISSUED, timetable(SEVEN_DAYS, version=3))
    (case,) = city.ask(contract.LIST_WITHDRAWAL_CASES, ORGANISERS)["items"]
    assert case["state"] == "dissolved"
    book = city.harness.store.view(city.harness.kit.own_context()).rows(BOOKS).get("term_1")
    assert [(kept["total_hours"], kept["leave"][0]["leave_hours"]) for kept in book["history"]] == [(56, 8), (52, 8)]


def test_a_postponed_session_takes_its_leave_with_it(city: City) -> None:
    city.open_term("n1")
    leave = city.grant(city.leave("n1", (18, "morning")))
    moved = [session(date(2020, 5, 23), "morning", session_id="s-0518-morning"), *week()[1:]]
    city.harness.deliver(TIMETABLE_ISSUED, timetable(moved, version=2))
    assert city.sums("n1")["leave_hours"] == 0
    (listed,) = city.ask(contract.LIST_LEAVES, SCHOOL, term_id="term_1")["items"]
    assert (listed["leave_id"], listed["hours"]) == (leave["leave_id"], 0)


def test_leave_and_absence_never_count_for_one_session(city: City, clock: StillClock) -> None:
    city.open_term("n1", "n2")
    leave = city.leave("n1", (18, "morning"))
    clock.set(at(18, "09:05"))
    refused = city.roll("s-0518-morning", n1="leave")
    assert refused["items"][0]["problem"]["code"] == "no-leave"
    city.roll("s-0518-morning", n1="absent")
    assert (city.sums("n1")["absent_hours"], city.sums("n1")["leave_hours"]) == (4, 0)
    city.grant(leave)
    assert (city.sums("n1")["absent_hours"], city.sums("n1")["leave_hours"]) == (0, 4)
    again = city.roll("s-0518-morning", others=None, n1="absent", reason="又改")
    assert again["items"][0]["status"] == "leave"
    city.roll("s-0518-morning", others=None, n1="present", reason="实际到课")
    sums = city.sums("n1")
    assert (sums["attended_hours"], sums["leave_hours"], sums["absent_hours"]) == (4, 0, 0)


def test_who_has_leave_is_marked_so_without_being_named(city: City, clock: StillClock) -> None:
    city.open_term("n1", "n2")
    city.grant(city.leave("n1", (18, "morning")))
    clock.set(at(18, "09:05"))
    assert city.roll("s-0518-morning")["counts"] == {
        "present": 1,
        "late": 0,
        "left_early": 0,
        "leave": 1,
        "absent": 0,
    }


def test_coming_back_early_ends_leave_from_the_next_session_on(city: City, clock: StillClock) -> None:
    city.open_term("n1", sessions=SEVEN_DAYS)
    leave = city.grant(city.leave("n1", (18, "morning"), (18, "afternoon")))
    clock.set(at(18, "14:29"))
    ended = city.ask(contract.CANCEL_MY_LEAVE, trainee("n1"), leave_id=leave["leave_id"])
    assert (ended["state"], ended["hours"]) == ("granted", 4)
    assert city.sums("n1")["leave_hours"] == 4
    with pytest.raises(contract.WrongState):
        city.ask(contract.CANCEL_LEAVE, SCHOOL, leave_id=leave["leave_id"])


def test_who_came_back_early_may_have_leave_for_the_days_that_were_freed(city: City, clock: StillClock) -> None:
    city.open_term("n1", sessions=SEVEN_DAYS)
    leave = city.grant(city.leave("n1", (18, "morning"), (20, "afternoon")), pass_limit=True)
    clock.set(at(18, "13:00"))
    city.ask(contract.CANCEL_MY_LEAVE, trainee("n1"), leave_id=leave["leave_id"])
    with pytest.raises(contract.LeaveOverlaps):
        city.leave("n1", (18, "morning"), (18, "afternoon"), by=SCHOOL)
    city.grant(city.leave("n1", (20, "morning")))
    assert city.sums("n1")["leave_hours"] == 8


def test_a_roll_opened_before_the_session_asks_again_when_leave_ends(city: City, clock: StillClock) -> None:
    city.open_term("n1")
    leave = city.grant(city.leave("n1", (18, "morning")))
    clock.set(at(18, "08:50"))
    city.roll("s-0518-morning")
    ended = city.ask(contract.CANCEL_LEAVE, SCHOOL, leave_id=leave["leave_id"])
    assert ended["state"] == "cancelled"
    roll = city.ask(contract.GET_ROLL, SCHOOL, term_id="term_1", session_id="s-0518-morning")
    assert (roll["complete"], roll["marks"]) == (False, [])
    assert city.roll("s-0518-morning")["counts"]["present"] == 1


def test_other_leave_that_is_taken_back_leaves_the_open_roll_of_this_one_alone(city: City, clock: StillClock) -> None:
    city.open_term("n1", sessions=SEVEN_DAYS)
    city.grant(city.leave("n1", (18, "afternoon")))
    later = city.grant(city.leave("n1", (20, "morning")))
    clock.set(at(18, "14:15"))
    city.roll("s-0518-afternoon")
    city.ask(contract.CANCEL_MY_LEAVE, trainee("n1"), leave_id=later["leave_id"])
    (mark,) = city.ask(contract.GET_ROLL, SCHOOL, term_id="term_1", session_id="s-0518-afternoon")["marks"]
    assert mark["status"] == "leave"


def test_a_trainee_asks_in_time_and_the_head_teacher_also_afterwards(city: City, clock: StillClock) -> None:
    city.open_term("n1")
    clock.set(at(18, "09:00"))
    with pytest.raises(contract.OutsideWindow):
        city.leave("n1", (18, "morning"))
    assert city.leave("n1", (18, "afternoon"))["state"] == "requested"
    assert city.leave("n1", (18, "morning"), by=SCHOOL)["filed_by"] == "account:dangxiao"
    with pytest.raises(contract.LeaveOverlaps):
        city.leave("n1", (18, "morning"), (18, "afternoon"), by=SCHOOL)
    with pytest.raises(contract.Unfounded):
        city.leave("n1", (23, "morning"))
    with pytest.raises(contract.Unfounded):
        city.leave("n1", (20, "afternoon"), (20, "morning"))


def test_the_last_second_before_a_session_is_still_in_time(city: City, clock: StillClock) -> None:
    city.open_term("n1")
    clock.set(at(18, "08:59:59"))
    assert city.leave("n1", (18, "morning"))["state"] == "requested"


def test_only_the_person_and_the_offices_of_the_ladder_touch_leave(city: City) -> None:
    city.open_term("n1", "n2")
    leave = city.leave("n1", (18, "morning"))
    with pytest.raises(NotFound):
        city.ask(contract.CANCEL_MY_LEAVE, trainee("n2"), leave_id=leave["leave_id"])
    request = {"leave_id": leave["leave_id"], "step": "head_teacher", "decision": "grant", "approver": "本人"}
    for caller in (DONGHU, NANSHAN, trainee("n1")):
        with pytest.raises(Forbidden):
            city.ask(contract.DECIDE_LEAVE, caller, **request, title="学员")
        with pytest.raises(Forbidden):
            city.ask(contract.GET_LEAVE_GROUNDS, caller, leave_id=leave["leave_id"])
    assert city.ask(contract.LIST_LEAVES, NANSHAN)["items"] == []
    with pytest.raises(NotFound):
        city.ask(contract.PROJECT_LEAVE, NANSHAN, nomination_id="n1")
    assert len(city.ask(contract.LIST_LEAVES, DONGHU)["items"]) == 1
    assert city.ask(contract.LIST_MY_LEAVES, trainee("n2"))["items"] == []
    assert city.ask(contract.GET_LEAVE_GROUNDS, SCHOOL, leave_id=leave["leave_id"])["grounds"] == "illness"


def test_nothing_is_to_be_decided_of_somebody_who_left_the_term(city: City) -> None:
    city.open_term("n1")
    city.grant(city.leave("n1", (18, "morning"), (18, "afternoon")), pass_limit=True)
    gone = {"nomination_id": "n1", "term_id": "term_1", "unit_id": "jiangcheng.donghu", "reason_code": "duty"}
    city.harness.deliver(NOMINATION_WITHDRAWN, {**gone, "was_admitted": True})
    (case,) = city.ask(contract.LIST_WITHDRAWAL_CASES, ORGANISERS)["items"]
    assert case["state"] == "dissolved"


def test_only_the_organisation_department_decides_and_a_kept_case_opens_again_only_for_more(city: City) -> None:
    city.open_term("n1")
    city.grant(city.leave("n1", (18, "morning"), (18, "afternoon")), pass_limit=True)
    (case,) = city.ask(contract.LIST_WITHDRAWAL_CASES, DONGHU)["items"]
    word = {"case_id": case["case_id"], "decision": "keep", "approver": "李部长", "reason": "因公"}
    for caller in (SCHOOL, DONGHU, trainee("n1")):
        with pytest.raises(Forbidden):
            city.ask(contract.DECIDE_WITHDRAWAL, caller, **word)
    with pytest.raises(NotFound):
        city.ask(contract.GET_WITHDRAWAL_CASE, NANSHAN, case_id=case["case_id"])
    assert city.ask(contract.DECIDE_WITHDRAWAL, ORGANISERS, **word)["state"] == "kept"
    with pytest.raises(contract.WrongState):
        city.ask(contract.DECIDE_WITHDRAWAL, ORGANISERS, **word)
    city.harness.deliver(TIMETABLE_ISSUED, timetable(week()[:-1], version=2))
    assert len(city.ask(contract.LIST_WITHDRAWAL_CASES, ORGANISERS)["items"]) == 1
    city.grant(city.leave("n1", (19, "morning")), pass_limit=True)
    states = [each["state"] for each in city.ask(contract.LIST_WITHDRAWAL_CASES, ORGANISERS)["items"]]
    assert states == ["open", "kept"]
