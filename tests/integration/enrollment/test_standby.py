"""Standby on the real store: a free seat is offered to the first in line, held for them, and never sold twice."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services.enrollment import contract
from services.enrollment.contract import Ineligible, OfferLapsed, TermCancelled
from services.scheduling.contract import TERM_CANCELLED
from shared.errors import Forbidden, Invalid, NotFound
from shared.security.caller import Caller, Role
from tests.integration.enrollment.conftest import OPENING, Desk, cancel_under_way, line, unit_caller
from tests.integration.enrollment.replacing import approve, ask, at, carry_out, check_invariants

DISTRICT = Caller("test:district", frozenset({Role.ORGANISATION_DEPARTMENT}), ("city.nanshan",))
DONGHU, NANSHAN = unit_caller("city.donghu"), unit_caller("city.nanshan")
CANCELLED = {"term_id": "term_1", "plan_id": "plan_2020", "reason": "疫情", "version": 2}


@pytest.fixture
def city(desk: Desk) -> Desk:
    """Donghu has two places, both taken, and three accepted people without a seat; one place of the city is free."""
    for unit in ("donghu", "nanshan"):
        desk.unit(f"city.{unit}", unit)
    desk.place("term_1", capacity=4)
    desk.allot("term_1", donghu=2, nanshan=1)
    desk.file("city.donghu", [line(serial) for serial in range(1, 6)])
    desk.accept_all()
    desk.call(contract.ADMIT_TERM, {"term_id": "term_1", "standby_left_out": True})
    return desk


def lists(desk: Desk, **filters: Any) -> dict[str, Any]:
    caller = {"caller": filters.pop("caller")} if "caller" in filters else {}
    return desk.call(contract.LIST_STANDBY, {"term_id": "term_1", **filters}, **caller)


def in_line(desk: Desk, **filters: Any) -> list[tuple[str, str]]:
    return [(row["nomination_id"], row["state"]) for row in lists(desk, **filters)["items"]]


def line_ids(desk: Desk) -> list[str]:
    return [nomination_id for nomination_id, _ in in_line(desk)]


def seated(desk: Desk) -> list[str]:
    return [row["nomination_id"] for row in desk.nominations(state="admitted", term_id="term_1")]


def withdraw(desk: Desk, nomination_id: str) -> None:
    desk.call(contract.WITHDRAW_NOMINATION, {"nomination_id": nomination_id, "reason_code": "work"})


def answer(desk: Desk, nomination_id: str, accept: bool = True, **more: Any) -> dict[str, Any]:
    return desk.call(contract.ANSWER_STANDBY, {"nomination_id": nomination_id, "accept": accept}, **more)


def test_those_left_out_wait_in_review_order_and_admission_does_not_pass_them_by(city: Desk) -> None:
    waiting = in_line(city)
    assert [state for _, state in waiting] == ["waiting"] * 3
    assert [row["position"] for row in lists(city)["items"]] == [1, 2, 3]
    city.allot("term_1", donghu=3)  # one more place: offered to the first, and not given away by an admission
    assert in_line(city)[0] == (waiting[0][0], "offered")
    done = city.call(contract.ADMIT_TERM, {"term_id": "term_1"})
    assert done["admitted"] == []
    assert {row["problem"]["code"] for row in done["left_out"]} == {"on-standby"}
    check_invariants(city)


def test_a_freed_seat_is_offered_to_the_first_and_accepting_admits_them(city: Desk) -> None:
    first = line_ids(city)[0]
    city.harness.take()
    withdraw(city, seated(city)[0])
    [offer] = city.harness.emitted(contract.STANDBY_OFFERED)
    assert offer.data == {
        "nomination_id": first,
        "term_id": "term_1",
        "unit_id": "city.donghu",
        "due_on": "2020-04-03",
    }
    with pytest.raises(NotFound):
        answer(city, first, caller=NANSHAN)
    assert answer(city, first, caller=DONGHU)["state"] == "admitted"
    assert first in seated(city)
    [roster] = city.harness.emitted(contract.ROSTER_ADMITTED)
    assert roster.data["nomination_ids"] == [first]
    with pytest.raises(OfferLapsed):
        answer(city, first)
    check_invariants(city)


def answers(desk: Desk) -> list[tuple[str, str]]:
    events = desk.harness.emitted(contract.STANDBY_ANSWERED)
    return [(event.data["nomination_id"], event.data["state"]) for event in events]


def test_an_offer_that_stands_no_more_without_having_lapsed_was_answered(city: Desk) -> None:
    first, second, third = line_ids(city)
    city.call(contract.LEAVE_STANDBY, {"nomination_id": third, "reason": "本人放弃"})
    city.call(contract.JOIN_STANDBY, {"term_id": "term_1", "nomination_ids": [third]}, caller=DONGHU)
    assert answers(city) == [], "nobody has an offer yet"
    withdraw(city, seated(city)[0])
    answer(city, first, accept=False)
    answer(city, second)
    [seat, _] = seated(city)
    withdraw(city, seat)
    city.harness.deliver(TERM_CANCELLED, CANCELLED)
    assert answers(city) == [(first, "declined"), (second, "admitted"), (third, "removed")]
    told = city.harness.emitted(contract.STANDBY_ANSWERED)[0].data
    assert (told["term_id"], told["unit_id"]) == ("term_1", "city.donghu")


def test_declined_the_seat_goes_to_the_next(city: Desk) -> None:
    first, second, _ = line_ids(city)
    withdraw(city, seated(city)[0])
    assert answer(city, first, accept=False)["state"] == "declined"
    assert in_line(city)[0] == (second, "offered")
    check_invariants(city)


def test_an_offer_lapses_after_its_last_day_even_before_any_timer_says_so(city: Desk) -> None:
    first, second, _ = line_ids(city)
    withdraw(city, seated(city)[0])
    at(city, 2020, 4, 3, 23, 59, 59)
    city.harness.tick("lapse-offers", city.clock.now())
    assert in_line(city)[0] == (first, "offered")
    at(city, 2020, 4, 4, 0, 0, 0)
    with pytest.raises(OfferLapsed, match="截止"):
        answer(city, first)
    city.harness.tick("lapse-offers", city.clock.now() + timedelta(minutes=10))
    assert in_line(city)[0] == (second, "offered")
    [lapsed] = city.harness.emitted(contract.STANDBY_LAPSED)
    assert lapsed.data["nomination_id"] == first
    assert answers(city) == []
    check_invariants(city)


def test_a_list_is_put_into_another_order_with_a_reason_that_stays(city: Desk) -> None:
    first, second, third = line_ids(city)
    wanted = {"term_id": "term_1", "unit_id": "city.donghu", "nomination_ids": [third, first, second]}
    with pytest.raises(Invalid):
        city.call(contract.REORDER_STANDBY, wanted | {"reason": "x"}, caller=DONGHU)
    with pytest.raises(Invalid, match="3人"):
        city.call(contract.REORDER_STANDBY, wanted | {"nomination_ids": [third], "reason": "工作急需"}, caller=DONGHU)
    with pytest.raises(Forbidden):
        city.call(contract.REORDER_STANDBY, wanted | {"reason": "工作急需"}, caller=NANSHAN)
    done = city.call(contract.REORDER_STANDBY, wanted | {"reason": "工作急需"}, caller=DONGHU)
    assert [row["nomination_id"] for row in done["items"]] == [third, first, second]
    [change] = done["reorderings"]
    assert (change["before"], change["after"]) == ([first, second, third], [third, first, second])
    assert (change["reason"], change["by"]) == ("工作急需", "test:city.donghu")
    withdraw(city, seated(city)[0])
    assert in_line(city)[0] == (third, "offered")


def test_the_citys_list_is_kept_by_the_organisation_department_and_served_from_the_citys_places(city: Desk) -> None:
    city.file("city.nanshan", [line(21), line(22)])
    city.accept_all(unit_id="city.nanshan")
    admitted = city.call(contract.ADMIT_TERM, {"term_id": "term_1"})["admitted"]
    [other] = [row["nomination_id"] for row in city.nominations(state="accepted", unit_id="city.nanshan")]
    join = {"term_id": "term_1", "nomination_ids": [other], "line": "city"}
    for caller in (NANSHAN, DISTRICT):
        with pytest.raises(Forbidden):
            city.call(contract.JOIN_STANDBY, join, caller=caller)
    assert city.call(contract.JOIN_STANDBY, join)["done"] == 1
    assert (other, "offered") in in_line(city, line="city")
    order = {"term_id": "term_1", "unit_id": None, "nomination_ids": [other], "reason": "工作急需"}
    with pytest.raises(Forbidden, match="市级组织部门"):
        city.call(contract.REORDER_STANDBY, order, caller=DISTRICT)
    [moved] = city.harness.emitted(contract.PLACES_TRANSFERRED)
    assert (moved.data["from_unit_id"], moved.data["to_unit_id"], moved.data["cause"]) == (
        None, "city.nanshan", "standby",
    )  # fmt: skip
    assert answer(city, other, caller=NANSHAN)["state"] == "admitted"
    assert len(admitted) == 1
    check_invariants(city)


def test_only_accepted_people_of_the_term_join_and_each_once(city: Desk) -> None:
    city.file("city.nanshan", [line(31)])
    [filed] = [row["nomination_id"] for row in city.nominations(state="filed")]
    again = line_ids(city)[0]
    report = city.call(contract.JOIN_STANDBY, {"term_id": "term_1", "nomination_ids": [filed, again]})
    assert [row["problem"]["code"] for row in report["items"]] == ["wrong-state", "on-standby"]


def test_whoever_is_withdrawn_or_returned_leaves_the_line_and_the_next_gets_the_seat(city: Desk) -> None:
    first, second, third = line_ids(city)
    withdraw(city, seated(city)[0])
    withdraw(city, first)
    assert in_line(city) == [(second, "offered"), (third, "waiting")]
    back = {"nomination_ids": [second], "decision": "return", "reason_code": "post-unclear"}
    city.call(contract.REVIEW_NOMINATIONS, back)
    assert in_line(city) == [(third, "offered")]
    assert answers(city) == [(first, "removed"), (second, "removed")]
    leave = {"nomination_id": third, "reason": "本人放弃"}
    assert city.call(contract.LEAVE_STANDBY, leave, caller=DONGHU)["state"] == "removed"
    assert in_line(city) == []
    assert [row["state"] for row in lists(city, ended=True)["items"]] == ["removed"] * 3
    check_invariants(city)


def test_whoever_lapsed_may_wait_again_at_the_end(city: Desk) -> None:
    first, second, third = line_ids(city)
    city.call(contract.LEAVE_STANDBY, {"nomination_id": first, "reason": "本人放弃"})
    city.call(contract.JOIN_STANDBY, {"term_id": "term_1", "nomination_ids": [first]}, caller=DONGHU)
    assert line_ids(city) == [second, third, first]


def test_an_offer_is_judged_again_by_what_happened_since(city: Desk) -> None:
    first = line_ids(city)[0]
    serial = int(next(row["phone_masked"] for row in city.nominations() if row["nomination_id"] == first)[-4:])
    withdraw(city, seated(city)[0])
    city.place("term_2", programme=2, starts=OPENING + timedelta(days=60), capacity=2)
    city.allot("term_2", donghu=1)
    city.file("city.donghu", [line(serial, programme=2)])
    city.accept_all(term_id="term_2")
    city.call(contract.ADMIT_TERM, {"term_id": "term_2"})
    city.place("term_2", programme=2, starts=OPENING, capacity=2, version=2)  # now it shares days
    with pytest.raises(Ineligible, match="日期重叠"):
        answer(city, first)
    check_invariants(city)


def test_somebody_on_standby_may_take_the_seat_as_a_replacement(city: Desk) -> None:
    first, second, _ = line_ids(city)
    asked = ask(city, seated(city)[0], new_nomination_id=second, name="", id_number="")
    approve(city, asked)
    carry_out(city)
    assert second in seated(city)
    assert line_ids(city)[0] == first
    assert second not in line_ids(city)
    check_invariants(city)


def test_a_cancelled_term_offers_nothing(city: Desk) -> None:
    city.harness.deliver(TERM_CANCELLED, CANCELLED)
    withdraw(city, seated(city)[0])
    assert not city.harness.emitted(contract.STANDBY_OFFERED)


def test_nobody_joins_the_line_of_a_term_whose_cancellation_is_under_way(city: Desk) -> None:
    waiting = line_ids(city)
    for nomination_id in waiting:
        city.call(contract.LEAVE_STANDBY, {"nomination_id": nomination_id, "reason": "不再候补"})
    request = {"term_id": "term_1", "line": "unit", "nomination_ids": waiting}
    with cancel_under_way(city), pytest.raises(TermCancelled):
        city.call(contract.JOIN_STANDBY, request)
    assert line_ids(city) == []


def test_after_the_last_day_somebody_can_join_nothing_is_offered(city: Desk) -> None:
    at(city, 2020, 5, 15, 9)
    withdraw(city, seated(city)[0])
    assert not city.harness.emitted(contract.STANDBY_OFFERED)


def test_a_bigger_room_is_offered_to_those_who_wait(city: Desk) -> None:
    city.file("city.nanshan", [line(21), line(22), line(23), line(24)])
    city.accept_all(unit_id="city.nanshan")
    city.call(contract.ADMIT_TERM, {"term_id": "term_1"})
    rest = [row["nomination_id"] for row in city.nominations(state="accepted", unit_id="city.nanshan")]
    city.call(contract.JOIN_STANDBY, {"term_id": "term_1", "nomination_ids": rest, "line": "city"})
    offered = [row for row in in_line(city, line="city") if row[1] == "offered"]
    assert len(offered) == 1
    city.place("term_1", capacity=6, version=2)
    assert len([row for row in in_line(city, line="city") if row[1] == "offered"]) == 3
    check_invariants(city)
