"""Whom an event concerns, and who may see and set what."""

from __future__ import annotations

import base64
from collections import Counter
from pathlib import Path

import pytest

from services.compliance import contract as compliance
from services.enrollment import contract as enrollment
from services.notification import contract
from services.notification.store import DEADLINES, TIMETABLES
from services.outcomes import contract as outcomes
from services.scheduling import contract as scheduling
from shared.context import Context
from shared.errors import Forbidden, Invalid, NotFound
from shared.security.caller import Caller, Role, service_caller
from shared.security.links import PersonalLinks
from tests.fixtures.store import MakeStore
from tests.integration.notification.message_desk import (
    CLERK,
    ORGANISERS_OF_UNIT,
    OTHER,
    SCHOOL,
    contact,
    deliver,
    dispatches,
    go,
    messages,
    messaging_city,
    paid,
    tasks,
)
from tests.integration.notification.notification_city import TERM, UNIT, City


@pytest.fixture
def city(make_store: MakeStore, tmp_path: Path) -> City:
    return messaging_city(make_store, tmp_path)


class TestAudiences:
    def admit_two_units(self, city: City) -> None:
        city.admit("张伟")
        city.admit("李娜", unit_id=OTHER)
        for unit_id in (UNIT, OTHER):
            city.roster_admitted(unit_id)
        city.settle()

    def timetable(
        self, city: City, version: int, changed: list[str], affected: list[str], retiming_id: str | None = None
    ) -> None:
        session = {
            "session_id": "s1", "course_id": "c1", "module": "m", "title": "题", "form": "lecture", "on": "2020-06-08",
            "half": "morning", "starts_at": "09:00", "ends_at": "11:30", "hours": 4, "lecturer_id": "l-1",
            "lecturer_grade": "full", "room_id": None, "room_title": None, "joint_id": None,
        }  # fmt: skip
        said = {"term_id": TERM, "plan_id": "plan_1", "timetable_version": version, "total_hours": 40}
        said |= {"sessions": [session], "changed_session_ids": changed, "affected_lecturer_ids": affected}
        said |= {"retiming_id": retiming_id}
        deliver(city, scheduling.TIMETABLE_ISSUED, **said)

    def test_a_timetable_concerns_its_units_and_only_lecturers_whose_sessions_changed(self, city: City) -> None:
        self.admit_two_units(city)
        self.timetable(city, 2, ["s1"], ["l-1"])
        assert {row["recipient"] for row in messages(city)} == {f"unit:{UNIT}", f"unit:{OTHER}", "lecturer:l-1"}
        self.timetable(city, 3, [], [])
        assert len(messages(city)) == 3

    def test_a_timetable_that_comes_late_is_told_to_its_lecturers_alone_and_replaces_nothing(self, city: City) -> None:
        self.admit_two_units(city)
        self.timetable(city, 2, ["s2"], ["l-2"])
        for _ in range(2):
            self.timetable(city, 1, ["s1", "s2"], ["l-1", "l-2"])
        told = Counter(row["recipient"] for row in messages(city))
        assert told == {f"unit:{UNIT}": 1, f"unit:{OTHER}": 1, "lecturer:l-1": 1, "lecturer:l-2": 2}
        (known,) = city.store.view(Context(service_caller("notification"))).rows(TIMETABLES).find()
        assert known["timetable_version"] == 2

    def test_terms_retimed_together_are_told_once_to_each_with_only_their_own_terms(self, city: City) -> None:
        self.admit_two_units(city)
        self.timetable(city, 1, [], [])
        city.place_term(
            term_id="term_2", ordinal=2, starts_on="2020-07-06", ends_on="2020-07-10", reports_on="2020-07-05"
        )
        city.admit("王强", term_id="term_2")
        city.roster_admitted(term_id="term_2")
        city.settle()
        cancelled = {"term_id": "term_2", "plan_id": "plan_1", "reason": "疫情", "version": 2}
        deliver(city, scheduling.TERM_CANCELLED, **cancelled)
        moved = {
            "term_id": TERM, "outcome": "moved", "starts_on_before": "2020-06-08", "ends_on_before": "2020-06-12",
            "starts_on": "2020-07-06", "ends_on": "2020-07-10", "lecturer_ids": ["l-2"],
        }  # fmt: skip
        gone = {
            **moved,
            "lecturer_ids": [],
            "term_id": "term_2",
            "outcome": "cancelled",
            "starts_on": None,
            "ends_on": None,
        }
        said = {"retiming_id": "r1", "plan_id": "plan_1", "reason_code": "epidemic", "reason": "疫情防控需要"}
        for event_id in ("evt_r1", "evt_r1", "evt_again"):
            deliver(city, scheduling.RETIMING_ANNOUNCED, event_id, **said, terms=[moved, gone])
        self.timetable(city, 2, ["s1"], ["l-1", "l-2"], retiming_id="r1")
        recipients = sorted(row["recipient"] for row in messages(city))
        assert recipients == ["lecturer:l-1", "lecturer:l-2", f"unit:{UNIT}", f"unit:{OTHER}"]
        go(city, 5, 11, 7, 0)
        by_address = {sent["address"]: sent["text"] for sent in city.sent()}
        assert "由6月8日至12日调整为7月6日至10日" in by_address["peixun@donghu.example"]
        assert "（第2期）：原定6月8日至12日，取消" in by_address["peixun@donghu.example"]
        assert "第2期" not in by_address["peixun@nanshan.example"]

    def test_a_lecturer_gets_a_personal_link_that_lets_in_that_lecturer(self, city: City) -> None:
        city.lecturers["l-1"] = {"email": "chen@university.example", "phone": "13900000000"}
        said = {"handover_id": "h1", "term_id": TERM, "lecturer_id": "l-1", "session_ids": ["s1"], "questions": 5}
        deliver(city, outcomes.QUESTIONS_HANDED_OVER, **said, due_on="2020-05-20")
        go(city, 5, 11, 7, 0)
        (sent,) = city.sent()
        assert sent["text"].startswith("陈明老师：")
        token = sent["text"].split("https://peixun.example.cn/my/")[1].split()[0]
        caller = PersonalLinks(("only for tests: " + "0" * 32,)).read(token).caller
        assert caller.own_id(Role.LECTURER) == "l-1"
        (dispatch,) = dispatches(city)
        shown = city.harness.call(contract.GET_DISPATCH, {"dispatch_id": dispatch["dispatch_id"]})
        assert token not in str(shown)
        assert "https://peixun.example.cn/my/…" in shown["text"]

    def test_a_lecturer_whom_scheduling_cannot_name_now_is_written_to_later(self, city: City) -> None:
        city.lecturers["l-1"] = {"email": "chen@university.example"}
        city.away.add("scheduling")
        said = {"invitation_id": "i1", "lecturer_id": "l-1", "term_id": TERM, "course_id": "c1", "due_on": "2020-05-20"}
        deliver(city, scheduling.LECTURER_INVITED, **said)
        go(city, 5, 11, 7, 0)
        assert city.sent() == []
        city.away.clear()
        go(city, 5, 11, 7, 6)
        assert len(city.sent()) == 1
        assert dispatches(city)[0]["channels"][0]["attempts"] == 1

    def test_a_trainee_who_left_an_address_is_told_personally_else_the_unit_is(self, city: City) -> None:
        self.admit_two_units(city)
        me = Caller("trainee:nomination_1", frozenset({Role.TRAINEE}))
        city.harness.call(contract.PUT_OWN_CONTACT, {"email": "zhangwei@example.cn"}, caller=me)
        said = {"term_id": TERM, "decision": "granted", "hours": 4, "leave_hours": 4, "total_hours": 40, "allowance": 5}
        deliver(city, compliance.LEAVE_DECIDED, leave_id="v1", nomination_id="nomination_1", unit_id=UNIT, **said)
        deliver(city, compliance.LEAVE_DECIDED, leave_id="v2", nomination_id="nomination_2", unit_id=OTHER, **said)
        go(city, 5, 11, 7, 0)
        assert {sent["address"] for sent in city.sent()} == {"zhangwei@example.cn", "peixun@nanshan.example"}
        assert all("累计请假4学时" in sent["text"] and "不得超过5学时" in sent["text"] for sent in city.sent())

    def test_who_pays_otherwise_is_not_asked_for_money(self, city: City) -> None:
        said = {
            "order_id": "o1",
            "term_id": TERM,
            "unit_id": UNIT,
            "trainees": 3,
            "amount": "100.00",
            "due_on": "2020-06-01",
        }
        deliver(city, enrollment.FEES_ASSESSED, payer="finance", **said)
        assert messages(city) == []
        deliver(city, enrollment.FEES_ASSESSED, payer="unit", **said)
        deliver(city, enrollment.FEES_ASSESSED, payer="unit", **{**said, "amount": "200.00"})
        assert len(messages(city)) == 2

    def test_fees_of_a_retiming_are_told_by_the_retiming_alone_and_fall_due_on_their_new_day(self, city: City) -> None:
        said = {"order_id": "o1", "term_id": TERM, "unit_id": UNIT, "trainees": 3, "payer": "unit"}
        deliver(city, enrollment.FEES_ASSESSED, **said, amount="100.00", due_on="2020-06-01")
        deliver(city, enrollment.FEES_ASSESSED, **said, amount="200.00", due_on="2020-07-08", retiming_id="ret_1")
        assert len(messages(city)) == 1
        (deadline,) = city.store.view(Context(service_caller("notification"))).rows(DEADLINES).find()
        assert (deadline["due_on"], deadline["state"]) == ("2020-07-08", "open")


