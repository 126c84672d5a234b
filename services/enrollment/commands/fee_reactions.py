"""What makes the service assess fees: a person who asks, admissions, withdrawals, replacements, changed terms.

Two handlers hear of a changed term. Whichever comes first keeps it: keeping is the same however often it is done.
"""

from __future__ import annotations

from typing import Any

from services.enrollment.commands import lecture_fees, terms
from services.enrollment.commands.fee_assessment import assess_term, assess_unit
from services.enrollment.fee_standards import FeeStandards
from services.enrollment.queries.fee_orders import shown_orders
from services.enrollment.store import FEE_ORDERS, NOMINATIONS, TERMS
from shared.errors import Unavailable
from shared.storage import Transaction, exactly


def assess_fees(tx: Transaction, request: dict[str, Any], standards: FeeStandards) -> dict[str, Any]:
    """Assess a term again by the standards and scopes of now, of one unit or of every unit within reach."""
    term_id, unit_id = request["term_id"], request["unit_id"]
    if unit_id is None:
        changed = assess_term(tx, term_id, "request", standards)
    else:
        changed = assess_unit(tx, term_id, unit_id, "request", standards)
    rows = tx.rows(FEE_ORDERS)
    key = {"term_id": term_id} | ({"unit_id": unit_id} if unit_id else {})
    orders = rows.find({"$and": [key, rows.reach()]}, sort=(("unit_id", 1), ("_id", 1)))
    return {"items": shown_orders(tx, orders), "changed": len(changed)}


def on_admission(tx: Transaction, news: dict[str, Any], standards: FeeStandards) -> None:
    """People of a unit were admitted."""
    assess_unit(tx, news["term_id"], news["unit_id"], "admission", standards)


def on_withdrawal(tx: Transaction, news: dict[str, Any], standards: FeeStandards) -> None:
    """Somebody no longer goes; of a seat nobody had, nothing was charged."""
    if news["was_admitted"]:
        cause = "replacement" if news["reason_code"] == "replaced" else "withdrawal"
        assess_unit(tx, news["term_id"], news["unit_id"], cause, standards)


def on_replacement(tx: Transaction, news: dict[str, Any], standards: FeeStandards) -> None:
    """Somebody else goes: the fee moves with the seat, to another unit's order where it is one of theirs."""
    ids = [news["old_nomination_id"], news["new_nomination_id"]]
    units = {row["unit_id"] for row in tx.rows(NOMINATIONS).find({"_id": {"$in": ids}}, fields=("unit_id",))}
    for unit_id in sorted(units | {news["unit_id"]}):
        assess_unit(tx, news["term_id"], unit_id, "replacement", standards)


def on_replacement_refused(tx: Transaction, news: dict[str, Any], standards: FeeStandards) -> None:
    """Somebody stays after all: an assessment while the replacement was under way may have let them go."""
    assess_unit(tx, news["term_id"], news["unit_id"], "replacement", standards)


def on_placed(tx: Transaction, news: dict[str, Any], standards: FeeStandards) -> None:
    """A term is held on these days; one that was cancelled until now is charged, and its lecturers paid, again."""
    if terms.record_term(tx, news):
        assess_term(tx, news["term_id"], "dates", standards, news.get("retiming_id"))
        lecture_fees.follow_term(tx, news["term_id"], standards)


def on_moved(tx: Transaction, news: dict[str, Any], standards: FeeStandards) -> None:
    """A term has other days: amounts and due days follow, what was assessed before stays in the history."""
    on_placed(tx, news, standards)
    assess_term(tx, news["term_id"], "dates", standards, news.get("retiming_id"))


def on_cancellation(tx: Transaction, news: dict[str, Any], standards: FeeStandards) -> None:
    """A term will not be held: nothing is charged any more, and what was paid is held for the payers.

    Nothing follows where the term was placed again since, as news that came first said.
    """
    terms.cancel_term(tx, news)
    if tx.rows(TERMS).get(news["term_id"])["cancelled"]:
        assess_term(tx, news["term_id"], "cancellation", standards, news.get("retiming_id"))
        lecture_fees.follow_term(tx, news["term_id"], standards)


def on_retiming(tx: Transaction, news: dict[str, Any], standards: FeeStandards) -> None:
    """Terms were retimed together: their new dates come by themselves, and say which go online.

    Only of a term whose last news is from before these said so, it is taken from here: they have no version.
    """
    rows = tx.rows(TERMS)
    for each in news["terms"]:
        term, online = rows.one({"_id": exactly(each["term_id"])}), each["outcome"] == "online"
        if term is None:
            raise Unavailable(
                "尚未收到该期的安排，稍后重试",
                "the term's placement has not arrived yet; try again",
                term_id=each["term_id"],
            )
        if online and "held_online" not in term:
            rows.save({**term, "held_online": online})
            assess_term(tx, term["_id"], "dates", standards, news["retiming_id"])
