"""Strict plain JSON, the only format Diaoxun puts on the wire (P18)."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NoReturn

import kombu.serialization

NAME = "strict-json"
CONTENT_TYPE = "application/json"
CONTENT_ENCODING = "utf-8"


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise TypeError(f"an instant on the wire needs a zone, got {value!r}")
        return value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal) and value.is_finite():
        return str(value)
    raise TypeError(f"{type(value).__name__} has no place in plain JSON")


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=_plain)
_decoder = json.JSONDecoder(parse_constant=_refuse_constant)


def encode(value: Any) -> bytes:
    """Return compact UTF-8 JSON: dates ISO 8601, decimals as strings, never a typed wrapper.

    Raises ``TypeError`` or ``ValueError`` for naive instants, NaN, bytes and everything else JSON has no word for.
    """
    return _encoder.encode(value).encode()


def decode(body: bytes | str) -> Any:
    """Read UTF-8 JSON. Raises ``ValueError`` for anything else, also ``NaN``, ``Infinity`` and nesting without end."""
    try:
        return _decoder.decode(body if isinstance(body, str) else bytes(body).decode())
    except RecursionError:
        raise ValueError("nested too deep") from None


def register() -> None:
    """Make kombu use this serializer under its own name and for ``application/json`` in this process."""
    kombu.serialization.register(NAME, encode, decode, content_type=CONTENT_TYPE, content_encoding=CONTENT_ENCODING)


register()
