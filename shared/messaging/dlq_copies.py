"""Copies of what lies in quarantines, for a backup, and putting them back."""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from shared.messaging import dlq, naming, quarantine, serializer
from shared.messaging.outgoing import Outgoing
from shared.messaging.publishing import ConfirmedPublisher
from shared.messaging.retry import ATTEMPT_HEADER

_ENOUGH = 100_000


def copies(amqp_uri: str, service: str) -> list[dict[str, Any]]:
    """Return every dead letter of a service as plain JSON; they stay where they are."""
    return [
        {
            "service": service,
            "queue": letter.queue,
            "reason": letter.reason,
            "error": letter.error,
            "attempts": letter.attempts,
            "at": letter.at,
            "routing_key": letter.routing_key,
            "content_type": letter.content_type,
            "headers": {name: value for name, value in letter.headers.items() if isinstance(value, str | int | float)},
            "body": base64.b64encode(letter.body).decode(),
        }
        for letter in dlq.listed(amqp_uri, service, limit=_ENOUGH)
    ]


def put_back(amqp_uri: str, letters: Iterable[Mapping[str, Any]], subscribers: Collection[str] = ()) -> int:
    """Put copies into the quarantines they came from and return how many; one that is there already is left alone.

    ``subscribers`` are those that are no services: they have a quarantine of another name.
    """
    publisher = ConfirmedPublisher(amqp_uri, "restore")
    put = 0
    present: dict[str, set[tuple[str, bytes]]] = {}
    try:
        for letter in letters:
            service, body = letter["service"], base64.b64decode(letter["body"])
            if service not in present:
                there = dlq.listed(amqp_uri, service, limit=_ENOUGH)
                present[service] = {(each.queue, each.body) for each in there}
            if (letter["queue"], body) in present[service]:
                continue
            lay_in = naming.subscriber_quarantine if service in subscribers else naming.quarantine_queue
            publisher.publish([_letter(letter, body, lay_in(service))])
            put += 1
    finally:
        publisher.close()
    return put


def _letter(letter: Mapping[str, Any], body: bytes, quarantine_queue: str) -> Outgoing:
    headers = {
        **quarantine.kept_headers(letter["headers"]),
        quarantine.QUEUE: letter["queue"],
        quarantine.REASON: letter["reason"],
        quarantine.ERROR: letter["error"],
        quarantine.ROUTING_KEY: letter["routing_key"],
        ATTEMPT_HEADER: letter["attempts"],
        **({quarantine.AT: letter["at"]} if letter["at"] else {}),
    }
    return Outgoing(
        body=body,
        exchange="",
        routing_key=quarantine_queue,
        headers=headers,
        properties={"content_type": letter["content_type"] or serializer.CONTENT_TYPE, "delivery_mode": 2},
        mandatory=True,
    )
