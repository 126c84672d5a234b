"""Cases of withdrawal in the database."""

from __future__ import annotations

from typing import Any

from services.compliance.domain.withdrawal import Case, CaseState, Figures
from services.compliance.store.shapes import INSTANT, TEXT, TEXT_OR_NULL, shape
from shared.storage import Collection, Index

CASES = Collection(
    "withdrawal_cases",
    indexes=(Index((("term_id", 1), ("nomination_id", 1))), Index((("state", 1), ("_id", 1)))),
    validator=shape(
        nomination_id=TEXT,
        term_id=TEXT,
        unit_id=TEXT,
        cause=TEXT,
        state={"enum": [state.value for state in CaseState]},
        reason={"bsonType": "object"},
        source=TEXT,
        incident_id=TEXT_OR_NULL,
        opened_at=INSTANT,
    ),
)


def case_row(case: Case) -> dict[str, Any]:
    """Return the fields of a case's life as they are stored."""
    figures = {name: getattr(case.figures, name) for name in ("total_hours", "leave_hours", "absent_half_days")}
    return {"cause": case.cause, "state": case.state.value, "figures": figures, "held_from": case.held_from}


def case_of(row: dict[str, Any]) -> Case:
    """Return the case of a stored row."""
    return Case(row["cause"], CaseState(row["state"]), Figures(**row["figures"]), row.get("held_from"))
