"""Posting to an address that was checked: the connection goes there and nowhere else (DNS rebinding)."""

from __future__ import annotations

import http.client
import socket
import ssl

from services.notification.plugins.address_guard import Target
from services.notification.ports import NotDelivered

_MOST_READ = 65_536


class PinnedConnection(http.client.HTTPConnection):
    """Connects to the address that was checked; the name serves only for TLS and the Host header."""

    def __init__(self, target: Target, timeout: float, ca_file: str | None) -> None:
        super().__init__(target.host, target.port, timeout=timeout)
        self._target = target
        self._ca_file = ca_file

    def connect(self) -> None:
        """Open the connection to the checked address."""
        raw = socket.create_connection((self._target.address, self._target.port), self.timeout)
        if self._target.secure:
            context = ssl.create_default_context(cafile=self._ca_file)
            try:
                raw = context.wrap_socket(raw, server_hostname=self._target.host)
            except BaseException:
                raw.close()
                raise
        self.sock = raw


def post(
    target: Target, body: bytes, headers: dict[str, str], timeout: float, ca_file: str | None
) -> tuple[int, str, bytes]:
    """Return status, reason and the beginning of the answer; redirects are not followed. Raises ``NotDelivered``."""
    connection = PinnedConnection(target, timeout, ca_file)
    try:
        connection.request("POST", target.path, body, {"Host": target.host_header, **headers})
        response = connection.getresponse()
        answer = response.read(_MOST_READ)
        return response.status, response.reason[:80], answer
    except (OSError, http.client.HTTPException) as error:
        raise NotDelivered(
            f"无法连接 {target.host}（{type(error).__name__}），稍后自动重试",
            f"{target.host} cannot be reached ({type(error).__name__}); tried again later",
        ) from None
    finally:
        connection.close()
