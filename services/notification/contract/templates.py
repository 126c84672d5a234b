"""Wordings of messages and letters, in versions: drafted, previewed, approved. And which events become messages."""

from __future__ import annotations

from marshmallow import fields, validate

from services.notification.contract.parts import STAFF, TemplateClosed, WordingInvalid
from shared.contracts import Operation, Reply, Request
from shared.errors import Invalid, NotFound, StaleVersion
from shared.security.caller import Role
from shared.wording import Words

STATES = ("built_in", "draft", "approved", "retired")
_READERS = STAFF | {Role.AUDITOR, Role.OPERATOR}


def _key(**more: bool) -> fields.String:
    return fields.String(validate=validate.Regexp(r"[a-z][a-z0-9.-]{1,60}"), **more)  # type: ignore[arg-type]


class Placeholder(Reply):
    """A placeholder that a wording may use, and what stands there."""

    name = fields.String(required=True)
    meaning = fields.String(required=True)
    required = fields.Boolean(required=True)


class TemplateVersion(Reply):
    """One version of a wording. Number 0 is built in."""

    number = fields.Integer(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    subject = fields.String(required=True)
    body = fields.String(required=True)
    short = fields.String(required=True)
    drafted_by = fields.String(required=True, allow_none=True)
    drafted_at = fields.AwareDateTime(required=True, allow_none=True)
    approved_by = fields.String(required=True, allow_none=True)
    approved_at = fields.AwareDateTime(required=True, allow_none=True)


class Template(Reply):
    """A wording with its placeholders; ``holds`` is the number of the version in use."""

    key = fields.String(required=True)
    title = fields.String(required=True)
    placeholders = fields.List(fields.Nested(Placeholder), required=True)
    holds = fields.Integer(required=True)
    versions = fields.List(fields.Nested(TemplateVersion), required=True)
    version = fields.Integer(required=True, metadata={"description": "已有版本数 / how many versions there are"})


class TemplateLine(Reply):
    """A wording in the list of all."""

    key = fields.String(required=True)
    title = fields.String(required=True)
    holds = fields.Integer(required=True)
    drafts = fields.Integer(required=True)


class TemplateList(Reply):
    """Every wording."""

    items = fields.List(fields.Nested(TemplateLine), required=True)


class TemplateKey(Request):
    """Which wording."""

    key = _key(required=True)


class DraftTemplate(TemplateKey):
    """A new version as a draft. Placeholders stand in braces: ``{term}``. Parts of letters use ``body`` alone."""

    subject = fields.String(load_default="", validate=validate.Length(max=120))
    body = fields.String(required=True, validate=validate.Length(max=2000))
    short = fields.String(load_default="", validate=validate.Length(max=300))


class PreviewTemplate(DraftTemplate):
    """A wording to look at before it is drafted, filled with examples."""


class Preview(Reply):
    """How a message would read."""

    subject = fields.String(required=True)
    body = fields.String(required=True)
    short = fields.String(required=True)


class ApproveTemplate(TemplateKey):
    """Which draft holds from now on."""

    number = fields.Integer(required=True, strict=True, validate=validate.Range(1))


class Rule(Reply):
    """Which event becomes which message for whom, how urgent, and when it is reminded of."""

    key = fields.String(required=True)
    event = fields.String(required=True)
    audience = fields.String(required=True)
    template = fields.String(required=True)
    due = fields.String(required=True, allow_none=True)
    enabled = fields.Boolean(required=True)
    urgent = fields.Boolean(required=True)
    remind = fields.List(fields.Integer(), required=True, allow_none=True)
    overdue = fields.String(required=True, allow_none=True)
    phone = fields.String(required=True, allow_none=True)
    version = fields.Integer(required=True)


class Rules(Reply):
    """The whole table."""

    items = fields.List(fields.Nested(Rule), required=True)


class PutRule(Request):
    """What a city changes in a rule; ``remind`` null: as the policy says."""

    key = _key(required=True)
    enabled = fields.Boolean(required=True)
    urgent = fields.Boolean(required=True)
    remind = fields.List(
        fields.Integer(strict=True, validate=validate.Range(-60, 0)),
        load_default=None,
        allow_none=True,
        validate=validate.Length(max=6),
    )


LIST_TEMPLATES = Operation(
    name="list_templates",
    summary=Words("列出文字模板", "List the wordings"),
    kind="query",
    verb="GET",
    path="/templates",
    request=Request,
    reply=TemplateList,
    roles=_READERS,
    citywide=True,
)
GET_TEMPLATE = Operation(
    name="get_template",
    summary=Words("查看文字模板及各版本", "Show a wording with its versions"),
    kind="query",
    verb="GET",
    path="/templates/{key}",
    request=TemplateKey,
    reply=Template,
    roles=_READERS,
    citywide=True,
    errors=(NotFound,),
)
DRAFT_TEMPLATE = Operation(
    name="draft_template",
    summary=Words("起草文字模板的新版本", "Draft a new version of a wording"),
    kind="command",
    verb="POST",
    path="/templates/{key}/versions",
    request=DraftTemplate,
    reply=Template,
    roles=STAFF,
    citywide=True,
    errors=(NotFound, WordingInvalid),
)
PREVIEW_TEMPLATE = Operation(
    name="preview_template",
    summary=Words("预览文字模板", "Preview a wording"),
    kind="command",
    verb="POST",
    path="/templates/{key}/preview",
    request=PreviewTemplate,
    reply=Preview,
    roles=STAFF,
    citywide=True,
    errors=(NotFound, WordingInvalid),
)
APPROVE_TEMPLATE = Operation(
    name="approve_template",
    summary=Words("批准文字模板", "Approve a draft: it holds from now on"),
    kind="command",
    verb="POST",
    path="/templates/{key}/approval",
    request=ApproveTemplate,
    reply=Template,
    roles=frozenset({Role.ORGANISATION_DEPARTMENT}),
    citywide=True,
    errors=(NotFound, TemplateClosed),
)
LIST_MESSAGE_RULES = Operation(
    name="list_message_rules",
    summary=Words("查看消息规则表", "Show which events become messages"),
    kind="query",
    verb="GET",
    path="/message-rules",
    request=Request,
    reply=Rules,
    roles=_READERS,
    citywide=True,
)
PUT_MESSAGE_RULE = Operation(
    name="put_message_rule",
    summary=Words("调整一条消息规则", "Change a rule of messages"),
    kind="command",
    verb="PUT",
    path="/message-rules/{key}",
    request=PutRule,
    reply=Rule,
    roles=frozenset({Role.ORGANISATION_DEPARTMENT}),
    citywide=True,
    errors=(NotFound, Invalid, StaleVersion),
    versioned=True,
)

OPERATIONS = (
    LIST_TEMPLATES,
    GET_TEMPLATE,
    DRAFT_TEMPLATE,
    PREVIEW_TEMPLATE,
    APPROVE_TEMPLATE,
    LIST_MESSAGE_RULES,
    PUT_MESSAGE_RULE,
)
