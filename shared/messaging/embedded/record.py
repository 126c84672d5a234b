"""The records of the journal and how they lie in the file.

A frame is ``magic · length · CRC-32 · payload``; the payload's first byte is its kind. Ids are little-endian 64 bit;
declarations and the envelope of a message are JSON, the message's body is raw bytes.
"""

from __future__ import annotations

import base64
import json
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

MAGIC = b"\xd9DX\x01"
_FRAME = struct.Struct("<4sII")
_ID = struct.Struct("<Q")
_LENGTH = struct.Struct("<I")

EXCHANGE, NO_EXCHANGE = b"X", b"x"
QUEUE, NO_QUEUE = b"Q", b"q"
BINDING, NO_BINDING = b"B", b"b"
MESSAGE = b"M"
SETTLED = b"A"
SEEN = b"D"


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of the file that could not be read. ``torn`` when it reaches the end, as after a crash in a write."""

    offset: int
    length: int
    torn: bool


@dataclass(frozen=True, slots=True)
class Record:
    """One payload read back; ``size`` is its whole frame in bytes."""

    kind: bytes
    content: bytes
    size: int

    def json(self) -> Any:
        """Return the content of a declaration."""
        return _loads(self.content)

    def identifier(self) -> int:
        """Return the entry a settled or seen record speaks of."""
        return int(_ID.unpack(self.content)[0])

    def message(self) -> tuple[Any, bytes]:
        """Return envelope and body of a message record."""
        (length,) = _LENGTH.unpack_from(self.content)
        start = _LENGTH.size
        return _loads(self.content[start : start + length]), self.content[start + length :]


def frame(payload: bytes) -> bytes:
    """Return the bytes that stand for a payload in the file."""
    return _FRAME.pack(MAGIC, len(payload), zlib.crc32(payload)) + payload


def declaration(kind: bytes, content: Any) -> bytes:
    """Return the frame of a declaration (or of its opposite)."""
    return frame(kind + _dumps(content))


def message(envelope: Any, body: bytes) -> bytes:
    """Return the frame of a message."""
    packed = _dumps(envelope)
    return frame(b"".join((MESSAGE, _LENGTH.pack(len(packed)), packed, body)))


def about_entry(kind: bytes, identifier: int) -> bytes:
    """Return the frame of a settled or seen record."""
    return frame(kind + _ID.pack(identifier))


def read(data: bytes) -> Iterator[Record | Damage]:
    """Yield records in order; damage is reported and reading goes on at the next frame that holds."""
    position = 0
    while position < len(data):
        record = _read_one(data, position)
        if record is not None:
            yield record
            position += record.size
            continue
        start, position = position, _next_sound(data, position + 1)
        yield Damage(start, position - start, torn=position == len(data))


def _read_one(data: bytes, position: int) -> Record | None:
    if position + _FRAME.size > len(data):
        return None
    magic, length, checksum = _FRAME.unpack_from(data, position)
    start, end = position + _FRAME.size, position + _FRAME.size + length
    if magic != MAGIC or end > len(data) or length == 0:
        return None
    payload = data[start:end]
    if zlib.crc32(payload) != checksum:
        return None
    return Record(payload[:1], payload[1:], end - position)


def _next_sound(data: bytes, position: int) -> int:
    while (position := data.find(MAGIC, position)) >= 0:
        if _read_one(data, position) is not None:
            return position
        position += 1
    return len(data)


def _dumps(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=_tagged).encode()


def _loads(content: bytes) -> Any:
    return json.loads(content, object_hook=_untagged)


def _tagged(value: Any) -> Any:
    if isinstance(value, bytes):
        return {"$bytes": base64.b64encode(value).decode()}
    if isinstance(value, datetime):
        return {"$datetime": value.isoformat()}
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    raise TypeError(f"{type(value).__name__} cannot be journaled: {value!r}")


def _untagged(table: dict[str, Any]) -> Any:
    if len(table) == 1:
        ((tag, value),) = table.items()
        match tag:
            case "$bytes":
                return base64.b64decode(value)
            case "$datetime":
                return datetime.fromisoformat(value)
            case "$decimal":
                return Decimal(value)
    return table
