"""Replacements: objects of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.enrollment.types.nominations import RuleVerdict
from gateway.client.enrollment.types.parts import Text


class NewPerson(TypedDict):
    """Who is to go, as shown: the phone is masked, the identity number absent."""

    name: str
    sex: str | None
    post: str
    rank: str
    workplace: str
    phone_masked: str


class Replacement(TypedDict):
    """A replacement. ``refusal`` says in words why it came to nothing; ``new_nomination_id`` is set once carried out"""

    replacement_id: str
    term_id: str
    unit_id: str
    old_nomination_id: str
    old_name: str
    new_nomination_id: str | None
    new_person: NewPerson
    reason_code: str
    reason: str
    state: Literal["requested", "approving", "approved", "refused", "cancelled"]
    deadline_on: str
    day_kind: str
    late: bool
    requested_at: str
    requested_by: str
    signer: str
    signer_post: str
    proof_filename: str
    verdicts: list[RuleVerdict]
    decision: ReplacementDecision | None
    refusal: Text | None
    version: int


class ReplacementDeadline(TypedDict):
    """The last day a replacement of a term is in time, until 23:59:59 in the city, and where that comes from."""

    term_id: str
    starts_on: str
    notice_days: int
    day_kind: str
    deadline_on: str
    in_time: bool
    source: str


class ReplacementDecision(TypedDict):
    """Who decided what, when; the approver is named for a late request."""

    decision: str
    reason_code: str | None
    note: str
    approver: str
    approver_post: str
    by: str
    at: str


class ReplacementPage(TypedDict):
    """One page of Replacement."""

    items: list[Replacement]
    next_cursor: NotRequired[str | None]
