"""One kept connection to the broker, with its own reader: any number of threads or greenlets may publish on it.

The reader thread is the only one that reads; py-amqp writes one whole message under a lock, so writers never mix.
Works with plain threads and, where the process is patched, with greenlets: only ``threading`` is used here.
"""

from __future__ import annotations

import logging
import random
import socket
import threading
import time
from typing import Any

import amqp
import kombu
from amqp import spec

from shared.errors import Unavailable
from shared.messaging import transport
from shared.messaging.framing import BatchedWriter, speed_up
from shared.messaging.outgoing import Outgoing, write

_log = logging.getLogger(__name__)

TICK_SECONDS = 1.0
_EMBEDDED_TICK_SECONDS = 0.25
_BACKOFF_FIRST, _BACKOFF_LAST = 0.05, 5.0
_SETTLED_SECONDS = 5.0


class LinkLost(Exception):
    """The connection went away while something was under way on it."""


class Link:
    """Keeps a connection open with capped backoff; subclasses say what to do with its channel.

    ``connected`` and ``trouble`` (the last failure's text) are health facts (P24).
    """

    def __init__(self, uri: str, name: str, heartbeat: int = transport.HEARTBEAT_SECONDS) -> None:
        self._uri, self._name, self._heartbeat = uri, name, heartbeat
        self._writer: BatchedWriter | None = None
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closing = False
        self._channel: Any = None
        self._raw: Any = None
        self._amqp = True
        self.trouble: str | None = None

    @property
    def connected(self) -> bool:
        """Whether the channel is open now."""
        return self._channel is not None

    def open_channel(self, seconds: float) -> Any:
        """Return the channel, waiting up to ``seconds`` for the connection. Raises ``Unavailable``."""
        channel = self._channel
        if channel is not None:
            return channel
        ends = time.monotonic() + seconds
        with self._changed:
            if self._closing:
                raise _closed(self._name)
            if self._thread is None:
                self._thread = threading.Thread(target=self._keep, name=f"link:{self._name}", daemon=True)
                self._thread.start()
            while self._channel is None and not self._closing:
                left = ends - time.monotonic()
                if left <= 0:
                    raise _no_broker(self.trouble)
                self._changed.wait(left)
            if self._channel is None:
                raise _closed(self._name)
            return self._channel

    def send(self, channel: Any, message: Outgoing, seconds: float = TICK_SECONDS) -> None:
        """Write one message; raises ``LinkLost`` when the line is gone or takes no bytes for ``seconds``."""
        try:
            write(channel, message, self._amqp)
            self._flush(seconds)
        except (OSError, amqp.AMQPError, AttributeError, TypeError) as error:
            if isinstance(error, (AttributeError, TypeError)) and self._channel is channel:
                raise  # not a torn-down connection: a mistake of ours
            # A write that stopped half way leaves a broken frame: the connection cannot be used again.
            self._drop(channel)
            raise LinkLost(str(error)) from error

    def _flush(self, seconds: float = TICK_SECONDS) -> None:
        if self._writer is None:
            return
        if seconds >= TICK_SECONDS:
            self._writer.flush()
            return
        sock = self._raw.sock
        sock.settimeout(max(seconds, 0.001))
        try:
            self._writer.flush()
        finally:
            sock.settimeout(TICK_SECONDS)

    def close(self, seconds: float = 2.0) -> None:
        """Close the connection and wait for the reader to end."""
        with self._changed:
            self._closing = True
            self._changed.notify_all()
            raw, thread, is_open = self._raw, self._thread, self._channel is not None
        if is_open and self._amqp:
            try:
                raw.send_method(spec.Connection.Close, "BsBB", (0, "", 0, 0))
                self._flush()
            except Exception as error:  # the line may already be dead, in any of many ways
                _log.debug("%s: closing said %r", self._name, error)
        if thread is not None and thread is not threading.current_thread():
            thread.join(seconds)

    def on_open(self, channel: Any) -> None:
        """Prepare a fresh channel (declare, consume, confirm); runs before the reader starts."""

    def on_lost(self) -> None:
        """Fail whatever waits on the connection that just went away."""

    def _drop(self, channel: Any) -> None:
        with self._changed:
            if self._channel is not channel:
                return
            raw, self._channel = self._raw, None  # whoever comes next waits for the new connection
        try:
            if self._amqp:
                raw.sock.shutdown(socket.SHUT_RDWR)
            else:
                raw.close()
        except Exception as error:  # already closed is what we want
            _log.debug("%s: dropping said %r", self._name, error)

    def _keep(self) -> None:
        backoff = _BACKOFF_FIRST
        while not self._closing:
            connection = transport.connect(self._uri, self._name, self._heartbeat)
            opened = 0.0
            try:
                self._open(connection)
                opened = time.monotonic()
                self._read(connection)
            except Exception as error:  # whatever breaks a connection, the answer is a new one
                if not self._closing:
                    self.trouble = f"{type(error).__name__}: {error}"
                    _log.warning("%s: connection lost or not made: %s", self._name, self.trouble)
            finally:
                self._shut(connection)
            if opened and time.monotonic() - opened > _SETTLED_SECONDS:
                backoff = _BACKOFF_FIRST
            with self._changed:
                if not self._closing:
                    self._changed.wait(backoff * random.uniform(0.7, 1.3))  # noqa: S311 - spreads reconnects
            backoff = min(backoff * 2, _BACKOFF_LAST)

    def _open(self, connection: kombu.Connection) -> None:
        connection.ensure_connection(max_retries=max(0, len(connection.alt) - 1), reraise_as_library_errors=False)
        raw = connection.connection
        self._amqp = transport.speaks_amqp(connection)
        if self._amqp:
            raw.sock.settimeout(transport.CONNECT_SECONDS)  # P14: a broker may fall silent half way
        channel = connection.channel()
        self.on_open(channel)
        if self._amqp:
            raw.sock.settimeout(TICK_SECONDS)
            self._writer = speed_up(raw)
        with self._changed:
            self._raw, self._channel, self.trouble = raw, channel, None
            self._changed.notify_all()

    def _read(self, connection: kombu.Connection) -> None:
        raw, wire = self._raw, connection.transport
        timeout = {} if self._amqp else {"timeout": _EMBEDDED_TICK_SECONDS}
        beat = time.monotonic()
        # py-amqp connects again by itself when a closed connection is read: look before each read.
        while raw.connected if self._amqp else not self._closing:
            try:
                wire.drain_events(raw, **timeout)
            except TimeoutError:
                if self._closing:
                    return
            if self._amqp and time.monotonic() - beat >= TICK_SECONDS:
                beat = time.monotonic()
                raw.heartbeat_tick(rate=2)
                self._flush()

    def _shut(self, connection: kombu.Connection) -> None:
        with self._changed:
            self._channel = self._raw = self._writer = None
        try:
            self.on_lost()
        finally:
            try:
                if self._amqp:
                    connection.collect()
                else:
                    connection.release()
            except Exception as error:  # nothing to save on a dead connection
                _log.debug("%s: releasing said %r", self._name, error)


def _no_broker(trouble: str | None) -> Unavailable:
    return Unavailable(
        "消息服务器暂时连接不上，请稍后重试",
        "the message broker cannot be reached now; try again shortly",
        trouble=(trouble or "connecting").split(":", 1)[0],
    )


def _closed(name: str) -> Unavailable:
    return Unavailable("本进程正在停止，不再发送消息", "this process is stopping and sends no more", link=name)
