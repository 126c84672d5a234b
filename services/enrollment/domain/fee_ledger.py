"""The ledger of one fee order, kept by double entry: every entry's postings add up to nothing.

A posting above zero is a debit. What the payer still owes is the balance of ``RECEIVABLE``, and follows from the
entries alone: assessed = received - returned + outstanding, whatever happened in whatever order.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from services.enrollment.domain.money import shown
from services.enrollment.domain.wording import Refusal, Sentence


class Account(StrEnum):
    """What an entry is booked on."""

    RECEIVABLE = "receivable"
    INCOME = "income"
    RECEIVED = "received"
    RETURNED = "returned"


class EntryKind(StrEnum):
    """Why an entry was made."""

    ASSESSED = "assessed"
    PAID = "paid"
    PAYMENT_CANCELLED = "payment_cancelled"
    REFUNDED = "refunded"


class OrderState(StrEnum):
    """How an order stands; ``VOID``: nothing is charged any more and nothing of the payer's is left here."""

    OPEN = "open"
    PART_PAID = "part_paid"
    SETTLED = "settled"
    OVERPAID = "overpaid"
    VOID = "void"


ACCOUNT_WORDS = {
    Account.RECEIVABLE: Sentence("应收", "receivable"),
    Account.INCOME: Sentence("核定培训费", "fees assessed"),
    Account.RECEIVED: Sentence("已收", "received"),
    Account.RETURNED: Sentence("已退", "returned"),
}
STATE_WORDS = {
    OrderState.OPEN: Sentence("未缴", "open"),
    OrderState.PART_PAID: Sentence("部分缴纳", "paid in part"),
    OrderState.SETTLED: Sentence("已缴清", "settled"),
    OrderState.OVERPAID: Sentence("多缴待退", "overpaid, to be refunded"),
    OrderState.VOID: Sentence("无应缴费用", "nothing to pay"),
}


@dataclass(frozen=True, slots=True)
class Posting:
    """An amount in fen on one account; above zero a debit, below a credit."""

    account: Account
    fen: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One booking. ``reference`` names what caused it: an assessment's number, a payment, a refund."""

    kind: EntryKind
    reference: str
    postings: tuple[Posting, ...]

    def __post_init__(self) -> None:
        if sum(posting.fen for posting in self.postings):
            raise ValueError(f"the postings of {self.reference!r} do not balance")


@dataclass(frozen=True, slots=True)
class FeeLedger:
    """Every entry of an order, and what follows from them. All amounts in fen."""

    entries: tuple[Entry, ...] = ()

    def balance(self, account: Account) -> int:
        """Return the balance of an account, debits above zero."""
        return sum(posting.fen for entry in self.entries for posting in entry.postings if posting.account is account)

    @property
    def assessed(self) -> int:
        """What is charged now."""
        return -self.balance(Account.INCOME)

    @property
    def received(self) -> int:
        """What was paid in, cancelled payments left out."""
        return self.balance(Account.RECEIVED)

    @property
    def returned(self) -> int:
        """What was paid back."""
        return -self.balance(Account.RETURNED)

    @property
    def outstanding(self) -> int:
        """What the payer still owes; below zero, what is held for the payer."""
        return self.balance(Account.RECEIVABLE)

    @property
    def credit(self) -> int:
        """What can be paid back."""
        return max(0, -self.outstanding)

    @property
    def state(self) -> OrderState:
        """How the order stands."""
        held = self.received - self.returned
        if not self.assessed and not held:
            return OrderState.VOID
        if self.outstanding < 0:
            return OrderState.OVERPAID
        if not self.outstanding:
            return OrderState.SETTLED
        return OrderState.PART_PAID if held else OrderState.OPEN

    def assess(self, fen: int, reference: str) -> FeeLedger:
        """Return the ledger with ``fen`` charged from now on; unchanged when it was so already."""
        return self._book(EntryKind.ASSESSED, reference, Account.RECEIVABLE, Account.INCOME, fen - self.assessed)

    def pay(self, fen: int, reference: str) -> FeeLedger:
        """Return the ledger with a payment. More than is owed is taken and held. Raises ``Refusal``."""
        _refuse_nothing(fen)
        return self._book(EntryKind.PAID, reference, Account.RECEIVED, Account.RECEIVABLE, fen)

    def cancel_payment(self, fen: int, reference: str) -> FeeLedger:
        """Return the ledger with a payment taken back. Raises ``Refusal`` when it was paid back to the payer since."""
        if self.received - fen < self.returned:
            raise Refusal(
                "payment-returned",
                f"已向付费方退还{shown(self.returned)}元，撤销这笔{shown(fen)}元后账面将为负，不能撤销",
                f"{shown(self.returned)} yuan were returned since; without this payment of {shown(fen)} more would "
                "have been returned than was paid",
            )
        return self._book(EntryKind.PAYMENT_CANCELLED, reference, Account.RECEIVABLE, Account.RECEIVED, fen)

    def refund(self, fen: int, reference: str) -> FeeLedger:
        """Return the ledger with an amount paid back. Raises ``Refusal`` above what is held for the payer."""
        _refuse_nothing(fen)
        if fen > self.credit:
            raise Refusal(
                "above-credit",
                f"退费{shown(fen)}元超过多缴的{shown(self.credit)}元，请核对",
                f"a refund of {shown(fen)} yuan is above the {shown(self.credit)} held for the payer",
            )
        return self._book(EntryKind.REFUNDED, reference, Account.RECEIVABLE, Account.RETURNED, fen)

    def _book(self, kind: EntryKind, reference: str, debit: Account, credit: Account, fen: int) -> FeeLedger:
        if not fen:
            return self
        entry = Entry(kind, reference, (Posting(debit, fen), Posting(credit, -fen)))
        return replace(self, entries=(*self.entries, entry))


def overdue(ledger: FeeLedger, due_on: date | None, today: date) -> bool:
    """Return whether something is owed past its day; the day itself is still in time."""
    return ledger.outstanding > 0 and due_on is not None and today > due_on


def _refuse_nothing(fen: int) -> None:
    if fen <= 0:
        raise Refusal(
            "amount", f"金额{shown(fen)}元无效，应大于零", f"{shown(fen)} yuan is no amount; give more than zero"
        )
