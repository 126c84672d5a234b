"""Nominations: objects of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.enrollment.types.parts import Text


class Attestation(TypedDict):
    """One criterion the unit vouches for."""

    criterion: str
    signer: str
    signer_post: str
    signed_at: str


class BulkReport(TypedDict):
    """A bulk action, row by row."""

    done: int
    left: int
    items: list[BulkRow]


class BulkRow(TypedDict):
    """One row of a bulk action."""

    nomination_id: str
    done: bool
    state: str
    problem: Problem | None


class IdNumber(TypedDict):
    """One citizen identity number in full."""

    nomination_id: str
    id_number: str


class LadderStep(TypedDict):
    """One step; ``level`` is the depth in the tree of units of whoever decides a unit's step (1: the city)."""

    step: str
    title: Text
    role: str
    level: int


class Nomination(TypedDict):
    """One nomination with its snapshot of post and rank, verdicts, attestations and history."""

    nomination_id: str
    term_id: str
    unit_id: str
    name: str
    sex: str | None
    post: str
    rank: str
    phone_masked: str
    state: Literal[
        "filed",
        "attested",
        "accepted",
        "returned",
        "refused",
        "admitted",
        "withdrawn",
        "replaced",
        "expelled",
        "not_reported",
    ]
    outcome: Literal["eligible", "warned", "refused"]
    needs_human: bool
    awaits: str | None
    filed_at: str
    version: int
    import_id: str | None
    ethnicity: str
    born_on: str
    political_status: str
    education: str
    workplace: str
    diet: str
    remark: str
    snapshot_on: str
    verdicts: list[RuleVerdict]
    attestations: list[Attestation]
    review: Review | None
    reviews: list[ReviewStep]
    ladder: list[str]
    withdrawal: Withdrawal | None
    replaces: str | None
    replaced_by: str | None
    history: list[StateChange]


class NominationSummary(TypedDict):
    """One nomination in a list; the identity number is never shown and the phone is masked."""

    nomination_id: str
    term_id: str
    unit_id: str
    name: str
    sex: str | None
    post: str
    rank: str
    phone_masked: str
    state: Literal[
        "filed",
        "attested",
        "accepted",
        "returned",
        "refused",
        "admitted",
        "withdrawn",
        "replaced",
        "expelled",
        "not_reported",
    ]
    outcome: Literal["eligible", "warned", "refused"]
    needs_human: bool
    awaits: str | None
    filed_at: str
    version: int


class NominationSummaryPage(TypedDict):
    """One page of NominationSummary."""

    items: list[NominationSummary]
    next_cursor: NotRequired[str | None]


class Problem(TypedDict):
    """Why one row of a bulk action was left as it is."""

    code: str
    message: Text


class Review(TypedDict):
    """The organisation department's last decision."""

    decision: str
    reason_code: str | None
    note: str
    at: str


class ReviewLadder(TypedDict):
    """The steps in force, the first to decide first, and where they come from."""

    items: list[LadderStep]
    source: str
    basis: str


class ReviewStep(TypedDict):
    """What one step of the review ladder decided, and who."""

    decision: str
    reason_code: str | None
    note: str
    at: str
    step: str
    by: str


class RuleVerdict(TypedDict):
    """What one eligibility rule answered."""

    rule: str
    ruling: Literal["pass", "warn", "refuse", "pending", "failed"]
    reason: Text
    source: str


class StateChange(TypedDict):
    """One step of a nomination's life; ``missed``: did not report and is admitted until that is decided."""

    state: str
    at: str
    by: str


class Withdrawal(TypedDict):
    """Why somebody no longer goes; ``reason_code`` may be one of compliance's or of a replacement."""

    reason_code: str
    note: str
    at: str
