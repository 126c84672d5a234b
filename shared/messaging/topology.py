"""Exchanges and queues of the platform: one place knows their arguments, so that all declarations are equal (P9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from amqp.exceptions import PreconditionFailed
from kombu import Exchange, Queue

from shared.contracts.event import Event
from shared.contracts.service import ServiceContract
from shared.messaging import naming, retry, transport
from shared.messaging.faults import TopologyChanged

DEFAULT_HANDLER = "react"
DEFAULT_DELIVERY_LIMIT = 10
# A subscriber holds what it could not store yet, and a broker takes back after half an hour what is held: each time
# counts as a delivery. The limit is for events its process dies on, not for two days without a store.
SUBSCRIBER_DELIVERY_LIMIT = 100
# Looking into a quarantine counts as a delivery, and newer brokers drop a message after 20 unless told otherwise.
_KEPT = {"x-queue-type": "quorum", "x-delivery-limit": 1_000_000}


@dataclass(frozen=True, slots=True)
class Subscription:
    """One handler of one type of event."""

    consumer: str
    event_type: str
    handler: str = DEFAULT_HANDLER

    @property
    def source(self) -> str:
        """The service that emits the event."""
        return self.event_type.split(".", 1)[0]


@dataclass(frozen=True, slots=True)
class Topology:
    """What varies between installations: the rungs of the retry ladder and the crash guard.

    ``delivery_limit``: how often the broker hands out a message whose consumer dies on it before it is quarantined.
    """

    delays: tuple[float, ...] = retry.DEFAULT_DELAYS
    delivery_limit: int = DEFAULT_DELIVERY_LIMIT

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Topology:
        """Read ``retry_delays`` (seconds) and ``delivery_limit``."""
        return cls(
            delays=retry.RetryLadder.from_config(config).delays,
            delivery_limit=int(config.get("delivery_limit") or DEFAULT_DELIVERY_LIMIT),
        )

    def handler_queue(self, subscription: Subscription) -> Queue:
        """Return the queue of a handler: quorum, with the quarantine behind it."""
        consumer = subscription.consumer
        return Queue(
            naming.handler_queue(consumer, subscription.event_type, subscription.handler),
            exchange=event_exchange(subscription.source),
            routing_key=subscription.event_type,
            durable=True,
            queue_arguments={
                **_quorum(dead_letters_to=naming.quarantine_queue(consumer)),
                "x-delivery-limit": self.delivery_limit,
            },
        )

    def service_queues(self, service: str) -> list[Queue]:
        """Return what a service needs beside its handlers: requests, unroutable events, retries, quarantine."""
        return [
            rpc_queue(service),
            Queue(
                naming.unroutable_queue(service),
                exchange=unroutable_exchange(service),
                durable=True,
                queue_arguments=dict(_KEPT),
            ),
            quarantine(naming.quarantine_queue(service)),
            *(_rung(service, delay) for delay in self.delays),
        ]


def unroutable_exchange(service: str) -> Exchange:
    """Return the alternate exchange, for events nobody is bound to (P10)."""
    return Exchange(naming.unroutable_exchange(service), type="fanout", durable=True)


def event_exchange(service: str) -> Exchange:
    """Return a service's event exchange; what nobody is bound to goes to its alternate (P10)."""
    return Exchange(
        naming.event_exchange(service),
        type="topic",
        durable=True,
        arguments={"alternate-exchange": naming.unroutable_exchange(service)},
    )


def quarantine(name: str) -> Queue:
    """Return the quarantine of that name: it keeps what it has, however often it is looked into."""
    return Queue(name, durable=True, queue_arguments=dict(_KEPT))


def subscriber_queue(consumer: str) -> Queue:
    """Return the one queue that collects every event type a subscriber wants; its quarantine stands behind it."""
    return Queue(
        naming.subscriber_queue(consumer),
        durable=True,
        queue_arguments={
            **_quorum(dead_letters_to=naming.subscriber_quarantine(consumer)),
            "x-delivery-limit": SUBSCRIBER_DELIVERY_LIMIT,
        },
    )


