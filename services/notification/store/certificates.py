"""Certificates, and which certificate each person of a roster holds."""

from __future__ import annotations

from typing import Any

from services.notification.domain.certificate import STATES, Certificate
from services.notification.domain.entitlement import Entitlement, Held
from services.notification.store.shapes import MAYBE_TEXT, TEXT, one_of
from shared.storage import Collection, Index

CERTIFICATES = Collection(
    "certificates",
    indexes=(
        Index((("series", 1), ("year", 1), ("sequence", 1)), unique=True),
        Index((("serial", 1),)),
        Index((("term_id", 1), ("unit_id", 1))),
    ),
    validator={
        "required": ["series", "year", "sequence", "serial", "term_id", "unit_id", "nomination_id", "state", "said"],
        "properties": {
            "serial": TEXT,
            "term_id": TEXT,
            "unit_id": TEXT,
            "nomination_id": TEXT,
            "issued_on": TEXT,
            "state": one_of(STATES),
            "reason_code": MAYBE_TEXT,
        },
    },
    sealed=("said", "signed"),
)
"""``signed`` is the text of the QR code."""
BOOKS = Collection(
    "certificate_books",
    indexes=(Index((("term_id", 1),)),),
    validator={"required": ["term_id", "unit_id", "due", "certificates", "barred"]},
)
"""The certificates that hold, by roster: one a person. ``barred`` had theirs taken back by somebody."""
_FIELDS = ("state", "problem", "revoked_at", "revoked_by", "reason_code", "reason", "replaced_by")


def certificate_row(certificate: Certificate) -> dict[str, Any]:
    """Return the fields of a certificate's life as they are stored."""
    return {name: getattr(certificate, name) for name in _FIELDS}


def certificate_of(row: dict[str, Any]) -> Certificate:
    """Return the life of a stored certificate."""
    return Certificate(**{name: row[name] for name in _FIELDS})


def book_row(held: Entitlement) -> dict[str, Any]:
    """Return who holds which certificate as it is stored."""
    # A list, because a key with a dot would not be a field name.
    return {"certificates": [[key, each.letter_id, each.digest] for key, each in held.admissions.items()]}


def held_of(book: dict[str, Any]) -> Entitlement:
    """Return who holds which certificate by a stored book."""
    return Entitlement(admissions={key: Held(held, digest) for key, held, digest in book["certificates"]})
