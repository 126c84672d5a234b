"""Objects of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict


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


class Certificate(TypedDict):
    """A certificate in the register. It names no person: its PDF does, and each look at that is audited."""

    certificate_id: str
    serial: str
    issued_on: str
    term_id: str
    unit_id: str
    nomination_id: str
    hours: int
    state: Literal["registered", "issued", "unprintable", "revoked"]
    problem: Text | None
    replaces: str | None
    replaced_by: str | None
    revoked_at: str | None
    revoked_by: str | None
    reason_code: str | None
    reason: str | None
    sha256: str | None
    size: int | None
    version: int


class CertificateIssuing(TypedDict):
    """What was done; all zero when the certificates at hand are right already."""

    term_id: str
    issued: int
    replaced: int
    revoked: int
    unprintable: int


class CertificateKey(TypedDict):
    """A key that verifies: Ed25519, 32 bytes in base64url."""

    key_id: str
    algorithm: str
    key: str


class CertificateKeys(TypedDict):
    """Every key that certificates in circulation are signed with, the present one first."""

    items: list[CertificateKey]


class CertificatePage(TypedDict):
    """One page of Certificate."""

    items: list[Certificate]
    next_cursor: NotRequired[str | None]


class CertificateShown(TypedDict):
    """What a certificate says to somebody who holds it; the name is masked."""

    serial: str
    name_masked: str
    programme_title: str
    ordinal: int
    starts_on: str
    ends_on: str
    days: int
    hours: int
    issuer: str
    issued_on: str


class CertificateVerdict(TypedDict):
    """Whether it holds. ``not_genuine``: we did not sign it so; ``unknown``: no such serial and code."""

    verdict: Literal["valid", "revoked", "not_genuine", "unknown"]
    said: Text
    certificate: CertificateShown | None
    revoked_on: str | None
    replaced: bool


class CertificatesSummary(TypedDict):
    """Certificates by state; ``issued`` are those that hold."""

    registered: NotRequired[int]
    issued: NotRequired[int]
    unprintable: NotRequired[int]
    revoked: NotRequired[int]
    replaced: NotRequired[int]


class ChannelChoice(TypedDict):
    """One channel and where it leads; ``secret`` signs webhooks and is never shown again."""

    channel: str
    address: NotRequired[str | None]
    secret: NotRequired[str | None]


class ChannelState(TypedDict):
    """What became of one channel, with the reason."""

    channel: str
    state: Literal["waiting", "sending", "underway", "reached", "failed", "skipped"]
    attempts: int
    address: str | None
    reason: Text | None
    receipt: str | None
    at: str | None


class ContactData(TypedDict):
    """Whom recipients may ring."""

    person: NotRequired[str]
    phone: NotRequired[str]
    fax: NotRequired[str]


class ContactMasked(TypedDict):
    """A recipient's contact; addresses are masked."""

    recipient: str
    person: str
    email: str
    mobile: str
    phone: str
    fax: str
    app: str
    version: int


class ContactMaskedPage(TypedDict):
    """One page of ContactMasked."""

    items: list[ContactMasked]
    next_cursor: NotRequired[str | None]


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


class Dispatch(TypedDict):
    """One sending to one recipient: an urgent message, or the digest of a day."""

    dispatch_id: str
    recipient: str
    unit_id: str | None
    urgent: bool
    messages: list[str]
    state: Literal["waiting", "sending", "underway", "reached", "phone", "cancelled"]
    channels: list[ChannelState]
    task_id: str | None
    next_at: str | None
    created_at: str
    version: int


class DispatchPage(TypedDict):
    """One page of Dispatch."""

    items: list[Dispatch]
    next_cursor: NotRequired[str | None]


class DispatchWords(TypedDict):
    """A dispatch with its words; personal links in them are taken out. Each look is audited."""

    dispatch_id: str
    recipient: str
    unit_id: str | None
    urgent: bool
    messages: list[str]
    state: Literal["waiting", "sending", "underway", "reached", "phone", "cancelled"]
    channels: list[ChannelState]
    task_id: str | None
    next_at: str | None
    created_at: str
    version: int
    subject: str
    text: str
    short: str


