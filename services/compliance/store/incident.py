"""Incident files and objections in the database; their words lie sealed."""

from __future__ import annotations

from typing import Any

from services.compliance.domain.incident import Incident, IncidentState, Sanction
from services.compliance.store.shapes import ARRAY, INSTANT, TEXT, shape
from shared.storage import Collection, Index

_WHOSE = {"nomination_id": TEXT, "term_id": TEXT, "unit_id": TEXT}

INCIDENTS = Collection(
    "incidents",
    indexes=(Index((("term_id", 1), ("nomination_id", 1))),),
    validator=shape(
        **_WHOSE,
        kind=TEXT,
        occurred_on=TEXT,
        state={"enum": [state.value for state in IncidentState]},
        sanctions=ARRAY,
        narrative=TEXT,
        opened_at=INSTANT,
    ),
    sealed=("narrative",),
)
OBJECTIONS = Collection(
    "objections",
    indexes=(Index((("incident_id", 1),)),),
    validator=shape(
        **_WHOSE,
        incident_id=TEXT,
        step=TEXT,
        state={"enum": ["open", "upheld", "reduced", "revoked"]},
        objection=TEXT,
        filed_at=INSTANT,
    ),
    sealed=("objection",),
)


def incident_row(incident: Incident) -> dict[str, Any]:
    """Return the fields of a file's life as they are stored."""
    fields = ("step", "approver", "reason", "by", "at", "revoked")
    sanctions = [{name: getattr(each, name) for name in fields} for each in incident.sanctions]
    return {"kind": incident.kind, "state": incident.state.value, "sanctions": sanctions}


def incident_of(row: dict[str, Any]) -> Incident:
    """Return the file of a stored row."""
    return Incident(row["kind"], IncidentState(row["state"]), tuple(Sanction(**each) for each in row["sanctions"]))
