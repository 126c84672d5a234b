"""Waking the open event streams of this process when there is something new."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from gateway.events.log import EventLog
from shared.errors import Unavailable

_POLL_SECONDS = 0.5
_log = structlog.get_logger("gateway")


class EventStream:
    """Lets streams wait for the log's head to move.

    While a stream is open, one thread of the process looks at the head twice a second, for events that another process
    stored; ``nudge`` tells of this process's own at once. ``seats`` bounds the open streams.
    """

    def __init__(self, log: EventLog, seats: int) -> None:
        self.log = log
        self._seats = seats
        self._changed = threading.Condition()
        self._open = 0
        self._head = 0
        self._watcher: threading.Thread | None = None
        self._closing = False

    @contextmanager
    def seat(self) -> Iterator[None]:
        """Hold one of the places. Raises ``Unavailable`` when all are taken."""
        with self._changed:
            if self._open >= self._seats:
                raise Unavailable(
                    f"事件流连接数已达上限 {self._seats}，请稍后重连或改用 /api/v1/event-log 查询",
                    f"all {self._seats} event streams are taken; connect again later or read /api/v1/event-log",
                    retry_after=10,
                )
            self._open += 1
            if self._watcher is None:
                self._watcher = threading.Thread(target=self._watch, name="event-stream-watch", daemon=True)
                self._watcher.start()
        try:
            yield
        finally:
            with self._changed:
                self._open -= 1

    def wait_beyond(self, sequence: int, seconds: float) -> bool:
        """Wait until the head is above ``sequence``; return whether it is. False also when the gateway closes."""
        with self._changed:
            self._changed.wait_for(lambda: self._head > sequence or self._closing, timeout=seconds)
            return self._head > sequence and not self._closing

    def nudge(self) -> None:
        """Say that the log grew. While nobody streams there is nobody to tell, and the head is not even read."""
        with self._changed:
            if not self._open:
                return
        self._move(self.log.place().head)

    @property
    def is_closing(self) -> bool:
        """Whether open streams should end."""
        return self._closing

    def close(self) -> None:
        """End every open stream."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()

    def _move(self, head: int) -> None:
        with self._changed:
            grew, self._head = head > self._head, head  # it is lower than before where a backup was put back
            if grew:
                self._changed.notify_all()

    def _watch(self) -> None:
        while True:
            with self._changed:
                if self._open == 0 or self._closing:
                    self._watcher = None
                    return
            try:
                self.nudge()
            except Exception as error:  # the store may be away for a while; the streams stay open
                _log.warning("event log cannot be read", error=type(error).__name__)
            time.sleep(_POLL_SECONDS)
