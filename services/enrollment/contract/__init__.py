"""What the enrollment service offers: units, quotas, rosters, nominations, review and admission."""

from __future__ import annotations

from services.enrollment.contract import admission, events, nominations, rosters, units
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
    QuotaExhausted,
    RosterAlreadyFiled,
    RosterNotReady,
    RosterTooLarge,
    TermCancelled,
    WrongState,
)
from services.enrollment.contract.rosters import (
    FILE_ROSTER,
    GET_ROSTER,
    GET_ROSTER_FILE,
    LIST_ROSTER_ROWS,
    LIST_ROSTERS,
)
from services.enrollment.contract.units import ALLOT_QUOTAS, GET_UNIT, LIST_QUOTAS, LIST_UNITS, PUT_UNIT
from services.scheduling.contract import TERM_CANCELLED, TERM_MOVED, TERM_PLACED
from shared.contracts import ServiceContract
from shared.wording import Words

CONTRACT = ServiceContract(
    name="enrollment",
    title=Words("选调与录取", "Enrollment"),
    operations=(
        *units.OPERATIONS,
        *rosters.OPERATIONS,
        *nominations.OPERATIONS,
        *admission.OPERATIONS,
    ),
    events=events.EVENTS,
    consumes=(ROSTER_RECEIVED, TERM_PLACED, TERM_MOVED, TERM_CANCELLED),
)

__all__ = [
    "ADMIT_TERM",
    "ALLOT_QUOTAS",
    "ATTEST_NOMINATIONS",
    "CONTRACT",
    "CORRECT_NOMINATION",
    "FILE_ROSTER",
    "GET_NOMINATION",
    "GET_ROSTER",
    "GET_ROSTER_FILE",
    "GET_UNIT",
    "LIST_NOMINATIONS",
    "LIST_QUOTAS",
    "LIST_ROSTERS",
    "LIST_ROSTER_ROWS",
    "LIST_TRAINEES",
    "LIST_UNITS",
    "NOMINATIONS_FILED",
    "NOMINATIONS_REVIEWED",
    "NOMINATION_WITHDRAWN",
    "PUT_UNIT",
    "QUESTIONS_FILED",
    "QUOTA_ALLOTTED",
    "REVIEW_NOMINATIONS",
    "ROSTER_ADMITTED",
    "ROSTER_IMPORTED",
    "ROSTER_RECEIVED",
    "TERM_FILL",
    "TRAINEE_ADMITTED",
    "UNSEAL_ID_NUMBER",
    "WITHDRAW_NOMINATION",
    "BadIdentity",
    "Ineligible",
    "NotARoster",
    "QuotaExhausted",
    "RosterAlreadyFiled",
    "RosterNotReady",
    "RosterTooLarge",
    "TermCancelled",
    "WrongState",
]
