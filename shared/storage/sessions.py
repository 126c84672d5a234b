"""Which sessions a running process uses, so that others end what it left open in the store when it is killed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import Any

from pymongo.client_session import ClientSession
from pymongo.database import Database
from pymongo.errors import DuplicateKeyError, PyMongoError

from shared.identifiers import new_id
from shared.storage.faults import faults

_log = logging.getLogger(__name__)

SESSIONS = "_sessions"
STALE = timedelta(seconds=15)
_EVERY_SECONDS = 5.0
_LEAVING_SECONDS = 1.0
"""So long a command that ends waits for its last look; while the store is away that would take longer."""
_TOLD = [{"$set": {"at": "$$NOW"}}]


class Sessions:
    """The sessions of one process on one database, written down while somebody calls ``tick`` every few seconds.

    A store keeps the transaction of a dead process open, connection or none, for a minute, or for as long as a
    deployment lets a backup take. Ending the sessions of a process that only stood still costs it a transaction, which
    is tried again.
    """

    def __init__(self, database: Database[Any]) -> None:
        self._rows = database[SESSIONS]
        self._admin = database.client.admin
        self._run = new_id("run")
        self._known: set[bytes] = set()
        self._kept = False

    def keep(self) -> None:
        """Write sessions down from now on: ``tick`` will be called."""
        self._kept = True

    def use(self, session: ClientSession) -> None:
        """Note a session before its transaction begins. The driver has few and takes them again and again."""
        id = session.session_id["id"]
        if not self._kept or id in self._known:
            return
        try:
            with suppress(DuplicateKeyError):
                self._rows.insert_one({"_id": id, "run": self._run})
            self._rows.update_one({"_id": id}, _TOLD)
        except PyMongoError:  # the store is away: so the transaction will find
            return
        self._known.add(id)

    def tick(self) -> int:
        """Say that this process runs; end the sessions of processes that do not say so, and return how many."""
        with faults(SESSIONS):
            known = len(self._known)
            if known and self._rows.update_many({"run": self._run}, _TOLD).matched_count < known:
                self._known.clear()  # somebody took this process for dead: every session is noted anew
            rows = self._rows.aggregate([{"$match": {"run": {"$ne": self._run}}}, {"$set": {"now": "$$NOW"}}])
            dead = [row["_id"] for row in rows if "at" in row and row["now"] - row["at"] > STALE]
            if dead:
                self._end(dead)
                self._rows.delete_many({"_id": {"$in": dead}})
                _log.info("ended %d sessions of processes that are gone", len(dead))
        return len(dead)

    def end_all(self) -> None:
        """End every session written down, before the database is dropped: a drop waits for transactions that are open.

        MongoDB waits until it ends them itself; SecantusDB keeps them open while it waits, and so for ever.
        """
        with faults(SESSIONS):
            noted = [row["_id"] for row in self._rows.find({}, {"_id": 1})]
            if noted:
                self._end(noted)

    def leave(self) -> None:
        """Forget the sessions of this process, which ends in order."""
        self._kept = False
        if not self._known:
            return
        with faults(SESSIONS):
            self._rows.delete_many({"run": self._run})

    def _end(self, ids: list[bytes]) -> None:
        self._admin.command({"killSessions": [{"id": id} for id in ids]})


@contextmanager
def looked_after(all_of_them: Sequence[Sessions]) -> Iterator[None]:
    """Keep the sessions of a process written down for the length of a block, as services do while they run."""
    stopping = threading.Event()

    def tick() -> None:
        while not stopping.wait(_EVERY_SECONDS):
            for each in all_of_them:
                with suppress(Exception):  # the store is away, or this user may not: the block finds out by itself
                    if not stopping.is_set():
                        each.tick()

    for each in all_of_them:
        each.keep()
    thread = threading.Thread(target=tick, name="sessions", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(_LEAVING_SECONDS)
        for each in all_of_them:
            with suppress(Exception):  # it is forgotten within a minute anyway
                each.leave()
