"""Backup and restore of all databases at one consistent point.

A backup reads every database in one transaction with read concern ``snapshot``, so what one service has of another is
of the same instant, while everything goes on. Messages in the broker are in no backup: outboxes keep what was
published lately, and a restored database announces it again; inboxes take nothing in twice.

The files are what ``mongodump --gzip`` writes: BSON documents one after the other. Sealed fields stay sealed: without
the keys of personal fields, which are not in it, a backup of people cannot be read.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, cast

from bson import decode_file_iter
from bson.codec_options import CodecOptions
from bson.errors import BSONError
from bson.raw_bson import RawBSONDocument
from pymongo.client_session import ClientSession
from pymongo.collection import Collection as MongoCollection
from pymongo.errors import OperationFailure
from pymongo.read_concern import ReadConcern

from shared.errors import Conflict, Fault, Invalid
from shared.storage.backup_folder import DOCUMENTS, NotEmpty, refuse_filled
from shared.storage.chain import Head
from shared.storage.connection import SNAPSHOT, Backing
from shared.storage.faults import faults
from shared.storage.leases import LEASES
from shared.storage.migrations import MIGRATIONS
from shared.storage.outbox import OUTBOX, PUBLISHED
from shared.storage.presence import PRESENCE
from shared.storage.sessions import SESSIONS
from shared.storage.store import Store
from shared.storage.trials import TRIALS
from shared.wording import Words

FORMAT = 1
MANIFEST = "manifest.json"
_RAW: CodecOptions[RawBSONDocument] = CodecOptions(document_class=RawBSONDocument, tz_aware=True, tzinfo=UTC)
_Chosen = Callable[[RawBSONDocument], bool]
_BATCH_BYTES = 8 * 1024 * 1024
_MOVING = frozenset({OUTBOX, PUBLISHED})
"""What relays move all the time; not held against a backup once services run again."""
_ENDED = frozenset({251, 290})
"""NoSuchTransaction, TransactionExceededLifetimeLimitSeconds: what a transaction hears that lasted too long."""
_ABOUT_TO_GO = timedelta(minutes=10)
"""Before a row's time is over it is no longer compared: for clocks that differ, and while both sides are read."""


class CutOff(Fault):
    """The database ended the transaction that reads a backup before everything was read."""

    code = "backup-cut-off"
    status = 503
    title = Words("备份中断", "Backup cut off")


class NotABackup(Invalid):
    """The folder holds no backup, or a broken one."""

    code = "not-a-backup"
    title = Words("不是有效的备份", "Not a backup")


class OwnDatabases(Conflict):
    """The databases are those of the platform itself."""

    code = "own-databases"
    title = Words("平台自身的数据库", "The platform's own databases")


@dataclass(frozen=True)
class Held:
    """One collection in a backup; ``sha256`` is of its documents in the order of their ids."""

    documents: int
    bytes: int
    sha256: str


