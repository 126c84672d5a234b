"""Replacements (更换人选): asking in time or late, deciding, and where the carrying out stands."""

from __future__ import annotations

from marshmallow import fields, validate

from services.enrollment.contract.nominations import RuleVerdict
from services.enrollment.contract.parts import (
    FILERS,
    ORGANISERS,
    READERS,
    ApproverNeeded,
    BadIdentity,
    Ineligible,
    ProofRefused,
    ReplacementDecided,
    ReplacementPending,
    TermCancelled,
    TermUnderWay,
    Text,
    WrongState,
    identifier,
    unit_path,
)
from services.enrollment.contract.rosters import File
from services.enrollment.domain.replacement import REASONS, REFUSAL_REASONS, State
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import NotFound, StaleVersion, TooLarge
from shared.wording import Words

REPLACEMENT_STATES = tuple(state.value for state in State)


class RequestReplacement(Request):
    """Somebody else instead of an admitted trainee.

    The new person is described, or named by ``new_nomination_id`` when already accepted for the same term. The unit
    vouches for all criteria by ``signer`` and ``signer_post``. ``proof`` is a PDF, JPEG, PNG or OFD file.
    """

    nomination_id = identifier(required=True)
    reason_code = fields.String(required=True, validate=validate.OneOf(tuple(REASONS)))
    reason = fields.String(required=True, validate=validate.Length(2, 500))
    proof = fields.String(required=True, metadata={"description": "证明材料，base64 / the proof file in base64"})
    filename = fields.String(load_default="", validate=validate.Length(max=200))
    signer = fields.String(required=True, validate=validate.Length(1, 40))
    signer_post = fields.String(required=True, validate=validate.Length(1, 100))
    new_nomination_id = identifier(load_default=None, allow_none=True)
    name = fields.String(load_default="", validate=validate.Length(max=40))
    id_number = fields.String(load_default="", validate=validate.Length(max=30))
    phone = fields.String(load_default="", validate=validate.Length(max=30))
    post = fields.String(load_default="", validate=validate.Length(max=200))
    rank = fields.String(load_default="", validate=validate.Length(max=60))
    workplace = fields.String(load_default="", validate=validate.Length(max=200))
    political_status = fields.String(load_default="", validate=validate.Length(max=30))
    education = fields.String(load_default="", validate=validate.Length(max=30))
    ethnicity = fields.String(load_default="", validate=validate.Length(max=30))
    diet = fields.String(load_default="", validate=validate.Length(max=60))


class ReplacementId(Request):
    """Which replacement."""

    replacement_id = identifier(required=True)


class DecideReplacement(Request):
    """The organisation department's decision; a late one is approved by somebody named."""

    replacement_id = identifier(required=True)
    decision = fields.String(required=True, validate=validate.OneOf(("approve", "refuse")))
    reason_code = fields.String(
        load_default=None,
        allow_none=True,
        validate=validate.OneOf((*REFUSAL_REASONS, None)),
        metadata={"description": "不同意时必填 / required when refusing"},
    )
    note = fields.String(load_default="", validate=validate.Length(max=500))
    approver = fields.String(
        load_default="",
        validate=validate.Length(max=40),
        metadata={"description": "逾期申请的批准人 / who lets a late request through"},
    )
    approver_post = fields.String(load_default="", validate=validate.Length(max=100))


class ListReplacements(Page):
    """Which replacements to list."""

    term_id = identifier()
    unit_id = unit_path()
    state = fields.String(validate=validate.OneOf(REPLACEMENT_STATES))
    late = fields.Boolean()


class NewPerson(Reply):
    """Who is to go, as shown: the phone is masked, the identity number absent."""

    name = fields.String(required=True)
    sex = fields.String(required=True, allow_none=True)
    post = fields.String(required=True)
    rank = fields.String(required=True)
    workplace = fields.String(required=True)
    phone_masked = fields.String(required=True)


class ReplacementDecision(Reply):
    """Who decided what, when; the approver is named for a late request."""

    decision = fields.String(required=True)
    reason_code = fields.String(required=True, allow_none=True)
    note = fields.String(required=True)
    approver = fields.String(required=True)
    approver_post = fields.String(required=True)
    by = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


