"""Fees follow a term that is moved, cancelled, held after all, or taken online."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.enrollment import contract
from services.enrollment.store import TERMS
from services.scheduling.contract import RETIMING_ANNOUNCED, TERM_CANCELLED, TERM_MOVED
from shared.context import Context
from shared.security.caller import service_caller
from shared.storage import Transaction
from tests.integration.enrollment.conftest import OPENING, Desk
from tests.integration.enrollment.fee_desk import (
    admit,
    cancel,
    go_to,
    move,
    order,
    pay,
    place_again,
    placed,
    with_two_units,
    withdraw,
)

CANCELLED = {"term_id": "term_1", "plan_id": "plan_2020", "reason": "疫情", "version": 2}


@pytest.fixture
def city(desk: Desk) -> Desk:
    return with_two_units(desk)


def test_moved_dates_change_amount_and_due_day_and_keep_what_was_before(city: Desk) -> None:
    admit(city, 1)
    city.harness.take()
    later = OPENING + timedelta(days=60)
    move(city, "term_1", later, days=35)
    owed = order(city)
    assert (owed["assessed"], owed["due_on"], owed["cause"]) == ("18810.00", "2020-07-09", "dates")
    assert "超过30天的6天" in owed["lines"][0]["reasons"][-1]["zh"]
    past = city.call(contract.LIST_FEE_ASSESSMENTS, {"order_id": owed["order_id"]})["items"][1]
    assert (past["assessed"], past["due_on"], past["cause"]) == ("3300.00", "2020-05-10", "admission")
    move(city, "term_1", later, days=35, version=3)
    assert order(city)["assessment"] == 2, "the same days again change nothing"


def test_fees_that_follow_a_retiming_say_so(city: Desk) -> None:
    admit(city, 1)
    city.harness.take()
    news = placed("term_1", OPENING + timedelta(days=60), days=6, version=2) | {"retiming_id": "ret_1"}
    city.harness.deliver(TERM_MOVED, news)
    assert [event.data["retiming_id"] for event in city.harness.emitted(contract.FEES_ASSESSED)] == ["ret_1"]


def test_a_cancelled_term_holds_what_was_paid_for_the_payer(city: Desk) -> None:
    first, _ = admit(city, 2)
    withdraw(city, first)
    pay(city, order(city)["order_id"], "3300.00")
    cancel(city, "term_1")
    owed = order(city)
    assert (owed["assessed"], owed["outstanding"], owed["state"]) == ("0.00", "-3300.00", "overpaid")
    assert "班次已取消" in owed["lines"][1]["reasons"][0]["zh"]
    cancel(city, "term_1")
    assert order(city)["assessment"] == owed["assessment"]


def test_what_is_not_charged_any_more_is_settled(city: Desk) -> None:
    admit(city, 1)
    city.harness.take()
    city.harness.deliver(TERM_CANCELLED, CANCELLED)
    [event] = city.harness.emitted(contract.FEES_SETTLED)
    assert event.data["order_id"] == order(city)["order_id"]
    [assessed] = city.harness.emitted(contract.FEES_ASSESSED)
    assert (assessed.data["outstanding"], assessed.data["due_on"]) == ("0.00", None)


def test_a_term_that_is_held_after_all_is_charged_again_whichever_news_comes_first(city: Desk) -> None:
    admit(city, 1)
    pay(city, order(city)["order_id"], "3300.00")
    cancel(city, "term_1", version=2)
    assert order(city)["outstanding"] == "-3300.00"
    place_again(city, "term_1", version=3)
    owed = order(city)
    assert (owed["assessed"], owed["outstanding"], owed["state"]) == ("3300.00", "0.00", "settled")
    cancel(city, "term_1", version=2)
    assert order(city)["assessment"] == owed["assessment"]
    cancel(city, "term_1", version=4)
    move(city, "term_1", OPENING, version=6)
    place_again(city, "term_1", version=5)
    assert order(city)["outstanding"] == "0.00"


def test_what_those_who_left_owe_comes_back_with_a_term_held_after_all(city: Desk) -> None:
    first, second = admit(city, 2)
    go_to(city, OPENING + timedelta(days=1))
    withdraw(city, first)
    before = {line["nomination_id"]: line["amount"] for line in order(city)["lines"]}
    assert before == {first: "1650.00", second: "3300.00"}
    cancel(city, "term_1", version=2)
    place_again(city, "term_1", version=3)
    assert {line["nomination_id"]: line["amount"] for line in order(city)["lines"]} == before


def test_a_term_that_goes_online_asks_for_a_person_until_it_is_back_on_campus(city: Desk) -> None:
    admit(city, 1)
    move(city, "term_1", OPENING, version=3, delivery="online")
    owed = order(city)
    assert "请人工核定" in owed["attention"]["zh"]
    assert owed["assessed"] == "3300.00"
    move(city, "term_1", OPENING, version=2)
    assert order(city)["attention"] is not None, "older news"
    move(city, "term_1", OPENING, version=4)
    assert order(city)["attention"] is None
    days = {"starts_on": "2020-05-11", "ends_on": "2020-05-15"}
    was = {"starts_on_before": "2020-05-11", "ends_on_before": "2020-05-15"}
    news = {"retiming_id": "ret_1", "plan_id": "plan_2020", "reason_code": "epidemic", "reason": "疫情防控"}
    online = {"term_id": "term_1", "outcome": "online", **was, **days}
    city.harness.deliver(RETIMING_ANNOUNCED, news | {"terms": [online]})
    assert order(city)["attention"] is None, "the news of the retiming comes late"


def test_a_term_known_from_before_its_news_said_so_goes_online_by_its_retiming(city: Desk) -> None:
    admit(city, 1)

    def forget(tx: Transaction) -> dict[str, Any]:
        term = tx.rows(TERMS).get("term_1")
        del term["held_online"]
        tx.rows(TERMS).save(term)
        return {}

    city.harness.store.transact(Context(caller=service_caller("enrollment")), forget, operation="of_the_test")
    days = {"starts_on": "2020-05-11", "ends_on": "2020-05-15"}
    was = {"starts_on_before": "2020-05-11", "ends_on_before": "2020-05-15"}
    news = {"retiming_id": "ret_1", "plan_id": "plan_2020", "reason_code": "epidemic", "reason": "疫情防控"}
    online = {"term_id": "term_1", "outcome": "online", **was, **days}
    city.harness.deliver(RETIMING_ANNOUNCED, news | {"terms": [online]})
    assert "请人工核定" in order(city)["attention"]["zh"]
