"""Money in and out: receipts without gaps, balances that hold, nothing into a person's pocket."""

from __future__ import annotations

import threading
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.enrollment import contract
from services.enrollment.contract import FeeRefused, PaymentBooked, PersonalAccount
from services.enrollment.domain.fee_ledger import Account
from services.enrollment.store import FEE_ORDERS, FEE_RECEIPTS, ledger_from
from shared.context import Context
from shared.errors import Invalid, NotFound, StaleVersion
from shared.security.caller import service_caller
from tests.integration.enrollment.conftest import OPENING, Desk, unit_caller
from tests.integration.enrollment.fee_desk import SCHOOL, admit, go_to, hear, move, order, orders, pay, withdraw


@pytest.fixture
def city(desk: Desk) -> Desk:
    for unit in ("donghu", "nanshan"):
        desk.unit(f"city.{unit}", f"{unit}区委")
    desk.place("term_1")
    desk.place("term_2", programme=2, starts=OPENING + timedelta(days=30))
    for term in ("term_1", "term_2"):
        desk.allot(term, donghu=20, nanshan=20)
    return desk


def receipts(desk: Desk, **filters: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.call(contract.LIST_FEE_RECEIPTS, {"limit": 200, **filters})["items"]
    return found


def test_a_payment_gives_the_payer_a_receipt_and_settles_the_order(city: Desk) -> None:
    admit(city, 2)
    order_id = order(city)["order_id"]
    city.harness.take()
    part = pay(city, order_id, "6000.00", "流水1")
    assert (part["state"], part["outstanding"], part["state_words"]["zh"]) == ("part_paid", "600.00", "部分缴纳")
    whole = pay(city, order_id, "600.00", "流水2")
    assert (whole["state"], whole["outstanding"]) == ("settled", "0.00")
    first, second = receipts(city)
    assert [first["number"], second["number"]] == [
        "市委党校（行政学院）收〔2020〕1号",
        "市委党校（行政学院）收〔2020〕2号",
    ]
    assert (first["payer_title"], first["amount"], first["amount_in_capitals"]) == (
        "donghu区委",
        "6000.00",
        "陆仟元整",
    )
    assert "第1期培训费" in first["purpose"]
    events = city.harness.emitted(contract.FEES_PAID)
    assert [event.data["receipt_number"] for event in events] == [first["number"], second["number"]]
    assert events[0].data["amount"] == "6000.00"
    mine = city.call(contract.GET_FEE_RECEIPT, {"receipt_id": first["receipt_id"]}, caller=unit_caller("city.donghu"))
    assert mine["payment_id"] == part["payments"][0]["payment_id"]
    with pytest.raises(NotFound):
        city.call(contract.GET_FEE_RECEIPT, {"receipt_id": first["receipt_id"]}, caller=unit_caller("city.nanshan"))


def test_what_is_left_to_pay_is_told_with_every_payment_and_settled_once(city: Desk) -> None:
    admit(city, 1)
    order_id = order(city)["order_id"]
    city.harness.take()
    pay(city, order_id, "1000.00", "流水1")
    [paid] = city.harness.emitted(contract.FEES_PAID)
    [left] = city.harness.emitted(contract.FEES_ASSESSED)
    assert (paid.data["outstanding"], left.data["outstanding"]) == ("2300.00", "2300.00")
    assert (left.data["amount"], left.data["due_on"], left.id > paid.id) == ("3300.00", "2020-05-10", True)
    assert city.harness.emitted(contract.FEES_SETTLED) == []
    whole = pay(city, order_id, "2500.00", "流水2")
    pay(city, order_id, "1.00", "流水3")
    [settled] = city.harness.emitted(contract.FEES_SETTLED)
    assert settled.data == {"order_id": order_id, "term_id": "term_1", "unit_id": "city.donghu"}
    assert len(city.harness.emitted(contract.FEES_ASSESSED)) == 1
    assert [event.data["outstanding"] for event in city.harness.emitted(contract.FEES_PAID)[1:]] == ["0.00", "0.00"]
    wrong = {"order_id": order_id, "payment_id": whole["payments"][1]["payment_id"], "reason": "登错单位"}
    city.call(contract.CANCEL_FEE_PAYMENT, wrong, caller=SCHOOL)
    again = city.harness.emitted(contract.FEES_ASSESSED)[1]
    assert (again.data["outstanding"], again.data["due_on"], again.id > settled.id) == ("2299.00", "2020-05-10", True)


def test_money_into_a_persons_account_is_refused(city: Desk) -> None:
    admit(city, 1)
    order_id = order(city)["order_id"]
    with pytest.raises(PersonalAccount, match="个人账户"):
        pay(city, order_id, "3300.00", account_kind="personal", account_title="某某")
    assert receipts(city) == []
    assert order(city)["state"] == "open"


@pytest.mark.parametrize("amount", ["0.00", "-1.00", "1.001", "NaN", "abc"])
def test_an_amount_that_is_none_is_refused_whole(city: Desk, amount: str) -> None:
    admit(city, 1)
    order_id = order(city)["order_id"]
    with pytest.raises(Invalid):
        pay(city, order_id, amount)
    assert receipts(city) == []
    assert pay(city, order_id, "3300.00")["payments"][0]["receipt_number"].endswith("1号"), "no number was lost"


def test_a_transfer_is_booked_once_on_an_order_and_not_before_it_happened(city: Desk) -> None:
    admit(city, 1)
    order_id = order(city)["order_id"]
    pay(city, order_id, "100.00", "流水1")
    with pytest.raises(PaymentBooked):
        pay(city, order_id, "100.00", "流水1")
    with pytest.raises(Invalid, match="晚于今天"):
        pay(city, order_id, "100.00", "流水2", paid_on="2020-04-02")
    stale = {"order_id": order_id, "amount": "1.00", "paid_on": "2020-04-01", "method": "bank_transfer"}
    stale |= {"account_kind": "treasury", "account_title": "财政专户", "reference": "流水3"}
    with pytest.raises(StaleVersion):
        city.call(contract.BOOK_FEE_PAYMENT, stale, expected_version=1)


def test_a_payment_booked_by_mistake_is_cancelled_and_its_number_stays_used(city: Desk) -> None:
    admit(city, 1)
    order_id = order(city)["order_id"]
    payment = pay(city, order_id, "3300.00", "流水1")["payments"][0]
    wrong = {"order_id": order_id, "payment_id": payment["payment_id"], "reason": "登错单位"}
    after = city.call(contract.CANCEL_FEE_PAYMENT, wrong, caller=SCHOOL)
    assert (after["state"], after["received"], after["payments"][0]["cancel_reason"]) == ("open", "0.00", "登错单位")
    with pytest.raises(NotFound):
        city.call(contract.CANCEL_FEE_PAYMENT, wrong, caller=SCHOOL)
    pay(city, order_id, "3300.00", "流水1")
    numbers = [(row["sequence"], row["voided_at"] is None) for row in receipts(city)]
    assert numbers == [(1, False), (2, True)]


def test_each_issuer_and_year_has_a_book_of_its_own(city: Desk) -> None:
    admit(city, 1)
    order_id = order(city)["order_id"]
    pay(city, order_id, "1.00", "流水1")
    own = {"order_id": order_id, "amount": "2.00", "paid_on": "2020-04-01", "method": "treasury_transfer"}
    own |= {"account_kind": "treasury", "account_title": "财政专户", "reference": "流水2"}
    city.call(contract.BOOK_FEE_PAYMENT, own)
    go_to(city, OPENING.replace(year=2021))
    pay(city, order_id, "3.00", "流水3")
    assert [(row["issuer"], row["year"], row["sequence"]) for row in receipts(city)] == [
        ("party_school", 2020, 1),
        ("organisation_department", 2020, 1),
        ("party_school", 2021, 1),
    ]


def test_what_was_paid_for_somebody_withdrawn_goes_back_to_the_unit(city: Desk) -> None:
    first, _ = admit(city, 2)
    order_id = order(city)["order_id"]
    pay(city, order_id, "6600.00")
    withdraw(city, first)
    assert order(city)["outstanding"] == "-3300.00"
    back = {"order_id": order_id, "refunded_on": "2020-04-01", "cause": "withdrawal", "reference": "退1"}
    with pytest.raises(FeeRefused, match=r"3,300\.00"):
        city.call(contract.REFUND_FEES, back | {"amount": "3300.01"}, caller=SCHOOL)
    city.harness.take()
    done = city.call(contract.REFUND_FEES, back, caller=SCHOOL)
    assert (done["state"], done["returned"], done["refunds"][0]["amount"]) == ("settled", "3300.00", "3300.00")
    [event] = city.harness.emitted(contract.FEES_REFUNDED)
    assert (event.data["amount"], event.data["cause"]) == ("3300.00", "withdrawal")
    with pytest.raises(Invalid):
        city.call(contract.REFUND_FEES, back, caller=SCHOOL)
    wrong = {"order_id": order_id, "payment_id": done["payments"][0]["payment_id"], "reason": "误登"}
    with pytest.raises(FeeRefused, match="不能撤销"):
        city.call(contract.CANCEL_FEE_PAYMENT, wrong, caller=SCHOOL)


def test_receipts_given_at_the_same_time_have_numbers_without_a_gap(city: Desk) -> None:
    for unit, first in (("donghu", 1), ("nanshan", 10)):
        admit(city, 1, unit=unit, first=first)
    ids = [row["order_id"] for row in orders(city)]
    pay(city, ids[0], "1.00", "开账")
    faults: list[BaseException] = []

    def book(order_id: str, number: int) -> None:
        try:
            pay(city, order_id, "10.00", f"流水{number}")
        except BaseException as fault:
            faults.append(fault)

    threads = [threading.Thread(target=book, args=(ids[number % 2], number)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert sorted(row["sequence"] for row in receipts(city)) == list(range(1, 10))


STEP = st.tuples(
    st.sampled_from(["pay", "refund", "cancel", "withdraw", "replace", "admit", "move"]), st.integers(1, 9)
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, min_size=3, max_size=9))
def test_every_fee_order_balances_whatever_people_do(desk: Desk, steps: list[tuple[str, int]]) -> None:
    run = _Run(desk)
    for step, size in steps:
        with suppress(FeeRefused, PaymentBooked, Invalid, NotFound):
            getattr(run, step)(size)
        run.check()


class _Run:
    """One random sequence in a term of its own; the store is shared by the examples of a run."""

    _terms = 0

    def __init__(self, desk: Desk) -> None:
        _Run._terms += 1
        self.desk, self.number, self.serial = desk, _Run._terms, _Run._terms * 100
        self.unit = f"city.u{self.number}"
        self.term = f"term_{1000 + self.number}"
        desk.unit(self.unit)
        desk.place(self.term, ordinal=self.number)
        desk.allot(self.term, **{f"u{self.number}": 40})
        self.version = 1
        self.admitted: list[str] = []
        self.admit(3)

    def admit(self, size: int) -> None:
        self.serial += size
        self.admitted += admit(self.desk, size, self.term, f"u{self.number}", self.serial, self.number)

    def pay(self, size: int) -> None:
        pay(self.desk, self._order()["_id"], f"{size * 700}.50", f"流水{self.serial}-{size}")

    def refund(self, size: int) -> None:
        back = {"order_id": self._order()["_id"], "refunded_on": "2020-04-01", "cause": "overpayment"}
        self.desk.call(contract.REFUND_FEES, back | {"amount": f"{size * 300}.25", "reference": f"退{size}"})

    def cancel(self, size: int) -> None:
        payments = self._order()["payments"]
        if payments:
            chosen = payments[size % len(payments)]["payment_id"]
            request = {"order_id": self._order()["_id"], "payment_id": chosen, "reason": "误登"}
            self.desk.call(contract.CANCEL_FEE_PAYMENT, request)

    def withdraw(self, size: int) -> None:
        if self.admitted:
            withdraw(self.desk, self.admitted.pop(size % len(self.admitted)))

    def replace(self, size: int) -> None:
        if self.admitted:
            withdraw(self.desk, self.admitted.pop(size % len(self.admitted)), "replaced")
            self.admit(1)

    def move(self, size: int) -> None:
        self.version += 1
        opening = OPENING + timedelta(days=size)
        move(self.desk, self.term, opening, days=size * 7, version=self.version, ordinal=self.number)

    def check(self) -> None:
        hear(self.desk)
        row = self._order()
        ledger = ledger_from(row["entries"])
        assert sum(ledger.balance(account) for account in Account) == 0
        assert row["assessed_fen"] == sum(line["amount_fen"] for line in row["lines"])
        assert row["received_fen"] == sum(
            each["amount_fen"] for each in row["payments"] if each["cancelled_at"] is None
        )
        assert row["returned_fen"] == sum(each["amount_fen"] for each in row["refunds"])
        assert row["assessed_fen"] == row["received_fen"] - row["returned_fen"] + row["outstanding_fen"]
        charged = [line["nomination_id"] for line in row["lines"] if line["departure"] is None]
        assert sorted(charged) == sorted(self.admitted), "everybody admitted is charged once"
        numbers = sorted(row["sequence"] for row in self._rows(FEE_RECEIPTS, issuer="party_school", year=2020))
        assert numbers == list(range(1, len(numbers) + 1))

    def _order(self) -> dict[str, Any]:
        [row] = self._rows(FEE_ORDERS, term_id=self.term)
        return row

    def _rows(self, collection: Any, **key: Any) -> list[dict[str, Any]]:
        view = self.desk.harness.store.view(Context(caller=service_caller("enrollment")))
        return view.rows(collection).find(key)


def test_amounts_on_the_wire_are_texts_and_add_up_exactly(city: Desk) -> None:
    admit(city, 3)
    shown = order(city)
    total = sum((Decimal(line["amount"]) for line in shown["lines"]), Decimal(0))
    assert isinstance(shown["assessed"], str)
    assert total == Decimal(shown["assessed"])
    assert all(isinstance(each["amount"], str) for entry in shown["entries"] for each in entry["postings"])
