"""How marshmallow schemas stand in the OpenAPI and AsyncAPI documents: apispec's way, besides decimals."""

from __future__ import annotations

from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import fields

from shared.contracts.openapi import component_name
from shared.contracts.schema import Request

_DECIMAL = r"^-?[0-9]+(\.[0-9]+)?$"
_LIMITS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


class DocumentedSchemas(MarshmallowPlugin):
    """The apispec plugin of both documents."""

    def __init__(self) -> None:
        super().__init__(schema_name_resolver=component_name)

    def init_spec(self, spec: APISpec) -> None:
        """Teach the converter of ``spec`` what a decimal is."""
        super().init_spec(spec)
        assert self.converter is not None
        self.converter.add_attribute_function(_describe_decimal)  # type: ignore[no-untyped-call]


def _describe_decimal(converter: Any, field: fields.Field[Any], *, ret: dict[str, Any], **_: Any) -> dict[str, Any]:
    """A decimal is given as text and taken as text or number; apispec calls it a number with limits that are texts."""
    if not isinstance(field, fields.Decimal) or not field.as_string:
        return {}
    limits = {name: ret.pop(name) for name in _LIMITS if name in ret}
    empty = ["null"] if field.allow_none else []
    if not isinstance(field.parent, Request):
        return {"type": ["string", *empty] if empty else "string", "pattern": _DECIMAL}
    return {
        "type": ["string", "number", *empty],
        "pattern": _DECIMAL,
        **{name: _number(limit) for name, limit in limits.items()},
    }


def _number(limit: Any) -> int | float:
    value = float(limit)
    return int(value) if value.is_integer() else value
