"""MongoDB collections of the enrollment service, one module an aggregate."""

from __future__ import annotations

from services.enrollment.store.nominations import NOMINATIONS
from services.enrollment.store.people import PEOPLE
from services.enrollment.store.replacements import PROOFS, REPLACEMENTS
from services.enrollment.store.rosters import ROSTER_PARTS, ROSTER_ROWS, ROSTERS
from services.enrollment.store.seats import SEATS, empty_seats, release_day, seats_fields, seats_from
from services.enrollment.store.standby import REORDERINGS, STANDBY, due_day, standby_from
from services.enrollment.store.terms import TERMS, term_facts
from services.enrollment.store.transfers import PLACE_TRANSFERS
from services.enrollment.store.units import UNITS
from shared.runtime import process
from shared.storage import StoreSchema

SCHEMA = StoreSchema(
    "enrollment",
    collections=(
        UNITS,
        TERMS,
        SEATS,
        PLACE_TRANSFERS,
        PEOPLE,
        NOMINATIONS,
        STANDBY,
        REORDERINGS,
        REPLACEMENTS,
        PROOFS,
        ROSTERS,
        ROSTER_PARTS,
        ROSTER_ROWS,
        process.ROWS,
    ),
)

__all__ = [
    "NOMINATIONS",
    "PEOPLE",
    "PLACE_TRANSFERS",
    "PROOFS",
    "REORDERINGS",
    "REPLACEMENTS",
    "ROSTERS",
    "ROSTER_PARTS",
    "ROSTER_ROWS",
    "SCHEMA",
    "SEATS",
    "STANDBY",
    "TERMS",
    "UNITS",
    "due_day",
    "empty_seats",
    "release_day",
    "seats_fields",
    "seats_from",
    "standby_from",
    "term_facts",
]
