"""Fewer system calls on a py-amqp connection: reads fill a buffer, writes of one moment leave together.

py-amqp asks the socket for seven bytes, then the payload, then one byte, and sends every message by itself; with many
calls in flight those calls are what an RPC costs. TLS connections keep py-amqp's own reading and writing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from struct import Struct
from typing import Any

from amqp.exceptions import UnexpectedFrame
from amqp.transport import TCPTransport

_CHUNK = 65536
_HEADER = Struct(">BHI")
_FRAME_END = 0xCE
Defer = Callable[[Callable[[], None]], object]


class BatchedWriter:
    """Collects what is written and sends it in one go.

    Whoever flushes while another flush is under way only leaves its bytes for that one. With ``defer`` the flush is
    put off to the end of the present turn of the event loop, so that all greenlets of a turn share one send.
    """

    def __init__(self, send: Callable[[bytes], object], defer: Defer | None = None) -> None:
        self._send, self._defer = send, defer
        self._chunks: list[bytes] = []
        self._lock = threading.Lock()
        self._flushing = False
        self._put_off = False
        self._broken: OSError | None = None

    def write(self, data: Any) -> None:
        """Take bytes (copied: py-amqp uses its buffer again). Raises ``OSError`` after a failed send."""
        if self._broken is not None:
            raise self._broken
        chunk = bytes(data)
        with self._lock:  # a flush of another thread takes the list away
            self._chunks.append(chunk)
        if self._defer is not None and not self._put_off:
            self._put_off = True
            self._defer(self._flush_put_off)

    def flush(self) -> None:
        """Send everything collected, unless somebody is at it. Raises ``OSError``."""
        with self._lock:
            if self._flushing:
                return
            self._flushing = True
        try:
            while True:
                with self._lock:
                    chunks, self._chunks = self._chunks, []
                    if not chunks:
                        self._flushing = False
                        return
                self._send(b"".join(chunks))
        except OSError as error:
            # A send that stopped half way leaves a broken frame: nothing more may follow it.
            self._broken = error
            self._flushing = False
            raise

    def _flush_put_off(self) -> None:
        self._put_off = False
        try:
            self.flush()
        except OSError:
            return  # the next write raises it, and the reader sees the broken line


class FrameReader:
    """Reads AMQP frames out of one buffer; a time-out loses nothing."""

    def __init__(self, transport: TCPTransport) -> None:
        self._transport = transport
        self._receive = transport.sock.recv
        self._buffer: bytes = bytes(transport._read_buffer)
        self._at = 0

    def read_frame(self) -> tuple[int, int, bytes]:
        """Return type, channel and payload of the next frame. Raises ``TimeoutError`` or ``OSError``."""
        while True:
            left = len(self._buffer) - self._at
            if left >= _HEADER.size:
                kind, channel, size = _HEADER.unpack_from(self._buffer, self._at)
                if left >= size + 8:
                    start = self._at + _HEADER.size
                    end = start + size
                    if self._buffer[end] != _FRAME_END:
                        raise UnexpectedFrame(f"a frame ends with {self._buffer[end]:#04x} instead of 0xce")
                    self._at = end + 1
                    return kind, channel, self._buffer[start:end]
            self._fill()

    def _fill(self) -> None:
        try:
            data = self._receive(_CHUNK)
        except TimeoutError:
            raise
        except OSError:
            self._transport.connected = False
            raise
        if not data:
            self._transport.connected = False
            raise OSError("the broker closed the connection")
        self._buffer = self._buffer[self._at :] + data
        self._at = 0


def patient_send(sock: Any, seconds: float) -> Callable[[bytes], None]:
    """Return a ``sendall`` for a socket whose time-out is short for its reader's sake.

    It fails when not a byte was taken for ``seconds``. Raises ``OSError``.
    """

    def send(data: bytes) -> None:
        left = memoryview(data)
        taken = time.monotonic()
        while left:
            try:
                left = left[sock.send(left) :]
            except TimeoutError:
                if time.monotonic() - taken >= seconds:
                    raise
            else:
                taken = time.monotonic()

    return send


def speed_up(raw: Any, defer: Defer | None = None, send_seconds: float | None = None) -> BatchedWriter | None:
    """Give an open py-amqp connection buffered reads and batched writes; ``None`` where that does not apply.

    Without ``defer`` nothing leaves before ``flush`` of the returned writer is called. A send fails after the
    socket's own time-out, or with ``send_seconds`` when nothing is taken for so long.
    """
    transport = raw.transport
    if type(transport) is not TCPTransport:
        return None
    sock = transport.sock
    writer = BatchedWriter(sock.sendall if send_seconds is None else patient_send(sock, send_seconds), defer)
    transport._write = writer.write
    transport.read_frame = FrameReader(transport).read_frame
    return writer
