"""One way to write a value as JSON, so that equal values give equal bytes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any


def instant_text(instant: datetime) -> str:
    """Return an aware instant as ISO 8601 in UTC with milliseconds. Raises ``ValueError`` for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a zone")
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def plain(value: Any) -> Any:
    """Return ``value`` as plain JSON data: dates and instants ISO, decimals text, sets refused (``TypeError``)."""
    if value is None or type(value) in (str, int, bool, float):
        return value
    if isinstance(value, Enum):
        return plain(value.value)
    if isinstance(value, Mapping):
        return {_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, datetime):
        return instant_text(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not plain data")


def _key(key: Any) -> str:
    if isinstance(key, str):
        return str(key)
    raise TypeError(f"{type(key).__name__} cannot be the key of plain data")


def canonical(value: Any) -> bytes:
    """Return sorted, compact UTF-8 JSON of ``value``."""
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def digest(value: Any) -> str:
    """Return SHA-256 over the canonical JSON, in hex."""
    return hashlib.sha256(canonical(value)).hexdigest()
