"""Lines to a server that a test cuts, delays or closes: what lies between a process and its broker or store."""

from __future__ import annotations

import contextlib
import socket
import threading
import time

_CHUNK = 65_536


class FaultyLine:
    """A TCP line to ``target``. ``delay`` holds back each piece by seconds; a closed line refuses connections."""

    def __init__(self, target: int) -> None:
        self._target = target
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = int(self._listener.getsockname()[1])
        self.delay = 0.0
        self.cuts = 0
        self._closed = False
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> int:
        """Break every connection and return how many there were; new ones are let through."""
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for pair in pairs:
            _end(*pair)
        self.cuts += len(pairs)
        return len(pairs)

    def close(self) -> None:
        """Break every connection and let no new one through."""
        self._closed = True
        self.cut()

    def open(self) -> None:
        """Let connections through again."""
        self._closed = False

    def mend(self) -> None:
        """Be a plain line again."""
        self.delay = 0.0
        self.open()

    def take_down(self) -> None:
        """End for good."""
        self._listener.close()
        self.close()

    def asked(self, near: socket.socket, far: socket.socket) -> None:
        """Carry what the process says to the server until one of them ends."""
        while piece := near.recv(_CHUNK):
            self._hold()
            far.sendall(piece)

    def _answered(self, near: socket.socket, far: socket.socket) -> None:
        while piece := far.recv(_CHUNK):
            self._hold()
            near.sendall(piece)

    def _hold(self) -> None:
        if self.delay:
            time.sleep(self.delay)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                threading.Thread(target=self._join, args=(near,), daemon=True).start()

    def _join(self, near: socket.socket) -> None:
        try:
            if self._closed:
                raise ConnectionRefusedError
            far = socket.create_connection(("127.0.0.1", self._target), timeout=5)
        except OSError:  # the server is away: its clients find a closed door
            near.close()
            return
        far.settimeout(None)
        for end in (near, far):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self._lock:
            self._pairs.append((near, far))
        for carry in (self.asked, self._answered):
            threading.Thread(target=self._carry, args=(carry, near, far), daemon=True).start()

    def _carry(self, how: object, near: socket.socket, far: socket.socket) -> None:
        with contextlib.suppress(OSError):
            how(near, far)  # type: ignore[operator]
        _end(near, far)
        with self._lock, contextlib.suppress(ValueError):
            self._pairs.remove((near, far))


def _end(*ends: socket.socket) -> None:
    for end in ends:
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
