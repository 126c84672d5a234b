"""Making a database what its schema says: collections, validators, indexes. Nothing is dropped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from pymongo.errors import CollectionInvalid, OperationFailure

from shared.storage.audit import AUDIT
from shared.storage.chain import HEAD
from shared.storage.connection import Backing
from shared.storage.faults import faults
from shared.storage.idempotency import MARKERS
from shared.storage.inbox import INBOX
from shared.storage.leases import LEASES
from shared.storage.migrations import MIGRATIONS, SchemaMismatch
from shared.storage.outbox import OUTBOX, PUBLISHED
from shared.storage.presence import PRESENCE
from shared.storage.schema import Index, Retention
from shared.storage.sessions import SESSIONS
from shared.storage.trials import TRIALS

_NAMESPACE_EXISTS = 48


@dataclass(slots=True)
class EnsureReport:
    """What ``ensure`` did and found. ``strangers`` are indexes in the database that nobody declares: left alone."""

    applied: list[int] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    collections: list[str] = field(default_factory=list)
    validators: list[str] = field(default_factory=list)
    indexes: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)


def prepare(backing: Backing, retention: Retention, report: EnsureReport) -> None:
    """Create what is missing and change validators and expiry times that differ.

    Raises ``SchemaMismatch`` when an index of the same name has other keys or options: that takes a migration.
    """
    with faults():
        present = {row["name"]: row.get("options", {}) for row in backing.database.list_collections()}
    for name, json_schema, indexes in _wanted(backing, retention):
        validator = {} if json_schema is None else {"$jsonSchema": json_schema}
        with faults(name):
            if name not in present:
                _create(backing, name, validator, report)
            elif present[name].get("validator", {}) != validator:
                backing.database.command(
                    "collMod", name, validator=validator, validationLevel="strict", validationAction="error"
                )
                report.validators.append(name)
            _index(backing, name, indexes, report, fresh=name not in present)


def _wanted(backing: Backing, retention: Retention) -> Iterable[tuple[str, dict[str, Any] | None, tuple[Index, ...]]]:
    for collection in backing.schema.collections:
        yield collection.name, collection.json_schema, collection.all_indexes
    yield OUTBOX, None, ()
    yield PUBLISHED, None, (_expiring(retention.published),)
    yield INBOX, None, (_expiring(retention.inbox),)
    yield MARKERS, None, (_expiring(retention.markers),)
    # Not yet chained rows are those with seq null; chained ones are unique by it.
    yield AUDIT, None, (Index((("seq", 1), ("_id", 1)), name="chain"),)
    yield HEAD, None, ()
    yield LEASES, None, ()
    yield TRIALS, None, (_expiring(timedelta(days=1)),)
    yield PRESENCE, None, (_expiring(timedelta(days=1)),)
    yield SESSIONS, None, (_expiring(timedelta(days=1)),)
    yield MIGRATIONS, None, ()


def _expiring(kept: timedelta) -> Index:
    return Index((("at", 1),), expire_after=kept, name="expiry")


def _create(backing: Backing, name: str, validator: dict[str, Any], report: EnsureReport) -> None:
    try:
        options: dict[str, Any] = {"validator": validator} if validator else {}
        backing.database.create_collection(name, check_exists=False, **options)
        report.collections.append(name)
    except (CollectionInvalid, OperationFailure) as error:
        if getattr(error, "code", None) != _NAMESPACE_EXISTS:
            raise


def _index(backing: Backing, name: str, wanted: tuple[Index, ...], report: EnsureReport, *, fresh: bool) -> None:
    if fresh and not wanted:
        return
    collection = backing.collection(name)
    present = {row["name"]: dict(row) for row in collection.list_indexes()}
    for index in wanted:
        row = present.pop(index.name, None)
        if row is None:
            collection.create_index(list(index.keys), name=index.name, **index.options())
            report.indexes.append(f"{name}.{index.name}")
        else:
            _compare(backing, name, index, row, report)
    report.strangers.extend(f"{name}.{stranger}" for stranger in present if stranger != "_id_")


def _compare(backing: Backing, name: str, index: Index, row: dict[str, Any], report: EnsureReport) -> None:
    options = index.options()
    expiry, seconds = options.pop("expireAfterSeconds", None), row.get("expireAfterSeconds")
    same_keys = [(key, int(order)) for key, order in row["key"].items()] == list(index.keys)
    same_options = all(_same(row.get(key), options.get(key)) for key in ("unique", "partialFilterExpression"))
    if not (same_keys and same_options and (expiry is None) == (seconds is None)):
        raise SchemaMismatch(
            f"索引“{name}.{index.name}”与声明不同，请写一个迁移删除旧索引，或给新索引另起名称",
            f"the index {name}.{index.name} differs from its declaration; write a migration that drops the old one,"
            " or give the new one another name",
            collection=name,
            index=index.name,
        )
    if expiry is not None and seconds != expiry:
        backing.database.command("collMod", name, index={"name": index.name, "expireAfterSeconds": expiry})
        report.indexes.append(f"{name}.{index.name}")


def _same(found: Any, wanted: Any) -> bool:
    return (found or None) == (wanted or None)
