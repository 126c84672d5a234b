"""Cursors: where a page ended, sealed so that nobody reads, builds or carries one to another list."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping, Sequence
from typing import Any

import bson
from bson.errors import BSONError

from shared.errors import Invalid
from shared.security.fields import Keyring, SealBroken
from shared.storage.connection import CODEC

_FORM = "1"
Sort = tuple[tuple[str, int], ...]


def sort_keys(sort: str | Sequence[tuple[str, int]]) -> Sort:
    """Return the sort as pairs that end in ``_id``; ``"-field"`` sorts downwards."""
    if isinstance(sort, str):
        pairs: list[tuple[str, int]] = [(sort[1:], -1) if sort.startswith("-") else (sort, 1)]
    else:
        pairs = [(name, order) for name, order in sort]
    if not any(name == "_id" for name, _ in pairs):
        pairs.append(("_id", pairs[-1][1]))
    return tuple(pairs)


class Cursors:
    """Writes and reads the cursors of one list: a service, a collection and a sort."""

    def __init__(self, keyring: Keyring, service: str, collection: str, sort: Sort) -> None:
        self._keyring = keyring
        self._sort = sort
        self._binding = ("cursor", _FORM, service, collection, repr(sort))

    def after(self, doc: Mapping[str, Any]) -> str:
        """Return the cursor of the page that follows ``doc``."""
        last = bson.encode({"k": [_value(doc, name) for name, _ in self._sort]}, codec_options=CODEC)
        return _FORM + base64.urlsafe_b64encode(self._keyring.seal(last, *self._binding)).rstrip(b"=").decode()

    def condition(self, cursor: str) -> dict[str, Any]:
        """Return the filter for what comes after a cursor. Raises ``Invalid`` for one that this list did not give."""
        return _beyond(self._sort, self._read(cursor))

    def _read(self, cursor: str) -> list[Any]:
        try:
            if not cursor.startswith(_FORM):
                raise ValueError("another form")
            sealed = base64.urlsafe_b64decode(cursor[1:] + "=" * (-len(cursor[1:]) % 4))
            keys: list[Any] = bson.decode(self._keyring.open(sealed, *self._binding), codec_options=CODEC)["k"]
        except (SealBroken, BSONError, binascii.Error, ValueError, KeyError):
            raise Invalid(
                "游标无效或不属于本列表，请从第一页重新查询",
                "the cursor is not valid or belongs to another list; start again from the first page",
                field="cursor",
            ) from None
        return keys


def _value(doc: Mapping[str, Any], name: str) -> Any:
    value: Any = doc
    for part in name.split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return value


def _beyond(sort: Sort, last: list[Any]) -> dict[str, Any]:
    choices: list[dict[str, Any]] = []
    equal: list[dict[str, Any]] = []
    for (name, order), value in zip(sort, last, strict=True):
        # Missing and null sort first, but $gt and $lt never match across types: they need their own words.
        if value is None and order > 0:
            choices.append({"$and": [*equal, {name: {"$ne": None}}]})
        elif value is not None and order > 0:
            choices.append({"$and": [*equal, {name: {"$gt": value}}]})
        elif value is not None:
            choices.append({"$and": [*equal, {"$or": [{name: {"$lt": value}}, {name: None}]}]})
        equal = [*equal, {name: value}]
    return {"$or": choices} if choices else {"_id": {"$in": []}}
