"""How a consumer lets go of its queues when it stops, message by message."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from eventlet.event import Event

from shared.messaging.consumer import DrainingConsumer


class Cancelled:
    """Stands for kombu's consumer of one queue; ``meanwhile`` is what happens before the broker answers."""

    def __init__(self, meanwhile: Callable[[], None]) -> None:
        self._meanwhile = meanwhile

    def cancel(self) -> None:
        self._meanwhile()


def stopping(*meanwhile: Callable[[], None]) -> tuple[DrainingConsumer, list[Any]]:
    """Return a consumer of as many queues, asked to let go of all, and the events that say each is let go."""
    consumer = DrainingConsumer()
    consumer.stopping = True
    consumer._consumers = {number: Cancelled(each) for number, each in enumerate(meanwhile)}
    consumer._pending_remove_providers = {number: Event() for number in consumer._consumers}
    return consumer, list(consumer._pending_remove_providers.values())


def nothing() -> None:
    """Stand for a quiet queue."""


def test_a_message_that_comes_while_queues_are_cancelled_is_given_back_after_the_last_of_them() -> None:
    told: list[str] = []
    consumer, _ = stopping(
        lambda: consumer.once_cancelled(lambda: told.append("given back")), lambda: told.append("last cancelled")
    )
    consumer.on_iteration()
    assert told == ["last cancelled", "given back"]
    assert consumer.should_stop is True


def test_a_line_lost_amid_cancelling_leaves_nobody_waiting() -> None:
    def lose() -> None:
        raise OSError("the line is gone")

    consumer, waiting = stopping(lose, nothing)
    with pytest.raises(OSError, match="gone"):
        consumer.on_iteration()
    assert [each.ready() for each in waiting] == [True, True]
    consumer.on_iteration()
    assert consumer.should_stop is True
