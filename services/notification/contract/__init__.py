"""What the notification service offers: the letter register, the PDFs, the delivery ledger."""

from __future__ import annotations

from services.notification.contract import (
    acknowledgement_events,
    certificate_events,
    deliveries,
    events,
    letters,
    message_events,
)
from services.notification.contract.acknowledgement_events import ACKNOWLEDGEMENT_OVERDUE, LETTER_ACKNOWLEDGED
from services.notification.contract.certificate_events import CERTIFICATE_ISSUED, CERTIFICATE_REVOKED
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
from services.notification.contract.message_events import MESSAGE_FAILED
from services.notification.contract.parts import (
    BadSeries,
    ChannelUnusable,
    DeliveryClosed,
    LetterClosed,
    LetterNotPrinted,
    TermNotKnown,
)
from shared.contracts import ServiceContract
from shared.wording import Words

CONTRACT = ServiceContract(
    name="notification",
    title=Words("函件与送达", "Notification"),
    operations=(*letters.OPERATIONS, *deliveries.OPERATIONS),
    events=(
        *events.EVENTS,
        *acknowledgement_events.EVENTS,
        *certificate_events.EVENTS,
        *message_events.EVENTS,
    ),
    consumes=(
        "enrollment.roster.admitted.v1",
        "enrollment.nomination.withdrawn.v1",
        "scheduling.term.placed.v1",
        "scheduling.term.moved.v1",
        "scheduling.term.cancelled.v1",
        BATCH_REGISTERED.type,
        ROSTER_OUTDATED.type,
    ),
)

__all__ = [
    "ACKNOWLEDGEMENT_OVERDUE",
    "BATCH_REGISTERED",
    "CERTIFICATE_ISSUED",
    "CERTIFICATE_REVOKED",
    "CONTRACT",
    "GET_LETTER",
    "GET_LETTER_FILE",
    "ISSUE_LETTERS",
    "LETTERS_DELIVERED",
    "LETTERS_ISSUED",
    "LETTERS_SUMMARY",
    "LETTER_ACKNOWLEDGED",
    "LETTER_FAILED",
    "LETTER_VOIDED",
    "LIST_CHANNEL_PREFERENCES",
    "LIST_DELIVERIES",
    "LIST_ISSUERS",
    "LIST_LETTERS",
    "MESSAGE_FAILED",
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
