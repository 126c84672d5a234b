"""Cancelled terms, for good or only until they are placed again: who waited, and for what."""

from __future__ import annotations

import pytest

from services.enrollment import contract
from services.scheduling.contract import RETIMING_ANNOUNCED, TERM_CANCELLED
from shared.errors import Unavailable
from tests.integration.enrollment.conftest import Desk, line
from tests.integration.enrollment.replacing import ask, at, check_invariants, shown
from tests.integration.enrollment.two_terms import lines, move, retimed, seated, two_terms

CANCELLED = {"term_id": "term_1", "plan_id": "plan_2020", "reason": "疫情", "version": 2}


@pytest.fixture
def city(desk: Desk) -> Desk:
    return two_terms(desk)


def test_a_cancelled_term_ends_what_waited_for_it(city: Desk) -> None:
    asked = ask(city, seated(city)[0])
    city.harness.deliver(TERM_CANCELLED, CANCELLED)
    assert shown(city, asked)["state"] == "cancelled"
    assert city.call(contract.LIST_STANDBY, {"term_id": "term_1"})["items"] == []
    check_invariants(city)


def cancelled_by_retiming(desk: Desk) -> None:
    desk.harness.deliver(TERM_CANCELLED, {**CANCELLED, "retiming_id": "retiming_1"}, event_id="c1")


def test_a_retiming_that_is_undone_leaves_offers_lines_and_requests_as_they_were(city: Desk) -> None:
    [first] = [row["nomination_id"] for row in lines(city)]
    city.file("city.donghu", [line(5)])
    [second] = city.accept_all()
    city.call(contract.LEAVE_STANDBY, {"nomination_id": first, "reason": "改列全市名单"})
    city.call(contract.JOIN_STANDBY, {"term_id": "term_1", "nomination_ids": [first], "line": "city"})
    city.call(contract.JOIN_STANDBY, {"term_id": "term_1", "nomination_ids": [second]})
    asked = ask(city, seated(city)[0])
    before, quotas = lines(city), city.call(contract.LIST_QUOTAS, {"term_id": "term_1"})["items"]
    assert [(row["nomination_id"], row["state"]) for row in before] == [(second, "waiting"), (first, "offered")]
    at(city, 2020, 4, 2, 9)
    city.harness.take()
    for _ in range(2):
        cancelled_by_retiming(city)
    for _ in range(2):
        move(city, "term_1", 0, version=3, retiming_id="retiming_1")
    cancelled_by_retiming(city)
    assert lines(city) == before
    assert city.call(contract.LIST_QUOTAS, {"term_id": "term_1"})["items"] == quotas
    assert shown(city, asked)["state"] == "requested"
    assert not city.harness.emitted(contract.STANDBY_OFFERED)
    check_invariants(city)


def test_a_seat_that_became_free_under_a_retiming_that_is_undone_is_offered(city: Desk) -> None:
    cancelled_by_retiming(city)
    city.call(contract.WITHDRAW_NOMINATION, {"nomination_id": seated(city)[0], "reason_code": "work"})
    assert [row["state"] for row in lines(city)] == ["waiting"]
    for _ in range(2):
        move(city, "term_1", 0, version=3, retiming_id="retiming_1")
    assert [row["state"] for row in lines(city)] == ["offered"]
    assert len(city.harness.emitted(contract.STANDBY_OFFERED)) == 1
    check_invariants(city)


@pytest.mark.parametrize("days", [0, 1])
def test_who_is_engaged_twice_once_a_term_is_held_after_all_is_reported(city: Desk, days: int) -> None:
    city.harness.deliver(TERM_CANCELLED, CANCELLED)
    move(city, "term_2", -28)
    assert not city.harness.emitted(contract.OVERLAPS_FOUND), "there is one term on these days"
    for _ in range(2):
        move(city, "term_1", days, version=3)
    [found] = city.harness.emitted(contract.OVERLAPS_FOUND)
    assert (found.data["term_id"], found.data["overlaps"][0]["other_term_id"]) == ("term_1", "term_2")
    assert len(city.call(contract.LIST_OVERLAPS)["items"]) == 1


def test_what_waited_for_a_term_that_a_retiming_cancels_ends_once_that_is_announced(city: Desk) -> None:
    asked = ask(city, seated(city)[0])
    news = retimed(0)
    news["terms"][0] |= {"outcome": "cancelled", "starts_on": None, "ends_on": None}
    with pytest.raises(Unavailable):  # overtook the cancellation: somebody could still join the line
        city.harness.deliver(RETIMING_ANNOUNCED, news, event_id="r1")
    cancelled_by_retiming(city)
    assert [row["state"] for row in lines(city)] == ["waiting"]
    for _ in range(2):
        city.harness.deliver(RETIMING_ANNOUNCED, news, event_id="r1")
    assert (lines(city), shown(city, asked)["state"]) == ([], "cancelled")
    [ended] = city.call(contract.LIST_STANDBY, {"term_id": "term_1", "ended": True})["items"]
    assert ended["state"] == "removed"
    check_invariants(city)


def test_who_waits_for_a_term_placed_again_before_its_cancellation_is_announced_goes_on_waiting(city: Desk) -> None:
    waiting = lines(city)
    move(city, "term_1", 0, version=3)
    cancelled_by_retiming(city)
    news = retimed(0)
    news["terms"][0] |= {"outcome": "cancelled", "starts_on": None, "ends_on": None}
    city.harness.deliver(RETIMING_ANNOUNCED, news)
    assert lines(city) == waiting != []


def test_a_term_that_is_held_after_all_has_everybody_who_waited_wait_again(city: Desk) -> None:
    city.file("city.donghu", [line(4)])
    city.accept_all()
    city.call(contract.ADMIT_TERM, {"term_id": "term_1", "standby_left_out": True})
    asked, gone = (ask(city, nomination_id) for nomination_id in seated(city))
    before = city.call(contract.LIST_STANDBY, {"term_id": "term_1"})["items"]
    assert [row["position"] for row in before] == [1, 2]
    for version in (2, 4):
        city.harness.deliver(TERM_CANCELLED, {**CANCELLED, "version": version})
        if version == 2:
            city.call(contract.WITHDRAW_NOMINATION, {"nomination_id": gone["old_nomination_id"], "reason_code": "work"})
        city.harness.take()
        for _ in range(2):
            move(city, "term_1", 0, version=version + 1)
        assert (shown(city, asked)["state"], shown(city, gone)["state"]) == ("requested", "cancelled")
        now = city.call(contract.LIST_STANDBY, {"term_id": "term_1"})["items"]
        assert [(row["nomination_id"], row["position"]) for row in now] == [
            (row["nomination_id"], row["position"]) for row in before
        ]
        assert [row["state"] for row in now] == ["offered", "waiting"]  # the seat of the one who left
        assert len(city.harness.emitted(contract.STANDBY_OFFERED)) == 1
