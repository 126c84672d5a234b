"""MongoDB collections of the enrollment service."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.enrollment.contract.nominations import OUTCOMES, STATES
from services.enrollment.contract.rosters import ROW_RESULTS
from services.enrollment.contract.rosters import STATES as ROSTER_STATES
from services.enrollment.domain.eligibility import TermFacts
from services.enrollment.domain.seats import Allotment, Seats
from shared.storage import Collection, Index, StoreSchema

_TEXT = {"bsonType": "string"}
_TEXT_OR_NULL = {"bsonType": ["string", "null"]}
_COUNT = {"bsonType": ["int", "long"], "minimum": 0}
_ARRAY = {"bsonType": "array"}
_FLAG = {"bsonType": "bool"}
_INSTANT = {"bsonType": "date"}


def _shape(**properties: Any) -> dict[str, Any]:
    return {"bsonType": "object", "required": sorted(properties), "properties": properties}


UNITS = Collection(
    "units",
    indexes=(
        Index((("unit_id", 1),), unique=True),
        Index((("credit_code", 1),), unique=True, where={"credit_code": {"$type": "string"}}),
    ),
    validator=_shape(unit_id=_TEXT, parent_id=_TEXT_OR_NULL, title=_TEXT, kind=_TEXT, credit_code=_TEXT_OR_NULL),
)
TERMS = Collection(
    "terms",
    indexes=(Index((("plan_id", 1), ("programme_ordinal", 1), ("ordinal", 1))),),
    validator=_shape(
        plan_id=_TEXT,
        programme_id=_TEXT,
        programme_ordinal=_COUNT,
        programme_title=_TEXT,
        ordinal=_COUNT,
        starts_on=_TEXT,
        ends_on=_TEXT,
        cancelled=_FLAG,
        source_version=_COUNT,
    ),
)
SEATS = Collection("seats", validator=_shape(capacity=_COUNT, admitted=_COUNT, allotments=_ARRAY))
PEOPLE = Collection(
    "people",
    indexes=(Index((("id_number_blind", 1),), unique=True),),
    validator=_shape(id_number=_TEXT, engagements=_ARRAY),
    sealed=("id_number",),
    blind=("id_number",),
)
# Each nomination is written four times on its way to a seat, and SecantusDB writes every index anew each time.
NOMINATIONS = Collection(
    "nominations",
    indexes=(
        Index((("term_id", 1), ("state", 1), ("unit_id", 1), ("_id", 1))),
        Index((("unit_id", 1), ("_id", 1))),
    ),
    validator=_shape(
        person_id=_TEXT,
        term_id=_TEXT,
        unit_id=_TEXT,
        name=_TEXT,
        post=_TEXT,
        rank=_TEXT,
        order=_TEXT,
        state={"enum": list(STATES)},
        outcome={"enum": list(OUTCOMES)},
        needs_human=_FLAG,
        verdicts=_ARRAY,
        attestations=_ARRAY,
        history=_ARRAY,
        filed_at=_INSTANT,
    ),
    sealed=("phone",),
)
ROSTERS = Collection(
    "rosters",
    indexes=(
        Index((("unit_id", 1), ("_id", 1))),
        Index((("filed_key", 1),), unique=True, where={"filed_key": {"$type": "string"}}),
    ),
    validator=_shape(
        unit_id=_TEXT,
        filename=_TEXT,
        sha256=_TEXT,
        preview=_FLAG,
        plan_id=_TEXT_OR_NULL,
        filed_key=_TEXT_OR_NULL,
        state={"enum": list(ROSTER_STATES)},
        counts={"bsonType": "object"},
        received_at=_INSTANT,
    ),
)
ROSTER_PARTS = Collection(
    "roster_parts",
    indexes=(Index((("import_id", 1), ("copy", 1), ("number", 1)), unique=True),),
    validator=_shape(import_id=_TEXT, copy={"enum": ["original", "annotated"]}, number=_COUNT, content=_TEXT),
    sealed=("content",),
)
ROSTER_ROWS = Collection(
    "roster_rows",
    indexes=(Index((("import_id", 1), ("_id", 1))), Index((("import_id", 1), ("result", 1), ("_id", 1)))),
    validator=_shape(
        import_id=_TEXT,
        sheet=_TEXT,
        row=_COUNT,
        result={"enum": list(ROW_RESULTS)},
        nomination_id=_TEXT_OR_NULL,
        remarks=_ARRAY,
    ),
)

SCHEMA = StoreSchema(
    "enrollment",
    collections=(UNITS, TERMS, SEATS, PEOPLE, NOMINATIONS, ROSTERS, ROSTER_PARTS, ROSTER_ROWS),
)


def term_facts(row: dict[str, Any]) -> TermFacts:
    """Return the term of a stored row."""
    return TermFacts(
        term_id=row["_id"],
        programme_id=row["programme_id"],
        programme_ordinal=row["programme_ordinal"],
        programme_title=row["programme_title"],
        ordinal=row["ordinal"],
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_on=date.fromisoformat(row["ends_on"]),
    )


def seats_from(row: dict[str, Any]) -> Seats:
    """Return the seats of a stored row."""
    allotments = tuple(Allotment(item["unit_id"], item["places"], item["admitted"]) for item in row["allotments"])
    return Seats(row["_id"], row["capacity"], row["admitted"], allotments)


def seats_fields(seats: Seats) -> dict[str, Any]:
    """Return the fields of seats as they are stored."""
    return {
        "capacity": seats.capacity,
        "admitted": seats.admitted,
        "allotments": [
            {"unit_id": item.unit_id, "places": item.places, "admitted": item.admitted} for item in seats.allotments
        ],
    }
