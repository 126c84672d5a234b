"""Health declarations (健康申报): minimal, sealed, opened for their purpose only, deleted with proof."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from services.compliance.contract.parts import (
    CITY,
    SCHOOL,
    TRAINEES,
    Day,
    TermFrozen,
    Text,
    Unfounded,
    WrongState,
    identifier,
    said,
)
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Forbidden, Invalid, NotFound
from shared.security.caller import Role
from shared.wording import Words

PURPOSES = ("entry_check", "daily_report")
BASES = ("consent", "statutory_duty", "public_health_emergency")
CODES = ("green", "yellow", "red", "none")
_PURPOSE = validate.OneOf(PURPOSES)
_WATCHERS = CITY | {Role.AUDITOR, Role.SECURITY_ADMIN}


class ConsentMissing(Invalid):
    """Without consent, or another basis that is named, nothing is collected."""

    code = "compliance.consent-missing"
    title = Words("未取得同意", "No consent")


class PurposeMismatch(Forbidden):
    """The declaration was collected for another purpose and is not opened for this one."""

    code = "compliance.purpose-mismatch"
    title = Words("用途不符", "Another purpose")


class DeclareMyHealth(Request):
    """One's own declaration: no more than this is asked. ``consent`` answers the text of ``get_health_consent``."""

    purpose = fields.String(required=True, validate=_PURPOSE)
    consent = fields.Boolean(required=True)
    fit = fields.Boolean(required=True, metadata={"description": "身体状况适合参训 / fit to take part"})
    symptoms = fields.Boolean(required=True, metadata={"description": "有发热等症状 / fever or the like"})
    contact = fields.Boolean(required=True, metadata={"description": "有接触史 / contact with a case"})


class RecordHealthCheck(Request):
    """A check at the gate: its result and time, never what it was read from; another basis than consent is named."""

    nomination_id = identifier(required=True)
    purpose = fields.String(required=True, validate=_PURPOSE)
    basis = fields.String(required=True, validate=validate.OneOf(BASES))
    basis_document = said(200)
    code = fields.String(required=True, validate=validate.OneOf(CODES))
    verified_at = fields.AwareDateTime(load_default=None, allow_none=True)


class GetHealthConsent(Request):
    """The text one agrees to."""


class HealthConsent(Reply):
    """The text in force, with where it comes from."""

    text = fields.Nested(Text, required=True)
    keep_days = fields.Integer(required=True, metadata={"description": "班次结束后保存天数 / days kept after the term"})
    source = fields.String(required=True)
    basis = fields.String(required=True)


class ListHealthDeclarations(Page):
    """Which declarations."""

    term_id = identifier(required=True)
    purpose = fields.String(validate=_PURPOSE)


class HealthDeclaration(Reply):
    """That there is a declaration, on which basis and until when; never what it says."""

    declaration_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(("declared", "checked")))
    purpose = fields.String(required=True)
    basis = fields.String(required=True)
    basis_document = fields.String(required=True)
    consented_at = fields.AwareDateTime(required=True, allow_none=True)
    declared_at = fields.AwareDateTime(required=True)
    delete_by = Day(required=True)
    version = fields.Integer(required=True)


class OpenHealthDeclaration(Request):
    """Open one, saying what for; the view is audited."""

    declaration_id = identifier(required=True)
    purpose = fields.String(required=True, validate=_PURPOSE)


class HealthContent(Reply):
    """What somebody declared, or what a check found."""

    declaration_id = fields.String(required=True)
    fit = fields.Boolean(allow_none=True)
    symptoms = fields.Boolean(allow_none=True)
    contact = fields.Boolean(allow_none=True)
    code = fields.String(allow_none=True)
    verified_at = fields.String(allow_none=True)


class ListMyHealth(Request):
    """One's own declarations."""


class OwnHealth(HealthDeclaration):
    """One's own declaration with what it says."""

    content = fields.Nested(HealthContent, required=True)


class OwnHealthList(Reply):
    """Everything of one's own that is kept."""

    items = fields.List(fields.Nested(OwnHealth), required=True)


class WithdrawMyConsent(Request):
    """What rests on one's consent is deleted at once."""

    declaration_id = identifier(required=True)


class ListHealthPurges(Page):
    """Which proofs of deletion."""

    term_id = identifier()


class HealthPurge(Reply):
    """A proof: how many were deleted and the digest of their identifiers; ``seal`` binds it to the proof before."""

    proof_id = fields.String(required=True)
    number = fields.Integer(required=True)
    term_id = fields.String(required=True)
    cause = fields.String(required=True, validate=validate.OneOf(("expired", "consent_withdrawn")))
    count = fields.Integer(required=True)
    digest = fields.String(required=True)
    seal = fields.String(required=True)
    purged_at = fields.AwareDateTime(required=True)


