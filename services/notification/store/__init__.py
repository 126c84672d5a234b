"""MongoDB collections of the notification service, one module an aggregate."""

from __future__ import annotations

from services.notification.store.deliveries import DELIVERIES, delivery_of, delivery_row
from services.notification.store.letters import (
    FILES,
    LETTERS,
    REGISTERS,
    ROSTERS,
    entitlement_of,
    letter_of,
    letter_row,
    roster_id,
    roster_row,
)
from services.notification.store.settings import ISSUERS, PREFERENCES
from services.notification.store.terms import TERMS, term_of
from shared.storage import StoreSchema

SCHEMA = StoreSchema(
    "notification",
    collections=(LETTERS, FILES, REGISTERS, ROSTERS, DELIVERIES, TERMS, ISSUERS, PREFERENCES),
)

__all__ = [
    "DELIVERIES",
    "FILES",
    "ISSUERS",
    "LETTERS",
    "PREFERENCES",
    "REGISTERS",
    "ROSTERS",
    "SCHEMA",
    "TERMS",
    "delivery_of",
    "delivery_row",
    "entitlement_of",
    "letter_of",
    "letter_row",
    "roster_id",
    "roster_row",
    "term_of",
]
