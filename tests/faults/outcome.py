"""What a wave came to, told without identifiers, so that two waves of the same script can be compared."""

from __future__ import annotations

from collections import Counter
from typing import Any

from services.compliance.contract.attendance import LIST_ATTENDANCE
from services.compliance.contract.completion import LIST_COMPLETIONS
from services.compliance.contract.returns import LIST_RETURNS
from services.enrollment.contract import LIST_NOMINATIONS, TERM_FILL
from services.enrollment.contract.fee_orders import GET_FEE_ORDER, LIST_FEE_ORDERS
from services.enrollment.contract.replacements import LIST_REPLACEMENTS
from services.notification.contract import LIST_LETTERS
from services.notification.contract.certificates import LIST_CERTIFICATES
from services.outcomes.contract.question_sets import LIST_QUESTION_SETS
from services.scheduling.contract import GET_TERM, GET_TIMETABLE
from tests.faults.caller import Caller
from tests.faults.outcome_in_full import whereabouts, writings
from tests.faults.people import Script
from tests.faults.plan import Wave


def outcome(caller: Caller, wave: Wave, script: Script) -> dict[str, Any]:
    """Return admissions, letters, fees, hours and counts of a wave by term, with people as their numbers."""
    return {f"term {term['ordinal']}": _of_term(caller, term["term_id"], script) for term in wave.terms}


def _of_term(caller: Caller, term_id: str, script: Script) -> dict[str, Any]:
    which = {"term_id": term_id}
    rows = caller.rows(LIST_NOMINATIONS, which)
    number = {row["nomination_id"]: script.names[row["name"]] for row in rows}
    letters = caller.rows(LIST_LETTERS, which)
    orders = caller.rows(LIST_FEE_ORDERS, which)
    fill = next(row for row in caller.query(TERM_FILL, {})["items"] if row["term_id"] == term_id)
    timetable = caller.query(GET_TIMETABLE, which)
    return whereabouts(caller, which, number) | writings(caller, which, number) | {
        "nominations": sorted(
            (number[row["nomination_id"]], row["state"], row["outcome"] == "refused") for row in rows
        ),
        "fill": (fill["nominated"], fill["refused"], fill["admitted"]),
        "known to scheduling": caller.query(GET_TERM, which)["admitted"],
        "timetable": (timetable["number"], [_title(session) for session in timetable["sessions"]]),
        "replacements": sorted(
            (number[row["old_nomination_id"]], row["state"], row["late"])
            for row in caller.rows(LIST_REPLACEMENTS, which)
        ),
        "letters": Counter(
            (row["kind"], row["state"], row["unit_id"], number.get(row["nomination_id"], -1),
             bool(row["superseded_by"]), (row["acknowledgement"] or {}).get("state"))
            for row in letters
            if not (row["state"] == "printed" and row["superseded_by"])  # never sent: others were quicker
        ),
        "fees": sorted(_order(caller, row) for row in orders),
        "hours": sorted(
            (number[row["nomination_id"]], row["state"], row["attended_hours"], row["absent_hours"], row["late"])
            for row in caller.rows(LIST_ATTENDANCE, which)
        ),
        "completions": sorted(
            (number[row["nomination_id"]], row["outcome"], row["confirmed"], row["hours_attended"])
            for row in caller.rows(LIST_COMPLETIONS, which)
        ),
        "certificates": sorted(
            (number[row["nomination_id"]], row["state"]) for row in caller.rows(LIST_CERTIFICATES, which)
        ),
        "questions": sorted(
            (row["unit_id"], row["questions"], row["cases"]) for row in caller.rows(LIST_QUESTION_SETS, which)
        ),
        "returns": sorted(
            (row["unit_id"], row["state"], len(row["people"])) for row in caller.rows(LIST_RETURNS, which)
        ),
    }  # fmt: skip


def _title(session: dict[str, Any]) -> str:
    """Return the title of a session without what differs from wave to wave."""
    return str(session["title"].split()[-1].rpartition("批")[2])


def _order(caller: Caller, row: dict[str, Any]) -> tuple[Any, ...]:
    order = caller.query(GET_FEE_ORDER, {"order_id": row["order_id"]})
    paid = [each["amount"] for each in order["payments"] if each["cancelled_at"] is None]
    return (row["unit_id"], row["trainees"], row["assessed"], row["received"], row["outstanding"], row["state"], paid)
