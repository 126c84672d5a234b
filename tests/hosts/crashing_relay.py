"""A relay over an outbox on disk that kills its process at a chosen point: ``…crashing_relay OUTBOX JSON``."""

from __future__ import annotations

import warnings

warnings.simplefilter("ignore")

import eventlet  # noqa: E402

eventlet.monkey_patch()

import json  # noqa: E402
import os  # noqa: E402
import signal  # noqa: E402
import sqlite3  # noqa: E402
import sys  # noqa: E402
import time  # noqa: E402
from collections.abc import Sequence  # noqa: E402
from dataclasses import dataclass  # noqa: E402

from shared.messaging import Relay  # noqa: E402


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


def main() -> None:
    """Relay until the outbox is empty."""
    options = json.loads(sys.argv[2])
    outbox = DiskOutbox(sys.argv[1], options.get("die_at", ""))
    relay = Relay({"sample": outbox}, options["AMQP_URI"], poll=0.05)
    relay.start()
    print(json.dumps({"ready": True}), flush=True)
    while outbox.pending(1):
        time.sleep(0.02)
    relay.stop()
    print(json.dumps({"published": relay.published}), flush=True)


if __name__ == "__main__":
    main()
