"""An outbox on disk that can kill its process at a chosen point."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """One event in the outbox."""

    id: str
    type: str
    body: str


class DiskOutbox:
    """An outbox that outlives its process."""

    def __init__(self, path: str, die_at: str = "") -> None:
        self._path, self._die_at = path, die_at
        with self._open() as db:
            db.execute("create table if not exists outbox (id text primary key, type text, body text)")

    def write(self, row: Row) -> None:
        """Commit an event."""
        with self._open() as db:
            db.execute("insert into outbox values (?, ?, ?)", (row.id, row.type, row.body))

    def pending(self, limit: int) -> list[Row]:
        """Return the oldest rows."""
        with self._open() as db:
            rows = [Row(*row) for row in db.execute("select id, type, body from outbox order by id limit ?", (limit,))]
        if rows and self._die_at == "before-publish":
            os.kill(os.getpid(), signal.SIGKILL)
        return rows

    def remove(self, ids: Sequence[str]) -> None:
        """Forget rows."""
        if self._die_at == "after-publish":
            os.kill(os.getpid(), signal.SIGKILL)
        with self._open() as db:
            db.executemany("delete from outbox where id = ?", [(one,) for one in ids])

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, isolation_level="IMMEDIATE")
