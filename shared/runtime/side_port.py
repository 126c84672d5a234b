"""``/livez``, ``/readyz`` and ``/metrics`` on a port of their own, answered by native threads (P24).

The event loop may be blocked: the probes must then say so, not hang. What needs the loop (rendering metrics, whose
locks are green) is handed over to it and waited for.
"""

from __future__ import annotations

import contextlib
import json
from collections import deque
from collections.abc import Callable
from typing import Any

import eventlet
from eventlet import patcher

from shared.observability import metrics

_socket = patcher.original("socket")
_threading = patcher.original("threading")

_LOOP_SECONDS = 5.0
_HAND_OVER_SECONDS = 0.05
_CLIENT_SECONDS = 2.0
_REQUEST_BYTES = 8192
_REASONS = {200: "OK", 404: "Not Found", 405: "Method Not Allowed", 503: "Service Unavailable"}
Answer = tuple[int, str, bytes]


class SidePort:
    """A tiny HTTP server. ``live`` and ``ready`` return whether, and plain JSON saying why; they must not wait."""

    def __init__(
        self,
        host: str,
        port: int,
        live: Callable[[], tuple[bool, dict[str, Any]]],
        ready: Callable[[], tuple[bool, dict[str, Any]]],
    ) -> None:
        self._address = (host, port)
        self._live, self._ready = live, ready
        self._listener: Any = None
        self._handed: deque[tuple[Any, list[bytes]]] = deque()
        self._greenlet: Any = None
        self.port = port

    def start(self) -> None:
        """Bind and serve. Raises ``OSError`` when the port is taken."""
        listener = _socket.socket(_socket.AF_INET6 if ":" in self._address[0] else _socket.AF_INET)
        listener.setsockopt(_socket.SOL_SOCKET, _socket.SO_REUSEADDR, 1)
        try:
            listener.bind(self._address)
            listener.listen(32)
        except OSError:
            listener.close()
            raise
        self._listener = listener
        self.port = listener.getsockname()[1]
        self._greenlet = eventlet.spawn(self._render_in_the_loop)
        _threading.Thread(target=self._accept, args=(listener,), name="side-port", daemon=True).start()

    def stop(self) -> None:
        """Close the port."""
        listener, self._listener = self._listener, None
        if listener is not None:
            with contextlib.suppress(OSError):
                listener.shutdown(_socket.SHUT_RDWR)
            listener.close()
        if self._greenlet is not None:
            self._greenlet.kill()

    def _accept(self, listener: Any) -> None:
        while self._listener is listener:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            _threading.Thread(target=self._serve, args=(client,), name="side-port-client", daemon=True).start()

    def _serve(self, client: Any) -> None:
        try:
            client.settimeout(_CLIENT_SECONDS)
            received = b""
            while b"\r\n\r\n" not in received and len(received) < _REQUEST_BYTES:
                piece = client.recv(2048)
                if not piece:
                    return
                received += piece
            status, media_type, body = self._answer(received.split(b"\r\n", 1)[0].split(b" "))
            head = (
                f"HTTP/1.1 {status} {_REASONS[status]}\r\nContent-Type: {media_type}\r\n"
                f"Content-Length: {len(body)}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"
            )
            client.sendall(head.encode() + body)
        except OSError:
            return
        finally:
            client.close()

    def _answer(self, line: list[bytes]) -> Answer:
        if len(line) != 3 or line[0] != b"GET":
            return 405, "text/plain", b"GET only\n"
        path = line[1].split(b"?", 1)[0]
        if path == b"/livez":
            return _verdict(*self._live())
        if path == b"/readyz":
            return _verdict(*self._ready())
        if path == b"/metrics":
            return self._metrics()
        return 404, "text/plain", b"/livez /readyz /metrics\n"

    def _metrics(self) -> Answer:
        done, rendered = _threading.Event(), list[bytes]()
        self._handed.append((done, rendered))
        if not done.wait(_LOOP_SECONDS):
            return 503, "text/plain", b"the event loop is blocked\n"
        return 200, metrics.CONTENT_TYPE, rendered[0]

    def _render_in_the_loop(self) -> None:
        while True:
            while self._handed:
                done, rendered = self._handed.popleft()
                rendered.append(metrics.render())
                done.set()
            eventlet.sleep(_HAND_OVER_SECONDS)


def _verdict(fine: bool, said: dict[str, Any]) -> Answer:
    return 200 if fine else 503, "application/json", json.dumps(said, ensure_ascii=False).encode() + b"\n"
