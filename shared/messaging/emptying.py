"""Emptying the queues of services: for a restore, after which what they hold belongs to no database any more."""

from __future__ import annotations

from collections.abc import Iterable

from amqp.exceptions import NotFound as NoQueue
from kombu import Connection

from shared.contracts import ServiceContract
from shared.messaging import naming, topology, transport


def empty_queues(amqp_uri: str, contracts: Iterable[ServiceContract], subscribers: Iterable[str] = ()) -> int:
    """Throw away what lies in the queues of stopped services, quarantines and retries too; return how many messages.

    ``subscribers`` are those with a database of the restore's: their queues are emptied under the name they have now
    and under the former one, their quarantines too. Queues of subscribers outside are left alone.
    Raises ``TopologyChanged``.
    """
    names = topology.apply(contracts, amqp_uri)
    perhaps = [
        name
        for each in subscribers
        for name in (
            naming.subscriber_queue(each),
            naming.former_subscriber_queue(each),
            *naming.quarantine_queues(each),
        )
        if name not in names
    ]
    with transport.connect(amqp_uri, "empty") as connection:
        channel = connection.channel()
        emptied = sum(int(channel.queue_purge(name)) for name in names)
        return emptied + sum(_purged(connection, name) for name in perhaps)


def _purged(connection: Connection, name: str) -> int:
    channel = connection.channel()  # one of its own: a channel ends when there is no such queue
    try:
        found = int(channel.queue_purge(name))
    except NoQueue:
        return 0
    channel.close()
    return found
