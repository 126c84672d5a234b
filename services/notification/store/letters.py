"""The register: letters, their files, the counters of their numbers, and which letters a roster holds."""

from __future__ import annotations

from typing import Any

from services.notification.domain.entitlement import Entitlement, Held
from services.notification.domain.facts import KINDS
from services.notification.domain.letter import STATES as LETTER_STATES
from services.notification.domain.letter import Letter
from services.notification.store.shapes import MAYBE_TEXT, TEXT
from shared.storage import Collection, Index

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
            "number": TEXT,
            "term_id": TEXT,
            "unit_id": TEXT,
            "batch_id": TEXT,
            "issued_on": TEXT,
            "superseded_by": MAYBE_TEXT,
            "sign_off": {"bsonType": "bool"},
            "acknowledgement": {"bsonType": ["object", "null"]},
        },
    },
    sealed=("said",),
)
FILES = Collection(
    "files",
    validator={"required": ["unit_id", "sha256", "size", "pdf"], "properties": {"sha256": TEXT}},
    sealed=("pdf",),
)
REGISTERS = Collection("registers", validator={"required": ["series", "year", "last"]})
ROSTERS = Collection(
    "rosters",
    indexes=(Index((("term_id", 1),)),),
    validator={"required": ["term_id", "unit_id", "transfer", "admissions"]},
)
_LETTER_FIELDS = (
    "state",
    "problem",
    "superseded_by",
    "voided_at",
    "voided_by",
    "void_reason",
    "signed_off_by",
    "signed_off_at",
)


def letter_row(letter: Letter) -> dict[str, Any]:
    """Return the fields of a letter's life as they are stored."""
    return {name: getattr(letter, name) for name in _LETTER_FIELDS}


def letter_of(row: dict[str, Any]) -> Letter:
    """Return the life of a stored letter."""
    life: dict[str, Any] = {name: row.get(name) for name in _LETTER_FIELDS}
    return Letter(**life)


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
