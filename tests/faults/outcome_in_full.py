"""What the duties around the main line came to in one term, told without identifiers and without instants."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from services.compliance.contract.briefings import LIST_BRIEFINGS
from services.compliance.contract.checkin import LIST_CHECK_INS
from services.compliance.contract.closing import GET_CLOSING, VERIFY_TERM_ARCHIVE
from services.compliance.contract.health import LIST_HEALTH_DECLARATIONS, LIST_HEALTH_PURGES, VERIFY_HEALTH_PURGE
from services.compliance.contract.incidents import LIST_INCIDENTS, LIST_OBJECTIONS
from services.compliance.contract.leave import LIST_LEAVES
from services.compliance.contract.travel import LIST_TRAVEL
from services.compliance.contract.withdrawal import LIST_WITHDRAWAL_CASES
from services.enrollment.contract.fee_settlement import GET_TERM_SETTLEMENT
from services.enrollment.contract.hours import GET_HOURS_OF_NOMINATION
from services.enrollment.contract.lecture_fees import LIST_LECTURE_FEES
from services.enrollment.contract.standby import LIST_STANDBY
from services.enrollment.contract.transfers import LIST_PLACE_TRANSFERS
from services.notification.contract.phone_tasks import LIST_PHONE_TASKS
from services.outcomes.contract.clusters import GET_COVERAGE
from services.outcomes.contract.evaluations import GET_EVALUATIONS
from services.outcomes.contract.proposals import GET_PROPOSAL, LIST_PROPOSALS
from services.outcomes.contract.reports import LIST_REPORTS
from services.outcomes.contract.reviews import LIST_REVIEWS
from services.scheduling.contract.invitations import LIST_INVITATIONS
from shared.contracts import Operation
from tests.faults.caller import Caller

Which = dict[str, str]
Numbers = Mapping[str, int]


def whereabouts(caller: Caller, which: Which, number: Numbers) -> dict[str, Any]:
    """Return who waited, travelled, was there, was away, and had to go; people as their numbers."""

    def of(operation: Operation, *names: str) -> list[tuple[Any, ...]]:
        return _of(caller.rows(operation, which), number, names)

    standby = caller.query(LIST_STANDBY, {**which, "ended": "true"})["items"]
    batches = caller.rows(LIST_TRAVEL, which)
    return {
        "standby": _of(standby, number, ("state", "line")),
        "places": sorted(
            (row["kind"], row["state"], row["places"], row["from_unit_id"] or "", row["to_unit_id"] or "")
            for row in caller.rows(LIST_PLACE_TRANSFERS, which)
        ),
        "briefings": sorted(
            (row["unit_id"], row["state"], row["trainees"], row["briefed"], row["personally"])
            for row in caller.rows(LIST_BRIEFINGS, which)
        ),
        "check-ins": of(LIST_CHECK_INS, "state"),
        "travel": [
            (batch["leg"], *row)
            for batch in sorted(batches, key=lambda each: (each["leg"], each["unit_id"]))
            for row in _of(batch["passengers"], number, ("whereabouts", "was_missing"))
        ],
        "leaves": of(LIST_LEAVES, "state", "hours", "half_days"),
        "incidents": of(LIST_INCIDENTS, "kind", "state"),
        "objections": of(LIST_OBJECTIONS, "step", "state"),
        "withdrawals": of(LIST_WITHDRAWAL_CASES, "cause", "state"),
        "declarations": len(caller.rows(LIST_HEALTH_DECLARATIONS, which, "school")),
        "purges": sorted(
            (row["cause"], row["count"], caller.query(VERIFY_HEALTH_PURGE, {"proof_id": row["proof_id"]})["holds"])
            for row in caller.rows(LIST_HEALTH_PURGES, which)
        ),
        "phone": sorted(
            (row["unit_id"] or "", row["cause"], row["state"], len(row["calls"]))
            for row in caller.rows(LIST_PHONE_TASKS, {})
            # That a letter could not be delivered is told where a fault kept it from being: a quiet wave has none.
            if row["term_id"] == which["term_id"] and row["cause"] != "delivery"
        ),
        "ledgers": sorted((who, *_credited(caller, id, which)) for id, who in number.items()),
    }


def writings(caller: Caller, which: Which, number: Numbers) -> dict[str, Any]:
    """Return what became of questions, lectures, reports and proposals, and of the term itself."""
    coverage = caller.query(GET_COVERAGE, which)
    settlement = caller.query(GET_TERM_SETTLEMENT, which)
    closing = caller.query(GET_CLOSING, which)
    return {
        "coverage": (
            coverage["filed"], coverage["pending"], coverage["answered"] + coverage["used"], coverage["not_covered"]
        ),
        "invitations": Counter(row["state"] for row in caller.rows(LIST_INVITATIONS, which)),
        "evaluations": sorted(
            (row["answers"], [each["mean"] for each in row["criteria"]], sorted(row["comments"]))
            for row in caller.query(GET_EVALUATIONS, which)["sessions"]
            if row["answers"]
        ),
        "reports": _of(
            caller.rows(LIST_REPORTS, which), number, ("state", "versions", "late", "grade", "total", "passed")
        ),
        "reviews": Counter((row["state"], row["total"]) for row in caller.rows(LIST_REVIEWS, which, "school")),
        "proposals": sorted(_proposal(caller, row, number) for row in caller.rows(LIST_PROPOSALS, which)),
        "lecture fees": sorted(row["amount"] for row in caller.rows(LIST_LECTURE_FEES, which)),
        "settlement": (settlement["state"], settlement["trainees"], settlement["fees"], settlement["missing"]),
        "closing": (closing["state"], closing["edition"], [each["item"] for each in closing["missing"]]),
        "archive": closing["state"] == "closed" and caller.query(VERIFY_TERM_ARCHIVE, which)["holds"],
    }  # fmt: skip


def _of(rows: list[dict[str, Any]], number: Numbers, names: tuple[str, ...]) -> list[tuple[Any, ...]]:
    return sorted((number[row["nomination_id"]], *(row[name] for name in names)) for row in rows)


def _credited(caller: Caller, nomination_id: str, which: Which) -> tuple[int, int, int]:
    """Return how often somebody was credited with the term, with how many hours, and how many are still expected.

    Who was never admitted has no ledger.
    """
    answer = caller.send(GET_HOURS_OF_NOMINATION, {"nomination_id": nomination_id}, "department")
    ledger = answer.json() if answer.status_code == 200 else {"entries": [], "expected": []}
    entries = [each for each in ledger["entries"] if each["term_id"] == which["term_id"]]
    expected = [each for each in ledger["expected"] if each["term_id"] == which["term_id"]]
    return len(entries), sum(each["hours"] for each in entries), sum(each["hours"] for each in expected)


def _proposal(caller: Caller, row: dict[str, Any], number: Numbers) -> tuple[Any, ...]:
    whole = caller.query(GET_PROPOSAL, {"proposal_id": row["proposal_id"]})
    followed = [(each["month"], each["progress"]) for each in whole["follow_ups"]]
    return number[row["nomination_id"]], row["state"], row["receiving_unit_id"], len(whole["answers"]), followed
