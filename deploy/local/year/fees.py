"""Fees: paid by the units as assessed, refunded when somebody left, and the lecturers' fees settled with the term."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from deploy.local.journey import Journey
from services.enrollment.contract.fee_orders import LIST_FEE_ORDERS
from services.enrollment.contract.fee_payments import BOOK_FEE_PAYMENT, REFUND_FEES
from services.enrollment.contract.fee_settlement import (
    FILE_TERM_COSTS,
    GET_TERM_SETTLEMENT,
    RECORD_SETTLEMENT_PAPER,
    SETTLE_TERM,
)
from services.enrollment.contract.lecture_fees import LIST_LECTURE_FEES

_SPENT = {"lodging": Decimal("0.50"), "meals": Decimal("0.20"), "venue_materials_transport": Decimal("0.08")}
_TITLE = "市委党校培训费专户"


def pay(journey: Journey, terms: list[dict[str, Any]]) -> str:
    """Book what each unit transfers for its people, once everybody who joined is assessed."""
    journey.settle()
    orders = [row for term in terms for row in _orders(journey, term["term_id"])]

    def book(row: dict[str, Any]) -> None:
        payment = {
            "order_id": row["order_id"],
            "amount": row["outstanding"],
            "paid_on": journey.clock.today().isoformat(),
            "method": "bank_transfer",
            "account_kind": "institution",
            "account_title": _TITLE,
            "reference": f"2020-{row['order_id'][-8:]}-{row['assessment']}",
        }
        journey.cast.school.call(BOOK_FEE_PAYMENT, payment, step=f"payment/{row['order_id']}/{row['assessment']}")

    owed = [row for row in orders if float(row["outstanding"]) > 0]
    journey.each(owed, book)
    return f"{len(owed)} 笔单位缴费，均开具收据"


def refund(journey: Journey, terms: list[dict[str, Any]], cause: str) -> str:
    """Give back what is held beyond what is owed, once somebody has left or a term has other days."""
    journey.settle()  # each change is assessed by itself
    held = _overpaid(journey, terms)
    for row in held:
        back = {
            "order_id": row["order_id"],
            "refunded_on": journey.clock.today().isoformat(),
            "cause": cause,
            "reference": f"T2020-{row['order_id'][-8:]}-{row['assessment']}",
        }
        journey.cast.school.call(REFUND_FEES, back, step=f"refund/{row['order_id']}")
    return f"{len(held)} 笔退费"


def settle(journey: Journey, term: dict[str, Any]) -> str:
    """Reckon lecture fees, file what the term cost and every paper of its file, and settle it."""
    school, which = journey.cast.school, {"term_id": term["term_id"]}
    lectures = list(school.pages(LIST_LECTURE_FEES, which))
    due = Decimal(school.call(GET_TERM_SETTLEMENT, which)["fees"])
    items = {name: f"{due * share:.2f}" for name, share in _SPENT.items()}
    costs = {**which, "staff": 1, "items": items}
    filed = school.call(FILE_TERM_COSTS, costs, step="settlement/costs")
    for number, paper in enumerate(filed["missing"], start=1):
        kept = {**which, "paper": paper, "reference": f"2020-培-{number:02}"}
        kept["dated_on"] = journey.clock.today().isoformat()
        school.call(RECORD_SETTLEMENT_PAPER, kept, step=f"settlement/{paper}")
    done = journey.gateway.call(SETTLE_TERM, which, step="settlement")
    return f"{len(lectures)} 名教师讲课费 {sum(Decimal(row['amount']) for row in lectures)} 元，{done['state']}"


def _orders(journey: Journey, term_id: str) -> list[dict[str, Any]]:
    return list(journey.gateway.pages(LIST_FEE_ORDERS, {"term_id": term_id}))


def _overpaid(journey: Journey, terms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for term in terms for row in _orders(journey, term["term_id"]) if float(row["outstanding"]) < 0]
