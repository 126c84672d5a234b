"""CloudEvents 1.0 in structured JSON: what an event looks like on the wire."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.errors import Malformed
from shared.messaging import serializer

CONTENT_TYPES = frozenset({"application/json", "application/cloudevents+json"})


@dataclass(frozen=True, slots=True)
class Envelope:
    """The attributes of one event that the platform uses; ``data`` is not checked against a schema yet."""

    id: str
    type: str
    time: datetime
    subject: str | None
    correlation_id: str | None
    traceparent: str | None
    data: Any


def read(content_type: str | None, body: bytes | str) -> Envelope:
    """Read an envelope. Raises ``Malformed`` naming what is missing or wrong."""
    if content_type not in CONTENT_TYPES:
        raise _malformed(f"内容类型 {content_type!r} 不受支持", f"content type {content_type!r} is not supported")
    try:
        event = serializer.decode(body)
    except ValueError:
        raise _malformed("不是 UTF-8 JSON", "not UTF-8 JSON") from None
    if not isinstance(event, Mapping) or event.get("specversion") != "1.0":
        raise _malformed("不是 CloudEvents 1.0", "not CloudEvents 1.0")
    return Envelope(
        id=_text(event, "id"),
        type=_text(event, "type"),
        time=_instant(_text(event, "time")),
        subject=_optional(event, "subject"),
        correlation_id=_optional(event, "correlationid"),
        traceparent=_optional(event, "traceparent"),
        data=event.get("data"),
    )


def _text(event: Mapping[str, Any], name: str) -> str:
    value = event.get(name)
    if not isinstance(value, str) or not value:
        raise _malformed(f"缺少属性 {name}", f"the attribute {name} is missing")
    return value


def _optional(event: Mapping[str, Any], name: str) -> str | None:
    value = event.get(name)
    return None if value is None else str(value)


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise _malformed(f"时间 {text!r} 无法识别", f"the time {text!r} cannot be read") from None
    if instant.tzinfo is None:
        raise _malformed(f"时间 {text!r} 没有时区", f"the time {text!r} has no zone")
    return instant


def _malformed(zh: str, en: str) -> Malformed:
    return Malformed(f"事件无法读取：{zh}", f"the event cannot be read: {en}")
