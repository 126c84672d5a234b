"""Keys of personal data: sealing single values, and looking them up without opening them."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import re
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from shared.errors import Fault
from shared.wording import Words

BLIND = "blind"
KEY_BYTES = 32
_LAYOUT = 1
_NONCE_BYTES = 12
_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")


class SealBroken(Fault):
    """A sealed value that cannot be opened: its key is not in the ring, or it was altered or moved."""

    code = "seal-broken"
    status = 500
    title = Words("加密数据无法解开", "Sealed value cannot be opened")


class Keyring:
    """The field keys: the first seals, every one opens; one further key serves the blind index.

    Rotation: put a new key in front, run ``Store.reseal``, drop the old one. The blind index must not change meanwhile
    (or equal values would stop clashing), so it has its own root: the entry called ``blind``, or, where there is none,
    the last (oldest) key. Sealing uses AES-256-GCM under keys derived from the roots by HKDF-SHA256.
    """

    def __init__(self, keys: Mapping[str, bytes], blind: bytes | None = None) -> None:
        """Take root keys of 32 bytes by id, newest first. Raises ``ValueError`` that names an id, never a key."""
        if not keys:
            raise ValueError("the keyring is empty: set DIAOXUN_FIELD_KEYS to id:base64 of 32 random bytes")
        for key_id, root in keys.items():
            if not _KEY_ID.fullmatch(key_id) or key_id == BLIND:
                raise ValueError(f"field key id {key_id!r} must be 1 to 32 letters, digits, - or _, and not {BLIND!r}")
            _check_length(key_id, root)
        if blind is not None:
            _check_length(BLIND, blind)
        self._ciphers = {key_id: AESGCM(_derive(root, b"diaoxun/field")) for key_id, root in keys.items()}
        self._current = next(iter(self._ciphers))
        blind_root = blind if blind is not None else list(keys.values())[-1]
        self._blind_key = _derive(blind_root, b"diaoxun/blind-index")

    @classmethod
    def parse(cls, text: str) -> Keyring:
        """Read ``id2:base64,id1:base64[,blind:base64]``, the newest key first. Raises ``ValueError``."""
        keys: dict[str, bytes] = {}
        for position, entry in enumerate((part.strip() for part in text.split(",")), start=1):
            key_id, colon, encoded = entry.partition(":")
            if not colon:
                raise ValueError(f"entry {position} of DIAOXUN_FIELD_KEYS is not id:base64")
            if key_id in keys:
                raise ValueError(f"DIAOXUN_FIELD_KEYS names the key {key_id!r} twice")
            try:
                keys[key_id] = base64.b64decode(encoded, altchars=b"-_", validate=True)
            except (binascii.Error, ValueError):
                raise ValueError(f"the field key {key_id!r} in DIAOXUN_FIELD_KEYS is not base64") from None
        blind = keys.pop(BLIND, None)
        return cls(keys, blind)

    @staticmethod
    def new_key() -> str:
        """Return a fresh random root key in base64, for DIAOXUN_FIELD_KEYS."""
        return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()

    @property
    def current(self) -> str:
        """The id of the key that seals."""
        return self._current

    def seal(self, plain: bytes, *binding: str) -> bytes:
        """Encrypt and authenticate, bound to a place: opening needs the same ``binding``."""
        # A random 96-bit nonce is safe for about 2**32 values a key: rotate long before.
        nonce = os.urandom(_NONCE_BYTES)
        key_id = self._current.encode()
        head = bytes((_LAYOUT, len(key_id))) + key_id
        return head + nonce + self._ciphers[self._current].encrypt(nonce, plain, head + _bound(binding))

    def open(self, sealed: bytes, *binding: str) -> bytes:
        """Return what was sealed. Raises ``SealBroken``: unknown key, altered bytes or another place."""
        key_id = self.key_id(sealed)
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise SealBroken(
                f"缺少编号为“{key_id}”的字段密钥，请把它放回 DIAOXUN_FIELD_KEYS",
                f"the field key {key_id!r} is missing; put it back into DIAOXUN_FIELD_KEYS",
                key_id=key_id,
            )
        start = 2 + len(key_id)
        nonce, body = sealed[start : start + _NONCE_BYTES], sealed[start + _NONCE_BYTES :]
        try:
            return cipher.decrypt(nonce, body, sealed[:start] + _bound(binding))
        except (InvalidTag, ValueError):
            raise SealBroken(
                "加密数据已被改动、被挪到别处，或密钥内容不符，请从备份核对该记录",
                "the sealed value was altered, moved from another place, or its key has changed;"
                " compare the record with a backup",
                key_id=key_id,
            ) from None

    def key_id(self, sealed: bytes) -> str:
        """Return the id of the key a value was sealed with. Raises ``SealBroken`` when it is no sealed value."""
        try:
            if sealed[0] == _LAYOUT:
                return sealed[2 : 2 + sealed[1]].decode("ascii")
        except (IndexError, UnicodeDecodeError):
            pass
        raise SealBroken("该值不是加密数据", "this is not a sealed value")

    def blind(self, value: str, *binding: str) -> str:
        """Return the blind index of a value: equal values in one place give equal text, nothing else shows."""
        return self.mac(value.encode(), "blind", *binding)

    def mac(self, data: bytes, *binding: str) -> str:
        """Return HMAC-SHA256 of data for a purpose, base64url without padding; independent of rotation."""
        digest = hmac.digest(self._blind_key, _bound(binding) + b"\n" + data, "sha256")
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()

    @property
    def blind_fingerprint(self) -> str:
        """What tells whether the blind index key is still the one a database was filled with; not secret."""
        return hashlib.sha256(b"diaoxun/fingerprint" + self._blind_key).hexdigest()[:16]

    def __repr__(self) -> str:
        return f"Keyring({', '.join(self._ciphers)})"


def _derive(root: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(root)


def _bound(binding: tuple[str, ...]) -> bytes:
    # JSON keeps ("a", "bc") apart from ("ab", "c").
    return json.dumps(binding, ensure_ascii=True, separators=(",", ":")).encode()


def _check_length(key_id: str, root: bytes) -> None:
    if len(root) != KEY_BYTES:
        raise ValueError(f"the field key {key_id!r} has {len(root)} bytes, it needs {KEY_BYTES}")
