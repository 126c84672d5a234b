"""Dataclasses of the domain as plain JSON and back: for the store, for the process that solves, and for files."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def to_wire(value: Any) -> Any:
    """Return dataclasses, mappings, tuples and dates as plain JSON data."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_wire(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: to_wire(each) for name, each in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_wire(each) for each in value]
    return value


def from_wire(kind: type[T], wire: Any, path: str = "") -> T:
    """Rebuild a dataclass. Raises ``ValueError`` naming the first field that does not fit."""
    return _built(kind, wire, path or kind.__name__.lower())


def _built(kind: type[T], wire: Any, path: str) -> T:
    if not isinstance(wire, dict):
        raise ValueError(f"{path} is not an object but {wire!r}")
    hints = _hints(typing.cast("Any", kind))
    strangers = set(wire) - set(hints)
    if strangers:
        raise ValueError(f"{path} has unknown fields: {sorted(strangers)}")
    try:
        return kind(**{name: _value(hints[name], each, f"{path}.{name}") for name, each in wire.items()})
    except TypeError as error:
        raise ValueError(f"{path}: {error}") from None


@cache
def _hints(kind: type[Any]) -> Mapping[str, Any]:
    return typing.get_type_hints(kind)


@cache
def _parts(hint: Any) -> tuple[Any, tuple[Any, ...], bool]:
    return typing.get_origin(hint), typing.get_args(hint), dataclasses.is_dataclass(hint)


def _value(hint: Any, value: Any, path: str) -> Any:
    origin, arguments, is_data = _parts(hint)
    if origin in (typing.Union, types.UnionType):
        return (
            None if value is None else _value(next(each for each in arguments if each is not type(None)), value, path)
        )
    if origin is tuple:
        if not isinstance(value, list):
            raise ValueError(f"{path} is not a list but {value!r}")
        return tuple(_value(arguments[0], each, f"{path}[{index}]") for index, each in enumerate(value))
    if origin is typing.Literal:
        if value not in arguments:
            raise ValueError(f"{path} is {value!r}, not one of {arguments}")
        return value
    if is_data:
        return _built(typing.cast("type[Any]", hint), value, path)
    if hint is date:
        return _date(value, path)
    expected = (int, float) if hint is float else (origin or hint)
    if not isinstance(value, expected) or (isinstance(value, bool) and hint is not bool):
        raise ValueError(f"{path} is not {hint} but {value!r}")
    return value


def _date(value: Any, path: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"{path} is not a date (YYYY-MM-DD) but {value!r}") from None
