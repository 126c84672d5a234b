"""The written form of an API key: ``dx_<id>_<secret>_<checksum>``."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass

from shared.errors import Unauthenticated
from shared.identifiers import new_id

_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SECRET_LENGTH = 43  # 62**43 > 2**256
_CHECKSUM_LENGTH = 6
_WRITTEN = re.compile(r"dx_([0-9a-z]{26})_([0-9A-Za-z]{43})_([0-9A-Za-z]{6})")


@dataclass(frozen=True, slots=True)
class ApiKey:
    """One key in the clear. ``key_id`` is public, ``secret`` is not."""

    key_id: str
    secret: str

    def __str__(self) -> str:
        head = f"dx_{self.key_id.removeprefix('key_')}_{self.secret}"
        return f"{head}_{_checksum(head)}"


def new_key() -> ApiKey:
    """Return a key with a fresh identifier and 256 random bits of secret."""
    return ApiKey(new_id("key"), "".join(secrets.choice(_ALPHABET) for _ in range(_SECRET_LENGTH)))


def read_key(text: str) -> ApiKey:
    """Return the key written as ``text``. Raises ``Unauthenticated`` for a typing error, without asking the store."""
    parts = _WRITTEN.fullmatch(text)
    if parts is None or _checksum(text.rpartition("_")[0]) != parts[3]:
        raise Unauthenticated(
            "接口密钥书写有误（校验码不符），请核对是否完整复制",
            "the API key is mistyped (its checksum does not fit); check that it was copied whole",
        )
    return ApiKey(f"key_{parts[1]}", parts[2])


def _checksum(head: str) -> str:
    number = int.from_bytes(hashlib.sha256(head.encode()).digest()[:8], "big")
    text = ""
    for _ in range(_CHECKSUM_LENGTH):
        number, digit = divmod(number, 62)
        text += _ALPHABET[digit]
    return text