def back_up(stores: Mapping[str, Store], folder: Path) -> dict[str, Any]:
    """Write a backup of the databases into an empty folder and return its manifest.

    It may take as long as one transaction (a minute on MongoDB unless ``transactionLifetimeLimitSeconds`` says more).
    Raises ``NotEmpty``, ``CutOff``, ``Unavailable``.
    """
    refuse_filled(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    heads = {name: _sealed(store) for name, store in stores.items()}
    backings = {name: store.backing for name, store in stores.items()}
    first = next(iter(backings.values()))
    names = {name: _collections(backing) for name, backing in backings.items()}
    databases: dict[str, dict[str, Any]] = {}
    with (
        faults(),
        _cut_off_told(),
        first.client.start_session() as session,
        session.start_transaction(read_concern=SNAPSHOT),
    ):
        for name, backing in backings.items():
            place = folder / name
            place.mkdir(mode=0o700)
            there = first.client.get_database(backing.database.name)
            collections = {
                each: asdict(_written(there[each], session, place / f"{each}{DOCUMENTS}")) for each in names[name]
            }
            databases[name] = {
                "database": backing.database.name,
                "head": asdict(heads[name]),
                "collections": collections,
            }
    manifest = {"format": FORMAT, "made_at": datetime.now(UTC).isoformat(timespec="seconds"), "databases": databases}
    _put(folder / MANIFEST, json.dumps(manifest, indent=1).encode())
    return manifest


@contextmanager
def _cut_off_told() -> Iterator[None]:
    begun = time.monotonic()
    try:
        yield
    except OperationFailure as error:
        if error.code not in _ENDED:
            raise
        seconds = round(time.monotonic() - begun)
        raise CutOff(
            f"数据库在 {seconds} 秒后中止了备份所用的事务：MongoDB 默认只允许事务持续 60 秒，"
            "请调大参数 transactionLifetimeLimitSeconds（如 3600）后重新备份",
            f"the database ended the backup's transaction after {seconds} s: MongoDB lets one last 60 s unless told"
            " otherwise; raise its parameter transactionLifetimeLimitSeconds (to 3600, say) and back up again",
            seconds=seconds,
            reason=f"{type(error).__name__} {error.code}",
        ) from None


def is_own(stores: Mapping[str, Store], manifest: Mapping[str, Any]) -> bool:
    """Return whether a backup was made of the databases of these very names: no drill under another prefix."""
    told = manifest["databases"]
    return all(
        told[name].get("database", store.backing.database.name) == store.backing.database.name
        for name, store in stores.items()
    )


def restore(stores: Mapping[str, Store], folder: Path, *, replace: bool = False) -> dict[str, Any]:
    """Load a backup into empty databases (or with ``replace`` into dropped ones), verify it, return its manifest.

    Services must not run yet. What was published in the last days before the backup is put back into the outboxes.
    Raises ``NotEmpty``, ``NotABackup``.
    """
    manifest = read_manifest(folder, stores)
    filled = sorted(name for name, store in stores.items() if _holds_anything(store.backing))
    if filled and not replace:
        listed = ", ".join(filled)
        raise NotEmpty(
            f"以下数据库已有数据：{listed}；请先停止服务，确认后加 --replace",
            f"these databases hold data: {listed}; stop the services, and give --replace if it may go",
            services=filled,
        )
    for name, store in stores.items():
        store.drop()
        for each in manifest["databases"][name]["collections"]:
            _load(folder / name / f"{each}{DOCUMENTS}", store.backing.database[each])
    different = differences(stores, folder, manifest)
    if different:
        raise NotABackup(
            "恢复后的数据与备份不一致：" + "；".join(each.zh for each in different),
            "what was restored differs from the backup: " + "; ".join(each.en for each in different),
        )
    for store in stores.values():
        store.ensure(alone=True)
        store.outbox.announce_again()
    return manifest


def end_drill(stores: Mapping[str, Store], folder: Path) -> None:
    """Delete the databases a backup was restored into for a drill. Raises ``OwnDatabases``, ``NotABackup``."""
    if is_own(stores, read_manifest(folder, stores)):
        raise OwnDatabases(
            "备份就是从这些数据库做的，不能当作演练删除；演练请用另一前缀",
            "the backup was made of these very databases: they are no drill's; a drill has a prefix of its own",
        )
    for store in stores.values():
        store.drop()


def verify(stores: Mapping[str, Store], folder: Path) -> list[Words]:
    """Return how the present databases differ from a backup, audit chains included; empty when they do not.

    Outboxes are left out: relays empty them as soon as services run. So are rows whose time is over, by this machine's
    clock: the database deletes them by itself.
    """
    manifest = read_manifest(folder, stores)
    return differences(stores, folder, manifest, without=_MOVING)


def differences(
    stores: Mapping[str, Store], folder: Path, manifest: Mapping[str, Any], without: frozenset[str] = frozenset()
) -> list[Words]:
    """Compare documents and their digests by collection, and each audit chain with the head in the manifest."""
    found: list[Words] = []
    for name, store in stores.items():
        told = manifest["databases"][name]
        for each, held in told["collections"].items():
            if each in without:
                continue
            wanted, present = _compared(
                folder / name / f"{each}{DOCUMENTS}", Held(**held), store.backing.database[each]
            )
            if present != wanted:
                found.append(
                    Words(
                        f"{name}.{each}：备份 {wanted.documents} 条，现有 {present.documents} 条，内容不同",
                        f"{name}.{each}: the {wanted.documents} documents differ from the {present.documents} now",
                    )
                )
        report = store.audit.verify(against=Head(**told["head"]))
        if report.broken is not None:
            why = report.broken.reason
            found.append(Words(f"{name} 审计链：{why.zh}", f"{name}: audit chain: {why.en}"))
    return found


def read_manifest(folder: Path, stores: Mapping[str, Store]) -> dict[str, Any]:
    """Return the manifest of a backup whose files are all there and whole. Raises ``NotABackup``."""
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text("utf-8"))
        known, databases = manifest["format"] == FORMAT, manifest["databases"]
    except (OSError, ValueError, KeyError, TypeError):
        raise _broken(f"{folder / MANIFEST}") from None
    if not known or set(databases) != set(stores):
        raise NotABackup(
            f"备份包含 {sorted(databases)}，当前安装的是 {sorted(stores)}（格式 {manifest['format']}）",
            f"the backup holds {sorted(databases)}, installed are {sorted(stores)} (format {manifest['format']})",
        )
    for name, told in databases.items():
        for each, held in told["collections"].items():
            path = folder / name / f"{each}{DOCUMENTS}"
            try:
                if asdict(_digested(_documents(path))) != held:
                    raise _broken(str(path))
            except (OSError, EOFError, BSONError):
                raise _broken(str(path)) from None
    return manifest


