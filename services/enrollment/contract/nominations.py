"""Nominations: reading, attesting, reviewing, correcting, withdrawing."""

from __future__ import annotations

from marshmallow import fields, validate

from services.enrollment.contract.parts import (
    FILERS,
    ORGANISERS,
    READERS,
    BadIdentity,
    Ineligible,
    NoFields,
    TermCancelled,
    Text,
    WrongState,
    identifier,
    unit_path,
)
from services.enrollment.domain.nomination import RETURN_REASONS, WITHDRAWAL_REASONS, Criterion, State
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Forbidden, NotFound, StaleVersion
from shared.wording import Words

STATES = tuple(state.value for state in State)
OUTCOMES = ("eligible", "warned", "refused")
CRITERIA = tuple(item.value for item in Criterion)
_BULK = validate.Length(1, 2000)


class RuleVerdict(Reply):
    """What one eligibility rule answered."""

    rule = fields.String(required=True)
    ruling = fields.String(required=True, validate=validate.OneOf(("pass", "warn", "refuse", "pending", "failed")))
    reason = fields.Nested(Text, required=True)
    source = fields.String(required=True)


class Attestation(Reply):
    """One criterion the unit vouches for."""

    criterion = fields.String(required=True)
    signer = fields.String(required=True)
    signer_post = fields.String(required=True)
    signed_at = fields.AwareDateTime(required=True)


class Review(Reply):
    """The organisation department's last decision."""

    decision = fields.String(required=True)
    reason_code = fields.String(required=True, allow_none=True)
    note = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


class ReviewStep(Review):
    """What one step of the review ladder decided, and who."""

    step = fields.String(required=True)
    by = fields.String(required=True)


class Withdrawal(Reply):
    """Why somebody no longer goes; ``reason_code`` may be one of compliance's or of a replacement."""

    reason_code = fields.String(required=True)
    note = fields.String(required=True)
    at = fields.AwareDateTime(required=True)


class NominationSummary(Reply):
    """One nomination in a list; the identity number is never shown and the phone is masked."""

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    name = fields.String(required=True)
    sex = fields.String(required=True, allow_none=True)
    post = fields.String(required=True)
    rank = fields.String(required=True)
    phone_masked = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    needs_human = fields.Boolean(required=True)
    awaits = fields.String(
        required=True,
        allow_none=True,
        metadata={"description": "待审核的环节 / the step of the review ladder it waits for"},
    )
    filed_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class StateChange(Reply):
    """One step of a nomination's life; ``missed``: did not report and is admitted until that is decided."""

    state = fields.String(required=True)
    at = fields.AwareDateTime(required=True)
    by = fields.String(required=True)


class Nomination(NominationSummary):
    """One nomination with its snapshot of post and rank, verdicts, attestations and history."""

    import_id = fields.String(required=True, allow_none=True)
    ethnicity = fields.String(required=True)
    born_on = fields.Date(required=True)
    political_status = fields.String(required=True)
    education = fields.String(required=True)
    workplace = fields.String(required=True)
    diet = fields.String(required=True, metadata={"description": "饮食要求 / rules of diet"})
    remark = fields.String(required=True)
    snapshot_on = fields.Date(
        required=True, metadata={"description": "职务职级以此日为准 / the day the post and rank were held"}
    )
    verdicts = fields.List(fields.Nested(RuleVerdict), required=True)
    attestations = fields.List(fields.Nested(Attestation), required=True)
    review = fields.Nested(Review, required=True, allow_none=True)
    reviews = fields.List(fields.Nested(ReviewStep), required=True)
    ladder = fields.List(fields.String(), required=True)
    withdrawal = fields.Nested(Withdrawal, required=True, allow_none=True)
    replaces = fields.String(required=True, allow_none=True)
    replaced_by = fields.String(required=True, allow_none=True)
    history = fields.List(fields.Nested(StateChange), required=True)


class ListNominations(Page):
    """Which nominations to list."""

    term_id = identifier()
    unit_id = unit_path()
    import_id = identifier()
    state = fields.String(validate=validate.OneOf(STATES))
    outcome = fields.String(validate=validate.OneOf(OUTCOMES))
    awaits = fields.String(validate=validate.Length(1, 40))


class NominationId(Request):
    """Which nomination."""

    nomination_id = identifier(required=True)


class AttestNominations(Request):
    """Criteria signed by a leading member of the unit for several people at once."""

    nomination_ids = fields.List(identifier(), required=True, validate=_BULK)
    criteria = fields.List(
        fields.String(validate=validate.OneOf(CRITERIA)),
        load_default=lambda: list(CRITERIA),
        validate=validate.Length(1),
    )
    signer = fields.String(required=True, validate=validate.Length(1, 40))
    signer_post = fields.String(required=True, validate=validate.Length(1, 100))


class ReviewNominations(Request):
    """One decision on several nominations, each at the step of the review ladder it waits for.

    Only whoever a step belongs to decides it; returning and refusing need a reason code.
    """

    nomination_ids = fields.List(identifier(), required=True, validate=_BULK)
    decision = fields.String(required=True, validate=validate.OneOf(("accept", "return", "refuse")))
    reason_code = fields.String(allow_none=True, load_default=None, validate=validate.OneOf((*RETURN_REASONS, None)))
    note = fields.String(load_default="", validate=validate.Length(max=500))


