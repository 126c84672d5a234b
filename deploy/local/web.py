"""The gateway's WSGI server inside the embedded stack: greenlets instead of gunicorn's threads."""

from __future__ import annotations

import socket
from collections.abc import Callable
from logging import getLogger
from typing import Any

import eventlet
from eventlet import wsgi

_log = getLogger(__name__)
_SEATS = 512
_FINISH_SECONDS = 5.0
_IDLE_SECONDS = 75


class _Protocol(wsgi.HttpProtocol):  # type: ignore[misc]
    """HTTP as eventlet reads it, but for a request that names no content type: eventlet says ``text/plain`` of it."""

    def get_environ(self) -> dict[str, Any]:
        """Return the environment of a request."""
        environ: dict[str, Any] = super().get_environ()
        if self.headers.get("Content-Type") is None:
            environ["CONTENT_TYPE"] = ""
        return environ


class WebServer:
    """Serves a WSGI application from greenlets on a socket that is bound already."""

    def __init__(self, listener: socket.socket, app: Callable[..., Any]) -> None:
        self._listener = listener
        self._app = app
        self._pool = eventlet.GreenPool(_SEATS)
        self._greenlet: Any = None

    @property
    def url(self) -> str:
        """Where it is reached."""
        host, port = self._listener.getsockname()[:2]
        return f"http://{host}:{port}"

    def start(self) -> None:
        """Begin to take requests."""
        self._greenlet = eventlet.spawn(
            wsgi.server,
            self._listener,
            self._app,
            custom_pool=self._pool,
            protocol=_Protocol,
            log_output=False,
            debug=False,
            socket_timeout=_IDLE_SECONDS,
        )

    def stop(self) -> None:
        """Take no more requests and let those under way finish, for a few seconds."""
        if self._greenlet is not None:
            self._greenlet.kill()
        self._listener.close()
        with eventlet.Timeout(_FINISH_SECONDS, False):
            self._pool.waitall()
        if self._pool.running():
            _log.info("%d open connections of the gateway are cut", self._pool.running())


def bind(host: str, port: int) -> tuple[socket.socket, bool]:
    """Return a listening socket and whether it has the wanted port; a taken port gives way to any free one."""
    try:
        return eventlet.listen((host, port), reuse_port=False), True
    except OSError:
        return eventlet.listen((host, 0), reuse_port=False), False
