"""Asks services: many callers at once over one connection, each with its own deadline (P4, P7, P13, P14)."""

from __future__ import annotations

import itertools
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Literal
from uuid import uuid4

from amqp.exceptions import ChannelError

from shared.context import Context
from shared.contracts.operation import Operation
from shared.errors import DeadlineExceeded, Fault, RemoteFault, Unavailable, fault_from_wire
from shared.messaging import headers, naming, serializer
from shared.messaging.faults import UnknownOperation
from shared.messaging.link import Link, LinkLost
from shared.messaging.outgoing import Outgoing
from shared.security.caller import Caller
from shared.security.tokens import CallerTokens

_HEARTBEAT_SECONDS = 8  # P14: a silent line is given up after twice this
_TOKEN_SECONDS = 30.0
_TOKENS_KEPT = 4096
_CONNECT_PATIENCE_SECONDS = 3.0


class _Waiting:
    """One call under way: a latch, then the raw reply or what went wrong."""

    __slots__ = ("body", "latch", "trouble")

    def __init__(self) -> None:
        self.latch = threading.Lock()
        self.latch.acquire()
        self.body: bytes | str | None = None
        self.trouble: Exception | None = None


class _ReplyLink(Link):
    """The connection that requests leave and replies come back on."""

    def __init__(self, uri: str, name: str, reply: Literal["direct", "queue"], heartbeat: int) -> None:
        super().__init__(uri, name, heartbeat)
        self._reply = reply
        self.reply_to = naming.DIRECT_REPLY
        self.pending: dict[str, _Waiting] = {}

    def on_open(self, channel: Any) -> None:
        """Listen for replies and for requests that reached no queue."""
        channel.exchange_declare(exchange=naming.RPC_EXCHANGE, type="topic", durable=True, auto_delete=False)
        queue = naming.DIRECT_REPLY
        if self._reply == "queue":  # P8: the stock responder cannot answer to the pseudo-queue
            self.reply_to = uuid4().hex
            queue = f"rpc.reply-{self._name}-{self.reply_to}"
            channel.queue_declare(queue=queue, exclusive=True, auto_delete=True, durable=False)
            channel.queue_bind(queue=queue, exchange=naming.RPC_EXCHANGE, routing_key=self.reply_to)
        if hasattr(channel, "events"):
            channel.events["basic_return"].add(self._on_return)
        channel.basic_consume(queue=queue, no_ack=True, callback=self._on_reply, consumer_tag=f"replies-{uuid4().hex}")

    def on_lost(self) -> None:
        """Tell every caller under way that the line is gone."""
        for waiting in list(self.pending.values()):
            self._settle(waiting, trouble=LinkLost("the connection was cut"))

    def _on_reply(self, message: Any) -> None:
        waiting = self.pending.pop(message.properties.get("correlation_id"), None)
        if waiting is not None:
            waiting.body = message.body
            self._settle(waiting)

    def _on_return(self, error: Exception, exchange: str, routing_key: str, message: Any) -> None:
        waiting = self.pending.pop(message.properties.get("correlation_id"), None)
        if waiting is not None:
            self._settle(waiting, trouble=not_running(routing_key.split(".", 1)[0]))

    @staticmethod
    def _settle(waiting: _Waiting, trouble: Exception | None = None) -> None:
        if trouble is not None:
            waiting.trouble = trouble
        with suppress(RuntimeError):  # already settled: a reply and the end of the line may race
            waiting.latch.release()


