"""From an event and its data to a CloudEvents 1.0 envelope; what breaks the event's schema is not emitted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields

from shared.context import Context
from shared.contracts.event import Event
from shared.errors import Fault
from shared.storage.canonical import instant_text, plain
from shared.wording import Words

_DEPTH = 8
_strict: dict[type[Schema], Schema] = {}


class EventRefused(Fault):
    """A service tried to emit what its own contract does not allow: a defect of the service."""

    code = "event-refused"
    status = 500
    title = Words("事件不符合契约", "Event breaks its contract")


def envelope(
    service: str,
    event: Event,
    data: Mapping[str, Any],
    *,
    subject: str | None,
    at: datetime,
    context: Context,
    sealed_names: frozenset[str],
) -> dict[str, Any]:
    """Return the envelope, its ``id`` still missing. Raises ``EventRefused``, which names fields and no values."""
    if event.service != service:
        raise _refused(event, [], f"it belongs to {event.service}")
    message: dict[str, Any] = {
        "specversion": "1.0",
        "id": "",
        "source": f"/diaoxun/{service}",
        "type": event.type,
        "time": instant_text(at),
        "datacontenttype": "application/json",
        "data": _checked(event, data, sealed_names),
    }
    optional = {"subject": subject, "traceparent": context.traceparent, "correlationid": context.correlation_id}
    return message | {name: value for name, value in optional.items() if value is not None}


def _checked(event: Event, data: Mapping[str, Any], sealed_names: frozenset[str]) -> dict[str, Any]:
    schema = _strict.get(event.data)
    if schema is None:
        schema = _strict.setdefault(event.data, _strictly(event.data(), _DEPTH))
    try:
        raw = plain(data)
        personal = sorted(_names(raw) & sealed_names)
        if personal:
            raise _refused(event, personal, "personal data does not go into events")
        checked: dict[str, Any] = plain(schema.dump(schema.load(raw)))
    except ValidationError as error:
        raise _refused(event, sorted(str(name) for name in error.messages_dict), "wrong or unknown") from None
    except TypeError as error:
        raise _refused(event, [], str(error)) from None
    return checked


def _strictly(schema: Schema, depth: int) -> Schema:
    # Consumers ignore what they do not know, so an EventData schema lets strangers pass; the emitter must not.
    schema.unknown = RAISE
    if depth:
        for field in schema.fields.values():
            _strictly_inside(field, depth - 1)
    return schema


def _strictly_inside(field: fields.Field[Any], depth: int) -> None:
    if isinstance(field, fields.Nested):
        field.unknown = RAISE
        _strictly(field.schema, depth)
    elif isinstance(field, fields.List):
        _strictly_inside(field.inner, depth)
    elif isinstance(field, fields.Dict) and field.value_field is not None:
        _strictly_inside(field.value_field, depth)


def _names(data: Any) -> set[str]:
    if isinstance(data, dict):
        return set(data) | {name for value in data.values() for name in _names(value)}
    if isinstance(data, list):
        return {name for value in data for name in _names(value)}
    return set()


def _refused(event: Event, names: list[str], why: str) -> EventRefused:
    return EventRefused(
        f"事件“{event.type}”未发出，以下字段不符合契约：{'、'.join(names) or why}",
        f"{event.type!r} was not emitted ({why}): {', '.join(names) or 'see the contract'}",
        event=event.type,
        fields=names,
    )
