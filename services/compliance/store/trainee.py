"""The read model of admitted people, with what compliance itself knows of each."""

from __future__ import annotations

from typing import Any

from services.compliance.domain.rules import Stage, TraineeFacts
from services.compliance.domain.standing import Tally
from services.compliance.store.shapes import ARRAY, FLAG, INSTANT_OR_NULL, TEXT, TEXT_OR_NULL, shape
from shared.storage import Collection, Index

STATES = ("expected", "reported", "not_reported", "withdrawn")
"""``expected``: admitted and not there yet; ``not_reported``: the days of grace passed."""

TRAINEES = Collection(
    "trainees",
    indexes=(Index((("term_id", 1), ("unit_id", 1))),),
    validator=shape(
        term_id=TEXT,
        unit_id=TEXT,
        state={"enum": list(STATES)},
        admitted_on=TEXT,
        checked_in_at=INSTANT_OR_NULL,
        checked_in_late=FLAG,
        report_grade=TEXT_OR_NULL,
        sanctions=ARRAY,
    ),
)
"""``_id`` is the nomination's. ``graded_by``: the event that said the grade, for an older one may come after it."""


def new_trainee(nomination_id: str, term_id: str, unit_id: str, admitted_on: str, state: str) -> dict[str, Any]:
    """Return the row of somebody just heard of."""
    return {
        "_id": nomination_id,
        "term_id": term_id,
        "unit_id": unit_id,
        "state": state,
        "admitted_on": admitted_on,
        "checked_in_at": None,
        "checked_in_late": False,
        "report_passed": None,
        "report_grade": None,
        "graded_by": None,
        "sanctions": [],
    }


def facts_of(trainee: dict[str, Any], figures: Tally, stage: Stage) -> TraineeFacts:
    """Return what rules are told of a stored trainee."""
    return TraineeFacts(
        stage=stage,
        total_hours=figures.total_hours,
        attended_hours=figures.attended_hours,
        leave_hours=figures.leave_hours,
        absent_hours=figures.absent_hours,
        absent_half_days=figures.absent_half_days,
        checked_in=trainee["checked_in_at"] is not None,
        report_passed=trainee["report_passed"],
        sanctions=tuple(trainee["sanctions"]),
    )
