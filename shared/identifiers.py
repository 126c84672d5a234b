"""Identifiers the platform makes itself."""

from __future__ import annotations

import os
import threading
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_lock = threading.Lock()
_last = 0


def new_id(prefix: str) -> str:
    """Return ``<prefix>_<26 characters>``: sorted by time of making, unique without asking anybody.

    48 bits of milliseconds and 80 random bits in Crockford base 32 (the ULID layout); identifiers made in one
    process are strictly increasing, so they also serve as a stable sort and cursor key.
    """
    global _last
    value = (int(time.time() * 1000) << 80) | int.from_bytes(os.urandom(10), "big")
    with _lock:
        value = max(value, _last + 1)
        _last = value
    return f"{prefix}_" + "".join(_ALPHABET[(value >> shift) & 31] for shift in range(125, -1, -5))
