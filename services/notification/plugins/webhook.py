"""Letters by webhook, signed after Standard Webhooks."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time

from services.notification.plugins.address_guard import AddressGuard
from services.notification.plugins.pinned import post
from services.notification.ports import NotDelivered, Parcel, Receipt

_PREFIX = "whsec_"


class Webhook:
    """Posts each letter as JSON; the receiver checks ``webhook-id``, ``webhook-timestamp``, ``webhook-signature``."""

    def __init__(self, allowed_networks: list[str], allow_http: bool, ca_file: str, timeout: float) -> None:
        self._guard = AddressGuard(allowed_networks, allow_http)
        self._ca_file = ca_file or None
        self._timeout = timeout

    def check_address(self, address: str) -> None:
        """Raise ``NotDelivered`` for a URL that will not be called."""
        self._guard.target(address)

    def send(self, parcel: Parcel) -> Receipt:
        """Post one letter. The id stays the same over all attempts, time and signature are made anew for each."""
        target = self._guard.target(parcel.address or "")
        body = _body(parcel)
        # Machine time: the receiver holds it against its own clock to refuse replays.
        headers = signed_headers(parcel.secret or "", parcel.delivery_id, int(time.time()), body)
        status, reason, _ = post(target, body, headers, self._timeout, self._ca_file)
        if 200 <= status < 300:
            return Receipt(f"HTTP {status}")
        if 300 <= status < 400:
            raise NotDelivered(
                f"对方返回重定向（{status}），系统不跟随，请登记最终地址",
                f"the receiver answered with a redirect ({status}), which is not followed; set the final address",
                final=True,
            )
        raise NotDelivered(
            f"对方返回 {status} {reason}", f"the receiver answered {status} {reason}", final=status == 410
        )


def signed_headers(secret: str, message_id: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the headers of a message; without a secret it goes out unsigned.

    Source: Standard Webhooks 1.0: ``v1,`` and the base64 of HMAC-SHA256 over ``id.timestamp.body``.
    """
    headers = {
        "content-type": "application/json",
        "user-agent": "diaoxun",
        "webhook-id": message_id,
        "webhook-timestamp": str(timestamp),
    }
    if secret:
        signed = f"{message_id}.{timestamp}.".encode() + body
        signature = hmac.new(_key(secret), signed, hashlib.sha256).digest()
        headers["webhook-signature"] = f"v1,{base64.b64encode(signature).decode()}"
    return headers


def _key(secret: str) -> bytes:
    if secret.startswith(_PREFIX):
        try:
            return base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
        except binascii.Error:
            pass
    return secret.encode()


def _body(parcel: Parcel) -> bytes:
    message = {
        "type": "notification.letter.sent",
        "timestamp": parcel.sent_at.isoformat(),
        "data": {
            "letter_id": parcel.letter_id,
            "kind": parcel.kind,
            "number": parcel.number,
            "title": parcel.title,
            "unit_id": parcel.unit_id,
            "filename": parcel.filename,
            "sha256": parcel.sha256,
            "content": base64.b64encode(parcel.content).decode(),
        },
    }
    return json.dumps(message, ensure_ascii=False).encode()