class ExportedFile(TypedDict):
    """One file; ``content`` is base64."""

    name: str
    media_type: str
    content: str
    item: NotRequired[str | None]


class ExportedFiles(TypedDict):
    """Everything a service has for the archive of one term; empty when it has nothing."""

    files: list[ExportedFile]


class Figure(TypedDict):
    """One figure; ``value`` is null when there is nothing to say yet. ``columns`` name what stands in its ``rows``."""

    key: str
    title: Title
    unit: Literal["people", "hours", "days", "yuan", "terms", "items", "percent"]
    value: float | None
    columns: list[FigureColumn]
    rows: list[dict[str, Any]]


class FigureColumn(TypedDict):
    """One column of the rows behind a figure."""

    key: str
    title: Title


class Figures(TypedDict):
    """What one service contributes to the report of a year."""

    figures: list[Figure]


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


class Ladders(TypedDict):
    """The defaults of each kind of recipient and what was set."""

    items: list[ShownLadder]


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


class Message(TypedDict):
    """One thing told to one recipient. It holds identifiers; the words stand in its dispatch."""

    message_id: str
    rule: str
    template: str
    recipient: str
    unit_id: str | None
    term_id: str | None
    urgent: bool
    reminder: int | None
    state: Literal["waiting", "dispatched", "reached", "phone", "cancelled"]
    leaves_at: str | None
    dispatch_id: str | None
    created_at: str


class MessagePage(TypedDict):
    """One page of Message."""

    items: list[Message]
    next_cursor: NotRequired[str | None]


class MessagesSummary(TypedDict):
    """Messages and dispatches in figures."""

    messages: dict[str, Any]
    dispatches: dict[str, Any]
    reached_by: dict[str, Any]
    phone_tasks: dict[str, Any]


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


class PhoneTaskSheet(TypedDict):
    """A phone task with what the caller needs: whom, which numbers, and what to say. Each look is audited."""

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
    person: str
    numbers: list[str]
    words: str


class Placeholder(TypedDict):
    """A placeholder that a wording may use, and what stands there."""

    name: str
    meaning: str
    required: bool


class Preference(TypedDict):
    """The channels of a recipient."""

    recipient: str
    channels: list[ShownChoice]
    version: int


class Preferences(TypedDict):
    """The channels of all recipients that differ, and the defaults."""

    items: list[Preference]


class Preview(TypedDict):
    """How a message would read."""

    subject: str
    body: str
    short: str


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


class Rule(TypedDict):
    """Which event becomes which message for whom, how urgent, and when it is reminded of."""

    key: str
    event: str
    audience: str
    template: str
    due: str | None
    enabled: bool
    urgent: bool
    remind: list[int] | None
    overdue: str | None
    phone: str | None
    version: int


class Rules(TypedDict):
    """The whole table."""

    items: list[Rule]


class ShownChoice(TypedDict):
    """One channel of a recipient."""

    channel: str
    address: str | None
    signed: bool


class ShownLadder(TypedDict):
    """The channels of a recipient in order."""

    recipient: str
    channels: list[str]
    version: int


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


class Template(TypedDict):
    """A wording with its placeholders; ``holds`` is the number of the version in use."""

    key: str
    title: str
    placeholders: list[Placeholder]
    holds: int
    versions: list[TemplateVersion]
    version: int


class TemplateLine(TypedDict):
    """A wording in the list of all."""

    key: str
    title: str
    holds: int
    drafts: int


class TemplateList(TypedDict):
    """Every wording."""

    items: list[TemplateLine]


class TemplateVersion(TypedDict):
    """One version of a wording. Number 0 is built in."""

    number: int
    state: Literal["built_in", "draft", "approved", "retired"]
    subject: str
    body: str
    short: str
    drafted_by: str | None
    drafted_at: str | None
    approved_by: str | None
    approved_at: str | None


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


class Title(TypedDict):
    """Words shown to people."""

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
