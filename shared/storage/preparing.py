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
from shared.storage.migrations import MIGRATIONS, OlderCodeRuns, SchemaMismatch
from shared.storage.outbox import OUTBOX, PUBLISHED
from shared.storage.presence import PRESENCE, Presence
from shared.storage.schema import Index, Retention
from shared.storage.sessions import SESSIONS
from shared.storage.trials import TRIALS
from shared.storage.validators import Validator, widened

_NAMESPACE_EXISTS = 48


@dataclass(slots=True)
class EnsureReport:
    """What ``ensure`` did and found. ``strangers`` are indexes in the database that nobody declares: left alone.

    ``wide`` are the collections that let in what other releases write, too, until they are contracted.
    """

    applied: list[int] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    collections: list[str] = field(default_factory=list)
    validators: list[str] = field(default_factory=list)
    indexes: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    wide: list[str] = field(default_factory=list)


def prepare(backing: Backing, retention: Retention, report: EnsureReport) -> None:
    """Create what is missing, widen validators that differ, and change expiry times.

    Raises ``SchemaMismatch`` when an index of the same name has other keys or options: that takes a migration.
    """
    present = present_validators(backing)
    for name, ours, indexes in _wanted(backing, retention):
        with faults(name):
            if name not in present:
                _create(backing, name, ours, report)
            elif (wanted := widened(present[name], ours)) != present[name]:
                _set(backing, name, wanted, report)
            _index(backing, name, indexes, report, fresh=name not in present)


def narrow(backing: Backing, report: EnsureReport) -> None:
    """Leave this code's validators alone. Raises ``OlderCodeRuns`` while a process runs whose code has others."""
    present = present_validators(backing)
    differing = {
        each.name: each.whole_validator
        for each in backing.schema.collections
        if present.get(each.name) != each.whole_validator
    }
    if differing:
        _refuse_other_code(backing, sorted(differing))
    for name, ours in differing.items():
        with faults(name):
            _set(backing, name, ours, report)


def present_validators(backing: Backing) -> dict[str, Validator]:
    """Return the validator each collection has now; an empty one lets everything in."""
    with faults():
        rows = list(backing.database.list_collections())
    return {row["name"]: dict(row.get("options", {}).get("validator", {})) for row in rows}


def _refuse_other_code(backing: Backing, collections: list[str]) -> None:
    others = [each.instance for each in Presence(backing).with_other_validators()]
    if others:
        raise OlderCodeRuns(
            f"集合“{'、'.join(collections)}”的校验规则未收紧：仍有其他版本在运行（{'、'.join(others)}），请先全部升级",
            f"the validators of {', '.join(collections)} were not narrowed: code with others still runs"
            f" ({', '.join(others)}); upgrade all of it first",
            service=backing.schema.service,
            collections=collections,
            instances=others,
        )


def _set(backing: Backing, name: str, validator: Validator, report: EnsureReport) -> None:
    backing.database.command("collMod", name, validator=validator, validationLevel="strict", validationAction="error")
    if name not in report.validators:
        report.validators.append(name)


def _wanted(backing: Backing, retention: Retention) -> Iterable[tuple[str, Validator, tuple[Index, ...]]]:
    for collection in backing.schema.collections:
        yield collection.name, collection.whole_validator, collection.all_indexes
    yield OUTBOX, {}, ()
    yield PUBLISHED, {}, (_expiring(retention.published),)
    yield INBOX, {}, (_expiring(retention.inbox),)
    yield MARKERS, {}, (_expiring(retention.markers),)
    # Not yet chained rows are those with seq null; chained ones are unique by it.
    yield AUDIT, {}, (Index((("seq", 1), ("_id", 1)), name="chain"),)
    yield HEAD, {}, ()
    yield LEASES, {}, ()
    yield TRIALS, {}, (_expiring(timedelta(days=1)),)
    yield PRESENCE, {}, (_expiring(timedelta(days=1)),)
    yield SESSIONS, {}, (_expiring(timedelta(days=1)),)
    yield MIGRATIONS, {}, ()


def _expiring(kept: timedelta) -> Index:
    return Index((("at", 1),), expire_after=kept, name="expiry")


def _create(backing: Backing, name: str, validator: Validator, report: EnsureReport) -> None:
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
