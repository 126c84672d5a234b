"""Replicas take in events of one matter at the same time, in any order, or again: what was said last holds."""

from __future__ import annotations

import re
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from services.compliance import contract as compliance
from services.enrollment import contract as enrollment
from services.notification.store import DEADLINES
from services.outcomes import contract as outcomes
from services.scheduling.contract import SURVEY_ANSWERED, SURVEY_CLOSED, SURVEY_OPENED, TERM_CANCELLED
from shared.context import Context
from shared.contracts import Event
from shared.identifiers import new_id
from shared.security.caller import service_caller
from tests.fixtures.store import MakeStore
from tests.integration.notification.message_desk import OTHER, at, briefing, deliver, messaging_city, reminders, tasks
from tests.integration.notification.notification_city import TERM, UNIT, City

ORDER = {"order_id": "o1", "unit_id": UNIT, "payer": "unit", "trainees": 3, "amount": "100.00"}


@pytest.fixture
def city(make_store: MakeStore, tmp_path: Path) -> City:
    return messaging_city(make_store, tmp_path)


def cancel(city: City, event_id: str | None = None) -> None:
    said = {"term_id": TERM, "plan_id": "plan_1", "reason": "疫情防控", "version": 2}
    deliver(city, TERM_CANCELLED, event_id, **said)


def fees(city: City, amount: str, due_on: str | None, event_id: str | None = None, **more: str) -> None:
    said = {**ORDER, "amount": amount, "due_on": due_on, **more}
    deliver(city, enrollment.FEES_ASSESSED, event_id, **said, term_id=TERM)


def paid(city: City, amount: str, event_id: str | None = None, **more: str) -> None:
    said = {"order_id": "o1", "payment_id": new_id("pay"), "receipt_number": "收1号", "amount": amount, **more}
    deliver(city, enrollment.FEES_PAID, event_id, **said, term_id=TERM, unit_id=UNIT)


class TestFees:
    @pytest.mark.parametrize("overtaken", [False, True])
    def test_who_owes_nothing_any_more_is_not_reminded_whatever_came_first(self, city: City, overtaken: bool) -> None:
        first, last = new_id("evt"), new_id("evt")
        orders = [(first, "100.00", "2020-06-05"), (last, "0.00", None)]
        for event_id, amount, due_on in reversed(orders) if overtaken else orders:
            fees(city, amount, due_on, event_id)
        at(city, 5, 11)
        assert "目前没有待缴款项" in city.sent()[-1]["text"]
        assert "100.00元" not in city.sent()[-1]["text"]
        assert [at(city, 6, day) for day in (2, 4, 8)] == [[]] * 3
        fees(city, "50.00", "2020-07-03")
        assert [len(at(city, *day)) for day in ((6, 9), (6, 30))] == [1, 1]

    def test_who_owes_nothing_any_more_is_told_so_and_given_no_day(self, city: City) -> None:
        fees(city, "100.00", "2020-06-05")
        at(city, 5, 11)
        fees(city, "0.00", None)
        (told,) = at(city, 5, 12)
        assert told.endswith("培训费没有待缴款项")
        assert city.sent()[-1]["text"].count("共0.00元，目前没有待缴款项。") == 1

    def test_reminders_say_the_amount_that_was_said_last(self, city: City) -> None:
        first, late, last = (new_id("evt") for _ in range(3))
        fees(city, "100.00", "2020-06-05", first)
        at(city, 5, 11)
        assert at(city, 6, 2, 9) == []  # the reminder is written and waits for the digest
        fees(city, "200.00", "2020-06-05", last)
        fees(city, "150.00", "2020-06-05", late)
        for day in (2, 4, 8):
            at(city, 6, day)
            assert "200.00元" in city.sent()[-1]["text"]
            assert not {"100.00元", "150.00元"} & set(re.findall(r"[\d.]+元", city.sent()[-1]["text"]))

    def test_a_payment_that_is_told_of_late_does_not_end_what_was_assessed_since(self, city: City) -> None:
        first, payment, more = (new_id("evt") for _ in range(3))
        fees(city, "100.00", "2020-06-05", first)
        fees(city, "200.00", "2020-06-05", more)
        paid(city, "100.00", payment)
        at(city, 5, 11)
        assert len(at(city, 6, 2)) == 1

    def test_who_paid_in_part_is_reminded_of_what_is_left(self, city: City) -> None:
        fees(city, "100.00", "2020-06-05", outstanding="100.00")
        paid(city, "30.00", outstanding="70.00")
        fees(city, "100.00", "2020-06-05", outstanding="70.00")
        assert at(city, 5, 11) == ["培训工作通知（2项）"]
        for day in (2, 4, 8):
            assert len(at(city, 6, day)) == 1
            assert set(re.findall(r"[\d.]+元", city.sent()[-1]["text"])) == {"70.00元"}

    def test_who_paid_is_not_reminded_until_the_payment_is_cancelled(self, city: City) -> None:
        fees(city, "100.00", "2020-06-05", outstanding="100.00")
        paid(city, "100.00", outstanding="0.00")
        deliver(city, enrollment.FEES_SETTLED, order_id="o1", term_id=TERM, unit_id=UNIT)
        at(city, 5, 11)
        assert at(city, 6, 2) == []
        fees(city, "100.00", "2020-06-05", outstanding="90.00")
        assert len(at(city, 6, 3)) == 1
        assert "待缴90.00元" in city.sent()[-1]["text"]
        assert [len(at(city, 6, day)) for day in (4, 8)] == [1, 1]
        assert "尚欠90.00元" in city.sent()[-1]["text"]

    @pytest.mark.parametrize("said", [{}, {"outstanding": "0.00"}])
    def test_a_payment_that_leaves_nothing_or_does_not_say_ends_the_waiting(
        self, city: City, said: dict[str, str]
    ) -> None:
        fees(city, "100.00", "2020-06-05")
        paid(city, "100.00", **said)
        at(city, 5, 11)
        assert [at(city, 6, day) for day in (2, 4, 8)] == [[]] * 3