def _broken(path: str) -> NotABackup:
    return NotABackup(f"{path} 缺失或已损坏", f"{path} is missing or broken", path=path)


def _sealed(store: Store) -> Head:
    while (sealed := store.audit.seal()) is not None and sealed[0]:
        continue
    return store.audit.head()


def _collections(backing: Backing) -> list[str]:
    with faults():
        return sorted(set(backing.database.list_collection_names()) - {LEASES, PRESENCE, SESSIONS, TRIALS})


def _holds_anything(backing: Backing) -> bool:
    with faults():
        return any(backing.database[name].find_one({}) for name in _collections(backing) if name != MIGRATIONS)


def _in_order(collection: MongoCollection[Any], session: ClientSession | None) -> Iterator[RawBSONDocument]:
    raw = collection.with_options(codec_options=_RAW, read_concern=ReadConcern() if session else None)
    return iter(raw.find({}, session=session).sort("_id", 1))


def _written(collection: MongoCollection[Any], session: ClientSession, path: Path) -> Held:
    def through() -> Iterator[RawBSONDocument]:
        for document in _in_order(collection, session):
            file.write(document.raw)
            yield document

    path.touch(mode=0o600)
    with gzip.GzipFile(path, "wb", compresslevel=5, mtime=0) as file:
        return _digested(through())


def _compared(path: Path, told: Held, collection: MongoCollection[Any]) -> tuple[Held, Held]:
    """Return what a backup has of a collection and what the database has, of rows that both of them must have."""
    with faults(collection.name):
        stays = _staying(collection)
        present = _in_order(collection, None)
        if stays is None:
            return told, _digested(present)
        return _digested(filter(stays, _documents(path))), _digested(filter(stays, present))


def _staying(collection: MongoCollection[Any]) -> _Chosen | None:
    """Return what tells the rows that the server will not delete for now; ``None`` where it never deletes any."""
    soon = datetime.now(UTC) + _ABOUT_TO_GO
    expiring = {
        field: soon - timedelta(seconds=row["expireAfterSeconds"])
        for row in collection.list_indexes()
        if "expireAfterSeconds" in row
        for field in row["key"]
    }

    def stays(row: RawBSONDocument) -> bool:
        return not any(isinstance(row.get(field), datetime) and row[field] <= last for field, last in expiring.items())

    return stays if expiring else None


def _digested(documents: Iterator[RawBSONDocument]) -> Held:
    digest, count, size = hashlib.sha256(), 0, 0
    for document in documents:
        digest.update(document.raw)
        count, size = count + 1, size + len(document.raw)
    return Held(count, size, digest.hexdigest())


def _documents(path: Path) -> Iterator[RawBSONDocument]:
    with gzip.open(path, "rb") as file:
        yield from decode_file_iter(cast(BinaryIO, file), _RAW)


def _load(path: Path, collection: MongoCollection[Any]) -> None:
    batch: list[RawBSONDocument] = []
    size = 0
    with faults(collection.name):
        for document in _documents(path):
            batch.append(document)
            size += len(document.raw)
            if size >= _BATCH_BYTES:
                collection.insert_many(batch, ordered=False)
                batch, size = [], 0
        if batch:
            collection.insert_many(batch, ordered=False)


def _put(path: Path, content: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(content)
