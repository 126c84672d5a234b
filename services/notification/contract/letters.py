"""Letters: the register, one letter, its file, issuing and voiding."""

from __future__ import annotations

from marshmallow import fields, validate

from services.notification.contract.parts import (
    ISSUERS,
    LETTER_STATES,
    READERS,
    LetterClosed,
    LetterNotPrinted,
    TermNotKnown,
    Text,
    identifier,
    letter_kind,
    unit_path,
)
from services.notification.domain.acknowledgement import STATES as ACKNOWLEDGEMENT_STATES
from services.notification.domain.acknowledgement import WAYS as ACKNOWLEDGEMENT_WAYS
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import NotFound, StaleVersion
from shared.security.caller import Role
from shared.wording import Words


class Acknowledgement(Reply):
    """What is known of a letter's acknowledgement (回执)."""

    state = fields.String(required=True, validate=validate.OneOf(ACKNOWLEDGEMENT_STATES))
    due_on = fields.Date(required=True)
    way = fields.String(required=True, allow_none=True, validate=validate.OneOf((*ACKNOWLEDGEMENT_WAYS, None)))
    by = fields.String(required=True, allow_none=True)
    at = fields.AwareDateTime(required=True, allow_none=True)
    note = fields.String(required=True)
    late = fields.Boolean(required=True)


class Letter(Reply):
    """A registered letter. It names no person: its PDF does, and each look at that is audited."""

    letter_id = fields.String(required=True)
    kind = letter_kind(required=True)
    number = fields.String(required=True, metadata={"description": "发文字号"})
    issued_on = fields.Date(required=True, metadata={"description": "成文日期 / the day it is dated"})
    title = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    unit_title = fields.String(required=True)
    nomination_id = fields.String(required=True, allow_none=True)
    trainees = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(LETTER_STATES))
    problem = fields.Nested(Text, required=True, allow_none=True)
    supersedes = fields.String(required=True, allow_none=True)
    superseded_by = fields.String(required=True, allow_none=True)
    void_reason = fields.String(required=True, allow_none=True)
    voided_at = fields.AwareDateTime(required=True, allow_none=True)
    sign_off = fields.Boolean(required=True, metadata={"description": "须签发后发出 / goes out only when signed off"})
    signed_off_by = fields.String(required=True, allow_none=True)
    signed_off_at = fields.AwareDateTime(required=True, allow_none=True)
    acknowledgement = fields.Nested(Acknowledgement, required=True, allow_none=True)
    sha256 = fields.String(required=True, allow_none=True)
    size = fields.Integer(required=True, allow_none=True, metadata={"description": "bytes"})
    version = fields.Integer(required=True)


class ListLetters(Page):
    """Which letters to list."""

    term_id = identifier()
    unit_id = unit_path()
    kind = letter_kind()
    state = fields.String(validate=validate.OneOf(LETTER_STATES))
    acknowledgement = fields.String(
        validate=validate.OneOf(ACKNOWLEDGEMENT_STATES), metadata={"description": "回执情况 / how it was acknowledged"}
    )
    current = fields.Boolean(metadata={"description": "只看现行有效的函件 / only letters that still hold"})


class LetterId(Request):
    """Which letter."""

    letter_id = identifier(required=True)


class LetterFile(Reply):
    """The PDF of a letter."""

    filename = fields.String(required=True)
    media_type = fields.String(required=True)
    content = fields.String(required=True, metadata={"description": "base64"})


class VoidLetter(LetterId):
    """Why a letter is made void; its number is not given out again."""

    reason = fields.String(required=True, validate=validate.Length(2, 200))


class IssueLetters(Request):
    """For which unit and term the letters are brought up to date."""

    term_id = identifier(required=True)
    unit_id = unit_path(required=True)


class Issuing(Reply):
    """What was registered; all zero when the letters at hand are right already."""

    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    batch_id = fields.String(required=True, allow_none=True)
    registered = fields.Integer(required=True)
    superseded = fields.Integer(required=True)
    voided = fields.Integer(required=True)
    printed_again = fields.Integer(required=True, metadata={"description": "letters that had no PDF before"})