class RpcClient:
    """Calls operations of services. Safe for any number of threads or greenlets.

    ``reply="queue"`` uses a reply queue on nameko's exchange instead of RabbitMQ's direct reply-to; only calling
    a service hosted by stock nameko needs it. ``heartbeat`` in seconds: a line silent for twice as long is given up.
    """

    def __init__(
        self,
        amqp_uri: str,
        tokens: CallerTokens,
        name: str = "rpc-client",
        reply: Literal["direct", "queue"] = "direct",
        heartbeat: int = _HEARTBEAT_SECONDS,
    ) -> None:
        self._uri, self._name, self._reply, self._heartbeat = amqp_uri, name, reply, heartbeat
        self._tokens = tokens
        self._signed: OrderedDict[Caller, tuple[float, str]] = OrderedDict()
        self._signing = threading.Lock()
        self._ids = itertools.count(1)
        self._process = os.getpid()
        self._link = self._new_link()

    @property
    def pending(self) -> int:
        """How many calls wait for an answer."""
        return len(self._link.pending)

    @property
    def connected(self) -> bool:
        """Whether the connection stands now; it is made on the first call."""
        return self._link.connected

    def call(self, service: str, operation: Operation, request: Mapping[str, Any], context: Context) -> dict[str, Any]:
        """Ask and wait for the reply, plain JSON both ways.

        Gives up after ``operation.timeout`` seconds or at the context's deadline, whichever comes first.
        Raises the service's own faults; ``Unavailable`` when the service or the broker is not there,
        ``DeadlineExceeded`` when no answer came in time: a command may then still have run, and may be sent again
        with the same command id.
        """
        until = datetime.now(UTC) + timedelta(seconds=operation.timeout)
        if context.deadline is not None and context.deadline < until:
            until = context.deadline
        ends = time.monotonic() + (until - datetime.now(UTC)).total_seconds()
        message_headers = headers.to_headers(context, self._token(context.caller), until)
        body = serializer.encode({"args": [], "kwargs": request})
        # P13: an interrupted query is asked again; a command only when the service can tell the repetition.
        repeatable = operation.kind == "query" or context.command_id is not None
        while True:
            try:
                return _unpack(service, operation, self._ask(service, operation, body, message_headers, ends))
            except LinkLost:
                if not repeatable:
                    raise Unavailable(
                        f"与消息服务器的连接中断，{service} 的操作 {operation.name} 可能已执行；请核对后重试",
                        f"the broker connection was cut; {service}.{operation.name} may have run; check first",
                        operation=operation.name,
                    ) from None

    def close(self) -> None:
        """Close the connection; calls under way end with ``Unavailable``."""
        self._link.close()

    def _ask(
        self, service: str, operation: Operation, body: bytes, message_headers: dict[str, Any], ends: float
    ) -> bytes | str:
        left = ends - time.monotonic()
        if left <= 0:
            raise _too_late(service, operation)
        link = self._link_of_this_process()
        channel = link.open_channel(min(left, _CONNECT_PATIENCE_SECONDS))
        waiting = _Waiting()
        correlation = f"{self._name}-{next(self._ids)}"
        link.pending[correlation] = waiting
        try:
            left = ends - time.monotonic()
            message = Outgoing(
                body=body,
                exchange=naming.RPC_EXCHANGE,
                routing_key=f"{service}.{operation.name}",
                headers=message_headers,
                properties={
                    "content_type": serializer.CONTENT_TYPE,
                    "content_encoding": serializer.CONTENT_ENCODING,
                    "delivery_mode": 1,
                    "reply_to": link.reply_to,
                    "correlation_id": correlation,
                    "expiration": str(max(1, int(left * 1000))),  # P5: a late request is not worth running
                },
                mandatory=True,
            )
            try:
                link.send(channel, message, left)
            except ChannelError as error:
                if "NO_ROUTE" in str(error):
                    raise not_running(service) from None
                raise
            if not waiting.latch.acquire(timeout=max(0.0, ends - time.monotonic())):
                raise _too_late(service, operation)
        finally:
            link.pending.pop(correlation, None)  # P4: nothing may stay behind, whatever happened
        if waiting.trouble is not None:
            raise waiting.trouble
        return waiting.body or b""

    def _new_link(self) -> _ReplyLink:
        return _ReplyLink(self._uri, self._name, self._reply, self._heartbeat)

    def _link_of_this_process(self) -> _ReplyLink:
        if self._process != os.getpid():  # a forked web worker must not share its parent's socket
            self._process = os.getpid()
            self._link = self._new_link()
        return self._link

    def _token(self, caller: Caller) -> str:
        now = time.monotonic()
        signed = self._signed.get(caller)
        if signed is not None and signed[0] > now:
            return signed[1]
        token = self._tokens.sign(caller)
        with self._signing:
            self._signed[caller] = (now + _TOKEN_SECONDS, token)
            while len(self._signed) > _TOKENS_KEPT:
                self._signed.popitem(last=False)
        return token


def not_running(service: str) -> Unavailable:
    """Return the fault for a service that has no queue on this broker."""
    return Unavailable(
        f"服务 {service} 未在运行，请启动后重试",
        f"the service {service} is not running; start it and try again",
        service=service,
    )


def _too_late(service: str, operation: Operation) -> DeadlineExceeded:
    return DeadlineExceeded(
        f"服务 {service} 未在期限内答复操作 {operation.name}，请稍后用同一幂等键重试",
        f"{service} did not answer {operation.name} before the deadline; try again with the same idempotency key",
        service=service,
        operation=operation.name,
    )


def _unpack(service: str, operation: Operation, body: bytes | str) -> dict[str, Any]:
    try:
        reply = serializer.decode(body)
        error, result = reply.get("error"), reply.get("result")
    except (ValueError, AttributeError):
        raise _opaque(service, operation) from None
    if error is None:
        return result  # type: ignore[no-any-return]  # what a service answers is checked by its own reply schema
    raise _fault_of(service, operation, error)


def _fault_of(service: str, operation: Operation, error: Any) -> Fault:
    if isinstance(error, Mapping):
        if isinstance(error.get("fault"), Mapping):
            return fault_from_wire(error["fault"])
        if error.get("exc_type") == "MethodNotFound":  # a stock nameko service
            return UnknownOperation(
                f"服务 {service} 没有操作 {operation.name}，请检查部署的版本",
                f"{service} has no operation {operation.name}; check which release is deployed",
                operation=operation.name,
            )
    return _opaque(service, operation)


def _opaque(service: str, operation: Operation) -> RemoteFault:
    return RemoteFault(
        f"服务 {service} 执行 {operation.name} 时出错，请稍后重试或联系运维人员",
        f"{service} failed while running {operation.name}; try again later or tell the operator",
        operation=operation.name,
    )
