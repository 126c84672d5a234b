"""A message on its way out, and how it is put on a channel of either transport."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import amqp
from amqp import spec


@dataclass(slots=True)
class Outgoing:
    """One message to publish; ``body`` is sent as it is."""

    body: bytes
    exchange: str
    routing_key: str
    headers: dict[str, Any] = field(default_factory=dict)
    properties: dict[str, Any] = field(default_factory=dict)
    mandatory: bool = False


def write(channel: Any, message: Outgoing, over_amqp: bool) -> None:
    """Publish on a channel without waiting.

    Not ``channel.basic_publish`` over AMQP: it first reads from the socket, in the writer's thread (P7).
    """
    if over_amqp:
        content = amqp.Message(message.body, application_headers=message.headers, **message.properties)
        arguments = (0, message.exchange, message.routing_key, message.mandatory, False)
        channel.send_method(spec.Basic.Publish, "Bssbb", arguments, content)
        return
    properties = dict(message.properties)
    prepared = channel.prepare_message(
        message.body,
        priority=properties.pop("priority", None),
        content_type=properties.pop("content_type", None),
        content_encoding=properties.pop("content_encoding", None),
        headers=dict(message.headers),
        properties=properties,
    )
    channel.basic_publish(
        prepared, exchange=message.exchange, routing_key=message.routing_key, mandatory=message.mandatory
    )
