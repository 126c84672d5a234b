"""Batched writes and buffered reads under py-amqp."""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from amqp.exceptions import UnexpectedFrame

from shared.messaging.framing import BatchedWriter, FrameReader, patient_send


class Wire:
    """A socket that gives out given pieces; an exception among them is raised."""

    def __init__(self, *pieces: bytes | Exception) -> None:
        self.pieces = list(pieces)
        self.sock = self
        self.connected = True
        self._read_buffer = b""

    def recv(self, most: int) -> bytes:
        piece = self.pieces.pop(0) if self.pieces else b""
        if isinstance(piece, Exception):
            raise piece
        return piece


def frame(payload: bytes, kind: int = 1, channel: int = 7, end: int = 0xCE) -> bytes:
    return struct.pack(">BHI", kind, channel, len(payload)) + payload + bytes([end])


def reader(*pieces: bytes | Exception) -> tuple[FrameReader, Wire]:
    wire = Wire(*pieces)
    return FrameReader(wire), wire  # type: ignore[arg-type]


def test_frames_come_out_whole_however_the_bytes_arrive() -> None:
    stream = frame(b"one") + frame(b"") + frame(b"x" * 70000, kind=3)
    for size in (1, 5, 4096, len(stream)):
        frames, _ = reader(*[stream[at : at + size] for at in range(0, len(stream), size)])
        assert [frames.read_frame() for _ in range(3)] == [(1, 7, b"one"), (1, 7, b""), (3, 7, b"x" * 70000)]


def test_a_time_out_amid_a_frame_loses_nothing() -> None:
    whole = frame(b"payload")
    frames, wire = reader(whole[:9], TimeoutError(), whole[9:])
    with pytest.raises(TimeoutError):
        frames.read_frame()
    assert wire.connected
    assert frames.read_frame() == (1, 7, b"payload")


def test_the_end_of_the_stream_and_a_broken_frame_are_errors() -> None:
    frames, wire = reader(frame(b"payload")[:5])
    with pytest.raises(OSError, match="closed"):
        frames.read_frame()
    assert not wire.connected
    with pytest.raises(UnexpectedFrame):
        reader(frame(b"payload", end=0))[0].read_frame()


def test_writes_of_one_turn_leave_in_one_send_and_are_copied() -> None:
    sent: list[bytes] = []
    later: list[Callable[[], None]] = []
    writer = BatchedWriter(sent.append, later.append)
    buffer = bytearray(b"one")
    writer.write(memoryview(buffer))
    buffer[:] = b"two"
    writer.write(memoryview(buffer))
    assert (sent, len(later)) == ([], 1)
    later.pop()()
    assert sent == [b"onetwo"]
    writer.write(b"three")
    later.pop()()
    assert sent == [b"onetwo", b"three"]


def test_who_writes_during_a_flush_leaves_the_bytes_to_it() -> None:
    sent: list[bytes] = []
    writer: Any = None

    def send(data: bytes) -> None:
        sent.append(data)
        if data == b"first":
            other = threading.Thread(target=lambda: (writer.write(b"second"), writer.flush()))
            other.start()
            other.join()

    writer = BatchedWriter(send)
    writer.write(b"first")
    writer.flush()
    assert sent == [b"first", b"second"]


def test_nothing_follows_a_send_that_failed() -> None:
    def send(data: bytes) -> None:
        raise TimeoutError("half way")

    writer = BatchedWriter(send)
    writer.write(b"first")
    with pytest.raises(TimeoutError):
        writer.flush()
    with pytest.raises(TimeoutError):
        writer.write(b"second")


def test_bytes_that_are_written_while_another_thread_flushes_are_sent_by_the_next_flush() -> None:
    sent: list[bytes] = []
    writer = BatchedWriter(sent.append)

    class Interrupted:
        def __bytes__(self) -> bytes:
            writer.flush()  # as if the other thread's turn came in the middle of the write
            return b"second"

    writer.write(b"first")
    writer.write(Interrupted())
    writer.flush()
    assert sent == [b"first", b"second"]


def slow_reader(far: socket.socket, pause: float) -> threading.Thread:
    """Read everything from ``far`` after a pause, in a thread that ends with the line."""

    def read() -> None:
        time.sleep(pause)
        while far.recv(1 << 20):
            pass

    reading = threading.Thread(target=read)
    reading.start()
    return reading


def test_a_send_waits_for_a_reader_that_pauses_longer_than_the_sockets_own_time_out() -> None:
    near, far = socket.socketpair()
    near.settimeout(0.02)
    with far, near:
        reading = slow_reader(far, 0.2)
        patient_send(near, 10)(b"x" * (4 << 20))
        near.close()
        reading.join()


def test_a_send_that_nobody_takes_fails() -> None:
    near, far = socket.socketpair()
    near.settimeout(0.02)
    with near, far, pytest.raises(TimeoutError):
        patient_send(near, 0.1)(b"x" * (4 << 20))