class TestStandby:
    def tell(self, city: City, event: Event, event_id: str | None = None, **more: str) -> None:
        said = {"nomination_id": "n1", "term_id": TERM, "unit_id": UNIT, **more}
        deliver(city, event, event_id, **said)

    def offered(self, city: City, due_on: str, event_id: str | None = None) -> None:
        self.tell(city, enrollment.STANDBY_OFFERED, event_id, due_on=due_on)

    @pytest.mark.parametrize("event", [enrollment.STANDBY_ANSWERED, enrollment.STANDBY_LAPSED])
    def test_a_unit_is_not_reminded_of_an_offer_that_stands_no_more_until_one_is_made_again(
        self, city: City, event: Event
    ) -> None:
        self.offered(city, "2020-05-14")
        assert len(at(city, 5, 11)) == 1
        self.tell(city, event, **({"state": "declined"} if event is enrollment.STANDBY_ANSWERED else {}))
        assert at(city, 5, 13) == []
        self.offered(city, "2020-05-14")
        self.offered(city, "2020-05-18")
        assert [len(at(city, 5, day)) for day in (14, 15)] == [1, 1]
        assert "请于5月18日（星期一）前在平台答复" in city.sent()[-1]["text"]

    def test_an_offer_that_is_told_of_after_its_answer_asks_nobody(self, city: City) -> None:
        first, answered = new_id("evt"), new_id("evt")
        self.tell(city, enrollment.STANDBY_ANSWERED, answered, state="admitted")
        self.offered(city, "2020-05-14", first)
        assert [at(city, 5, day) for day in (11, 13)] == [[], []]


class TestSurveys:
    SURVEY = {"survey_id": "survey_1", "plan_id": "plan_1"}  # noqa: RUF012

    def opened(self, city: City, due_on: str, event_id: str | None = None) -> None:
        deliver(city, SURVEY_OPENED, event_id, **self.SURVEY, unit_ids=[UNIT, OTHER], due_on=due_on)

    def answered(self, city: City, unit_id: str = UNIT, event_id: str | None = None) -> None:
        deliver(city, SURVEY_ANSWERED, event_id, **self.SURVEY, unit_id=unit_id)

    def test_only_units_that_have_yet_to_answer_are_reminded(self, city: City) -> None:
        self.opened(city, "2020-05-14")
        assert len(at(city, 5, 11)) == 2
        self.answered(city)
        self.answered(city)
        assert len(at(city, 5, 13)) == 1
        assert city.sent()[-1]["recipient"] == f"unit:{OTHER}"

    def test_a_longer_time_to_answer_is_told_to_those_who_have_yet_to(self, city: City) -> None:
        self.opened(city, "2020-05-14")
        at(city, 5, 11)
        self.answered(city)
        self.opened(city, "2020-05-20")
        assert [len(at(city, 5, day)) for day in (13, 14, 19)] == [1, 0, 1]
        self.answered(city, OTHER)
        self.opened(city, "2020-05-28")
        assert [at(city, 5, day) for day in (20, 27)] == [[], []]

    def test_an_answer_that_is_told_of_before_the_survey_counts(self, city: City) -> None:
        first, answered = new_id("evt"), new_id("evt")
        self.answered(city, UNIT, answered)
        self.opened(city, "2020-05-14", first)
        assert [len(at(city, 5, day)) for day in (11, 13)] == [1, 1]
        deliver(city, SURVEY_CLOSED, **self.SURVEY, answers=1)
        self.answered(city, OTHER)
        assert at(city, 5, 14) == []


