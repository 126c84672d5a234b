"""What the enrollment service offers: units, quotas, rosters, nominations, review and admission."""

from __future__ import annotations

from services.enrollment.contract import (
    admission,
    events,
    fee_events,
    hours_events,
    nominations,
    replacement_events,
    rosters,
    standby_events,
    transfers,
    units,
)
from services.enrollment.contract.admission import ADMIT_TERM, LIST_TRAINEES, TERM_FILL
from services.enrollment.contract.events import (
    NOMINATION_WITHDRAWN,
    NOMINATIONS_FILED,
    NOMINATIONS_REVIEWED,
    QUESTIONS_FILED,
    QUOTA_ALLOTTED,
    ROSTER_ADMITTED,
    ROSTER_IMPORTED,
    ROSTER_RECEIVED,
    TRAINEE_ADMITTED,
)
from services.enrollment.contract.fee_events import FEES_ASSESSED, FEES_PAID, FEES_REFUNDED
from services.enrollment.contract.hours_events import HOURS_CREDITED
from services.enrollment.contract.nominations import (
    ATTEST_NOMINATIONS,
    CORRECT_NOMINATION,
    GET_NOMINATION,
    LIST_NOMINATIONS,
    REVIEW_NOMINATIONS,
    UNSEAL_ID_NUMBER,
    WITHDRAW_NOMINATION,
)
from services.enrollment.contract.parts import (
    BadIdentity,
    Ineligible,
    NotARoster,
    PlacesNotFree,
    QuotaExhausted,
    RosterAlreadyFiled,
    RosterNotReady,
    RosterTooLarge,
    TermCancelled,
    TransferDecided,
    WrongState,
)
from services.enrollment.contract.replacement_events import (
    REPLACEMENT_APPROVED,
    REPLACEMENT_REFUSED,
    REPLACEMENT_REQUESTED,
)
from services.enrollment.contract.rosters import (
    FILE_ROSTER,
    GET_ROSTER,
    GET_ROSTER_FILE,
    LIST_ROSTER_ROWS,
    LIST_ROSTERS,
)
from services.enrollment.contract.standby_events import (
    PLACES_DECLINED,
    PLACES_REQUESTED,
    PLACES_TRANSFERRED,
    STANDBY_OFFERED,
)
from services.enrollment.contract.transfers import (
    BORROW_PLACES,
    DECIDE_PLACES,
    LIST_PLACE_TRANSFERS,
    RETURN_PLACES,
    SCHEDULE_RELEASE,
)
from services.enrollment.contract.units import ALLOT_QUOTAS, GET_UNIT, LIST_QUOTAS, LIST_UNITS, PUT_UNIT
from shared.contracts import ServiceContract
from shared.wording import Words

CONTRACT = ServiceContract(
    name="enrollment",
    title=Words("选调与录取", "Enrollment"),
    operations=(
        *units.OPERATIONS,
        *transfers.OPERATIONS,
        *rosters.OPERATIONS,
        *nominations.OPERATIONS,
        *admission.OPERATIONS,
    ),
    events=(
        *events.EVENTS,
        *replacement_events.EVENTS,
        *standby_events.EVENTS,
        *fee_events.EVENTS,
        *hours_events.EVENTS,
    ),
    consumes=(
        ROSTER_RECEIVED.type,
        "scheduling.term.placed.v1",
        "scheduling.term.moved.v1",
        "scheduling.term.cancelled.v1",
    ),
)

__all__ = [
    "ADMIT_TERM",
    "ALLOT_QUOTAS",
    "ATTEST_NOMINATIONS",
    "BORROW_PLACES",
    "CONTRACT",
    "CORRECT_NOMINATION",
    "DECIDE_PLACES",
    "FEES_ASSESSED",
    "FEES_PAID",
    "FEES_REFUNDED",
    "FILE_ROSTER",
    "GET_NOMINATION",
    "GET_ROSTER",
    "GET_ROSTER_FILE",
    "GET_UNIT",
    "HOURS_CREDITED",
    "LIST_NOMINATIONS",
    "LIST_PLACE_TRANSFERS",
    "LIST_QUOTAS",
    "LIST_ROSTERS",
    "LIST_ROSTER_ROWS",
    "LIST_TRAINEES",
    "LIST_UNITS",
    "NOMINATIONS_FILED",
    "NOMINATIONS_REVIEWED",
    "NOMINATION_WITHDRAWN",
    "PLACES_DECLINED",
    "PLACES_REQUESTED",
    "PLACES_TRANSFERRED",
    "PUT_UNIT",
    "QUESTIONS_FILED",
    "QUOTA_ALLOTTED",
    "REPLACEMENT_APPROVED",
    "REPLACEMENT_REFUSED",
    "REPLACEMENT_REQUESTED",
    "RETURN_PLACES",
    "REVIEW_NOMINATIONS",
    "ROSTER_ADMITTED",
    "ROSTER_IMPORTED",
    "ROSTER_RECEIVED",
    "SCHEDULE_RELEASE",
    "STANDBY_OFFERED",
    "TERM_FILL",
    "TRAINEE_ADMITTED",
    "UNSEAL_ID_NUMBER",
    "WITHDRAW_NOMINATION",
    "BadIdentity",
    "Ineligible",
    "NotARoster",
    "PlacesNotFree",
    "QuotaExhausted",
    "RosterAlreadyFiled",
    "RosterNotReady",
    "RosterTooLarge",
    "TermCancelled",
    "TransferDecided",
    "WrongState",
]