class SummariseLetters(Request):
    """For which terms to count; all when empty."""

    term_id = identifier()


class KindCount(Reply):
    """Letters of one kind by state; superseded ones are counted apart."""

    registered = fields.Integer(load_default=0, dump_default=0)
    printed = fields.Integer(load_default=0, dump_default=0)
    issued = fields.Integer(load_default=0, dump_default=0)
    unprintable = fields.Integer(load_default=0, dump_default=0)
    void = fields.Integer(load_default=0, dump_default=0)
    superseded = fields.Integer(load_default=0, dump_default=0)


class DeliveryCount(Reply):
    """Deliveries by state."""

    queued = fields.Integer(load_default=0, dump_default=0)
    sending = fields.Integer(load_default=0, dump_default=0)
    delivered = fields.Integer(load_default=0, dump_default=0)
    failed = fields.Integer(load_default=0, dump_default=0)
    cancelled = fields.Integer(load_default=0, dump_default=0)


class TermLetters(Reply):
    """The letters of one term in figures."""

    term_id = fields.String(required=True)
    transfer = fields.Nested(KindCount, required=True)
    admission = fields.Nested(KindCount, required=True)
    deliveries = fields.Nested(DeliveryCount, required=True)


class LettersSummary(Reply):
    """Letters and deliveries of each term in figures, and of all terms together."""

    items = fields.List(fields.Nested(TermLetters), required=True)
    transfer = fields.Nested(KindCount, required=True)
    admission = fields.Nested(KindCount, required=True)
    deliveries = fields.Nested(DeliveryCount, required=True)


LIST_LETTERS = Operation(
    name="list_letters",
    summary=Words("查询发文登记", "List registered letters"),
    kind="query",
    verb="GET",
    path="/letters",
    request=ListLetters,
    reply=page_of(Letter),
    roles=READERS | {Role.TRAINEE},
    scope="unit_id",
)
GET_LETTER = Operation(
    name="get_letter",
    summary=Words("查看一份函件", "Show one letter"),
    kind="query",
    verb="GET",
    path="/letters/{letter_id}",
    request=LetterId,
    reply=Letter,
    roles=READERS | {Role.TRAINEE},
    errors=(NotFound,),
    versioned=True,
)
GET_LETTER_FILE = Operation(
    name="get_letter_file",
    summary=Words("下载函件（留痕）", "Download a letter; the view is audited"),
    kind="query",
    verb="GET",
    path="/letters/{letter_id}/file",
    request=LetterId,
    reply=LetterFile,
    roles=READERS | {Role.TRAINEE},
    errors=(NotFound, LetterNotPrinted),
    download=True,
)
VOID_LETTER = Operation(
    name="void_letter",
    summary=Words("作废函件（文号保留）", "Make a letter void; its number stays taken"),
    kind="command",
    verb="POST",
    path="/letters/{letter_id}/void",
    request=VoidLetter,
    reply=Letter,
    roles=frozenset({Role.ORGANISATION_DEPARTMENT}),
    errors=(NotFound, LetterClosed, StaleVersion),
    versioned=True,
)
ISSUE_LETTERS = Operation(
    name="issue_letters",
    summary=Words("按最新名单补发函件", "Bring the letters of a unit's roster up to date"),
    kind="command",
    verb="POST",
    path="/terms/{term_id}/letters",
    request=IssueLetters,
    reply=Issuing,
    roles=ISSUERS,
    scope="unit_id",
    errors=(NotFound, TermNotKnown),
    timeout=30.0,
)
LETTERS_SUMMARY = Operation(
    name="letters_summary",
    summary=Words("各期函件统计", "Letters of each term in figures"),
    kind="query",
    verb="GET",
    path="/letters-summary",
    request=SummariseLetters,
    reply=LettersSummary,
    roles=READERS | {Role.OPERATOR},
)

OPERATIONS = (LIST_LETTERS, GET_LETTER, GET_LETTER_FILE, VOID_LETTER, ISSUE_LETTERS, LETTERS_SUMMARY)
