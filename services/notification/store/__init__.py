"""MongoDB collections of the notification service, one module an aggregate."""

from __future__ import annotations

from services.notification.store.certificates import (
    BOOKS,
    CERTIFICATES,
    book_row,
    certificate_of,
    certificate_row,
    held_of,
)
from services.notification.store.contacts import CONTACTS, LADDERS
from services.notification.store.deadlines import DEADLINES, MATTERS, deadline_of, deadline_row
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
from services.notification.store.messages import (
    DISPATCHES,
    MESSAGES,
    RULES,
    TEMPLATES,
    TIMETABLES,
    ladder_of,
    ladder_row,
)
from services.notification.store.phone_tasks import PHONE_TASKS, task_of, task_row
from services.notification.store.settings import ISSUERS, PREFERENCES
from services.notification.store.terms import TERMS, term_of
from shared.city_calendar import CALENDAR
from shared.storage import StoreSchema

SCHEMA = StoreSchema(
    "notification",
    collections=(
        LETTERS,
        FILES,
        REGISTERS,
        ROSTERS,
        DELIVERIES,
        TERMS,
        ISSUERS,
        PREFERENCES,
        DEADLINES,
        MATTERS,
        PHONE_TASKS,
        CALENDAR,
        CONTACTS,
        LADDERS,
        MESSAGES,
        DISPATCHES,
        RULES,
        TEMPLATES,
        TIMETABLES,
        CERTIFICATES,
        BOOKS,
    ),
)

__all__ = [
    "BOOKS",
    "CERTIFICATES",
    "CONTACTS",
    "DEADLINES",
    "DELIVERIES",
    "DISPATCHES",
    "FILES",
    "ISSUERS",
    "LADDERS",
    "LETTERS",
    "MATTERS",
    "MESSAGES",
    "PHONE_TASKS",
    "PREFERENCES",
    "REGISTERS",
    "ROSTERS",
    "RULES",
    "SCHEMA",
    "TEMPLATES",
    "TERMS",
    "TIMETABLES",
    "book_row",
    "certificate_of",
    "certificate_row",
    "deadline_of",
    "deadline_row",
    "delivery_of",
    "delivery_row",
    "entitlement_of",
    "held_of",
    "ladder_of",
    "ladder_row",
    "letter_of",
    "letter_row",
    "roster_id",
    "roster_row",
    "task_of",
    "task_row",
    "term_of",
]
