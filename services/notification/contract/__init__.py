"""What the notification service offers: the letter register, the PDFs, the delivery ledger."""

from __future__ import annotations

from services.notification.contract import (
    acknowledgement_events,
    acknowledgements,
    certificate_events,
    deliveries,
    events,
    letters,
    message_events,
    phone_tasks,
    sign_off,
)
from services.notification.contract.acknowledgement_events import ACKNOWLEDGEMENT_OVERDUE, LETTER_ACKNOWLEDGED
from services.notification.contract.acknowledgements import (
    ACKNOWLEDGE_LETTER,
    ACKNOWLEDGE_ROSTER,
    LIST_ACKNOWLEDGEMENTS,
)
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
    AlreadyAcknowledged,
    BadSeries,
    ChannelUnusable,
    DeliveryClosed,
    LetterClosed,
    LetterNotPrinted,
    LetterNotWaiting,
    TaskClosed,
    TermNotKnown,
)
from services.notification.contract.phone_tasks import (
    ASSIGN_PHONE_TASK,
    GET_PHONE_TASK,
    LIST_PHONE_TASKS,
    RECORD_CALL,
)
from services.notification.contract.sign_off import BATCH_PRINTED, BATCH_SIGNED_OFF, SIGN_OFF_LETTERS
from shared.contracts import ServiceContract
from shared.wording import Words

CONTRACT = ServiceContract(
    name="notification",
    title=Words("函件与送达", "Notification"),
    operations=(
        *letters.OPERATIONS,
        *sign_off.OPERATIONS,
        *acknowledgements.OPERATIONS,
        *deliveries.OPERATIONS,
        *phone_tasks.OPERATIONS,
    ),
    events=(
        *events.EVENTS,
        *sign_off.EVENTS,
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
        BATCH_SIGNED_OFF.type,
        ROSTER_OUTDATED.type,
    ),
)

__all__ = [
    "ACKNOWLEDGEMENT_OVERDUE",
    "ACKNOWLEDGE_LETTER",
    "ACKNOWLEDGE_ROSTER",
    "ASSIGN_PHONE_TASK",
    "BATCH_PRINTED",
    "BATCH_REGISTERED",
    "BATCH_SIGNED_OFF",
    "CERTIFICATE_ISSUED",
    "CERTIFICATE_REVOKED",
    "CONTRACT",
    "GET_LETTER",
    "GET_LETTER_FILE",
    "GET_PHONE_TASK",
    "ISSUE_LETTERS",
    "LETTERS_DELIVERED",
    "LETTERS_ISSUED",
    "LETTERS_SUMMARY",
    "LETTER_ACKNOWLEDGED",
    "LETTER_FAILED",
    "LETTER_VOIDED",
    "LIST_ACKNOWLEDGEMENTS",
    "LIST_CHANNEL_PREFERENCES",
    "LIST_DELIVERIES",
    "LIST_ISSUERS",
    "LIST_LETTERS",
    "LIST_PHONE_TASKS",
    "MESSAGE_FAILED",
    "PUT_CHANNEL_PREFERENCE",
    "PUT_ISSUER",
    "RECORD_CALL",
    "RETRY_DELIVERY",
    "ROSTER_OUTDATED",
    "SIGN_OFF_LETTERS",
    "VOID_LETTER",
    "AlreadyAcknowledged",
    "BadSeries",
    "ChannelUnusable",
    "DeliveryClosed",
    "LetterClosed",
    "LetterNotPrinted",
    "LetterNotWaiting",
    "TaskClosed",
    "TermNotKnown",
]