class CorrectNomination(Request):
    """What changes in a returned nomination; fields left out stay. Attestations have to be signed again."""

    nomination_id = identifier(required=True)
    name = fields.String(validate=validate.Length(1, 40))
    id_number = fields.String(validate=validate.Length(1, 30))
    phone = fields.String(validate=validate.Length(max=30))
    post = fields.String(validate=validate.Length(max=200))
    rank = fields.String(validate=validate.Length(max=60))
    workplace = fields.String(validate=validate.Length(max=200))
    political_status = fields.String(validate=validate.Length(max=30))
    education = fields.String(validate=validate.Length(max=30))
    ethnicity = fields.String(validate=validate.Length(max=30))
    diet = fields.String(validate=validate.Length(max=60))
    term_id = identifier()


class WithdrawNomination(Request):
    """Why somebody no longer goes."""

    nomination_id = identifier(required=True)
    reason_code = fields.String(required=True, validate=validate.OneOf(tuple(WITHDRAWAL_REASONS)))
    note = fields.String(load_default="", validate=validate.Length(max=500))


class Problem(Reply):
    """Why one row of a bulk action was left as it is."""

    code = fields.String(required=True)
    message = fields.Nested(Text, required=True)


class BulkRow(Reply):
    """One row of a bulk action."""

    nomination_id = fields.String(required=True)
    done = fields.Boolean(required=True)
    state = fields.String(required=True)
    problem = fields.Nested(Problem, required=True, allow_none=True)


class BulkReport(Reply):
    """A bulk action, row by row."""

    done = fields.Integer(required=True)
    left = fields.Integer(required=True)
    items = fields.List(fields.Nested(BulkRow), required=True)


class UnsealIdNumber(Request):
    """Whose number, and what for; the purpose goes into the audit log."""

    nomination_id = identifier(required=True)
    purpose = fields.String(required=True, validate=validate.Length(4, 200))


class IdNumber(Reply):
    """One citizen identity number in full."""

    nomination_id = fields.String(required=True)
    id_number = fields.String(required=True)


class LadderStep(Reply):
    """One step; ``level`` is the depth in the tree of units of whoever decides a unit's step (1: the city)."""

    step = fields.String(required=True)
    title = fields.Nested(Text, required=True)
    role = fields.String(required=True)
    level = fields.Integer(required=True)


class ReviewLadder(Reply):
    """The steps in force, the first to decide first, and where they come from."""

    items = fields.List(fields.Nested(LadderStep), required=True)
    source = fields.String(required=True)
    basis = fields.String(required=True)


LIST_NOMINATIONS = Operation(
    name="list_nominations",
    summary=Words("查询推荐人选", "List nominations"),
    kind="query",
    verb="GET",
    path="/nominations",
    request=ListNominations,
    reply=page_of(NominationSummary),
    roles=READERS,
    scope="unit_id",
)
GET_NOMINATION = Operation(
    name="get_nomination",
    summary=Words("查看一份推荐", "Show one nomination"),
    kind="query",
    verb="GET",
    path="/nominations/{nomination_id}",
    request=NominationId,
    reply=Nomination,
    roles=READERS,
    errors=(NotFound,),
    versioned=True,
)
ATTEST_NOMINATIONS = Operation(
    name="attest_nominations",
    summary=Words("单位批量认定三项条件", "Attest the three criteria for several nominations"),
    kind="command",
    verb="POST",
    path="/nominations/attestations",
    request=AttestNominations,
    reply=BulkReport,
    roles=FILERS,
    errors=(NotFound,),
    timeout=60.0,
)
REVIEW_NOMINATIONS = Operation(
    name="review_nominations",
    summary=Words("逐级批量审核", "Accept, return or refuse several nominations at the step they wait for"),
    kind="command",
    verb="POST",
    path="/nominations/reviews",
    request=ReviewNominations,
    reply=BulkReport,
    roles=FILERS,
    errors=(NotFound,),
    timeout=60.0,
)
GET_REVIEW_LADDER = Operation(
    name="get_review_ladder",
    summary=Words("查看审核环节", "Show the steps of review"),
    kind="query",
    verb="GET",
    path="/review-ladder",
    request=NoFields,
    reply=ReviewLadder,
    roles=READERS,
)
CORRECT_NOMINATION = Operation(
    name="correct_nomination",
    summary=Words("修改并重新报送", "Correct a nomination and file it again"),
    kind="command",
    verb="PATCH",
    path="/nominations/{nomination_id}",
    request=CorrectNomination,
    reply=Nomination,
    roles=FILERS,
    errors=(NotFound, WrongState, BadIdentity, Ineligible, TermCancelled, StaleVersion),
    versioned=True,
)
WITHDRAW_NOMINATION = Operation(
    name="withdraw_nomination",
    summary=Words("撤回推荐", "Withdraw a nomination"),
    kind="command",
    verb="POST",
    path="/nominations/{nomination_id}/withdrawal",
    request=WithdrawNomination,
    reply=Nomination,
    roles=FILERS,
    errors=(NotFound, WrongState, Forbidden, StaleVersion),
    versioned=True,
)
UNSEAL_ID_NUMBER = Operation(
    name="unseal_id_number",
    summary=Words("查看身份证号（留痕）", "Show an identity number in full; the view is audited"),
    kind="query",
    verb="GET",
    path="/nominations/{nomination_id}/id-number",
    request=UnsealIdNumber,
    reply=IdNumber,
    roles=ORGANISERS,
    errors=(NotFound,),
)

OPERATIONS = (
    LIST_NOMINATIONS,
    GET_NOMINATION,
    ATTEST_NOMINATIONS,
    REVIEW_NOMINATIONS,
    GET_REVIEW_LADDER,
    CORRECT_NOMINATION,
    WITHDRAW_NOMINATION,
    UNSEAL_ID_NUMBER,
)
