"""Keyed hashes of secrets that the gateway made itself."""

from __future__ import annotations

import hashlib
import hmac


class Pepper:
    """HMAC-SHA-256 under keys derived from the gateway's secrets.

    A fast hash is right here: what it covers is 256 random bits, not a password, so there is no dictionary to try; the
    key keeps somebody with a copy of the database from planting a hash of his own.
    """

    def __init__(self, secrets: tuple[str, ...]) -> None:
        self._keys = [hashlib.sha256(b"diaoxun pepper\0" + secret.encode()).digest() for secret in secrets]

    def digest(self, purpose: str, secret: str) -> str:
        """Return the hash under the newest key; ``purpose`` keeps hashes of different things apart."""
        return self._digest(self._keys[0], purpose, secret)

    def matches(self, purpose: str, secret: str, digest: str) -> bool:
        """Return whether ``digest`` is the hash of ``secret`` under any key still accepted."""
        return any(hmac.compare_digest(self._digest(key, purpose, secret), digest) for key in self._keys)

    def digests(self, purpose: str, secret: str) -> list[str]:
        """Return the hash under every key still accepted, newest first: to look a row up by it."""
        return [self._digest(key, purpose, secret) for key in self._keys]

    @staticmethod
    def _digest(key: bytes, purpose: str, secret: str) -> str:
        return hmac.new(key, f"{purpose}\0{secret}".encode(), hashlib.sha256).hexdigest()
