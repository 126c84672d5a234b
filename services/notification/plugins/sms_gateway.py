"""Text messages through the city's own gateway, which takes JSON over HTTP."""

from __future__ import annotations

import json
import re

from services.notification.plugins.address_guard import AddressGuard
from services.notification.plugins.pinned import post
from services.notification.ports import NotDelivered, Note, Receipt

_MOBILE = re.compile(r"(?:\+?86)?1[3-9][0-9]{9}")
_SHOWN = 120


class SmsGateway:
    """Posts ``{<to>: number, <text>: words, <reference>: dispatch}``; the field names are those of the gateway.

    A 2xx answer is a success. 400, 404, 410 and 422 say that this number cannot be served and are final.
    """

    def __init__(
        self,
        url: str,
        token: str,
        names: dict[str, str],
        signature: str,
        allowed_networks: list[str],
        allow_http: bool,
        ca_file: str,
        timeout: float,
    ) -> None:
        self._url = url
        self._token = token
        self._names = {"to": "to", "text": "text", "reference": "reference", **names}
        self._signature = signature
        self._guard = AddressGuard(allowed_networks, allow_http)
        self._ca_file = ca_file or None
        self._timeout = timeout

    def check_address(self, address: str) -> None:
        """Raise ``NotDelivered`` for what is not a mobile number of the mainland."""
        if not _MOBILE.fullmatch(_digits(address)):
            raise NotDelivered(
                "手机号码应为 11 位，以 1 开头", "a mobile number has 11 digits and begins with 1", final=True
            )

    def tell(self, note: Note) -> Receipt:
        """Send the short text."""
        self.check_address(note.address)
        said = {"to": _digits(note.address), "text": f"{self._signature}{note.short}", "reference": note.dispatch_id}
        body = json.dumps({self._names[name]: value for name, value in said.items()}, ensure_ascii=False).encode()
        headers = {"content-type": "application/json; charset=utf-8", "user-agent": "diaoxun"}
        if self._token:
            headers["authorization"] = f"Bearer {self._token}"
        status, reason, answer = post(self._guard.target(self._url), body, headers, self._timeout, self._ca_file)
        if 200 <= status < 300:
            return Receipt(f"HTTP {status} {self._beginning(answer)}".strip())
        raise NotDelivered(
            f"短信网关返回 {status} {reason}",
            f"the SMS gateway answered {status} {reason}",
            final=status in {400, 404, 410, 422},
        )

    def _beginning(self, answer: bytes) -> str:
        said = " ".join(answer.decode("utf-8", "replace").split())
        # Gateways in use give back the request, credentials and all.
        return (said.replace(self._token, "…") if self._token else said)[:_SHOWN]


def _digits(number: str) -> str:
    return re.sub(r"[\s()-]", "", number)
