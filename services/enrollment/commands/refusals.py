"""From a refusal of the domain to a fault of the contract."""

from __future__ import annotations

from typing import Any

from services.enrollment.contract import (
    ApproverNeeded,
    BadIdentity,
    FeeRefused,
    NotARoster,
    OfferLapsed,
    PlacesNotFree,
    ProofRefused,
    QuotaExhausted,
    ReplacementDecided,
    RoomUnsuitable,
    RosterTooLarge,
    WrongState,
)
from services.enrollment.domain.sheet import AboveLimit, Unreadable
from services.enrollment.domain.wording import Refusal
from shared.errors import Fault, Invalid

_BY_CODE: dict[str, type[Fault]] = {
    "wrong-state": WrongState,
    "quota-below-admitted": QuotaExhausted,
    "quota-sum": QuotaExhausted,
    "quota-used": QuotaExhausted,
    "term-full": QuotaExhausted,
    "no-quota": QuotaExhausted,
    "places-not-free": PlacesNotFree,
    "unit-id": BadIdentity,
    "no-offer": OfferLapsed,
    "room-twice": RoomUnsuitable,
    "room-unsuitable": RoomUnsuitable,
    "offer-lapsed": OfferLapsed,
    "approver-needed": ApproverNeeded,
    "replacement-decided": ReplacementDecided,
    "no-edition": FeeRefused,
    "no-class": FeeRefused,
    "no-lecture-fee": FeeRefused,
    "no-uplift": FeeRefused,
    "above-lecture-cap": FeeRefused,
    "above-credit": FeeRefused,
    "payment-returned": FeeRefused,
}


def fault_of(refusal: Refusal, **details: Any) -> Fault:
    """Return the fault that says to a caller what the domain refused; ``details["reason"]`` is the domain's code."""
    if isinstance(refusal, AboveLimit):
        kind: type[Fault] = RosterTooLarge
    elif isinstance(refusal, Unreadable):
        kind = NotARoster
    elif refusal.code.startswith(("id-", "credit-code-")):
        kind = BadIdentity
    elif refusal.code.startswith("proof-"):
        kind = ProofRefused
    else:
        kind = _BY_CODE.get(refusal.code, Invalid)
    return kind(refusal.sentence.zh, refusal.sentence.en, reason=refusal.code, **details)


def problem_of(refusal: Refusal) -> dict[str, Any]:
    """Return a refusal as one row of a bulk report shows it."""
    return {"code": refusal.code, "message": refusal.sentence.plain()}