class Replacement(Reply):
    """A replacement. ``refusal`` says in words why it came to nothing; ``new_nomination_id`` is set once carried out
    or when somebody nominated before was named."""

    replacement_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    old_nomination_id = fields.String(required=True)
    old_name = fields.String(required=True)
    new_nomination_id = fields.String(required=True, allow_none=True)
    new_person = fields.Nested(NewPerson, required=True)
    reason_code = fields.String(required=True)
    reason = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(REPLACEMENT_STATES))
    deadline_on = fields.Date(required=True)
    day_kind = fields.String(required=True)
    late = fields.Boolean(required=True)
    requested_at = fields.AwareDateTime(required=True)
    requested_by = fields.String(required=True)
    signer = fields.String(required=True)
    signer_post = fields.String(required=True)
    proof_filename = fields.String(required=True)
    verdicts = fields.List(fields.Nested(RuleVerdict), required=True)
    decision = fields.Nested(ReplacementDecision, required=True, allow_none=True)
    refusal = fields.Nested(Text, required=True, allow_none=True)
    version = fields.Integer(required=True)


class TermId(Request):
    """Which term."""

    term_id = identifier(required=True)


class ReplacementDeadline(Reply):
    """The last day a replacement of a term is in time, until 23:59:59 in the city, and where that comes from."""

    term_id = fields.String(required=True)
    starts_on = fields.Date(required=True)
    notice_days = fields.Integer(required=True)
    day_kind = fields.String(required=True)
    deadline_on = fields.Date(required=True)
    in_time = fields.Boolean(required=True)
    source = fields.String(required=True)


_REFUSED = (NotFound, WrongState, TermCancelled, TermUnderWay)

REQUEST_REPLACEMENT = Operation(
    name="request_replacement",
    summary=Words("申请更换人选（附证明材料）", "Ask to send somebody else, with a proof file"),
    kind="command",
    verb="POST",
    path="/nominations/{nomination_id}/replacements",
    request=RequestReplacement,
    reply=Replacement,
    roles=FILERS,
    errors=(*_REFUSED, BadIdentity, Ineligible, ProofRefused, TooLarge, ReplacementPending),
    versioned=True,
    status=201,
    timeout=30.0,
    upload="proof",
)
CANCEL_REPLACEMENT = Operation(
    name="cancel_replacement",
    summary=Words("撤销更换申请", "Take a request for a replacement back"),
    kind="command",
    verb="POST",
    path="/replacements/{replacement_id}/cancellation",
    request=ReplacementId,
    reply=Replacement,
    roles=FILERS,
    errors=(NotFound, ReplacementDecided, StaleVersion),
    versioned=True,
)
DECIDE_REPLACEMENT = Operation(
    name="decide_replacement",
    summary=Words("审批更换人选", "Decide on a replacement"),
    kind="command",
    verb="POST",
    path="/replacements/{replacement_id}/decision",
    request=DecideReplacement,
    reply=Replacement,
    roles=ORGANISERS,
    errors=(*_REFUSED, ReplacementDecided, ApproverNeeded, StaleVersion),
    versioned=True,
)
LIST_REPLACEMENTS = Operation(
    name="list_replacements",
    summary=Words("查询更换人选", "List replacements"),
    kind="query",
    verb="GET",
    path="/replacements",
    request=ListReplacements,
    reply=page_of(Replacement),
    roles=READERS,
    scope="unit_id",
)
GET_REPLACEMENT = Operation(
    name="get_replacement",
    summary=Words("查看更换人选", "Show a replacement"),
    kind="query",
    verb="GET",
    path="/replacements/{replacement_id}",
    request=ReplacementId,
    reply=Replacement,
    roles=READERS,
    errors=(NotFound,),
    versioned=True,
)
GET_REPLACEMENT_PROOF = Operation(
    name="get_replacement_proof",
    summary=Words("下载更换证明材料（留痕）", "Download the proof file; the view is audited"),
    kind="query",
    verb="GET",
    path="/replacements/{replacement_id}/proof",
    request=ReplacementId,
    reply=File,
    roles=FILERS,
    errors=(NotFound,),
    download=True,
)
GET_REPLACEMENT_DEADLINE = Operation(
    name="get_replacement_deadline",
    summary=Words("查询更换人选截止日期", "Show until when replacements are in time"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/replacement-deadline",
    request=TermId,
    reply=ReplacementDeadline,
    roles=READERS,
    errors=(NotFound,),
)

OPERATIONS = (
    REQUEST_REPLACEMENT,
    CANCEL_REPLACEMENT,
    DECIDE_REPLACEMENT,
    LIST_REPLACEMENTS,
    GET_REPLACEMENT,
    GET_REPLACEMENT_PROOF,
    GET_REPLACEMENT_DEADLINE,
)
