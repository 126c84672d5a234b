"""MongoDB collections of the notification service, and how aggregates lie in them."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.notification.domain.delivery import STATES as DELIVERY_STATES
from services.notification.domain.delivery import Delivery
from services.notification.domain.entitlement import Entitlement, Held
from services.notification.domain.facts import KINDS, Term
from services.notification.domain.letter import STATES as LETTER_STATES
from services.notification.domain.letter import Letter
from shared.storage import Collection, Index, StoreSchema

_TEXT = {"bsonType": "string"}
_MAYBE = {"bsonType": ["string", "null"]}

# Few indexes on purpose: each letter is written three times in the seconds after an admission, and on SecantusDB the
# indexes cost more than the documents. A list without a term reads a year's letters, some thousands.
LETTERS = Collection(
    "letters",
    indexes=(
        Index((("series", 1), ("year", 1), ("sequence", 1)), unique=True),
        Index((("term_id", 1), ("unit_id", 1))),
    ),
    validator={
        "required": ["kind", "series", "year", "sequence", "number", "term_id", "unit_id", "batch_id", "state", "said"],
        "properties": {
            "kind": {"enum": list(KINDS)},
            "state": {"enum": list(LETTER_STATES)},
            "number": _TEXT,
            "term_id": _TEXT,
            "unit_id": _TEXT,
            "batch_id": _TEXT,
            "issued_on": _TEXT,
            "superseded_by": _MAYBE,
        },
    },
    sealed=("said",),
)
FILES = Collection(
    "files",
    validator={"required": ["unit_id", "sha256", "size", "pdf"], "properties": {"sha256": _TEXT}},
    sealed=("pdf",),
)
REGISTERS = Collection("registers", validator={"required": ["series", "year", "last"]})
ROSTERS = Collection(
    "rosters",
    indexes=(Index((("term_id", 1),)),),
    validator={"required": ["term_id", "unit_id", "transfer", "admissions"]},
)
DELIVERIES = Collection(
    "deliveries",
    indexes=(
        Index((("letter_id", 1),)),
        Index((("term_id", 1), ("unit_id", 1))),
        # Only what is still under way has a time to be tried at.
        Index((("retry_at", 1),), where={"retry_at": {"$type": "date"}}),
    ),
    validator={
        "required": ["letter_id", "term_id", "unit_id", "recipient_kind", "recipient", "channel", "state", "attempts"],
        "properties": {"state": {"enum": list(DELIVERY_STATES)}, "recipient_kind": {"enum": ["unit", "trainee"]}},
    },
)
TERMS = Collection("terms", validator={"required": ["starts_on", "ends_on", "term_version", "cancelled"]})
ISSUERS = Collection("issuers", validator={"required": ["name", "signature", "series", "document", "contact"]})
PREFERENCES = Collection("preferences", validator={"required": ["channels"]}, sealed=("secrets",))

SCHEMA = StoreSchema(
    "notification",
    collections=(LETTERS, FILES, REGISTERS, ROSTERS, DELIVERIES, TERMS, ISSUERS, PREFERENCES),
)

_LETTER_FIELDS = ("state", "problem", "superseded_by", "voided_at", "voided_by", "void_reason")
_DELIVERY_FIELDS = ("state", "attempts", "retry_at", "reason", "receipt", "delivered_at")


def letter_row(letter: Letter) -> dict[str, Any]:
    """Return the fields of a letter's life as they are stored."""
    return {name: getattr(letter, name) for name in _LETTER_FIELDS}


def letter_of(row: dict[str, Any]) -> Letter:
    """Return the life of a stored letter."""
    return Letter(**{name: row[name] for name in _LETTER_FIELDS})


def delivery_row(delivery: Delivery) -> dict[str, Any]:
    """Return the fields of a delivery's state as they are stored."""
    return {name: getattr(delivery, name) for name in _DELIVERY_FIELDS}


def delivery_of(row: dict[str, Any]) -> Delivery:
    """Return the state of a stored delivery."""
    return Delivery(**{name: row[name] for name in _DELIVERY_FIELDS})


def roster_id(term_id: str, unit_id: str) -> str:
    """Return the identifier of the letters of one unit in one term."""
    return f"{term_id}/{unit_id}"


def roster_row(entitlement: Entitlement) -> dict[str, Any]:
    """Return the current letters of a roster as they are stored."""
    transfer = entitlement.transfer
    return {
        "transfer": None if transfer is None else [transfer.letter_id, transfer.digest],
        # A list, because a key with a dot would not be a field name.
        "admissions": [[key, held.letter_id, held.digest] for key, held in entitlement.admissions.items()],
    }


def entitlement_of(row: dict[str, Any] | None) -> Entitlement:
    """Return the current letters of a stored roster; none when there is no row."""
    if row is None:
        return Entitlement()
    return Entitlement(
        transfer=Held(*row["transfer"]) if row["transfer"] else None,
        admissions={key: Held(letter_id, digest) for key, letter_id, digest in row["admissions"]},
    )


def term_of(row: dict[str, Any]) -> Term:
    """Return a stored term as letters need it."""
    return Term(
        term_id=row["_id"],
        programme_title=row["programme_title"],
        ordinal=row["ordinal"],
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_on=date.fromisoformat(row["ends_on"]),
        days=row["days"],
        reports_on=date.fromisoformat(row["reports_on"]),
        report_hours=row["report_hours"],
        opens_at=row["opens_at"],
        campus_title=row["campus_title"],
        campus_address=row["campus_address"],
        room_title=row["room_title"],
        notice_days=row["notice_days"],
        notice_in_working_days=row["notice_in_working_days"],
        replace_by=row["replace_by"] and date.fromisoformat(row["replace_by"]),
    )
