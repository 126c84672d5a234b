"""Migrations: numbered, forward only, each recorded with a checksum of its code."""

from __future__ import annotations

import ast
import hashlib
import inspect
import textwrap
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from shared.errors import Fault
from shared.storage.connection import Backing
from shared.storage.faults import faults
from shared.storage.presence import Presence
from shared.storage.schema import Migration
from shared.wording import Words

MIGRATIONS = "_migrations"


class SchemaMismatch(Fault):
    """Database and code do not belong together."""

    code = "schema-mismatch"
    status = 500
    title = Words("数据库与程序版本不符", "Database and code do not match")


class OlderCodeRuns(Fault):
    """A contraction would take away what code that still runs reads or writes; ``details["instances"]`` names it."""

    code = "older-code-runs"
    status = 409
    title = Words("仍有旧版本在运行", "Older code still runs")


def checksum(migration: Migration) -> str:
    """Return a digest of a migration's number, phase and code; comments and layout do not count."""
    try:
        code = ast.unparse(ast.parse(textwrap.dedent(inspect.getsource(migration.run))))
    except (OSError, TypeError, SyntaxError):
        code = migration.run.__qualname__
    return hashlib.sha256(f"{migration.number}\n{migration.phase}\n{code}".encode()).hexdigest()


class Migrator:
    """Brings one database up to its code."""

    def __init__(self, backing: Backing) -> None:
        self._backing = backing
        self._records = backing.collection(MIGRATIONS)
        self._declared = {migration.number: migration for migration in backing.schema.migrations}

    def pending(self) -> list[Migration]:
        """Return the migrations not yet applied, in order.

        A database that was only expanded by newer code still serves this code: old and new run side by side while an
        upgrade rolls. Raises ``SchemaMismatch`` when newer code has contracted it, or an applied migration was edited.
        """
        with faults(MIGRATIONS):
            applied = {row["number"]: row for row in self._records.find({"number": {"$exists": True}})}
        newer = sorted(n for n in set(applied) - set(self._declared) if applied[n]["phase"] == "contract")
        if newer:
            raise self._mismatch(
                f"数据库已应用收缩迁移 {newer}，而当前程序只有 {len(self._declared)} 个，请部署不低于该数据库的版本",
                f"the database was contracted by the migrations {newer}, this code ends at {len(self._declared)};"
                " deploy code at least as new as the database",
            )
        for number, row in sorted(applied.items()):
            if number in self._declared and row["checksum"] != checksum(self._declared[number]):
                raise self._mismatch(
                    f"迁移 {number} 应用之后又被修改，请恢复原样并另写一个新的迁移",
                    f"migration {number} was edited after it had been applied; restore it and write a new one",
                )
        return [migration for number, migration in self._declared.items() if number not in applied]

    def run(self, contract: bool, before_each: Callable[[], None]) -> tuple[list[int], list[int]]:
        """Apply what is pending; return the numbers applied and those left for a later ``contract`` run."""
        applied: list[int] = []
        left: list[int] = []
        for migration in self.pending():
            if migration.phase == "contract" and not contract:
                left.append(migration.number)
                continue
            if migration.phase == "contract":
                self._refuse_older_code(migration)
            before_each()
            self._apply(migration)
            applied.append(migration.number)
        return applied, left

    def _refuse_older_code(self, migration: Migration) -> None:
        older = Presence(self._backing).older_than(migration.number)
        if older:
            listed = "、".join(each.instance for each in older)
            raise OlderCodeRuns(
                f"收缩迁移 {migration.number}（{migration.why}）未执行：仍有旧版本在运行（{listed}），请先全部升级",
                f"the contracting migration {migration.number} ({migration.why}) was not run: older code still runs"
                f" ({', '.join(each.instance for each in older)}); upgrade all of it first",
                service=self._backing.schema.service,
                migration=migration.number,
                instances=[each.instance for each in older],
            )

    def _apply(self, migration: Migration) -> None:
        started = time.monotonic()
        with faults(f"migration {migration.number}"):
            migration.run(self._backing.database)
            self._records.insert_one(
                {
                    "_id": f"migration-{migration.number}",
                    "number": migration.number,
                    "why": migration.why,
                    "phase": migration.phase,
                    "checksum": checksum(migration),
                    "applied_at": datetime.now(UTC),
                    "seconds": round(time.monotonic() - started, 3),
                }
            )

    def check_blind_key(self) -> None:
        """Record the fingerprint of the blind index key, or hold the present key against it: ``SchemaMismatch``."""
        present = self._backing.keyring.blind_fingerprint
        with faults(MIGRATIONS):
            self._records.update_one({"_id": "blind-key"}, {"$setOnInsert": {"fingerprint": present}}, upsert=True)
            row: dict[str, Any] = self._records.find_one({"_id": "blind-key"}) or {}
        if row.get("fingerprint") != present:
            raise self._mismatch(
                "盲索引密钥与写入数据时不同，唯一性检查与查找都会失效；"
                "请恢复 DIAOXUN_FIELD_KEYS 中的 blind 项（或最旧的密钥），或停机执行重新加密",
                "the blind index key is not the one the data was written with: look-ups and uniqueness would fail;"
                " restore the entry blind (or the oldest key) in DIAOXUN_FIELD_KEYS, or reseal while nothing else runs",
            )

    def accept_blind_key(self) -> None:
        """Record the present blind index key as the one all data is written with (after resealing)."""
        with faults(MIGRATIONS):
            self._records.update_one(
                {"_id": "blind-key"}, {"$set": {"fingerprint": self._backing.keyring.blind_fingerprint}}, upsert=True
            )

    def _mismatch(self, zh: str, en: str) -> SchemaMismatch:
        return SchemaMismatch(zh, en, service=self._backing.schema.service)
