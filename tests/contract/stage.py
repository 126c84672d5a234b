"""What a messaging scenario plays on: a broker with clean queues, containers, a client, and eyes on the queues."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import kombu
from nameko.containers import ServiceContainer

from shared.context import Context
from shared.contracts import Operation
from shared.errors import Fault
from shared.messaging import RpcClient, naming, serializer, topology, transport
from shared.messaging.consumer import DrainingConsumer
from shared.messaging.outgoing import Outgoing
from shared.messaging.publishing import ConfirmedPublisher
from shared.messaging.stopping import stop_within
from shared.security.caller import WHOLE_CITY, Caller, Role
from shared.security.tokens import CallerTokens
from tests.contract.envelopes import envelope
from tests.hosts.sample import CONTRACT, HAPPENED, LISTENER, ListenerService, SampleService

SECRET = "messaging-tests-" + "0" * 32
TOKENS = CallerTokens((SECRET,))
ORGANISER = Caller("organiser", frozenset({Role.ORGANISATION_DEPARTMENT}), (WHOLE_CITY,))
DELAYS = (0.05, 0.1, 0.15)
LISTENER_QUEUE = naming.handler_queue("listener", HAPPENED.type, topology.DEFAULT_HANDLER)


class Stage:
    """Containers and connections of one scenario, cleared away at its end."""

    def __init__(self, uri: str) -> None:
        self.uri = uri
        self.config: dict[str, Any] = {
            "AMQP_URI": uri,
            "DIAOXUN_SECRET": SECRET,
            "max_workers": 10,
            "retry_delays": list(DELAYS),
            "retry_patience": 0,
        }
        self._containers: list[ServiceContainer] = []
        self._clients: list[RpcClient] = []
        self._publisher = ConfirmedPublisher(uri, "stage")

    def __enter__(self) -> Stage:
        self.clear()
        SampleService.ran.clear()
        ListenerService.handled.clear()
        ListenerService.running = ListenerService.most = 0
        topology.apply([CONTRACT, LISTENER], self.uri, topology.Topology.from_config(self.config))
        return self

    def __exit__(self, *exc_info: object) -> None:
        for container in self._containers:
            stop_within(container, 3)
        for client in self._clients:
            client.close()
        self._publisher.close()
        self.clear()

    def clear(self) -> None:
        """Delete every queue and exchange of the sample services."""
        plan = topology.Topology.from_config(self.config)
        queues = [
            *(queue for service in ("sample", "listener") for queue in plan.service_queues(service)),
            *(plan.handler_queue(one) for one in topology.subscriptions_of(LISTENER)),
        ]
        with transport.connect(self.uri, "clear") as connection:
            for queue in queues:
                with contextlib.suppress(Exception):  # a channel ends when there is nothing to delete
                    connection.channel().queue_delete(queue.name)

    def start(self, service: type[Any], **config: Any) -> ServiceContainer:
        """Host a service; the same class may be hosted several times, as replicas."""
        container = ServiceContainer(service, {**self.config, **config})
        container.start()
        self._containers.append(container)
        return container

    def stop(self, container: ServiceContainer, seconds: float = 5.0) -> bool:
        """Stop a container with grace."""
        self._containers.remove(container)
        return stop_within(container, seconds)

    def sample(self, **config: Any) -> ServiceContainer:
        return self.start(SampleService, **config)

    def listener(self, **config: Any) -> ServiceContainer:
        return self.start(ListenerService, **config)

    def client(self, **options: Any) -> RpcClient:
        """Return a client; the same one again when no options are given."""
        if options or not self._clients:
            self._clients.append(RpcClient(self.uri, TOKENS, **options))
        return self._clients[-1]

    def call(self, operation: Operation, request: dict[str, Any] | None = None, **context: Any) -> dict[str, Any]:
        """Ask the sample service; a fault comes back as ``{"fault": code}``."""
        caller = context.pop("caller", ORGANISER)
        try:
            return self.client().call("sample", operation, request or {}, Context(caller=caller, **context))
        except Fault as fault:
            return {"fault": fault.code, "details": fault.details}

    def emit(self, number: object, **data: Any) -> str:
        """Publish an event as the relay would; return its id."""
        event_id = f"evt_{uuid4().hex}"
        self.publish(
            naming.event_exchange("sample"), HAPPENED.type, serializer.encode(envelope(event_id, number, **data))
        )
        return event_id

    def publish(self, exchange: str, key: str, body: bytes, **properties: Any) -> None:
        """Publish bytes, confirmed."""
        headers = properties.pop("headers", {})
        given = {"content_type": "application/json", "content_encoding": "utf-8", "delivery_mode": 2, **properties}
        self._publisher.publish([Outgoing(body, exchange, key, headers, given)])

    def depth(self, queue: str) -> int:
        """Return how many messages wait in a queue, not counting those handed out."""
        with transport.connect(self.uri, "eyes") as connection:
            return int(connection.channel().queue_declare(queue, passive=True).message_count)

    def quarantined(self, service: str, count: int = 1) -> list[Any]:
        """Wait until that many messages lie in a service's quarantine and return them."""
        from shared.messaging import dlq

        wait_until(lambda: dlq.depth(self.uri, service) >= count, what=f"{count} in quarantine")
        return dlq.listed(self.uri, service)

    def connection(self) -> kombu.Connection:
        return transport.connect(self.uri, "scenario")


def consumer_of(container: ServiceContainer) -> DrainingConsumer:
    """Return the one consumer a container has."""
    return next(each for each in container.extensions if isinstance(each, DrainingConsumer))


def wait_until(condition: Callable[[], object], seconds: float = 30.0, what: str = "the condition") -> None:
    """Wait, letting others run, until a condition holds."""
    ends = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > ends:
            raise AssertionError(f"{what}: not within {seconds} s")
        time.sleep(0.01)
