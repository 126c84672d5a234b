"""The account of the year beyond the main line: every number is what the services answer."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from deploy.local.journey import Journey
from services.compliance.contract.attendance import LIST_ATTENDANCE, LIST_ROLLS
from services.compliance.contract.closing import GET_CLOSING
from services.compliance.contract.leave import LIST_LEAVES
from services.compliance.contract.returns import LIST_RETURNS
from services.compliance.contract.withdrawal import LIST_WITHDRAWAL_CASES
from services.enrollment.contract.fee_orders import LIST_FEE_ORDERS
from services.enrollment.contract.replacements import LIST_REPLACEMENTS
from services.notification.contract.certificates import CERTIFICATES_SUMMARY
from services.outcomes.contract.clusters import GET_COVERAGE
from services.outcomes.contract.proposals import LIST_PROPOSALS
from services.outcomes.contract.reports import LIST_REPORTS
from services.scheduling.contract.retimings import GET_RETIMING, LIST_RETIMINGS

_ADOPTED = ("adopted", "partly_adopted")


def account(journey: Journey) -> dict[str, Any]:
    """Return what the year came to."""
    coverage = journey.each(journey.terms, lambda term: _of_term(journey, GET_COVERAGE, term))
    orders = _rows(journey, LIST_FEE_ORDERS)
    reports = _rows(journey, LIST_REPORTS)
    proposals = _rows(journey, LIST_PROPOSALS)
    closings = journey.each(journey.terms, lambda term: _of_term(journey, GET_CLOSING, term))
    return {
        "replacements": _replacements(_rows(journey, LIST_REPLACEMENTS)),
        **_presence(journey),
        "withdrawn": _count(_rows(journey, LIST_WITHDRAWAL_CASES), state="withdrawn"),
        "postponed": _postponed(journey),
        "returned_to_post": _returned(_rows(journey, LIST_RETURNS)),
        "questions": {
            "filed": sum(each["filed"] for each in coverage),
            "answered": sum(each["answered"] + each["used"] for each in coverage),
        },
        "reports": sum(row["grade"] not in (None, "not_submitted") for row in reports),
        "proposals": {"filed": len(proposals), "adopted": sum(row["state"] in _ADOPTED for row in proposals)},
        "fees": {
            name: _yuan(row[figure] for row in orders)
            for name, figure in (("assessed", "assessed"), ("paid", "received"), ("refunded", "returned"))
        },
        "certificates": journey.gateway.call(CERTIFICATES_SUMMARY, {})["issued"],
        "archives": _count(closings, state="closed"),
    }


def _presence(journey: Journey) -> dict[str, Any]:
    shown = [{"term_id": term["term_id"]} for term in journey.shown]
    rolls = [line for which in shown for line in journey.gateway.call(LIST_ROLLS, which)["items"]]
    people = [row for which in shown for row in journey.gateway.pages(LIST_ATTENDANCE, which)]
    leaves = _rows(journey, LIST_LEAVES)
    return {
        "attendance": {
            "rolls": sum(line["taken"] for line in rolls),
            "hours": sum(row["attended_hours"] for row in people),
            "late": sum(row["late"] for row in people),
            "left_early": sum(row["left_early"] for row in people),
            "absent_hours": sum(row["absent_hours"] for row in people),
        },
        "leave": {
            "granted": _count(leaves, state="granted"),
            "at_the_limit": sum(0 < row["leave_hours"] == row["allowance"] for row in people),
            "beyond_the_limit": sum(row["leave_hours"] > row["allowance"] for row in people),
        },
    }


def _replacements(rows: list[dict[str, Any]]) -> dict[str, int]:
    return {
        "on_time": _count(rows, late=False, state="approved"),
        "late_refused": _count(rows, late=True, state="refused"),
        "late_approved": _count(rows, late=True, state="approved"),
    }


def _postponed(journey: Journey) -> int:
    done = journey.gateway.pages(LIST_RETIMINGS, {"plan_id": journey.plan_id})
    retimings = [
        journey.gateway.call(GET_RETIMING, {"retiming_id": row["retiming_id"]})
        for row in done
        if row["state"] == "done"
    ]
    return sum(_count(each["rows"], outcome="moved") for each in retimings)


def _returned(rows: list[dict[str, Any]]) -> dict[str, int]:
    confirmed = [row for row in rows if row["state"] == "confirmed"]
    return {
        "people": sum(person["returned_on"] is not None for row in confirmed for person in row["people"]),
        "units": len(confirmed),
        "late": sum(row["late"] for row in confirmed),
    }


def _rows(journey: Journey, operation: Any) -> list[dict[str, Any]]:
    return list(journey.gateway.pages(operation, {}))


def _of_term(journey: Journey, operation: Any, term: dict[str, Any]) -> dict[str, Any]:
    return journey.gateway.call(operation, {"term_id": term["term_id"]})


def _count(rows: Iterable[dict[str, Any]], **wanted: Any) -> int:
    return sum(all(row[name] == value for name, value in wanted.items()) for row in rows)


def _yuan(amounts: Iterable[str]) -> float:
    return float(sum(map(Decimal, amounts), Decimal(0)))
