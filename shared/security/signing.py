"""Keys that sign what people carry away on paper, and what reads such a signature years later."""

from __future__ import annotations

import base64
import binascii
import os
import re
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

KEY_BYTES = 32
SIGNATURE_BYTES = 64
_PUBLIC = "pub:"
_KEY_ID = re.compile(r"[A-Za-z0-9]{1,16}")


class SigningKeys:
    """Ed25519 keys by id: the first signs, every one verifies.

    Rotation: put a new key in front; when the old one need not sign any more, keep its public half (``id:pub:base64``)
    for as long as anything signed with it is carried about. A signature is the same each time it is made.
    """

    def __init__(self, private: Mapping[str, bytes], public: Mapping[str, bytes] | None = None) -> None:
        """Take 32 bytes of each key by id, newest first. Raises ``ValueError`` that names an id, never a key."""
        if not private:
            raise ValueError("there is no key to sign with: set DIAOXUN_SIGNING_KEYS to id:base64 of 32 random bytes")
        self._private = {key_id: Ed25519PrivateKey.from_private_bytes(_checked(key_id, seed))
                         for key_id, seed in private.items()}  # fmt: skip
        known = {key_id: key.public_key() for key_id, key in self._private.items()}
        for key_id, raw in (public or {}).items():
            if key_id in known:
                raise ValueError(f"DIAOXUN_SIGNING_KEYS names the key {key_id!r} twice")
            known[key_id] = Ed25519PublicKey.from_public_bytes(_checked(key_id, raw))
        self._public = PublicKeys({key_id: key.public_bytes(Encoding.Raw, PublicFormat.Raw)
                                   for key_id, key in known.items()})  # fmt: skip

    @classmethod
    def parse(cls, text: str) -> SigningKeys:
        """Read ``id2:base64,id1:base64,id0:pub:base64``, the newest key first. Raises ``ValueError``."""
        private: dict[str, bytes] = {}
        public: dict[str, bytes] = {}
        for position, entry in enumerate((part.strip() for part in text.split(",") if part.strip()), start=1):
            key_id, colon, encoded = entry.partition(":")
            if not colon:
                raise ValueError(f"entry {position} of DIAOXUN_SIGNING_KEYS is neither id:base64 nor id:pub:base64")
            if key_id in private or key_id in public:
                raise ValueError(f"DIAOXUN_SIGNING_KEYS names the key {key_id!r} twice")
            half = public if encoded.startswith(_PUBLIC) else private
            half[key_id] = _decoded(key_id, encoded.removeprefix(_PUBLIC))
        return cls(private, public)

    @staticmethod
    def new_key() -> str:
        """Return a fresh random key in base64, for DIAOXUN_SIGNING_KEYS."""
        return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()

    @property
    def current(self) -> str:
        """The id of the key that signs."""
        return next(iter(self._private))

    @property
    def public(self) -> PublicKeys:
        """What everybody may have: the keys that verify."""
        return self._public

    def sign(self, message: bytes) -> bytes:
        """Return the signature, 64 bytes, by the current key."""
        return self._private[self.current].sign(message)

    def __repr__(self) -> str:
        return f"SigningKeys({', '.join(self._public.ids)})"


class PublicKeys:
    """The public halves by id, for whoever verifies without being able to sign."""

    def __init__(self, keys: Mapping[str, bytes]) -> None:
        """Take 32 bytes of each key by id. Raises ``ValueError``."""
        self._keys = {key_id: Ed25519PublicKey.from_public_bytes(_checked(key_id, raw)) for key_id, raw in keys.items()}

    @classmethod
    def parse(cls, text: str) -> PublicKeys:
        """Read ``id:base64`` on lines or between commas; what follows ``#`` is a remark. Raises ``ValueError``."""
        entries = [line.partition("#")[0].strip() for line in text.replace(",", "\n").splitlines()]
        keys = {}
        for entry in filter(None, entries):
            key_id, colon, encoded = entry.partition(":")
            if not colon:
                raise ValueError(f"{entry[:40]!r} is not a public key written as id:base64")
            keys[key_id] = _decoded(key_id, encoded.removeprefix(_PUBLIC))
        return cls(keys)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the keys."""
        return tuple(self._keys)

    def encoded(self) -> dict[str, str]:
        """Return each key in base64 by id."""
        return {
            key_id: base64.urlsafe_b64encode(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()
            for key_id, key in self._keys.items()
        }

    def verifies(self, key_id: str, message: bytes, signature: bytes) -> bool:
        """Return whether the key of that id signed the message; an unknown key verifies nothing."""
        key = self._keys.get(key_id)
        if key is None:
            return False
        try:
            key.verify(signature, message)
        except InvalidSignature:
            return False
        return True


def _checked(key_id: str, raw: bytes) -> bytes:
    if not _KEY_ID.fullmatch(key_id):
        raise ValueError(f"the signing key id {key_id!r} must be 1 to 16 letters or digits")
    if len(raw) != KEY_BYTES:
        raise ValueError(f"the signing key {key_id!r} has {len(raw)} bytes, it needs {KEY_BYTES}")
    return raw


def _decoded(key_id: str, encoded: str) -> bytes:
    try:
        return base64.b64decode(encoded, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise ValueError(f"the signing key {key_id!r} is not base64") from None
