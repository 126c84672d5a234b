"""The four kinds of marshmallow schema that contracts are written in."""

from __future__ import annotations

from datetime import date
from typing import Any

from marshmallow import EXCLUDE, RAISE, Schema, ValidationError, fields, missing, validate

from shared.errors import Invalid

PAGE_LIMIT = 200
# Far beyond any record of a city, and far enough from the ends of what a date can be that a term may be reckoned on.
FIRST_YEAR, LAST_YEAR = 1900, 2199


def _within_reach(day: date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(
            f"日期{day.isoformat()}超出范围，年份应为{FIRST_YEAR}至{LAST_YEAR} / "
            f"{day.isoformat()} is out of range: the year must lie from {FIRST_YEAR} to {LAST_YEAR}"
        )


def _ignore_unknown(field: fields.Field[Any]) -> None:
    inner = field.inner if isinstance(field, fields.List) else field
    # A class lies within itself only by way of a function: its own binding looks after that.
    if isinstance(inner, fields.Nested) and isinstance(inner.nested, type):
        # Every binding has a schema of its own, so a request that nests the same class still refuses.
        schema = inner.schema
        schema.unknown = EXCLUDE
        for part in schema.load_fields.values():
            _ignore_unknown(part)


class Request(Schema):
    """What a caller sends: path, query and body together. Unknown fields and dates out of reach are refused."""

    class Meta:
        unknown = RAISE

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Give every date and moment of a request its bounds."""
        if isinstance(field_obj, fields.Date | fields.DateTime):
            field_obj.validators = [_within_reach, *field_obj.validators]


class _Told(Schema):
    """What others tell: of what a newer version of them adds, nothing is minded, however deep it lies."""

    class Meta:
        unknown = EXCLUDE

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        """Let parts that are shared with requests ignore what they do not know as well."""
        _ignore_unknown(field_obj)


class Reply(_Told):
    """What an operation answers. A reader ignores what it does not know."""


class EventData(_Told):
    """The ``data`` of an event. A consumer ignores what it does not know; no personal data in it."""


class Page(Request):
    """The request of a paged query: a cursor from the page before and how many rows."""

    cursor = fields.String(
        metadata={"description": "不透明游标，取自上一页 / opaque cursor of the page before"},
        validate=validate.Length(max=400),
    )
    limit = fields.Integer(load_default=50, validate=validate.Range(1, PAGE_LIMIT))


_PAGES: dict[type[Schema], type[Reply]] = {}


def page_of(item: type[Schema]) -> type[Reply]:
    """Return the reply schema ``{"items": […], "next_cursor": …}`` for rows of ``item`` (one class an item)."""
    if item not in _PAGES:
        _PAGES[item] = type(
            f"{item.__name__}Page",
            (Reply,),
            {
                "__doc__": f"One page of {item.__name__}.",
                "__module__": item.__module__,
                "items": fields.List(fields.Nested(item), required=True),
                "next_cursor": fields.String(allow_none=True, load_default=None),
            },
        )
    return _PAGES[item]


def load(schema: Schema, data: Any) -> dict[str, Any]:
    """Validate plain JSON data. Raises ``Invalid`` with ``details["fields"]`` naming every wrong field."""
    try:
        loaded: dict[str, Any] = schema.load(data)
    except ValidationError as error:
        messages: dict[str, Any] = error.normalized_messages()  # type: ignore[no-untyped-call]
        names = "、".join(sorted(str(name) for name in messages))
        raise Invalid(
            f"以下字段有误：{names}。请按接口说明更正后重新提交",
            f"these fields are wrong: {names}; correct them as the contract says and send again",
            fields=messages,
        ) from None
    return loaded


def sent(schema: Schema, loaded: dict[str, Any]) -> dict[str, Any]:
    """Return loaded data as plain JSON without what the schema fills in, however deep it lies.

    A schema that has one more field with a default makes the same of it.
    """
    plain: dict[str, Any] = schema.dump(loaded)
    return _spoken(schema, loaded, plain)


def _spoken(schema: Schema, loaded: dict[str, Any], plain: dict[str, Any]) -> dict[str, Any]:
    return {
        name: _part(field, loaded[name], plain[name])
        for name, field in schema.fields.items()
        if name in loaded and name in plain and (field.load_default is missing or loaded[name] != field.load_default)
    }


def _part(field: fields.Field[Any], loaded: Any, plain: Any) -> Any:
    inner = field.inner if isinstance(field, fields.List) else field
    if not isinstance(inner, fields.Nested):
        return plain
    if isinstance(loaded, dict):
        return _spoken(inner.schema, loaded, plain)
    if isinstance(loaded, list | tuple):
        return [_part(inner, *pair) for pair in zip(loaded, plain, strict=True)]
    return plain
