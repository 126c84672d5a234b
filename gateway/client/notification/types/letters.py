"""Letters: objects of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.notification.types.parts import Text


class Acknowledgement(TypedDict):
    """What is known of a letter's acknowledgement (回执)."""

    state: Literal["awaited", "overdue", "received"]
    due_on: str
    way: str | None
    by: str | None
    at: str | None
    note: str
    late: bool


class DeliveryCount(TypedDict):
    """Deliveries by state."""

    queued: NotRequired[int]
    sending: NotRequired[int]
    delivered: NotRequired[int]
    failed: NotRequired[int]
    cancelled: NotRequired[int]


class Issuing(TypedDict):
    """What was registered; all zero when the letters at hand are right already."""

    term_id: str
    unit_id: str
    batch_id: str | None
    registered: int
    superseded: int
    voided: int
    printed_again: int


class KindCount(TypedDict):
    """Letters of one kind by state; superseded ones are counted apart."""

    registered: NotRequired[int]
    printed: NotRequired[int]
    issued: NotRequired[int]
    unprintable: NotRequired[int]
    void: NotRequired[int]
    superseded: NotRequired[int]


class Letter(TypedDict):
    """A registered letter. It names no person: its PDF does, and each look at that is audited."""

    letter_id: str
    kind: Literal["transfer", "admission"]
    number: str
    issued_on: str
    title: str
    term_id: str
    unit_id: str
    unit_title: str
    nomination_id: str | None
    trainees: int
    state: Literal["registered", "printed", "issued", "unprintable", "void"]
    problem: Text | None
    supersedes: str | None
    superseded_by: str | None
    void_reason: str | None
    voided_at: str | None
    sign_off: bool
    signed_off_by: str | None
    signed_off_at: str | None
    acknowledgement: Acknowledgement | None
    sha256: str | None
    size: int | None
    version: int


class LetterPage(TypedDict):
    """One page of Letter."""

    items: list[Letter]
    next_cursor: NotRequired[str | None]


class LettersSummary(TypedDict):
    """Letters and deliveries of each term in figures, and of all terms together."""

    items: list[TermLetters]
    transfer: KindCount
    admission: KindCount
    deliveries: DeliveryCount


class TermLetters(TypedDict):
    """The letters of one term in figures."""

    term_id: str
    transfer: KindCount
    admission: KindCount
    deliveries: DeliveryCount
