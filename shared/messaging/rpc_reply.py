"""Answers requests on the connection they came in by, without confirm: a lost reply is a deadline (P8, P19)."""

from __future__ import annotations

from typing import Any

from kombu.message import Message
from nameko.exceptions import get_module_path

from shared.errors import Fault, RemoteFault
from shared.messaging import naming, serializer
from shared.messaging.faults import UnknownOperation
from shared.messaging.outgoing import Outgoing


def reply_to(message: Message, result: Any = None, error: Exception | None = None) -> Outgoing:
    """Return the reply to a request. A result that JSON has no word for becomes an opaque fault."""
    address = str(message.properties["reply_to"])
    return Outgoing(
        body=reply_body(result, error),
        # P8: the default exchange is the only one that reaches RabbitMQ's direct reply-to.
        exchange="" if address.startswith(naming.DIRECT_REPLY) else naming.RPC_EXCHANGE,
        routing_key=address,
        properties={
            "content_type": serializer.CONTENT_TYPE,
            "content_encoding": serializer.CONTENT_ENCODING,
            "delivery_mode": 1,
            "correlation_id": message.properties.get("correlation_id"),
        },
    )


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
