"""Claims in a text that anybody can check without asking us: JSON Web Signatures in compact form, by Ed25519."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from typing import Any

from shared.security.signing import PublicKeys, SigningKeys

# RFC 8037; RFC 9864 names the same algorithm "Ed25519", which libraries in use hardly know yet.
_ALGORITHM = "EdDSA"
_NAMES = (_ALGORITHM, "Ed25519")
_LONGEST = 4000


class NotGenuine(Exception):
    """A text that no key at hand signed; ``unknown_key`` names the key when it is one that we do not have."""

    def __init__(self, why: str, unknown_key: str | None = None) -> None:
        super().__init__(why)
        self.unknown_key = unknown_key


def sign_claims(keys: SigningKeys, claims: Mapping[str, Any]) -> str:
    """Return claims, plain JSON, as a signed text: three parts of base64url with dots between them (RFC 7515).

    The same key and claims give the same text. The claims can be read by everybody who has the text.
    """
    said = f"{_packed({'alg': _ALGORITHM, 'kid': keys.current})}.{_packed(claims)}"
    return f"{said}.{_encoded(keys.sign(said.encode()))}"


def read_claims(keys: PublicKeys, text: str) -> dict[str, Any]:
    """Return what a signed text says. Raises ``NotGenuine`` for everything that no key at hand signed just so."""
    parts = text.strip().split(".") if len(text) <= _LONGEST else []
    if len(parts) != 3:
        raise NotGenuine("not a signed text")
    head, said = _unpacked(parts[0]), _unpacked(parts[1])
    key_id = head.get("kid")
    if head.get("alg") not in _NAMES or not isinstance(key_id, str):
        raise NotGenuine("not signed by Ed25519")
    if key_id not in keys.ids:
        raise NotGenuine(f"signed with the key {key_id[:40]!r}, which is not at hand", unknown_key=key_id[:40])
    if not keys.verifies(key_id, f"{parts[0]}.{parts[1]}".encode(), _decoded(parts[2])):
        raise NotGenuine("the signature does not fit")
    return said


def _packed(value: Mapping[str, Any]) -> str:
    return _encoded(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def _unpacked(part: str) -> dict[str, Any]:
    try:
        found = json.loads(_decoded(part))
    except ValueError:
        raise NotGenuine("not a signed text") from None
    if not isinstance(found, dict):
        raise NotGenuine("not a signed text")
    return found


def _encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decoded(part: str) -> bytes:
    try:
        raw = base64.b64decode(part + "=" * (-len(part) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise NotGenuine("not a signed text") from None
    # Otherwise the last character could be another one with the same bytes: two texts for one signature.
    if _encoded(raw) != part:
        raise NotGenuine("not a signed text")
    return raw
