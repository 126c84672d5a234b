"""Names of exchanges and queues; a queue whose arguments change gets the next version in its name (P9)."""

from __future__ import annotations

RPC_EXCHANGE = "nameko-rpc"
NUDGES = "diaoxun.nudges"
DIRECT_REPLY = "amq.rabbitmq.reply-to"
_VERSION = "q1"
# q2: with delivery limits. A subscriber's q1 is taken over by whoever finds it (``event_link``).
_SUBSCRIBER_VERSION, _FORMER_SUBSCRIBER_VERSION = "q2", "q1"


def rpc_queue(service: str) -> str:
    """Return the queue of a service's requests; the name is nameko's."""
    return f"rpc-{service}"


def event_exchange(service: str) -> str:
    """Return the topic exchange a service's events go to; the name is nameko's."""
    return f"{service}.events"


def unroutable_exchange(service: str) -> str:
    """Return the alternate exchange that gets events nobody is bound to (P10)."""
    return f"{service}.events.unroutable"


def unroutable_queue(service: str) -> str:
    """Return the queue that keeps events nobody was bound to (P10)."""
    return f"{service}.events.unroutable.{_VERSION}"


def handler_queue(consumer: str, event_type: str, handler: str) -> str:
    """Return the queue of one handler for one type of event."""
    return f"{consumer}.{event_type}.{handler}.{_VERSION}"


def _delay(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    return f"{milliseconds // 1000}s" if milliseconds % 1000 == 0 else f"{milliseconds}ms"


def retry_exchange(consumer: str, seconds: float) -> str:
    """Return the fanout exchange before one rung of a service's retry ladder."""
    return f"{consumer}.retry.{_delay(seconds)}"


def retry_queue(consumer: str, seconds: float) -> str:
    """Return the queue in which a message waits on one rung of the ladder."""
    return f"{consumer}.retry.{_delay(seconds)}.{_VERSION}"


def quarantine_queue(service: str) -> str:
    """Return the queue for messages a service gave up on."""
    return f"{service}.quarantine.{_VERSION}"


def subscriber_queue(consumer: str) -> str:
    """Return the one queue that collects every event a subscriber wants."""
    return f"{consumer}.events.{_SUBSCRIBER_VERSION}"


def former_subscriber_queue(consumer: str) -> str:
    """Return what a subscriber's queue was called before its arguments changed."""
    return f"{consumer}.events.{_FORMER_SUBSCRIBER_VERSION}"


def subscriber_quarantine(consumer: str) -> str:
    """Return the queue for events a subscriber gave up on."""
    return f"{consumer}.quarantine.{_SUBSCRIBER_VERSION}"


def subscriber_queues(consumer: str) -> list[str]:
    """Return every queue that a subscriber declares."""
    return [subscriber_queue(consumer), subscriber_quarantine(consumer)]


def quarantine_queues(name: str) -> tuple[str, ...]:
    """Return every queue in which letters of a service or a subscriber may lie, older versions first."""
    return quarantine_queue(name), subscriber_quarantine(name)
