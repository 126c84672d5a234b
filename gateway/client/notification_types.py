"""Objects of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class Acknowledgement(TypedDict):
    """What is known of a letter's acknowledgement (回执)."""

    state: Literal["awaited", "overdue", "received"]
    due_on: str
    way: str | None
    by: str | None
    at: str | None
    note: str
    late: bool


class Call(TypedDict):
    """One call that was made."""

    at: str
    by: str
    outcome: Literal["reached", "no_answer", "wrong_number", "will_call_back", "unreachable"]
    note: str


class ChannelChoice(TypedDict):
    """One channel and where it leads; ``secret`` signs webhooks and is never shown again."""

    channel: str
    address: NotRequired[str | None]
    secret: NotRequired[str | None]


class ContactData(TypedDict):
    """Whom recipients may ring."""

    person: NotRequired[str]
    phone: NotRequired[str]
    fax: NotRequired[str]


class ContactShown(TypedDict):
    """Whom recipients may ring."""

    person: str
    phone: str
    fax: str


class DeliveryCount(TypedDict):
    """Deliveries by state."""

    queued: NotRequired[int]
    sending: NotRequired[int]
    delivered: NotRequired[int]
    failed: NotRequired[int]
    cancelled: NotRequired[int]


class Issuer(TypedDict):
    """Who issues one kind of letter."""

    kind: Literal["transfer", "admission", "certificate"]
    name: str
    signature: str
    series: str
    document: str
    sign_off: bool
    contact: ContactShown
    version: int


class Issuers(TypedDict):
    """Who issues each kind of letter."""

    items: list[Issuer]


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


class LetterDelivery(TypedDict):
    """One letter on its way by one channel."""

    delivery_id: str
    letter_id: str
    kind: Literal["transfer", "admission"]
    number: str
    term_id: str
    unit_id: str
    recipient_kind: Literal["unit", "trainee"]
    recipient: str
    channel: str
    address: str | None
    state: Literal["queued", "sending", "delivered", "failed", "cancelled"]
    attempts: int
    retry_at: str | None
    reason: Text | None
    receipt: str | None
    delivered_at: str | None
    version: int


class LetterDeliveryPage(TypedDict):
    """One page of LetterDelivery."""

    items: list[LetterDelivery]
    next_cursor: NotRequired[str | None]


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


class PhoneTask(TypedDict):
    """Somebody has to be rung. ``cause_id`` names the dispatch, letter or deadline behind it."""

    task_id: str
    office: Literal["organisation_department", "party_school"]
    recipient: str
    unit_id: str | None
    term_id: str | None
    cause: Literal["message", "acknowledgement", "delivery", "overdue"]
    cause_id: str
    subject: Text
    urgent: bool
    due_on: str
    state: Literal["open", "assigned", "done", "cancelled"]
    assignee: str | None
    calls: list[Call]
    opened_at: str
    version: int


class PhoneTaskPage(TypedDict):
    """One page of PhoneTask."""

    items: list[PhoneTask]
    next_cursor: NotRequired[str | None]


class Preference(TypedDict):
    """The channels of a recipient."""

    recipient: str
    channels: list[ShownChoice]
    version: int


class Preferences(TypedDict):
    """The channels of all recipients that differ, and the defaults."""

    items: list[Preference]


class Problem(TypedDict):
    """Why one row of a bulk action was left as it is."""

    code: str
    message: Text


class RosterAcknowledged(TypedDict):
    """What was acknowledged by this; ``already`` were before."""

    term_id: str
    unit_id: str
    acknowledged: int
    late: int
    already: int


class ShownChoice(TypedDict):
    """One channel of a recipient."""

    channel: str
    address: str | None
    signed: bool


class SignOffReport(TypedDict):
    """A sign-off, letter by letter."""

    done: int
    left: int
    items: list[SignedRow]


class SignedRow(TypedDict):
    """One letter of a sign-off."""

    letter_id: str
    number: str
    done: bool
    state: Literal["registered", "printed", "issued", "unprintable", "void"]
    problem: Problem | None


class TermAcknowledgements(TypedDict):
    """The acknowledgements of a term, unit by unit."""

    term_id: str
    items: list[UnitAcknowledgements]


class TermLetters(TypedDict):
    """The letters of one term in figures."""

    term_id: str
    transfer: KindCount
    admission: KindCount
    deliveries: DeliveryCount


class Text(TypedDict):
    """One message in two languages."""

    zh: str
    en: str


class UnitAcknowledgements(TypedDict):
    """The acknowledgements of one unit's letters in one term; only letters that still hold count."""

    unit_id: str
    unit_title: str
    due_on: str | None
    awaited: int
    overdue: int
    received: int
    late: int
