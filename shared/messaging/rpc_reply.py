"""Answers requests: one kept connection a container, no confirm (a lost reply is a deadline), P8 and P19."""

from __future__ import annotations

from typing import Any

from kombu.message import Message
from nameko.exceptions import get_module_path

from shared.errors import Fault, RemoteFault, Unavailable
from shared.messaging import naming, serializer
from shared.messaging.faults import UnknownOperation
from shared.messaging.link import Link, LinkLost, Outgoing

_OPEN_SECONDS = 2.0


class Responder(Link):
    """Publishes replies to wherever a request asked for them."""

    def on_open(self, channel: Any) -> None:
        """Declare nameko's exchange, which stock callers bind their reply queue to."""
        channel.exchange_declare(exchange=naming.RPC_EXCHANGE, type="topic", durable=True, auto_delete=False)

    def answer(self, message: Message, result: Any = None, error: Exception | None = None) -> bool:
        """Send the reply; return whether it left. A result that JSON has no word for becomes an opaque fault."""
        reply_to = message.properties.get("reply_to")
        if not reply_to:
            return False
        reply = Outgoing(
            body=reply_body(result, error),
            # P8: the default exchange is the only one that reaches RabbitMQ's direct reply-to.
            exchange="" if reply_to.startswith(naming.DIRECT_REPLY) else naming.RPC_EXCHANGE,
            routing_key=reply_to,
            properties={
                "content_type": serializer.CONTENT_TYPE,
                "content_encoding": serializer.CONTENT_ENCODING,
                "delivery_mode": 1,
                "correlation_id": message.properties.get("correlation_id"),
            },
        )
        for _ in range(2):  # the line may have been cut while nobody was looking (P13)
            try:
                self.send(self.open_channel(_OPEN_SECONDS), reply)
            except (LinkLost, Unavailable):
                continue
            return True
        return False


def reply_body(result: Any, error: Exception | None) -> bytes:
    """Return ``{"result", "error"}`` as nameko's callers read it, our fault envelope inside the error."""
    try:
        if error is None:
            return serializer.encode({"result": result, "error": None})
        return serializer.encode({"result": None, "error": error_to_wire(error)})
    except (TypeError, ValueError) as unfit:
        return serializer.encode({"result": None, "error": error_to_wire(unfit)})


def error_to_wire(error: Exception) -> dict[str, Any]:
    """Return nameko's four fields and ``fault``; of an unexpected error nothing but that it happened (P19)."""
    fault = error if isinstance(error, Fault) else unexpected()
    text = str(fault)
    name, path = type(fault).__name__, get_module_path(type(fault))
    arguments = [text]
    if isinstance(fault, UnknownOperation):  # what stock callers know it as
        name, path = "MethodNotFound", "nameko.exceptions.MethodNotFound"
        arguments = [str(fault.details.get("operation", ""))]
    return {"exc_type": name, "exc_path": path, "exc_args": arguments, "value": text, "fault": fault.to_wire()}


def unexpected() -> RemoteFault:
    """Return the fault that stands for an error whose text must not leave the service."""
    return RemoteFault(
        "服务内部出错，错误已记录；请稍后重试或联系运维人员",
        "the service failed inside, which has been recorded; try again later or tell the operator",
    )
