"""Events become messages, messages become digests, digests climb the ladder until somebody is reached."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.compliance import contract as compliance
from services.enrollment import contract as enrollment
from services.notification import contract
from services.outcomes import contract as outcomes
from services.scheduling import contract as scheduling
from shared.contracts import Event
from shared.errors import Forbidden, Invalid, NotFound
from shared.security.caller import Caller, Role
from shared.security.links import PersonalLinks
from tests.fixtures.store import MakeStore
from tests.integration.notification.notification_city import TERM, UNIT, City

OTHER = "jiangcheng.nanshan"
CLERK = Caller("acct_clerk", frozenset({Role.UNIT}), (UNIT,))
SCHOOL = Caller("acct_school", frozenset({Role.PARTY_SCHOOL}), ("",))
SIMULATED = ["simulated_email", "simulated_sms", "simulated_fax"]


@pytest.fixture
def city(make_store: MakeStore, tmp_path: Path) -> City:
    made = City(make_store, tmp_path)
    made.place_term()
    for kind in ("unit", "office", "lecturer", "trainee"):
        made.harness.call(contract.PUT_LADDER, {"recipient": kind, "channels": SIMULATED})
    made.units[UNIT] = {
        "person": "王海",
        "email": "peixun@donghu.example",
        "phone": "027-88880000",
        "fax": "027-88880001",
    }
    made.units[OTHER] = {"person": "李明", "email": "peixun@nanshan.example"}
    return made


def contact(city: City, unit_id: str = UNIT, **addresses: str) -> None:
    city.harness.call(contract.PUT_UNIT_CONTACT, {"unit_id": unit_id, **addresses})


def deliver(city: City, event: Event, event_id: str | None = None, **data: Any) -> None:
    city.harness.deliver(event, data, event_id=event_id)
    city.settle()


def return_due(city: City, due_on: str = "2020-05-20", unit_id: str = UNIT, return_id: str = "return_1") -> None:
    said = {"return_id": return_id, "term_id": TERM, "unit_id": unit_id, "nomination_ids": ["n1"], "due_on": due_on}
    deliver(city, compliance.RETURN_DUE, **said)


def paid(city: City, number: int, unit_id: str = UNIT) -> None:
    said = {"order_id": "o1", "payment_id": f"p{number}", "receipt_number": f"收{number}号", "amount": "16500.00"}
    deliver(city, enrollment.FEES_PAID, term_id=TERM, unit_id=unit_id, **said)


def missing(city: City, event_id: str = "evt_missing") -> None:
    said = {"nomination_id": "nomination_1", "term_id": TERM, "unit_id": UNIT, "leg": "back"}
    deliver(city, compliance.PERSON_MISSING, event_id, **said)


def go(city: City, *moment: int) -> None:
    city.clock.set(datetime(2020, *moment, tzinfo=UTC))  # type: ignore[arg-type, misc]
    city.tick()
    city.settle()


def dispatches(city: City, **wanted: object) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = city.harness.call(contract.LIST_DISPATCHES, {"limit": 200, **wanted})["items"]
    return items


def messages(city: City, **wanted: object) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = city.harness.call(contract.LIST_MESSAGES, {"limit": 200, **wanted})["items"]
    return items


def tasks(city: City, **wanted: object) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = city.harness.call(contract.LIST_PHONE_TASKS, {"limit": 200, **wanted})["items"]
    return items


class TestDigest:
    def test_what_a_unit_is_told_in_a_day_leaves_as_one_message_in_the_afternoon(self, city: City) -> None:
        return_due(city)
        paid(city, 1)
        paid(city, 2)
        go(city, 5, 11, 6, 59)
        assert city.sent() == []
        go(city, 5, 11, 7, 0)  # 15:00 in the city
        (sent,) = city.sent()
        assert sent["address"] == "peixun@donghu.example"
        assert sent["subject"] == "培训工作通知（3项）"
        for part in (
            "东湖区委：",
            "请于5月20日（星期三）前在平台确认返岗情况",
            "收1号",
            "收2号",
            "16,500.00元",
            "第1期",
        ):
            assert part in sent["text"]
        assert {message["state"] for message in messages(city)} == {"reached"}
        (dispatch,) = dispatches(city)
        assert [each["state"] for each in dispatch["channels"]] == ["reached", "waiting", "waiting"]
        assert dispatch["channels"][0]["address"] == "p…@donghu.example"

    def test_a_weekend_and_a_late_afternoon_wait_for_the_next_working_day(self, city: City) -> None:
        city.clock.set(datetime(2020, 5, 15, 7, 1, tzinfo=UTC))  # Friday 15:01
        paid(city, 1)
        go(city, 5, 17, 7, 30)
        assert city.sent() == []
        go(city, 5, 18, 7, 0)
        assert len(city.sent()) == 1

    def test_the_citys_own_day_off_is_asked_of_scheduling_and_kept(self, city: City) -> None:
        city.days = [{"day": "2020-05-11", "kind": "holiday", "working": False, "name": None}]
        city.tick()
        city.away.add("scheduling")
        paid(city, 1)
        go(city, 5, 11, 7, 30)
        assert city.sent() == []
        go(city, 5, 12, 7, 0)
        assert len(city.sent()) == 1

    def test_each_unit_has_its_own(self, city: City) -> None:
        paid(city, 1)
        paid(city, 2, OTHER)
        go(city, 5, 11, 7, 0)
        assert sorted(sent["address"] for sent in city.sent()) == ["peixun@donghu.example", "peixun@nanshan.example"]

    def test_an_event_that_comes_twice_is_told_once(self, city: City) -> None:
        return_due(city)
        return_due(city)
        paid(city, 1)
        assert len(messages(city)) == 2

    @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.tuples(st.sampled_from([UNIT, OTHER]), st.integers(0, 6)), min_size=1, max_size=15))
    def test_whatever_arises_when_everything_is_told_once_and_nothing_is_lost(
        self, city: City, story: list[tuple[str, int]]
    ) -> None:
        before = len(city.sent())
        start = city.clock.now()
        for number, (unit_id, hours) in enumerate(story):
            city.clock.move(timedelta(hours=hours))
            city.tick()
            paid(city, int(start.timestamp()) * 100 + number, unit_id)
        city.clock.move(timedelta(days=6))
        city.clock.set(city.clock.now().replace(hour=2))  # ten in the morning, whatever the story's end
        city.tick()
        city.tick()
        texts = [sent["text"] for sent in city.sent()[before:]]
        for number, (unit_id, _) in enumerate(story):
            receipt = f"收{int(start.timestamp()) * 100 + number}号"
            holding = [text for text in texts if receipt in text]
            assert len(holding) == 1, f"{receipt} was told {len(holding)} times"
            assert ("东湖区委：" in holding[0]) == (unit_id == UNIT)


class TestUrgent:
    def test_a_missing_person_is_told_at_once_at_night_by_name(self, city: City) -> None:
        city.admit("张伟")
        city.roster_admitted()
        city.settle()
        for office in ("organisation_department", "party_school"):
            request = {"office": office, "email": f"{office}@jiangcheng.example"}
            city.harness.call(contract.PUT_OFFICE_CONTACT, request)
        city.clock.set(datetime(2020, 5, 16, 18, 30, tzinfo=UTC))  # Sunday 02:30 in the city
        paid(city, 1)
        missing(city)
        assert len(city.sent()) == 3
        for sent in city.sent():
            assert sent["subject"] == "【紧急】张伟未按时到达"
            assert "返程途中未按时到达" in sent["text"]
        missing(city)
        assert len(city.sent()) == 3

    def test_when_nobody_knows_the_name_it_leaves_all_the_same(self, city: City) -> None:
        missing(city)
        assert [sent["subject"] for sent in city.sent()] == ["【紧急】该学员未按时到达"]
        # The offices have no address: somebody has to ring them, today.
        assert {(task["recipient"], task["urgent"], task["due_on"]) for task in tasks(city)} == {
            ("office:organisation_department", True, "2020-05-11"),
            ("office:party_school", True, "2020-05-11"),
        }


class TestLadder:
    def test_a_bounced_mail_climbs_at_once_and_a_fax_is_asked_for_later(self, city: City) -> None:
        contact(city, email="bounce@donghu.example", fax="027-88880001")
        return_due(city)
        go(city, 5, 11, 7, 0)
        (dispatch,) = dispatches(city)
        assert [(each["channel"], each["state"]) for each in dispatch["channels"]] == [
            ("simulated_email", "failed"),
            ("simulated_sms", "skipped"),
            ("simulated_fax", "underway"),
        ]
        assert dispatch["channels"][0]["reason"]["zh"] == "对方地址不存在，已退回（模拟）"
        assert dispatch["channels"][1]["reason"]["zh"] == "没有该渠道的联系地址"
        assert city.sent("fax")[0]["pages"] > 1000
        go(city, 5, 11, 7, 6)
        assert dispatches(city)[0]["state"] == "reached"
        assert messages(city)[0]["state"] == "reached"
        assert tasks(city) == []

    def test_a_passing_failure_is_tried_again_and_a_person_reached_ends_it(self, city: City) -> None:
        contact(city, email="timeout@donghu.example", mobile="13812345678")
        return_due(city)
        for minutes in (0, 6, 37, 158):
            go(city, 5, 11, 7 + minutes // 60, minutes % 60)
        assert [sent["attempt"] for sent in city.sent()] == [1, 2, 3, 4]
        (dispatch,) = dispatches(city)
        assert [(each["channel"], each["state"], each["attempts"]) for each in dispatch["channels"][:2]] == [
            ("simulated_email", "failed", 4),
            ("simulated_sms", "reached", 1),
        ]
        assert city.sent("fax") == []
        assert (
            city.sent("sms")[0]["text"]
            == "请于5月20日（星期三）前在平台确认推进国家治理体系和治理能力现代化专题培训班（第1期）1名学员返岗情况。"
        )

    def test_a_retry_at_night_waits_for_the_morning_unless_it_is_urgent(self, city: City) -> None:
        contact(city, email="timeout@donghu.example")
        return_due(city)
        city.clock.set(datetime(2020, 5, 11, 11, 59, tzinfo=UTC))  # 19:59
        city.tick()
        missing(city)
        city.clock.set(datetime(2020, 5, 11, 12, 30, tzinfo=UTC))  # 20:30
        city.tick()
        attempts = {
            each["urgent"]: each["channels"][0]["attempts"] for each in dispatches(city, recipient=f"unit:{UNIT}")
        }
        assert attempts == {False: 1, True: 2}
        (waiting,) = [each for each in dispatches(city) if not each["urgent"]]
        assert waiting["next_at"] == "2020-05-12T00:00:00+00:00"

    def test_at_the_end_of_the_ladder_an_office_rings_and_that_ends_it(self, city: City) -> None:
        city.units[UNIT] = {"person": "王海", "phone": "027-88880000"}
        return_due(city)
        city.clock.set(datetime(2020, 5, 11, 7, 0, tzinfo=UTC))
        city.tick()
        assert city.settle().count("notification.message.failed.v1") == 1
        (task,) = tasks(city)
        assert (task["office"], task["cause"], task["due_on"]) == ("organisation_department", "message", "2020-05-12")
        sheet = city.harness.call(contract.GET_PHONE_TASK, {"task_id": task["task_id"]})
        assert (sheet["person"], sheet["numbers"]) == ("王海", ["027-88880000"])
        assert "请于5月20日（星期三）前在平台确认返岗情况" in sheet["words"]
        named = {"task_id": task["task_id"]}
        assigned = city.harness.call(contract.ASSIGN_PHONE_TASK, {**named, "assignee": "acct_li"}, caller=SCHOOL)
        assert assigned["state"] == "assigned"
        city.harness.call(contract.RECORD_CALL, {**named, "outcome": "no_answer", "note": "无人接听"})
        assert messages(city)[0]["state"] == "phone"
        city.harness.call(contract.RECORD_CALL, {**named, "outcome": "reached", "note": "已告知王海"})
        (dispatch,) = dispatches(city)
        assert (dispatch["state"], dispatch["channels"][-1]["channel"]) == ("reached", "phone")
        assert messages(city)[0]["state"] == "reached"
        with pytest.raises(contract.TaskClosed):
            city.harness.call(contract.RECORD_CALL, {**named, "outcome": "reached", "note": "再次"})

    def test_a_mail_that_comes_back_the_next_day_climbs_on(self, city: City) -> None:
        contact(city, email="a@donghu.example", mobile="13812345678")
        return_due(city)
        go(city, 5, 11, 7, 0)
        (dispatch,) = dispatches(city)
        told = {
            "dispatch_id": dispatch["dispatch_id"],
            "channel": "simulated_email",
            "outcome": "bounced",
            "note": "退信",
        }
        city.harness.call(contract.RECORD_OUTCOME, told)
        go(city, 5, 12, 1, 0)
        assert [each["state"] for each in dispatches(city)[0]["channels"][:2]] == ["failed", "reached"]
        assert len(city.sent("sms")) == 1
        with pytest.raises(contract.DispatchClosed):
            city.harness.call(contract.RECORD_OUTCOME, told)

    def test_a_channel_without_its_configuration_is_passed_by_with_the_reason(self, city: City) -> None:
        city.harness.call(contract.PUT_LADDER, {"recipient": f"unit:{UNIT}", "channels": ["smtp", "simulated_email"]})
        return_due(city)
        go(city, 5, 11, 7, 0)
        smtp, email = dispatches(city)[0]["channels"]
        assert (smtp["state"], email["state"]) == ("skipped", "reached")
        assert smtp["reason"]["zh"]

    def test_with_enrollment_away_a_unit_that_left_its_contact_is_reached(self, city: City) -> None:
        contact(city, email="a@donghu.example")
        return_due(city)
        paid(city, 1, OTHER)
        city.away.add("enrollment")
        go(city, 5, 11, 7, 0)
        assert [sent["address"] for sent in city.sent()] == ["a@donghu.example"]
        city.away.clear()
        go(city, 5, 11, 7, 6)
        assert [sent["address"] for sent in city.sent()][1:] == ["peixun@nanshan.example"]

    def test_only_channels_that_carry_messages_make_a_ladder(self, city: City) -> None:
        for channel in ("outbox_folder", "webhook", "no_such"):
            with pytest.raises(contract.ChannelUnusable):
                city.harness.call(contract.PUT_LADDER, {"recipient": "unit", "channels": [channel]})


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
        self.timetable(city, 1, ["s1"], ["l-2"])
        self.timetable(city, 3, [], [])
        assert len(messages(city)) == 3

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