class TestCancelledTerms:
    def test_a_cancellation_that_came_before_what_is_to_be_done_for_its_term_reminds_nobody(self, city: City) -> None:
        city.admit("张伟")
        city.roster_admitted()
        city.settle()
        people = {"nomination_ids": ["n1"], "unit_id": UNIT}
        handed = {"lecturer_id": "l1", "session_ids": ["s1"], "questions": 3}
        events: list[tuple[Event, dict[str, Any]]] = [
            (compliance.BRIEFING_OPENED, {"briefing_id": "b1", "unit_id": UNIT}),
            (compliance.RETURN_DUE, {"return_id": "r1", **people}),
            (outcomes.QUESTIONS_HANDED_OVER, {"handover_id": "h1", **handed}),
            (outcomes.REPORTS_EXPECTED, {}),
            (enrollment.FEES_ASSESSED, ORDER),
        ]
        made = [new_id("evt") for _ in events]
        cancel(city)
        for (event, said), event_id in zip(events, made, strict=True):
            deliver(city, event, event_id, **said, term_id=TERM, due_on="2020-06-05")
        at(city, 5, 11)
        assert [at(city, 6, day) for day in (1, 2, 4, 8)] == [[]] * 4
        assert "overdue" not in {task["cause"] for task in tasks(city)}

    def test_a_term_that_is_placed_again_reminds_of_what_was_asked_for_since(self, city: City) -> None:
        before = new_id("evt")
        cancel(city)
        deliver(
            city, compliance.BRIEFING_OPENED, before, briefing_id="b0", term_id=TERM, unit_id=UNIT, due_on="2020-06-05"
        )
        briefing(city)
        fees(city, "100.00", "2020-07-03", before)
        fees(city, "0.00", None)
        at(city, 5, 11)
        city.place_term(version=3)
        assert len(at(city, 6, 2)) == 1
        assert reminders(city) == [(-3, "reached")]
        briefing(city, "2020-07-03")
        at(city, 6, 9)
        assert len(at(city, 6, 30)) == 1

    @pytest.mark.parametrize("overtaken", [False, True])
    def test_what_stays_owed_for_a_cancelled_term_is_reminded_of(self, city: City, overtaken: bool) -> None:
        cancelled, assessed = new_id("evt"), new_id("evt")
        steps = [lambda: cancel(city, cancelled), lambda: fees(city, "100.00", "2020-06-05", assessed)]
        for step in reversed(steps) if overtaken else steps:
            step()
        at(city, 5, 11)
        assert len(at(city, 6, 2)) == 1

    def test_a_day_that_moves_back_to_where_it_was_is_told_again(self, city: City) -> None:
        told = []
        for day, due_on in ((11, "2020-06-05"), (12, "2020-07-03"), (13, "2020-06-05")):
            once = new_id("evt")
            for event_id in (once, once, None):
                said = {"briefing_id": "b1", "term_id": TERM, "unit_id": UNIT, "due_on": due_on}
                deliver(city, compliance.BRIEFING_OPENED, event_id, **said)
            told.append(len(at(city, 5, day)))
        assert told == [1, 1, 1]

    def test_fees_that_are_again_what_they_were_are_told_again(self, city: City) -> None:
        told = []
        for day, amount in ((11, "100.00"), (12, "200.00"), (13, "100.00")):
            fees(city, amount, "2020-06-05")
            told.append(len(at(city, 5, day)))
        assert told == [1, 1, 1]

    def test_an_opening_and_a_cancellation_at_the_same_time_leave_no_deadline(self, city: City) -> None:
        for number in range(8):
            city.place_term(version=2 * number + 2)
            ready = threading.Barrier(2)
            said = {"briefing_id": f"b{number}", "term_id": TERM, "unit_id": UNIT, "due_on": "2020-06-05"}
            called_off = {"term_id": TERM, "plan_id": "plan_1", "reason": "疫情防控", "version": 2 * number + 3}

            def at_once(event: Event, data: dict[str, Any], ready: threading.Barrier = ready) -> None:
                ready.wait()
                city.harness.deliver(event, data)

            with ThreadPoolExecutor(2) as replicas:
                both = [
                    replicas.submit(at_once, compliance.BRIEFING_OPENED, said),
                    replicas.submit(at_once, TERM_CANCELLED, called_off),
                ]
            for each in both:
                each.result()
            city.settle()
            rows = city.store.view(Context(service_caller("notification"))).rows(DEADLINES).find()
            assert {row["state"] for row in rows} == {"cancelled"}


