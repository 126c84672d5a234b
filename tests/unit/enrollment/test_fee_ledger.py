"""Every fee order balances, whatever happened to it in whatever order."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enrollment.domain.fee_ledger import (
    Account,
    Entry,
    EntryKind,
    FeeLedger,
    OrderState,
    Posting,
    overdue,
)
from services.enrollment.domain.wording import Refusal

AMOUNTS = st.integers(0, 3_000_00)
STEPS = st.lists(st.tuples(st.sampled_from(["assess", "pay", "cancel_payment", "refund"]), AMOUNTS), max_size=40)


@given(STEPS)
def test_an_order_balances_after_every_step(steps: list[tuple[str, int]]) -> None:
    ledger = FeeLedger()
    for number, (step, fen) in enumerate(steps):
        with suppress(Refusal):
            ledger = getattr(ledger, step)(fen, f"step-{number}")
        assert ledger.assessed == ledger.received - ledger.returned + ledger.outstanding
        assert sum(ledger.balance(account) for account in Account) == 0
        assert 0 <= ledger.returned <= ledger.received
        assert ledger.assessed >= 0
        assert (ledger.state is OrderState.OVERPAID) == (ledger.credit > 0)
        assert (ledger.state is OrderState.SETTLED) <= (ledger.outstanding == 0)


@given(st.lists(AMOUNTS, min_size=1, max_size=10))
def test_assessing_again_leaves_the_last_amount_and_every_step_on_the_way(amounts: list[int]) -> None:
    ledger = FeeLedger()
    for number, fen in enumerate(amounts):
        ledger = ledger.assess(fen, f"assessment-{number}")
    assert ledger.assessed == amounts[-1]
    assert ledger.assess(amounts[-1], "again") is ledger, "nothing is booked where nothing changed"


def test_states_follow_from_the_figures() -> None:
    ledger = FeeLedger()
    assert ledger.state is OrderState.VOID
    ledger = ledger.assess(1000, "a-1")
    assert ledger.state is OrderState.OPEN
    ledger = ledger.pay(999, "p-1")
    assert (ledger.state, ledger.outstanding) == (OrderState.PART_PAID, 1)
    ledger = ledger.pay(1, "p-2")
    assert ledger.state is OrderState.SETTLED
    ledger = ledger.assess(400, "a-2")
    assert (ledger.state, ledger.credit) == (OrderState.OVERPAID, 600)
    with pytest.raises(Refusal) as above:
        ledger.refund(601, "r-1")
    assert above.value.code == "above-credit"
    ledger = ledger.refund(600, "r-1")
    assert ledger.state is OrderState.SETTLED
    with pytest.raises(Refusal) as returned:
        ledger.cancel_payment(999, "p-1")
    assert returned.value.code == "payment-returned"
    ledger = ledger.assess(0, "a-3").refund(400, "r-2")
    assert ledger.state is OrderState.VOID


def test_an_entry_that_does_not_balance_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="balance"):
        Entry(EntryKind.PAID, "p", (Posting(Account.RECEIVED, 5), Posting(Account.RECEIVABLE, -4)))


def test_nothing_is_no_payment() -> None:
    for fen in (0, -5):
        with pytest.raises(Refusal):
            FeeLedger().pay(fen, "p")
        with pytest.raises(Refusal):
            FeeLedger().refund(fen, "r")


def test_an_order_is_overdue_from_the_day_after() -> None:
    owed = FeeLedger().assess(100, "a")
    due = date(2020, 5, 10)
    assert not overdue(owed, due, due)
    assert overdue(owed, due, date(2020, 5, 11))
    assert not overdue(owed.pay(100, "p"), due, date(2020, 5, 11))
    assert not overdue(owed, None, date(2020, 5, 11))
