"""What the notification service offers: the letter register, the PDFs, the delivery ledger."""

from __future__ import annotations

from services.notification.contract import (
    acknowledgement_events,
    acknowledgements,
    certificate_events,
    contacts,
    deliveries,
    events,
    figures,
    letters,
    message_events,
    messages,
    phone_tasks,
    sign_off,
    templates,
)
from services.notification.contract.acknowledgement_events import ACKNOWLEDGEMENT_OVERDUE, LETTER_ACKNOWLEDGED
from services.notification.contract.acknowledgements import (
    ACKNOWLEDGE_LETTER,
    ACKNOWLEDGE_ROSTER,
    LIST_ACKNOWLEDGEMENTS,
)
from services.notification.contract.certificate_events import CERTIFICATE_ISSUED, CERTIFICATE_REVOKED
from services.notification.contract.contacts import (
    LIST_CONTACTS,
    LIST_LADDERS,
    PUT_LADDER,
    PUT_OFFICE_CONTACT,
    PUT_OWN_CONTACT,
    PUT_UNIT_CONTACT,
)
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
from services.notification.contract.figures import GET_NOTIFICATION_FIGURES
from services.notification.contract.letters import (
    GET_LETTER,
    GET_LETTER_FILE,
    ISSUE_LETTERS,
    LETTERS_SUMMARY,
    LIST_LETTERS,
    VOID_LETTER,
)
from services.notification.contract.message_events import MESSAGE_FAILED
from services.notification.contract.messages import (
    DISPATCH_REQUESTED,
    GET_DISPATCH,
    GET_DISPATCH_PAGE,
    LIST_DISPATCHES,
    LIST_MESSAGES,
    MESSAGES_SUMMARY,
    RECORD_OUTCOME,
)
from services.notification.contract.parts import (
    AlreadyAcknowledged,
    BadSeries,
    ChannelUnusable,
    DeliveryClosed,
    DispatchClosed,
    LetterClosed,
    LetterNotPrinted,
    LetterNotWaiting,
    TaskClosed,
    TemplateClosed,
    TermNotKnown,
    WordingInvalid,
)
from services.notification.contract.phone_tasks import (
    ASSIGN_PHONE_TASK,
    GET_PHONE_TASK,
    LIST_PHONE_TASKS,
    RECORD_CALL,
)
from services.notification.contract.sign_off import BATCH_PRINTED, BATCH_SIGNED_OFF, SIGN_OFF_LETTERS
from services.notification.contract.templates import (
    APPROVE_TEMPLATE,
    DRAFT_TEMPLATE,
    GET_TEMPLATE,
    LIST_MESSAGE_RULES,
    LIST_TEMPLATES,
    PREVIEW_TEMPLATE,
    PUT_MESSAGE_RULE,
)
from services.notification.rulebook import events_told
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
        *messages.OPERATIONS,
        *contacts.OPERATIONS,
        *templates.OPERATIONS,
        *figures.OPERATIONS,
    ),
    events=(
        *events.EVENTS,
        *sign_off.EVENTS,
        *acknowledgement_events.EVENTS,
        *certificate_events.EVENTS,
        *message_events.EVENTS,
        *messages.EVENTS,
    ),
    consumes=(
        "enrollment.roster.admitted.v1",
        "enrollment.nomination.withdrawn.v1",
        "scheduling.term.placed.v1",
        "scheduling.term.moved.v1",
        "scheduling.term.cancelled.v1",
        BATCH_REGISTERED.type,
        BATCH_PRINTED.type,
        BATCH_SIGNED_OFF.type,
        DISPATCH_REQUESTED.type,
        *events_told(),
        ROSTER_OUTDATED.type,
    ),
)

__all__ = [
    "ACKNOWLEDGEMENT_OVERDUE",
    "ACKNOWLEDGE_LETTER",
    "ACKNOWLEDGE_ROSTER",
    "APPROVE_TEMPLATE",
    "ASSIGN_PHONE_TASK",
    "BATCH_PRINTED",
    "BATCH_REGISTERED",
    "BATCH_SIGNED_OFF",
    "CERTIFICATE_ISSUED",
    "CERTIFICATE_REVOKED",
    "CONTRACT",
    "DISPATCH_REQUESTED",
    "DRAFT_TEMPLATE",
    "GET_DISPATCH",
    "GET_DISPATCH_PAGE",
    "GET_LETTER",
    "GET_LETTER_FILE",
    "GET_NOTIFICATION_FIGURES",
    "GET_PHONE_TASK",
    "GET_TEMPLATE",
    "ISSUE_LETTERS",
    "LETTERS_DELIVERED",
    "LETTERS_ISSUED",
    "LETTERS_SUMMARY",
    "LETTER_ACKNOWLEDGED",
    "LETTER_FAILED",
    "LETTER_VOIDED",
    "LIST_ACKNOWLEDGEMENTS",
    "LIST_CHANNEL_PREFERENCES",
    "LIST_CONTACTS",
    "LIST_DELIVERIES",
    "LIST_DISPATCHES",
    "LIST_ISSUERS",
    "LIST_LADDERS",
    "LIST_LETTERS",
    "LIST_MESSAGES",
    "LIST_MESSAGE_RULES",
    "LIST_PHONE_TASKS",
    "LIST_TEMPLATES",
    "MESSAGES_SUMMARY",
    "MESSAGE_FAILED",
    "PREVIEW_TEMPLATE",
    "PUT_CHANNEL_PREFERENCE",
    "PUT_ISSUER",
    "PUT_LADDER",
    "PUT_MESSAGE_RULE",
    "PUT_OFFICE_CONTACT",
    "PUT_OWN_CONTACT",
    "PUT_UNIT_CONTACT",
    "RECORD_CALL",
    "RECORD_OUTCOME",
    "RETRY_DELIVERY",
    "ROSTER_OUTDATED",
    "SIGN_OFF_LETTERS",
    "VOID_LETTER",
    "AlreadyAcknowledged",
    "BadSeries",
    "ChannelUnusable",
    "DeliveryClosed",
    "DispatchClosed",
    "LetterClosed",
    "LetterNotPrinted",
    "LetterNotWaiting",
    "TaskClosed",
    "TemplateClosed",
    "TermNotKnown",
    "WordingInvalid",
]
