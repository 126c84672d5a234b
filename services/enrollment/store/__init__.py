"""MongoDB collections of the enrollment service, one module an aggregate."""

from __future__ import annotations

from services.enrollment.store.arrangements import ARRANGEMENTS, places_fields, places_from, rooms_from
from services.enrollment.store.conditions import CONDITIONS, closing_day, conditions_from
from services.enrollment.store.fees import (
    FEE_ASSESSMENTS,
    FEE_ORDERS,
    FEE_PAYERS,
    FEE_RECEIPTS,
    FEE_SCOPES,
    RECEIPT_BOOKS,
    choice_from,
    citation_fields,
    entry_fields,
    ledger_fields,
    ledger_from,
    line_fields,
    line_from,
    scope_row,
)
from services.enrollment.store.hours import HOURS_LEDGERS, credit_from, new_ledger, position_from
from services.enrollment.store.lecture_fees import (
    LECTURE_BOOKS,
    LECTURE_STATEMENTS,
    LECTURE_TABLES,
    agreement_from,
    item_fields,
    session_fields,
    session_from,
)
from services.enrollment.store.matches import FACES, PERSON_MATCHES, face_from
from services.enrollment.store.migrations import MIGRATIONS
from services.enrollment.store.nominations import NOMINATIONS
from services.enrollment.store.overlaps import OVERLAPS
from services.enrollment.store.people import PEOPLE
from services.enrollment.store.replacements import PROOFS, REPLACEMENTS
from services.enrollment.store.rosters import ROSTER_PARTS, ROSTER_ROWS, ROSTERS
from services.enrollment.store.seats import SEATS, empty_seats, release_day, seats_fields, seats_from
from services.enrollment.store.standby import REORDERINGS, STANDBY, due_day, standby_from
from services.enrollment.store.term_costs import TERM_COSTS
from services.enrollment.store.terms import TERMS, term_facts
from services.enrollment.store.transfers import PLACE_TRANSFERS
from services.enrollment.store.units import UNITS
from shared.city_calendar import CALENDAR
from shared.runtime import process
from shared.storage import StoreSchema

SCHEMA = StoreSchema(
    "enrollment",
    collections=(
        UNITS,
        TERMS,
        CALENDAR,
        CONDITIONS,
        ARRANGEMENTS,
        SEATS,
        PLACE_TRANSFERS,
        PEOPLE,
        NOMINATIONS,
        OVERLAPS,
        FACES,
        PERSON_MATCHES,
        STANDBY,
        REORDERINGS,
        REPLACEMENTS,
        PROOFS,
        ROSTERS,
        ROSTER_PARTS,
        ROSTER_ROWS,
        process.ROWS,
        FEE_SCOPES,
        FEE_PAYERS,
        FEE_ORDERS,
        FEE_ASSESSMENTS,
        RECEIPT_BOOKS,
        FEE_RECEIPTS,
        LECTURE_TABLES,
        LECTURE_BOOKS,
        LECTURE_STATEMENTS,
        TERM_COSTS,
        HOURS_LEDGERS,
    ),
    migrations=MIGRATIONS,
)

__all__ = [
    "ARRANGEMENTS",
    "CONDITIONS",
    "FACES",
    "FEE_ASSESSMENTS",
    "FEE_ORDERS",
    "FEE_PAYERS",
    "FEE_RECEIPTS",
    "FEE_SCOPES",
    "HOURS_LEDGERS",
    "LECTURE_BOOKS",
    "LECTURE_STATEMENTS",
    "LECTURE_TABLES",
    "NOMINATIONS",
    "OVERLAPS",
    "PEOPLE",
    "PERSON_MATCHES",
    "PLACE_TRANSFERS",
    "PROOFS",
    "RECEIPT_BOOKS",
    "REORDERINGS",
    "REPLACEMENTS",
    "ROSTERS",
    "ROSTER_PARTS",
    "ROSTER_ROWS",
    "SCHEMA",
    "SEATS",
    "STANDBY",
    "TERMS",
    "TERM_COSTS",
    "UNITS",
    "agreement_from",
    "choice_from",
    "citation_fields",
    "closing_day",
    "conditions_from",
    "credit_from",
    "due_day",
    "empty_seats",
    "entry_fields",
    "face_from",
    "item_fields",
    "ledger_fields",
    "ledger_from",
    "line_fields",
    "line_from",
    "new_ledger",
    "places_fields",
    "places_from",
    "position_from",
    "release_day",
    "rooms_from",
    "scope_row",
    "seats_fields",
    "seats_from",
    "session_fields",
    "session_from",
    "standby_from",
    "term_facts",
]