class TestWhoMay:
    def test_a_unit_sees_its_own_messages_and_sets_its_own_contact(self, city: City) -> None:
        paid(city, 1)
        paid(city, 2, OTHER)
        go(city, 5, 11, 7, 0)
        for operation in (contract.LIST_MESSAGES, contract.LIST_DISPATCHES):
            items = city.harness.call(operation, caller=CLERK)["items"]
            assert [item["recipient"] for item in items] == [f"unit:{UNIT}"]
        theirs = next(each for each in dispatches(city) if each["unit_id"] == OTHER)
        with pytest.raises(NotFound):
            city.harness.call(contract.GET_DISPATCH, {"dispatch_id": theirs["dispatch_id"]}, caller=CLERK)
        shown = city.harness.call(
            contract.PUT_UNIT_CONTACT, {"unit_id": UNIT, "person": "王海", "mobile": "13812345678"}, caller=CLERK
        )
        assert (shown["person"], shown["mobile"]) == ("王海", "138****78")
        with pytest.raises(Forbidden):
            city.harness.call(contract.PUT_UNIT_CONTACT, {"unit_id": OTHER}, caller=CLERK)
        assert len(city.harness.call(contract.LIST_CONTACTS, caller=CLERK)["items"]) == 1

    def test_organisers_of_one_unit_neither_see_nor_decide_about_another_ones(self, city: City) -> None:
        city.units[OTHER] = {"person": "李明", "phone": "13800001111", "email": "bounce@nanshan.example"}
        paid(city, 1, OTHER)
        go(city, 5, 11, 7, 0)
        (sent,), (task,) = dispatches(city), tasks(city)
        called = {"task_id": task["task_id"], "outcome": "unreachable", "note": "无人接听"}
        told = {"dispatch_id": sent["dispatch_id"], "channel": "simulated_email", "outcome": "bounced", "note": "退信"}
        for operation, request in (
            (contract.GET_PHONE_TASK, {"task_id": task["task_id"]}),
            (contract.ASSIGN_PHONE_TASK, {"task_id": task["task_id"], "assignee": "acct_li"}),
            (contract.RECORD_CALL, called),
            (contract.RECORD_OUTCOME, told),
        ):
            with pytest.raises(NotFound):
                city.harness.call(operation, request, caller=ORGANISERS_OF_UNIT)
        assert city.harness.call(contract.RECORD_CALL, called, caller=SCHOOL)["state"] == "done"

    @pytest.mark.parametrize("wrong", [{"email": "no"}, {"mobile": "<script>"}, {"fax": "a" * 50}, {"app": "x" * 301}])
    def test_an_address_that_is_none_is_refused(self, city: City, wrong: dict[str, str]) -> None:
        with pytest.raises(Invalid):
            city.harness.call(contract.PUT_UNIT_CONTACT, {"unit_id": UNIT, **wrong})

    def test_an_app_address_that_leads_inside_is_refused(self, city: City) -> None:
        for url in ("jsons://127.0.0.1/x", "file:///etc/passwd", "gopher://x"):
            with pytest.raises(contract.ChannelUnusable):
                city.harness.call(contract.PUT_UNIT_CONTACT, {"unit_id": UNIT, "app": url})
        city.harness.call(contract.PUT_UNIT_CONTACT, {"unit_id": UNIT, "app": "wecombot://abcdefgh-0123"})

    def test_a_page_for_a_fax_machine_can_be_fetched_by_staff(self, city: City) -> None:
        paid(city, 1)
        go(city, 5, 11, 7, 0)
        named = {"dispatch_id": dispatches(city)[0]["dispatch_id"]}
        page = city.harness.call(contract.GET_DISPATCH_PAGE, named, caller=SCHOOL)
        assert base64.b64decode(page["content"]).startswith(b"%PDF")
        with pytest.raises(Forbidden):
            city.harness.call(contract.GET_DISPATCH_PAGE, named, caller=CLERK)

    def test_the_summary_counts_by_state_and_channel(self, city: City) -> None:
        contact(city, email="bounce@donghu.example", mobile="13812345678")
        paid(city, 1)
        paid(city, 2, OTHER)
        go(city, 5, 11, 7, 0)
        assert city.harness.call(contract.MESSAGES_SUMMARY) == {
            "messages": {"reached": 2},
            "dispatches": {"reached": 2},
            "reached_by": {"simulated_sms": 1, "simulated_email": 1},
            "phone_tasks": {},
        }
