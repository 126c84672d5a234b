"""Messages: what is told to whom, in which dispatch it leaves, and what became of each channel."""

from __future__ import annotations

from marshmallow import fields, validate

from services.notification.contract.parts import DispatchClosed, DispatchNotPrintable, Text, identifier, unit_path
from services.notification.domain.ladder import RUNG_STATES
from services.notification.domain.ladder import STATES as DISPATCH_STATES
from shared.contracts import Event, EventData, Operation, Page, Reply, Request, page_of
from shared.errors import NotFound, StaleVersion
from shared.security.caller import Role
from shared.wording import Words

MESSAGE_STATES = ("waiting", "dispatched", "reached", "phone", "cancelled")
OUTCOMES = ("reached", "bounced", "failed")
_READERS = frozenset({Role.ORGANISATION_DEPARTMENT, Role.PARTY_SCHOOL, Role.UNIT, Role.AUDITOR, Role.OPERATOR})
_WATCHERS = frozenset({Role.ORGANISATION_DEPARTMENT, Role.PARTY_SCHOOL, Role.OPERATOR})


class Message(Reply):
    """One thing told to one recipient. It holds identifiers; the words stand in its dispatch."""

    message_id = fields.String(required=True)
    rule = fields.String(required=True)
    template = fields.String(required=True)
    recipient = fields.String(required=True)
    unit_id = fields.String(required=True, allow_none=True)
    term_id = fields.String(required=True, allow_none=True)
    urgent = fields.Boolean(required=True)
    reminder = fields.Integer(
        required=True, allow_none=True, metadata={"description": "距到期的工作日 / working days from the due day"}
    )
    state = fields.String(required=True, validate=validate.OneOf(MESSAGE_STATES))
    leaves_at = fields.AwareDateTime(required=True, allow_none=True)
    dispatch_id = fields.String(required=True, allow_none=True)
    created_at = fields.AwareDateTime(required=True)


class ListMessages(Page):
    """Which messages to list."""

    unit_id = unit_path()
    term_id = identifier()
    rule = fields.String(validate=validate.Length(1, 80))
    recipient = fields.String(validate=validate.Length(1, 160))
    state = fields.String(validate=validate.OneOf(MESSAGE_STATES))


class ChannelState(Reply):
    """What became of one channel, with the reason."""

    channel = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(RUNG_STATES))
    attempts = fields.Integer(required=True)
    address = fields.String(required=True, allow_none=True, metadata={"description": "脱敏 / masked"})
    reason = fields.Nested(Text, required=True, allow_none=True)
    receipt = fields.String(required=True, allow_none=True)
    at = fields.AwareDateTime(required=True, allow_none=True)


class Dispatch(Reply):
    """One sending to one recipient: an urgent message, or the digest of a day."""

    dispatch_id = fields.String(required=True)
    recipient = fields.String(required=True)
    unit_id = fields.String(required=True, allow_none=True)
    urgent = fields.Boolean(required=True)
    messages = fields.List(fields.String(), required=True)
    state = fields.String(required=True, validate=validate.OneOf(DISPATCH_STATES))
    channels = fields.List(fields.Nested(ChannelState), required=True)
    task_id = fields.String(required=True, allow_none=True)
    next_at = fields.AwareDateTime(required=True, allow_none=True)
    created_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class DispatchWords(Dispatch):
    """A dispatch with its words; personal links in them are taken out. Each look is audited."""

    subject = fields.String(required=True)
    text = fields.String(required=True)
    short = fields.String(required=True)


class ListDispatches(Page):
    """Which dispatches to list; ``channel`` with ``channel_state`` finds, for example, faxes underway."""

    unit_id = unit_path()
    recipient = fields.String(validate=validate.Length(1, 160))
    state = fields.String(validate=validate.OneOf(DISPATCH_STATES))
    channel = fields.String(validate=validate.Length(1, 64))
    channel_state = fields.String(validate=validate.OneOf(RUNG_STATES))


class DispatchId(Request):
    """Which dispatch."""

    dispatch_id = identifier(required=True)


class DispatchPage(Reply):
    """A dispatch as one page, for a fax machine."""

    filename = fields.String(required=True)
    media_type = fields.String(required=True)
    content = fields.String(required=True, metadata={"description": "base64"})


class RecordOutcome(DispatchId):
    """What became of a sending later: a mail that came back, a fax that went through."""

    channel = fields.String(required=True, validate=validate.Length(1, 64))
    outcome = fields.String(required=True, validate=validate.OneOf(OUTCOMES))
    note = fields.String(required=True, validate=validate.Length(1, 200))


class MessagesSummary(Reply):
    """Messages and dispatches in figures."""

    messages = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    dispatches = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    reached_by = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)
    phone_tasks = fields.Dict(keys=fields.String(), values=fields.Integer(), required=True)


class DispatchRequested(EventData):
    """Urgent messages wait for nothing: they leave now."""

    message_ids = fields.List(fields.String(), required=True)


LIST_MESSAGES = Operation(
    name="list_messages",
    summary=Words("查询消息", "List messages"),
    kind="query",
    verb="GET",
    path="/messages",
    request=ListMessages,
    reply=page_of(Message),
    roles=_READERS,
    scope="unit_id",
)
LIST_DISPATCHES = Operation(
    name="list_dispatches",
    summary=Words("查询消息发送情况", "List dispatches with the state of each channel"),
    kind="query",
    verb="GET",
    path="/dispatches",
    request=ListDispatches,
    reply=page_of(Dispatch),
    roles=_READERS,
    scope="unit_id",
)
GET_DISPATCH = Operation(
    name="get_dispatch",
    summary=Words("查看一次发送的内容（留痕）", "Show the words of a dispatch; the view is audited"),
    kind="query",
    verb="GET",
    path="/dispatches/{dispatch_id}",
    request=DispatchId,
    reply=DispatchWords,
    roles=_READERS - {Role.OPERATOR},
    errors=(NotFound,),
    versioned=True,
)
GET_DISPATCH_PAGE = Operation(
    name="get_dispatch_page",
    summary=Words("下载传真页（留痕）", "Download a dispatch as a page to fax; the view is audited"),
    kind="query",
    verb="GET",
    path="/dispatches/{dispatch_id}/page",
    request=DispatchId,
    reply=DispatchPage,
    roles=_WATCHERS - {Role.OPERATOR},
    errors=(NotFound, DispatchNotPrintable),
    download=True,
    timeout=30.0,
)
RECORD_OUTCOME = Operation(
    name="record_outcome",
    summary=Words("登记渠道的最终结果（退信、传真）", "Write down what became of a sending later"),
    kind="command",
    verb="POST",
    path="/dispatches/{dispatch_id}/outcomes",
    request=RecordOutcome,
    reply=Dispatch,
    roles=_WATCHERS,
    errors=(NotFound, DispatchClosed, StaleVersion),
    versioned=True,
)
MESSAGES_SUMMARY = Operation(
    name="messages_summary",
    summary=Words("消息统计", "Messages in figures"),
    kind="query",
    verb="GET",
    path="/messages-summary",
    request=Request,
    reply=MessagesSummary,
    roles=_READERS - {Role.UNIT},
    citywide=True,
)
DISPATCH_REQUESTED = Event(
    "notification.dispatch.requested.v1", Words("紧急消息待发送", "Urgent messages are to leave"), DispatchRequested
)

OPERATIONS = (LIST_MESSAGES, LIST_DISPATCHES, GET_DISPATCH, GET_DISPATCH_PAGE, RECORD_OUTCOME, MESSAGES_SUMMARY)
EVENTS = (DISPATCH_REQUESTED,)