def subscriber_entities(consumer: str, sources: Iterable[str]) -> list[Queue | Exchange]:
    """Return what a subscriber declares before it takes events of those services."""
    exchanges = [
        exchange
        for source in sorted(set(sources))
        for exchange in (unroutable_exchange(source), event_exchange(source))
    ]
    return [quarantine(naming.subscriber_quarantine(consumer)), subscriber_queue(consumer), *exchanges]


def rpc_queue(service: str) -> Queue:
    """Return a service's request queue: classic and as nameko declares it; a deadline answers for a lost request."""
    return Queue(
        naming.rpc_queue(service),
        exchange=Exchange(naming.RPC_EXCHANGE, type="topic", durable=True),
        routing_key=f"{service}.*",
        durable=True,
    )


def subscriptions_of(contract: ServiceContract) -> list[Subscription]:
    """Return the subscriptions a contract names, those of handlers with a name of their own too."""
    return [
        Subscription(contract.name, event_type, handler or DEFAULT_HANDLER)
        for event_type, _, handler in (entry.partition("#") for entry in contract.consumes)
    ]


def apply(
    contracts: Iterable[ServiceContract],
    amqp_uri: str,
    topology: Topology | None = None,
    subscriptions: Iterable[Subscription] = (),
) -> list[str]:
    """Declare everything the contracts need, before any service starts (P10); safe to repeat.

    Returns the names of the queues. Raises ``TopologyChanged`` for a queue that exists with other arguments.
    """
    topology = topology or Topology()
    known = list(contracts)
    wanted = [*subscriptions, *(entry for contract in known for entry in subscriptions_of(contract))]
    services = {contract.name for contract in known}
    queues = [
        *(
            queue
            for service in sorted(services | {entry.consumer for entry in wanted})
            for queue in topology.service_queues(service)
        ),
        *(topology.handler_queue(entry) for entry in dict.fromkeys(wanted)),
    ]
    with transport.connect(amqp_uri, "topology") as connection:
        channel = connection.channel()
        for source in sorted(services | {entry.source for entry in wanted}):
            declare(event_exchange(source).bind(channel))
        for queue in queues:
            declare(queue.bind(channel))
    return [queue.name for queue in queues]


def apply_subscriber(consumer: str, events: Sequence[Event], amqp_uri: str) -> list[str]:
    """Do the same for a subscriber, which then misses nothing that is published before it starts."""
    with transport.connect(amqp_uri, "topology") as connection:
        subscribe(connection.channel(), consumer, events)
    return naming.subscriber_queues(consumer)


def subscribe(channel: Any, consumer: str, events: Sequence[Event]) -> None:
    """Declare what a subscriber needs, and have its queue collect those events. Raises ``TopologyChanged``."""
    for entity in subscriber_entities(consumer, (event.service for event in events)):
        declare(entity.bind(channel))
    queue = naming.subscriber_queue(consumer)
    for event in events:
        channel.queue_bind(queue=queue, exchange=naming.event_exchange(event.service), routing_key=event.type)


def declare(entity: Queue | Exchange) -> None:
    """Declare a queue or exchange that is bound to a channel. Raises ``TopologyChanged`` (P9)."""
    try:
        entity.declare()
    except PreconditionFailed as refused:
        raise TopologyChanged(
            f"消息服务器上的 {entity.name} 与当前声明不一致；请排空并删除它，或升级其版本号",
            f"{entity.name} exists on the broker with other arguments; empty and delete it, or raise its version",
            name=entity.name,
            answer=str(refused.reply_text),
        ) from None


def _quorum(dead_letters_to: str) -> dict[str, Any]:
    return {
        "x-queue-type": "quorum",
        "x-overflow": "reject-publish",
        "x-dead-letter-strategy": "at-least-once",
        "x-dead-letter-exchange": "",
        "x-dead-letter-routing-key": dead_letters_to,
    }


def _rung(service: str, delay: float) -> Queue:
    arguments = _quorum(dead_letters_to="")
    # Without this key a message keeps its own: the name of the queue it came from and goes back to.
    del arguments["x-dead-letter-routing-key"]
    return Queue(
        naming.retry_queue(service, delay),
        exchange=Exchange(naming.retry_exchange(service, delay), type="fanout", durable=True),
        durable=True,
        queue_arguments={**arguments, "x-message-ttl": round(delay * 1000)},
    )
