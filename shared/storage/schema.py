"""What a service declares about its database: collections, indexes, validators, migrations."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any, Literal

from bson import decode, encode
from pymongo.database import Database

_NAME = re.compile(r"[a-z][a-z0-9_]*")
SEALED_SUFFIX = "_blind"


@dataclass(frozen=True)
class Index:
    """An index. ``where`` makes it partial; ``expire_after`` deletes documents that long after the instant indexed."""

    keys: tuple[tuple[str, int], ...]
    unique: bool = False
    where: Mapping[str, Any] | None = None
    expire_after: timedelta | None = None
    name: str = ""

    def __post_init__(self) -> None:
        if not self.keys:
            raise ValueError("an index needs at least one field")
        if not self.name:
            parts = [f"{name}_{order}" for name, order in self.keys] + (["unique"] if self.unique else [])
            object.__setattr__(self, "name", "_".join(parts))

    @property
    def fields(self) -> tuple[str, ...]:
        """The indexed fields in order."""
        return tuple(name for name, _ in self.keys)

    def options(self) -> dict[str, Any]:
        """Return the options as MongoDB writes them."""
        options: dict[str, Any] = {}
        if self.unique:
            options["unique"] = True
        if self.where is not None:
            options["partialFilterExpression"] = dict(self.where)
        if self.expire_after is not None:
            options["expireAfterSeconds"] = int(self.expire_after.total_seconds())
        return options


@dataclass(frozen=True)
class Collection:
    """A collection of documents with ``_id`` (str) and ``version`` (int from 1).

    ``validator`` is a MongoDB ``$jsonSchema``; the fields the kit adds are let in by itself.
    ``sealed``    top-level fields encrypted on writing; in the database they are strings.
    ``blind``     those of ``sealed`` (text) that can be looked up by equality: kept in ``<field>_blind``, indexed.
    """

    name: str
    indexes: tuple[Index, ...] = ()
    validator: Mapping[str, Any] | None = None
    sealed: tuple[str, ...] = ()
    blind: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise ValueError(f"collection name {self.name!r} is not snake case")
        strangers = set(self.blind) - set(self.sealed)
        if strangers:
            raise ValueError(f"{self.name}: blind fields {sorted(strangers)} are not sealed")
        if not {"_id", "version", "unit_id"}.isdisjoint(self.sealed):
            raise ValueError(f"{self.name}: _id, version and unit_id cannot be sealed")

    @cached_property
    def all_indexes(self) -> tuple[Index, ...]:
        """The declared indexes and one for each blind field that none of them begins with."""
        led = {index.fields[0] for index in self.indexes}
        extra = (blind_field(name) for name in self.blind)
        return self.indexes + tuple(Index(((name, 1),)) for name in extra if name not in led)

    @cached_property
    def json_schema(self) -> dict[str, Any] | None:
        """The validator as it goes into the database, or ``None``."""
        if self.validator is None:
            return None
        schema = dict(self.validator)
        schema.setdefault("bsonType", "object")
        kit_fields: dict[str, Any] = {
            "_id": {"bsonType": "string"},
            "version": {"bsonType": ["int", "long"], "minimum": 1},
            "_held": {},
            **{blind_field(name): {"bsonType": ["string", "null"]} for name in self.blind},
        }
        schema["properties"] = {**kit_fields, **schema.get("properties", {})}
        schema["required"] = sorted({"_id", "version", *schema.get("required", ())})
        return schema

    @cached_property
    def whole_validator(self) -> dict[str, Any]:
        """The validator as the database has it and gives it back; an empty one lets everything in."""
        return {} if self.json_schema is None else decode(encode({"$jsonSchema": self.json_schema}))


def blind_field(name: str) -> str:
    """Return the field that holds the blind index of ``name``."""
    return name + SEALED_SUFFIX


@dataclass(frozen=True)
class Migration:
    """One numbered step forward.

    ``run`` gets the pymongo database and must be safe to repeat: it is not one transaction and may be cut off.
    ``phase``: ``expand`` runs at every ``ensure``; ``contract`` (drops what older code reads) only when asked for.
    """

    number: int
    why: str
    run: Callable[[Database[dict[str, Any]]], None]
    phase: Literal["expand", "contract"] = "expand"


@dataclass(frozen=True)
class StoreSchema:
    """The database of one service."""

    service: str
    collections: tuple[Collection, ...]
    migrations: tuple[Migration, ...] = field(default=())

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.service):
            raise ValueError(f"service name {self.service!r} is not snake case")
        names = [collection.name for collection in self.collections]
        if len(set(names)) != len(names):
            raise ValueError(f"{self.service} declares a collection twice: {sorted(names)}")
        numbers = [migration.number for migration in self.migrations]
        if numbers != list(range(1, len(numbers) + 1)):
            raise ValueError(f"{self.service}: migrations must be numbered 1, 2, 3 …, got {numbers}")

    @cached_property
    def sealed_names(self) -> frozenset[str]:
        """Every field name that holds personal data somewhere in this database."""
        return frozenset(name for collection in self.collections for name in collection.sealed)


@dataclass(frozen=True, slots=True)
class Retention:
    """How long the kit's own rows are kept, by the server's clock.

    ``inbox`` must outlast the longest redelivery: the retry ladder takes under two hours, but an operator may replay
    a quarantined message weeks later. ``published`` must outlast the retry ladder, which gives up after a day: what a
    backup's events had not reached when it was made is announced again.
    """

    markers: timedelta = timedelta(hours=48)
    inbox: timedelta = timedelta(days=90)
    published: timedelta = timedelta(hours=48)
