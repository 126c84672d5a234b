"""Events of messages on their way to people."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import Event, EventData
from shared.wording import Words


class MessageFailed(EventData):
    """No channel of the ladder reached a recipient; a phone task stands."""

    message_id = fields.String(required=True)
    recipient = fields.String(required=True)
    unit_id = fields.String(required=True, allow_none=True)
    task_id = fields.String(required=True)


MESSAGE_FAILED = Event(
    "notification.message.failed.v1", Words("消息各渠道均未送达", "A message reached nobody"), MessageFailed
)

EVENTS = (MESSAGE_FAILED,)
