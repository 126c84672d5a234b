"""What the notification service offers: the letter register, the PDFs, the delivery ledger."""

from __future__ import annotations

from services.enrollment.contract import NOMINATION_WITHDRAWN, ROSTER_ADMITTED
from services.notification.contract import deliveries, events, letters
from services.notification.contract.deliveries import (
    LIST_CHANNEL_PREFERENCES,
    LIST_DELIVERIES,
    LIST_ISSUERS,
    PUT_CHANNEL_PREFERENCE,
    PUT_ISSUER,
    RETRY_DELIVERY,
)
from services.notification.contract.events import (
    BATCH_REGISTERED,
    LETTER_FAILED,
    LETTER_VOIDED,
    LETTERS_DELIVERED,
    LETTERS_ISSUED,
    ROSTER_OUTDATED,
)
from services.notification.contract.letters import (
    GET_LETTER,
    GET_LETTER_FILE,
    ISSUE_LETTERS,
    LETTERS_SUMMARY,
    LIST_LETTERS,
    VOID_LETTER,
)
from services.notification.contract.parts import (
    BadSeries,
    ChannelUnusable,
    DeliveryClosed,
    LetterClosed,
    LetterNotPrinted,
    TermNotKnown,
)
from services.scheduling.contract import TERM_CANCELLED, TERM_MOVED, TERM_PLACED
from shared.contracts import ServiceContract
from shared.wording import Words

CONTRACT = ServiceContract(
    name="notification",
    title=Words("函件与送达", "Notification"),
    operations=(*letters.OPERATIONS, *deliveries.OPERATIONS),
    events=events.EVENTS,
    consumes=(
        ROSTER_ADMITTED,
        NOMINATION_WITHDRAWN,
        TERM_PLACED,
        TERM_MOVED,
        TERM_CANCELLED,
        BATCH_REGISTERED,
        ROSTER_OUTDATED,
    ),
)

__all__ = [
    "BATCH_REGISTERED",
    "CONTRACT",
    "GET_LETTER",
    "GET_LETTER_FILE",
    "ISSUE_LETTERS",
    "LETTERS_DELIVERED",
    "LETTERS_ISSUED",
    "LETTERS_SUMMARY",
    "LETTER_FAILED",
    "LETTER_VOIDED",
    "LIST_CHANNEL_PREFERENCES",
    "LIST_DELIVERIES",
    "LIST_ISSUERS",
    "LIST_LETTERS",
    "PUT_CHANNEL_PREFERENCE",
    "PUT_ISSUER",
    "RETRY_DELIVERY",
    "ROSTER_OUTDATED",
    "VOID_LETTER",
    "BadSeries",
    "ChannelUnusable",
    "DeliveryClosed",
    "LetterClosed",
    "LetterNotPrinted",
    "TermNotKnown",
]
