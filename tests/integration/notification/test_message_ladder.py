"""Digests climb the ladder of channels until somebody is reached, or an office has to ring."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from services.enrollment import contract as enrollment
from services.notification import contract
from services.notification.commands import dispatching
from services.notification.commands.composing import Composer
from shared.errors import Invalid
from tests.fixtures.store import MakeStore
from tests.integration.notification.message_desk import (
    OTHER,
    SCHOOL,
    contact,
    deliver,
    dispatches,
    go,
    messages,
    messaging_city,
    missing,
    paid,
    return_due,
    tasks,
)
from tests.integration.notification.notification_city import TERM, UNIT, City

THIRD = "jiangcheng.xihu"
UNKNOWN = "\U000323b0"


@pytest.fixture
def city(make_store: MakeStore, tmp_path: Path) -> City:
    return messaging_city(make_store, tmp_path)


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

    def test_what_an_outage_held_up_waits_for_the_morning_unless_it_is_urgent(
        self, city: City, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(dispatching, "_BATCH", 1)
        contact(city, email="timeout@donghu.example")
        return_due(city)
        go(city, 5, 11, 7, 0)
        missing(city)
        tried = {each["dispatch_id"]: each["urgent"] for each in dispatches(city, recipient=f"unit:{UNIT}")}
        go(city, 5, 11, 15, 0)  # 23:00: nobody ran since the first attempt of each
        at_night = [tried[each["dispatch_id"]] for each in city.sent() if each["attempt"] == 2]
        assert at_night == [True]
        go(city, 5, 12, 0, 0)
        assert [tried[each["dispatch_id"]] for each in city.sent() if each["attempt"] == 2] == [True, False]

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


class TestOneThatCannotBeSent:
    @pytest.fixture
    def three(self, city: City) -> City:
        """Three units with something for the digest; the fax for the middle one names somebody no font can show."""
        city.units[OTHER] = {"person": "李明", "phone": "027-88880002", "fax": "027-88880002"}
        city.units[THIRD] = {"person": "周红", "email": "peixun@xihu.example"}
        city.harness.call(contract.PUT_LADDER, {"recipient": f"unit:{OTHER}", "channels": ["simulated_fax"]})
        city.admit(f"张{UNKNOWN}", unit_id=OTHER)
        city.roster_admitted(OTHER)
        city.settle()
        paid(city, 1, unit_id=UNIT)
        refused = {"replacement_id": "r1", "nomination_id": "nomination_1", "term_id": TERM, "unit_id": OTHER}
        deliver(city, enrollment.REPLACEMENT_REFUSED, **refused, reason_code="late", late=True)
        paid(city, 2, unit_id=THIRD)
        return city

    def for_an_hour(self, city: City) -> Counter[str]:
        for minute in range(0, 60, 11):
            go(city, 5, 11, 7, minute)
        return Counter(each["recipient"] for each in city.sent())

    def test_what_no_font_can_print_climbs_on_and_nothing_else_is_sent_twice(self, three: City) -> None:
        assert self.for_an_hour(three) == {f"unit:{UNIT}": 1, f"unit:{THIRD}": 1}
        (faxed,) = dispatches(three, recipient=f"unit:{OTHER}")
        assert (faxed["state"], faxed["channels"][0]["state"]) == ("phone", "skipped")
        assert UNKNOWN in faxed["channels"][0]["reason"]["zh"]
        assert [row["recipient"] for row in tasks(three)] == [f"unit:{OTHER}"]

    def test_the_page_to_fax_by_hand_is_refused_by_name(self, three: City) -> None:
        go(three, 5, 11, 7, 0)
        (faxed,) = dispatches(three, recipient=f"unit:{OTHER}")
        with pytest.raises(contract.DispatchNotPrintable, match=UNKNOWN):
            three.harness.call(contract.GET_DISPATCH_PAGE, {"dispatch_id": faxed["dispatch_id"]})

    def broken(self, monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
        """Have every message of the middle one fail to be worded."""
        filled = Composer.filled

        def fail(self: Composer, message: Any) -> Any:
            if message["recipient"] == f"unit:{OTHER}":
                raise error
            return filled(self, message)

        monkeypatch.setattr(Composer, "filled", fail)

    def test_a_defect_of_ours_holds_it_up_alone(self, three: City, monkeypatch: pytest.MonkeyPatch) -> None:
        self.broken(monkeypatch, KeyError("nobody thought of this"))
        assert self.for_an_hour(three) == {f"unit:{UNIT}": 1, f"unit:{THIRD}": 1}
        (waiting,) = dispatches(three, recipient=f"unit:{OTHER}")
        assert (waiting["state"], waiting["channels"][0]["attempts"]) == ("waiting", 3)
        assert waiting["channels"][0]["reason"]["zh"] == "平台内部错误（KeyError），请运维人员查看日志"
        monkeypatch.undo()
        go(three, 5, 11, 9, 45)
        (faxed,) = dispatches(three, recipient=f"unit:{OTHER}")
        assert (faxed["channels"][0]["state"], UNKNOWN in faxed["channels"][0]["reason"]["zh"]) == ("skipped", True)

    @pytest.mark.parametrize(
        "error", [KeyError("nobody thought of this"), Invalid("内容有误", "what was asked is wrong")]
    )
    def test_one_that_fails_time_and_again_goes_to_a_person(
        self, three: City, monkeypatch: pytest.MonkeyPatch, error: Exception
    ) -> None:
        three.harness.call(contract.PUT_LADDER, {"recipient": f"unit:{OTHER}", "channels": ["simulated_email"]})
        contact(three, OTHER, email="peixun@nanshan.example", phone="027-88880002")
        self.broken(monkeypatch, error)
        for minutes in (0, 6, 37, 158):
            assert tasks(three) == []
            go(three, 5, 11, 7 + minutes // 60, minutes % 60)
        (given_up,) = dispatches(three, recipient=f"unit:{OTHER}")
        assert (given_up["state"], given_up["channels"][0]["attempts"]) == ("phone", 4)
        (task,) = tasks(three)
        sheet = three.harness.call(contract.GET_PHONE_TASK, {"task_id": task["task_id"]})
        assert (task["recipient"], sheet["numbers"], sheet["words"]) == (
            f"unit:{OTHER}",
            ["027-88880002"],
            "更换人选未同意",
        )

    def test_one_whose_wording_is_gone_goes_to_a_person_and_nothing_else_is_sent_twice(self, three: City) -> None:
        stored = three.harness.store.backing.database["messages"]
        stored.update_many({"recipient": f"unit:{OTHER}"}, {"$set": {"template": "of_an_older_release"}})
        for minutes in (0, 6, 37, 158, 170):
            go(three, 5, 11, 7 + minutes // 60, minutes % 60)
        assert Counter(each["recipient"] for each in three.sent()) == {f"unit:{UNIT}": 1, f"unit:{THIRD}": 1}
        (task,) = tasks(three)
        assert task["subject"]["zh"] == "各渠道均未送达：of_an_older_release"

    def test_an_outage_takes_no_attempt_however_long_it_lasts(self, three: City) -> None:
        three.away.add("enrollment")
        for hour in (7, 8, 9, 10):
            go(three, 5, 11, hour, 0)
        (waiting,) = dispatches(three, recipient=f"unit:{OTHER}")
        assert (waiting["state"], waiting["channels"][0]["attempts"]) == ("waiting", 0)

    def test_an_answer_that_cannot_be_looked_for_is_waited_for_as_long_as_any(
        self, city: City, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        contact(city, fax="027-88880001")
        return_due(city)
        go(city, 5, 11, 7, 0)

        def broken(self: dispatching.Sender, rung: Any) -> Any:
            raise KeyError("nobody thought of this")

        monkeypatch.setattr(dispatching.Sender, "_looked", broken)
        go(city, 5, 11, 10, 59)
        assert dispatches(city)[0]["state"] == "underway"
        go(city, 5, 11, 11, 5)
        (given_up,) = dispatches(city)
        assert given_up["channels"][2]["reason"]["zh"] == "该渠道长时间没有结果"
        assert [row["recipient"] for row in tasks(city)] == [f"unit:{UNIT}"]
