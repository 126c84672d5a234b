"""Booking payments with their receipts, cancelling what was booked by mistake, and giving money back."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.enrollment.commands.fee_assessment import announce_order, book, owed, where
from services.enrollment.commands.fee_receipts import issue_receipt, void_receipt
from services.enrollment.commands.refusals import fault_of
from services.enrollment.contract import FEES_PAID, FEES_REFUNDED, PaymentBooked, PersonalAccount
from services.enrollment.domain.money import fen_of, yuan
from services.enrollment.domain.wording import Refusal
from services.enrollment.limits import policy_table
from services.enrollment.queries.fee_orders import shown_order
from services.enrollment.store import FEE_ORDERS, ledger_from
from shared.errors import Invalid, NotFound
from shared.identifiers import new_id
from shared.storage import Transaction


def book_fee_payment(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Book money that arrived and give the payer a receipt for it, both or neither."""
    order = tx.rows(FEE_ORDERS).get_within_reach(request["order_id"])
    tx.expect(order)
    _require_official_account(tx, request["account_kind"])
    _require_past(tx, request["paid_on"])
    live = [payment for payment in order["payments"] if payment["cancelled_at"] is None]
    if any(payment["reference"] == request["reference"] for payment in live):
        raise PaymentBooked(
            f"银行流水号“{request['reference']}”已在本缴费单登记过，请勿重复登记",
            f"a payment with the reference {request['reference']!r} is booked on this order already",
            reference=request["reference"],
        )
    payment_id = new_id("pay")
    try:
        fen = fen_of(request["amount"])
        before = ledger_from(order["entries"])
        after = before.pay(fen, payment_id)
    except Refusal as refusal:
        raise fault_of(refusal) from None
    receipt = issue_receipt(tx, order, payment_id, fen)
    payment = {key: request[key] for key in ("method", "account_kind", "account_title", "reference")}
    payment |= {"payment_id": payment_id, "amount_fen": fen, "paid_on": request["paid_on"].isoformat()}
    payment |= {"receipt_id": receipt["_id"], "receipt_number": receipt["number"]}
    payment |= {"cancelled_at": None, "cancel_reason": None}
    order["payments"] = [*order["payments"], payment]
    book(tx, order, before, after)
    tx.rows(FEE_ORDERS).save(order)
    data = {**where(order), "payment_id": payment_id, "receipt_number": receipt["number"], "amount": yuan(fen)}
    tx.emit(FEES_PAID, data | {"outstanding": owed(order)}, subject=order["_id"])
    _announce_what_is_left(tx, order)
    return shown_order(tx, order)


def cancel_fee_payment(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Take back a payment booked by mistake; its receipt becomes void and its number stays used."""
    order = tx.rows(FEE_ORDERS).get_within_reach(request["order_id"])
    tx.expect(order)
    payment = next((each for each in order["payments"] if each["payment_id"] == request["payment_id"]), None)
    if payment is None or payment["cancelled_at"] is not None:
        raise NotFound(
            f"缴费单中没有可撤销的缴费“{request['payment_id']}”，请核对",
            f"the order has no payment {request['payment_id']!r} to cancel; check the identifier",
            id=request["payment_id"],
        )
    before = ledger_from(order["entries"])
    try:
        after = before.cancel_payment(payment["amount_fen"], payment["payment_id"])
    except Refusal as refusal:
        raise fault_of(refusal) from None
    void_receipt(tx, payment["receipt_id"], request["reason"])
    cancelled = {**payment, "cancelled_at": tx.now, "cancel_reason": request["reason"]}
    order["payments"] = [cancelled if each is payment else each for each in order["payments"]]
    book(tx, order, before, after)
    tx.rows(FEE_ORDERS).save(order)
    _announce_what_is_left(tx, order)
    return shown_order(tx, order)


def refund_fees(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Book money that went back to the payer: never more than is held for them."""
    order = tx.rows(FEE_ORDERS).get_within_reach(request["order_id"])
    tx.expect(order)
    _require_past(tx, request["refunded_on"])
    refund_id = new_id("refund")
    before = ledger_from(order["entries"])
    try:
        fen = before.credit if request["amount"] is None else fen_of(request["amount"])
        after = before.refund(fen, refund_id)
    except Refusal as refusal:
        raise fault_of(refusal) from None
    refund = {"refund_id": refund_id, "amount_fen": fen, "refunded_on": request["refunded_on"].isoformat()}
    refund |= {key: request[key] for key in ("cause", "reference")}
    order["refunds"] = [*order["refunds"], refund]
    book(tx, order, before, after)
    tx.rows(FEE_ORDERS).save(order)
    data = {**where(order), "refund_id": refund_id, "amount": yuan(fen), "cause": request["cause"]}
    tx.emit(FEES_REFUNDED, data, subject=order["_id"])
    return shown_order(tx, order)


def _announce_what_is_left(tx: Transaction, order: dict[str, Any]) -> None:
    if order["outstanding_fen"] > 0:
        announce_order(tx, order)


def _require_official_account(tx: Transaction, kind: str) -> None:
    policy = policy_table().on(tx.today)["fee.accounts"]
    if kind not in policy.value:
        raise PersonalAccount(
            f"培训费不得收入个人账户，请改收入财政专户或单位账户（{policy.source.split(' / ')[0]}）",
            "fees do not go into a person's account; have them paid into the treasury's or an institution's",
            account_kind=kind,
            source=policy.source,
        )


def _require_past(tx: Transaction, day: date) -> None:
    if day > tx.today:
        raise Invalid(
            f"日期{day}晚于今天{tx.today}，款项到账或退出后再登记",
            f"{day} is after today, {tx.today}; book money once it moved",
            fields={"day": ["in the future"]},
        )