class TestReturns:
    SAID = {"return_id": "r1", "term_id": TERM, "unit_id": UNIT, "nomination_ids": ["n1"]}  # noqa: RUF012

    def overdue(self, city: City, step: int, event_id: str | None = None) -> None:
        deliver(city, compliance.RETURN_OVERDUE, event_id, **self.SAID, due_on="2020-05-08", step=step)

    def confirmed(self, city: City, event_id: str | None = None) -> None:
        deliver(city, compliance.RETURN_CONFIRMED, event_id, **self.SAID, late=True)

    def test_each_step_of_the_escalation_is_told_once_and_leads_to_one_call(self, city: City) -> None:
        told = []
        for step, day in ((1, 11), (2, 13), (3, 15)):
            again = new_id("evt")
            self.overdue(city, step, again)
            self.overdue(city, step, again)
            told.append(len(at(city, 5, day)))
        assert told == [1, 1, 1]
        assert len([task for task in tasks(city) if task["cause"] == "overdue"]) == 1

    def test_a_return_that_is_asked_for_again_after_its_term_moved_is_escalated_from_its_first_step(
        self, city: City
    ) -> None:
        self.overdue(city, 1)
        assert len(at(city, 5, 11)) == 1
        deliver(city, compliance.RETURN_DUE, **self.SAID, due_on="2020-05-15")
        deliver(city, compliance.RETURN_OVERDUE, **self.SAID, due_on="2020-05-15", step=1)
        at(city, 5, 18)
        assert "返岗情况应于5月15日" in city.sent()[-1]["text"]

    def test_nobody_has_to_ring_a_unit_that_confirmed_after_all(self, city: City) -> None:
        self.overdue(city, 1)
        ours, others = self.SAID, {**self.SAID, "return_id": "r10"}
        deliver(city, compliance.RETURN_OVERDUE, **others, due_on="2020-05-08", step=1)
        assert [task["state"] for task in tasks(city)] == ["open", "open"]
        self.confirmed(city)
        (cancelled,) = (task for task in tasks(city) if task["state"] == "cancelled")
        assert cancelled["cause_id"].split("/")[1] == ours["return_id"]

    def test_nobody_has_to_ring_about_a_return_that_is_not_asked_for_any_more(self, city: City) -> None:
        deliver(city, compliance.RETURN_DUE, **self.SAID, due_on="2020-05-08")
        self.overdue(city, 1)
        assert len(at(city, 5, 11)) == 1
        gone = {name: self.SAID[name] for name in ("return_id", "term_id", "unit_id")}
        deliver(city, compliance.RETURN_CANCELLED, **gone)
        assert [task["state"] for task in tasks(city) if task["cause"] == "overdue"] == ["cancelled"]
        deliver(city, compliance.RETURN_DUE, **self.SAID, due_on="2020-05-29")
        assert len(at(city, 5, 12)) == 1
        assert "请于5月29日（星期五）前" in city.sent()[-1]["text"]

    def test_a_unit_that_confirmed_is_not_called_overdue_by_word_that_comes_late(self, city: City) -> None:
        first, second, confirmed, again = (new_id("evt") for _ in range(4))
        self.confirmed(city, confirmed)
        self.overdue(city, 2, second)
        self.overdue(city, 1, first)
        assert tasks(city) == []
        assert at(city, 5, 11) == []
        self.overdue(city, 3, again)
        assert [task["state"] for task in tasks(city)] == ["open"]
