"""Publishes with confirms, many messages in one flight; used by the relay, the retry ladder and the quarantine."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from shared.messaging.faults import PublishFailed
from shared.messaging.link import Link, LinkLost
from shared.messaging.outgoing import Outgoing

CONFIRM_SECONDS = 10.0


class _Flight:
    """Messages sent together: counts down as the broker confirms, keeps the first refusal."""

    __slots__ = ("latch", "left", "trouble")

    def __init__(self, size: int) -> None:
        self.left = size
        self.trouble: str | None = None
        self.latch = threading.Lock()
        self.latch.acquire()

    def landed(self, trouble: str | None = None) -> None:
        self.trouble = self.trouble or trouble
        self.left -= 1
        if self.left == 0:
            self.latch.release()


class ConfirmedPublisher(Link):
    """A connection whose every message is confirmed by the broker before ``publish`` returns."""

    def __init__(self, uri: str, name: str) -> None:
        super().__init__(uri, name)
        self._order = threading.Lock()
        self._tags = itertools.count(1)
        self._flights: dict[int, tuple[str, _Flight]] = {}
        self._returned: set[str] = set()
        self._marks = uuid4().hex
        self._numbers = itertools.count(1)

    def publish(self, messages: Sequence[Outgoing], seconds: float = CONFIRM_SECONDS) -> None:
        """Publish all, in order, and wait until the broker has taken every one.

        Raises ``PublishFailed`` or ``Unavailable``; then none, some or all may have been taken: repeat them all
        (receivers know repetitions by the event's id).
        """
        if not messages:
            return
        ends = time.monotonic() + seconds
        channel = self.open_channel(seconds)
        flight = _Flight(len(messages))
        tags: list[int] = []
        try:
            with self._order:
                for message in messages:
                    self._send(channel, message, flight, tags, ends)
            if not flight.latch.acquire(timeout=max(0.0, ends - time.monotonic())):
                self._drop(channel)  # P13: an unanswered confirm means the line is not to be trusted
                raise _failed("no confirm in time")
        except LinkLost as lost:
            raise _failed(str(lost)) from None
        finally:
            for tag in tags:
                self._flights.pop(tag, None)
        if flight.trouble is not None:
            raise _failed(flight.trouble)

    def on_open(self, channel: Any) -> None:
        """Switch confirms on and count from one again."""
        self._tags = itertools.count(1)
        self._flights.clear()
        self._returned.clear()
        channel.confirm_select()
        channel.events["basic_ack"].add(self._on_ack)
        channel.events["basic_nack"].add(self._on_nack)
        channel.events["basic_return"].add(self._on_return)

    def on_lost(self) -> None:
        """Fail every message whose confirm will not come any more."""
        for tag in list(self._flights):
            self._landed(tag, "the connection was cut before the confirm")

    def _send(self, channel: Any, message: Outgoing, flight: _Flight, tags: list[int], ends: float) -> None:
        mark = message.properties.setdefault("message_id", f"{self._marks}-{next(self._numbers)}")
        left = ends - time.monotonic()
        if left <= 0:
            raise LinkLost("no time left to publish")
        tag = next(self._tags)
        tags.append(tag)
        self._flights[tag] = (mark, flight)
        self.send(channel, message, left)

    def _on_ack(self, tag: int, multiple: bool) -> None:
        for one in self._up_to(tag) if multiple else (tag,):
            self._landed(one)

    def _on_nack(self, tag: int, multiple: bool) -> None:
        for one in self._up_to(tag) if multiple else (tag,):
            self._landed(one, "the broker refused it")

    def _on_return(self, error: Exception, exchange: str, routing_key: str, message: Any) -> None:
        self._returned.add(message.properties.get("message_id"))  # the confirm follows and looks here

    def _up_to(self, tag: int) -> list[int]:
        return sorted(known for known in list(self._flights) if known <= tag)

    def _landed(self, tag: int, trouble: str | None = None) -> None:
        mark, flight = self._flights.pop(tag, ("", None))
        if mark in self._returned:
            self._returned.discard(mark)
            trouble = trouble or "no queue takes it"
        if flight is not None:
            flight.landed(trouble)


def _failed(why: str) -> PublishFailed:
    return PublishFailed(
        "消息服务器未确认收到消息，稍后会重发",
        f"the broker did not confirm the message ({why}); it is sent again later",
        why=why,
    )