class VerifyHealthPurge(Request):
    """Which proof."""

    proof_id = identifier(required=True)


class Check(Reply):
    """One thing looked at, and whether it holds."""

    what = fields.Nested(Text, required=True)
    holds = fields.Boolean(required=True)


class PurgeVerdict(Reply):
    """Whether a proof holds: its digest, its seal and the one before, and that nothing is left."""

    proof_id = fields.String(required=True)
    holds = fields.Boolean(required=True)
    checks = fields.List(fields.Nested(Check), required=True)


def _operation(name: str, zh: str, en: str, verb: Any, path: str, **rest: Any) -> Operation:
    kind: Any = "query" if verb == "GET" else "command"
    return Operation(name=name, summary=Words(zh, en), kind=kind, verb=verb, path=path, **rest)


_WRITING = (NotFound, ConsentMissing, Unfounded, WrongState, TermFrozen)

GET_HEALTH_CONSENT = _operation(
    "get_health_consent", "查看健康申报告知同意书", "Show what one agrees to", "GET", "/health-consent",
    request=GetHealthConsent, reply=HealthConsent, roles=CITY | TRAINEES | {Role.UNIT, Role.AUDITOR},
)  # fmt: skip
DECLARE_MY_HEALTH = _operation(
    "declare_my_health", "本人健康申报", "Declare one's health", "POST", "/my/health-declarations",
    request=DeclareMyHealth, reply=HealthDeclaration, roles=TRAINEES, errors=_WRITING, versioned=True, status=201,
)  # fmt: skip
RECORD_HEALTH_CHECK = _operation(
    "record_health_check", "登记健康核验结果", "Record a health check", "POST", "/health-checks",
    request=RecordHealthCheck, reply=HealthDeclaration, roles=SCHOOL, citywide=True, errors=_WRITING, versioned=True,
    status=201,
)  # fmt: skip
LIST_HEALTH_DECLARATIONS = _operation(
    "list_health_declarations", "查询健康申报登记", "List health declarations", "GET", "/health-declarations",
    request=ListHealthDeclarations, reply=page_of(HealthDeclaration), roles=SCHOOL | {Role.AUDITOR}, citywide=True,
)  # fmt: skip
OPEN_HEALTH_DECLARATION = _operation(
    "open_health_declaration", "查看健康申报内容", "Open a health declaration", "GET",
    "/health-declarations/{declaration_id}/content",
    request=OpenHealthDeclaration, reply=HealthContent, roles=SCHOOL, citywide=True, errors=(NotFound, PurposeMismatch),
)  # fmt: skip
LIST_MY_HEALTH = _operation(
    "list_my_health", "查看本人健康申报", "Show one's own declarations", "GET", "/my/health-declarations",
    request=ListMyHealth, reply=OwnHealthList, roles=TRAINEES,
)  # fmt: skip
WITHDRAW_MY_CONSENT = _operation(
    "withdraw_my_consent", "撤回同意并删除健康申报", "Take consent back", "POST",
    "/my/health-declarations/{declaration_id}/withdrawal",
    request=WithdrawMyConsent, reply=HealthPurge, roles=TRAINEES, errors=(NotFound, WrongState),
)  # fmt: skip
LIST_HEALTH_PURGES = _operation(
    "list_health_purges", "查询健康申报清除证明", "List proofs of deletion", "GET", "/health-purges",
    request=ListHealthPurges, reply=page_of(HealthPurge), roles=_WATCHERS, citywide=True,
)  # fmt: skip
VERIFY_HEALTH_PURGE = _operation(
    "verify_health_purge", "核验健康申报清除证明", "Verify a proof of deletion", "GET",
    "/health-purges/{proof_id}/verification",
    request=VerifyHealthPurge, reply=PurgeVerdict, roles=_WATCHERS, citywide=True, errors=(NotFound,),
)  # fmt: skip

OPERATIONS = (
    GET_HEALTH_CONSENT,
    DECLARE_MY_HEALTH,
    RECORD_HEALTH_CHECK,
    LIST_HEALTH_DECLARATIONS,
    OPEN_HEALTH_DECLARATION,
    LIST_MY_HEALTH,
    WITHDRAW_MY_CONSENT,
    LIST_HEALTH_PURGES,
    VERIFY_HEALTH_PURGE,
)
