"""Looks into quarantines: list, show, send back to the queue a message came from, discard."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from amqp.exceptions import NotFound as NoQueue
from kombu.message import Message

from shared.errors import NotFound
from shared.messaging import naming, quarantine, serializer, transport
from shared.messaging.outgoing import Outgoing
from shared.messaging.publishing import ConfirmedPublisher
from shared.messaging.retry import ATTEMPT_HEADER, attempt_of

Audit = Callable[[str, "DeadLetter"], None]


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """One message in a quarantine. ``id`` is the event's id where there is one; ``at`` is ISO, machine time."""

    id: str
    service: str
    queue: str
    reason: str
    error: str
    attempts: int
    at: str | None
    routing_key: str
    content_type: str | None
    body: bytes = field(repr=False)
    headers: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which dead letters are meant; an empty filter means all."""

    ids: frozenset[str] = frozenset()
    queue: str | None = None
    reason: str | None = None
    event_type: str | None = None

    def takes(self, letter: DeadLetter) -> bool:
        """Return whether the letter is meant; ``queue`` matches a part of the name."""
        return (
            (not self.ids or letter.id in self.ids)
            and (self.queue is None or self.queue in letter.queue)
            and (self.reason is None or letter.reason == self.reason)
            and (self.event_type is None or letter.routing_key == self.event_type)
        )


EVERYTHING = Filter()


def listed(amqp_uri: str, service: str, wanted: Filter = EVERYTHING, limit: int = 1000) -> list[DeadLetter]:
    """Return dead letters of a service, oldest first; they stay where they are."""
    with _opened(amqp_uri, service, limit) as held:
        return [letter for letter, _ in held if wanted.takes(letter)]


def shown(amqp_uri: str, service: str, letter_id: str) -> DeadLetter:
    """Return one dead letter with body and headers. Raises ``NotFound``."""
    found = listed(amqp_uri, service, Filter(ids=frozenset({letter_id})))
    if not found:
        raise NotFound(
            f"服务 {service} 的隔离区中没有 {letter_id}，请先用 dlq list 查看",
            f"{service}'s quarantine has no {letter_id!r}; see dlq list",
            id=letter_id,
        )
    return found[0]


def replay(
    amqp_uri: str,
    service: str,
    wanted: Filter = EVERYTHING,
    *,
    dry_run: bool = False,
    limit: int = 1000,
    audit: Audit | None = None,
) -> list[DeadLetter]:
    """Send dead letters back, to the queue they came from only, and return them; attempts count from one again.

    Not through the exchange: other subscribers have had the event. A dry run only returns what would go.
    """
    moved: list[DeadLetter] = []
    publisher = ConfirmedPublisher(amqp_uri, f"dlq:{service}")
    try:
        with _opened(amqp_uri, service, limit) as held:
            for letter, message in held:
                if wanted.takes(letter):
                    if not dry_run:
                        publisher.publish([_back(letter, message)])
                        message.ack()
                        if audit is not None:
                            audit("replay", letter)
                    moved.append(letter)
    finally:
        publisher.close()
    return moved


def discard(
    amqp_uri: str,
    service: str,
    wanted: Filter = EVERYTHING,
    *,
    dry_run: bool = False,
    limit: int = 1000,
    audit: Audit | None = None,
) -> list[DeadLetter]:
    """Delete dead letters for good and return them. A dry run only returns what would go."""
    gone: list[DeadLetter] = []
    with _opened(amqp_uri, service, limit) as held:
        for letter, message in held:
            if wanted.takes(letter):
                if not dry_run:
                    if audit is not None:
                        audit("discard", letter)
                    message.ack()
                gone.append(letter)
    return gone


def depth(amqp_uri: str, service: str) -> int:
    """Return how many messages lie in a service's quarantine (P24); 0 when it has none yet."""
    found = 0
    with transport.connect(amqp_uri, "dlq") as connection:
        for queue in naming.quarantine_queues(service):
            with suppress(NoQueue):
                found += int(connection.channel().queue_declare(queue, passive=True).message_count)
    return found


@contextmanager
def _opened(amqp_uri: str, service: str, limit: int) -> Iterator[list[tuple[DeadLetter, Message]]]:
    """Take the messages out without acknowledging; closing puts back, in order, whatever was not."""
    with transport.connect(amqp_uri, f"dlq:{service}") as connection:
        held: list[tuple[DeadLetter, Message]] = []
        for queue in naming.quarantine_queues(service):
            channel = connection.channel()  # its own: it ends when there is no such queue
            with suppress(NoQueue):
                while len(held) < limit and (raw := channel.basic_get(queue, no_ack=False)):
                    message = raw if isinstance(raw, Message) else channel.message_to_python(raw)
                    held.append((_letter(service, message), message))
        yield held


def _letter(service: str, message: Message) -> DeadLetter:
    headers = message.headers
    death = (headers.get("x-death") or [{}])[0]
    by_broker = quarantine.QUEUE not in headers
    keys = death.get("routing-keys") or [""]
    body = quarantine.raw_body(message)
    return DeadLetter(
        id=_identity(message, body),
        service=service,
        queue=str(headers.get(quarantine.QUEUE) or headers.get("x-first-death-queue") or ""),
        reason=str(headers.get(quarantine.REASON) or death.get("reason") or "unknown"),
        error=str(headers.get(quarantine.ERROR) or ("the consumer died on it" if by_broker else "")),
        attempts=attempt_of(headers) if not by_broker else int(death.get("count", 1)),
        at=str(headers[quarantine.AT]) if quarantine.AT in headers else _death_time(death),
        routing_key=str(headers.get(quarantine.ROUTING_KEY) or keys[0]),
        content_type=message.content_type,
        body=body,
        headers=dict(headers),
    )


def _death_time(death: dict[str, Any]) -> str | None:
    time = death.get("time")
    return None if time is None else str(time)


def _identity(message: Message, body: bytes) -> str:
    with suppress(ValueError):
        event = serializer.decode(body)
        if isinstance(event, dict) and isinstance(event.get("id"), str):
            return str(event["id"])
    given = message.properties.get("message_id") or message.properties.get("correlation_id")
    return str(given or f"body_{sha256(body).hexdigest()[:20]}")


def _back(letter: DeadLetter, message: Message) -> Outgoing:
    headers = {
        name: value
        for name, value in quarantine.kept_headers(message.headers).items()
        if name not in quarantine.OWN_HEADERS
    }
    headers[ATTEMPT_HEADER] = 1
    properties = quarantine.kept_properties(message)
    properties.pop("reply_to", None)
    if letter.queue.startswith("rpc-"):
        properties["reply_to"] = message.properties.get("reply_to") or ""
    former = letter.queue == naming.former_subscriber_queue(letter.service)
    queue = naming.subscriber_queue(letter.service) if former else letter.queue
    return Outgoing(letter.body, "", queue, headers, properties, mandatory=True)
