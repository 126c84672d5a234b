"""The RPC entrypoint: ``@serves(OPERATION)`` answers requests on nameko's wire protocol."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from kombu.message import Message
from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import Entrypoint, ProviderCollector, SharedExtension, register_entrypoint

from shared.contracts.operation import Operation
from shared.errors import Fault, Invalid, Malformed
from shared.messaging import naming, quarantine, topology
from shared.messaging.admission import DEFAULT_MAX_DEPTH, Admission
from shared.messaging.call import Call
from shared.messaging.consumer import DrainingConsumer
from shared.messaging.faults import UnknownOperation
from shared.messaging.outgoing import Outgoing
from shared.messaging.outlet import Outlet
from shared.messaging.retry import ATTEMPT_HEADER, attempt_of
from shared.messaging.rpc_reply import reply_to
from shared.messaging.time_limit import bounded, out_of_time
from shared.messaging.workers import Workers
from shared.observability import metrics
from shared.security.tokens import CallerTokens

_MAX_ATTEMPTS = 6
"""An event may end a process four times in a row before it is put aside; a request beside it outlasts that."""


class RpcServing(SharedExtension, ProviderCollector):  # type: ignore[misc]  # nameko has no types
    """Consumes a service's request queue and hands each request to the method that serves it."""

    consumer = DrainingConsumer()
    outlet = Outlet()
    workers = Workers()

    def __init__(self) -> None:
        super().__init__()
        self.queue: Any = None
        self._operations: dict[str, Serves] = {}
        self._admission: Admission

    def setup(self) -> None:
        """Prepare checks, replies and the queue, once a container."""
        if self.queue is not None:
            return
        config, service = self.container.config, self.container.service_name
        self.queue = topology.rpc_queue(service)
        self._admission = Admission(service, tokens_of(config), int(config.get("max_call_depth") or DEFAULT_MAX_DEPTH))
        self.consumer.register_provider(self)

    def add(self, entrypoint: Serves) -> None:
        """Know one more operation. Raises ``ValueError`` when two methods serve the same."""
        name = entrypoint.operation.name
        if name in self._operations:
            raise ValueError(f"{self.container.service_name} serves {name!r} twice")
        self._operations[name] = entrypoint
        self.register_provider(entrypoint)

    def remove(self, entrypoint: Serves) -> None:
        """Forget an operation; the last one stops the consuming."""
        self.consumer.stopping = True
        self.unregister_provider(entrypoint)
        if not self._providers:
            self.consumer.unregister_provider(self)

    def receive(self, message: Message) -> None:
        """Check a request and start a worker for it; everything that cannot run is answered or put aside."""
        if self.consumer.stopping:
            self.consumer.once_cancelled(partial(self._hand_on, message))
            return
        if not message.properties.get("reply_to"):
            # P3: the stock responder dies of this, and every replica after it.
            self._put_aside(message, "no-reply-to", _nobody_asked())
            return
        if message.delivery_info.get("redelivered"):
            self._count_again(message)
            return
        try:
            entrypoint = self._entrypoint(message.delivery_info["routing_key"])
            _require_json(message)
            call = self._admission.admit(entrypoint.operation, message.body, message.headers)
        except Malformed as unreadable:
            self._put_aside(message, "unreadable", unreadable)
        except Fault as fault:
            self._finish(message, None, fault)
        else:
            if self.workers.requests.acquire(blocking=False):
                self._start(message, entrypoint, call)
            else:
                self.consumer.aside(message, partial(self._wait_and_start, message, entrypoint, call))

    def unreadable(self, message: Message, error: Exception) -> None:
        """Quarantine what kombu could not unpack, and tell a caller that waits (P2)."""
        self._put_aside(message, "unreadable", Malformed("无法读取请求", "the request cannot be read"))

    def _wait_and_start(self, message: Message, entrypoint: Serves, call: Call) -> None:
        if not self.workers.requests.acquire(timeout=call.seconds_left()):
            metrics.DEADLINES_PASSED.labels(self.container.service_name, entrypoint.operation.name).inc()
            self._finish(message, None, out_of_time(entrypoint.operation.name))  # P5: nobody waits any more
        elif self.consumer.stopping:
            self.workers.requests.release()
            self.consumer.once_cancelled(partial(self._hand_on, message))  # P6: not begun, so another replica's
        else:
            self._start(message, entrypoint, call)

    def _start(self, message: Message, entrypoint: Serves, call: Call) -> None:
        try:
            self.container.spawn_worker(
                entrypoint,
                (call,),
                {},
                context_data=_context_data(message.headers),
                handle_result=partial(self._on_result, message),
            )
        except ContainerBeingKilled:
            self.workers.requests.release()
            self.consumer.give_back(message)

    def _on_result(self, message: Message, worker: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
        self.workers.requests.release()
        self._finish(message, result, exc_info[1] if exc_info else None)
        return result, exc_info

    def _finish(self, message: Message, result: Any, error: Exception | None) -> None:
        self.consumer.answer(reply_to(message, result, error))
        self.consumer.ack(message)

    def _put_aside(self, message: Message, reason: str, error: Fault) -> None:
        copy = quarantine.for_quarantine(self.container.service_name, self.queue.name, message, reason, error)

        if message.properties.get("reply_to"):
            self.consumer.answer(reply_to(message, error=error))
        self.consumer.aside(message, partial(self._replace, message, copy))

    def _replace(self, message: Message, copy: Outgoing) -> None:
        if self.outlet.publish_or_wait(copy):
            self.consumer.ack(message)
        else:
            self.consumer.give_back_later(message)

    def _count_again(self, message: Message) -> None:
        """Count redeliveries of a request in its own header: a classic queue has no delivery limit (P3)."""
        attempt = attempt_of(message.headers)
        if attempt >= _MAX_ATTEMPTS:
            self._put_aside(message, "crashed-repeatedly", _crashes())
            return
        message.headers[ATTEMPT_HEADER] = attempt + 1
        # Copy and ack leave in one write: a request that kills the process must not come back beside its own copy.
        self._hand_on(message)

    def _hand_on(self, message: Message) -> None:
        """Put a request that was not begun back on the queue as it came: not as one that a process died on."""
        if self.consumer.answer(_again(message)):
            self.consumer.ack(message)
        else:
            self.consumer.give_back(message)

    def _entrypoint(self, routing_key: str) -> Serves:
        name = routing_key.rsplit(".", 1)[-1]
        try:
            return self._operations[name]
        except KeyError:
            service = self.container.service_name
            raise UnknownOperation(
                f"服务 {service} 没有操作 {name}，请检查部署的版本",
                f"{service} has no operation {name}; check which release is deployed",
                operation=name,
            ) from None


class Serves(Entrypoint):  # type: ignore[misc]  # nameko has no types
    """One operation of the contract, served by one method."""

    serving = RpcServing()

    def __init__(self, operation: Operation) -> None:
        super().__init__(expected_exceptions=(Fault,))
        self.operation = operation

    def setup(self) -> None:
        """Join the service's request consumer."""
        self.serving.add(self)

    def stop(self) -> None:
        """Leave it."""
        self.serving.remove(self)


def serves(operation: Operation) -> Callable[[Callable[[Any, Any], Any]], Callable[[Any, Any], Any]]:
    """Mark a method ``(self, call: Call) -> plain JSON`` as the server of a contract's operation."""

    def mark(method: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
        served = bounded(method)
        register_entrypoint(served, Serves(operation))
        return served

    return mark


def tokens_of(config: Mapping[str, Any]) -> CallerTokens:
    """Return the token checker: ``caller_tokens``, or one made from ``DIAOXUN_SECRET`` (a string or several)."""
    tokens = config.get("caller_tokens")
    if isinstance(tokens, CallerTokens):
        return tokens
    secret = config.get("DIAOXUN_SECRET") or ""
    return CallerTokens(tuple(part.strip() for part in secret.split(",")) if isinstance(secret, str) else tuple(secret))


def _context_data(headers: Mapping[str, Any]) -> dict[str, Any]:
    return {name.removeprefix("nameko."): value for name, value in headers.items()}


def _require_json(message: Message) -> None:
    if message.content_type != "application/json":
        raise Malformed(
            f"请求的内容类型须为 application/json，收到 {message.content_type!r}",
            f"a request is application/json, this one says {message.content_type!r}",
        )


def _again(message: Message) -> Outgoing:
    properties = quarantine.kept_properties(message)
    if message.properties.get("expiration") is not None:
        properties["expiration"] = message.properties["expiration"]
    headers, info = quarantine.kept_headers(message.headers), message.delivery_info
    return Outgoing(
        quarantine.raw_body(message), naming.RPC_EXCHANGE, info["routing_key"], headers, properties, mandatory=True
    )


def _nobody_asked() -> Invalid:
    return Invalid(
        "请求未注明答复地址（reply_to），无法答复，未执行",
        "the request names no reply_to, so nobody can get an answer; it was not run",
    )


def _crashes() -> Fault:
    return Fault(
        f"该请求已连续 {_MAX_ATTEMPTS} 次使服务进程中断，已隔离",
        f"this request ended the service process {_MAX_ATTEMPTS} times in a row and was put aside",
    )
