"""Reading fee orders and how they were assessed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from services.enrollment.domain.fee_ledger import STATE_WORDS, OrderState
from services.enrollment.domain.money import yuan
from services.enrollment.limits import policy_table
from services.enrollment.queries.units import titles_of
from services.enrollment.store import FEE_ASSESSMENTS, FEE_ORDERS, NOMINATIONS
from shared.storage import View, subtree

Doc = dict[str, Any]
_SUMMARY = (
    "term_id", "unit_id", "payer", "payer_nomination_id", "legal_basis", "assessment", "cause", "state", "attention",
    "assessed_at", "version",
)  # fmt: skip
_AMOUNTS = ("assessed", "received", "returned", "outstanding")
_LINE = ("nomination_id", "days", "standard", "fee_class", "reasons", "citation")
_PAYMENT = (
    "payment_id", "method", "account_kind", "account_title", "reference", "receipt_id", "receipt_number",
    "cancelled_at", "cancel_reason",
)  # fmt: skip
_PAYER_NOTES = {
    "unit": ("由派出单位缴纳，不向学员个人收取", "paid by the sending unit; trainees are not charged"),
    "treasury": ("由财政支付，不向学员个人收取", "paid by the treasury; trainees are not charged"),
    "individual": ("由学员个人缴纳", "paid by the trainee"),
}


def list_fee_orders(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List orders within reach; a unit brings those below it too."""
    rows = view.rows(FEE_ORDERS)
    conditions: list[Doc] = [rows.reach(), {key: request[key] for key in ("term_id", "state") if request.get(key)}]
    if request.get("unit_id"):
        conditions.append(subtree(request["unit_id"]))
    if "overdue" in request:
        owed = {"outstanding_fen": {"$gt": 0}, "due_on": {"$lt": view.today.isoformat()}}
        conditions.append(owed if request["overdue"] else {"$nor": [owed]})
    found, cursor = rows.page({"$and": conditions}, request.get("cursor"), request["limit"])
    return {"items": shown_orders(view, found), "next_cursor": cursor}


def get_fee_order(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show one order."""
    return shown_order(view, view.rows(FEE_ORDERS).get_within_reach(request["order_id"]))


def list_fee_assessments(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show the present assessment of an order and those before it."""
    order = view.rows(FEE_ORDERS).get_within_reach(request["order_id"])
    before = view.rows(FEE_ASSESSMENTS).find({"order_id": order["_id"]}, sort=(("assessment", -1),))
    present = {**order, "at": order["assessed_at"]}
    return {"order_id": order["_id"], "items": [_shown_assessment(row) for row in (present, *before)]}


def shown_orders(view: View, orders: Iterable[Doc]) -> list[Doc]:
    """Return orders as a list shows them."""
    rows = list(orders)
    titles = titles_of(view, [row["unit_id"] for row in rows])
    return [_summary(view, row, titles) for row in rows]


def shown_order(view: View, order: Doc) -> Doc:
    """Return an order as it is shown by itself, its people by name."""
    names = names_of(view, [line["nomination_id"] for line in order["lines"]])
    return {
        **_summary(view, order, titles_of(view, [order["unit_id"]])),
        "payer_note": _payer_note(view, order),
        "lines": [_line(line, names.get(line["nomination_id"])) for line in order["lines"]],
        "payments": [_payment(each) for each in order["payments"]],
        "refunds": [_refund(each) for each in order["refunds"]],
        "entries": [_entry(each) for each in order["entries"]],
    }


def names_of(view: View, nomination_ids: Iterable[str]) -> dict[str, str]:
    """Return the names of people by nomination, in one look-up."""
    ids = sorted(set(nomination_ids))
    found = view.rows(NOMINATIONS).find({"_id": {"$in": ids}}, fields=("_id", "name")) if ids else []
    return {row["_id"]: row["name"] for row in found}


def _summary(view: View, order: Doc, titles: dict[str, str]) -> Doc:
    return {
        "order_id": order["_id"],
        "unit_title": titles.get(order["unit_id"]),
        **{key: order[key] for key in _SUMMARY},
        **{key: yuan(order[f"{key}_fen"]) for key in _AMOUNTS},
        "trainees": sum(line["departure"] is None for line in order["lines"]),
        "state_words": STATE_WORDS[OrderState(order["state"])].plain(),
        "due_on": date.fromisoformat(order["due_on"]),
        "overdue": order["outstanding_fen"] > 0 and order["due_on"] < view.today.isoformat(),
    }


def _payer_note(view: View, order: Doc) -> dict[str, str]:
    zh, en = _PAYER_NOTES[order["payer"]]
    basis = order["legal_basis"]
    if order["payer"] == "individual" and basis:
        zh += f"，依据：{basis['document']}{basis['article']}"
        en += f"; legal basis: {basis['document']} {basis['article']}"
    policy = policy_table().on(view.today)["fee.payer.individual"]
    source_zh, _, source_en = policy.source.partition(" / ")
    return {"zh": f"{zh}（{source_zh}）", "en": f"{en} ({source_en})"}


def _line(line: Doc, name: str | None) -> Doc:
    left = line["departure"]
    return {
        **{key: line[key] for key in _LINE},
        "name": name,
        "amount": yuan(line["amount_fen"]),
        "departure": {"on": date.fromisoformat(left["on"]), "kind": left["kind"]} if left else None,
    }


def _payment(payment: Doc) -> Doc:
    shown = {key: payment[key] for key in _PAYMENT}
    return {**shown, "amount": yuan(payment["amount_fen"]), "paid_on": date.fromisoformat(payment["paid_on"])}


def _refund(refund: Doc) -> Doc:
    shown = {key: refund[key] for key in ("refund_id", "cause", "reference")}
    return {**shown, "amount": yuan(refund["amount_fen"]), "refunded_on": date.fromisoformat(refund["refunded_on"])}


def _entry(entry: Doc) -> Doc:
    postings = [{"account": each["account"], "amount": yuan(each["fen"])} for each in entry["postings"]]
    return {**{key: entry[key] for key in ("kind", "reference", "at", "by")}, "postings": postings}


def _shown_assessment(row: Doc) -> Doc:
    return {
        **{key: row[key] for key in ("assessment", "cause", "at")},
        "legal_basis": row.get("legal_basis"),  # a replica of the release before keeps none
        "assessed": yuan(row["assessed_fen"]),
        "due_on": date.fromisoformat(row["due_on"]),
        "lines": [_line(line, None) for line in row["lines"]],
    }
