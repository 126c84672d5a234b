"""What a process does for its databases while it runs: chains audit rows, tells its log each new head, says it runs,
and ends what processes that were killed left open there.

The heads go to the log because a database's owner has no hand there.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress

from shared.identifiers import new_id
from shared.storage.store import Store

_log = logging.getLogger("diaoxun.audit")

EVERY_SECONDS = 5.0
ROWS = 500


class AuditSealing:
    """Chains what was written to the audit logs of stores, by name, every few seconds.

    Works in a thread of its own, a greenlet where the process is patched. Any number of processes may do so at once.
    """

    def __init__(self, stores: Mapping[str, Store], every: float = EVERY_SECONDS) -> None:
        self._stores = dict(stores)
        self._every = every
        self._instance = f"{socket.gethostname()}:{os.getpid()}:{new_id('run')[-6:]}"
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Say that this process runs, and begin to work in the background."""
        self._say()
        for store in self._stores.values():
            store.backing.sessions.keep()
        self._thread = threading.Thread(target=self._run, name="audit-sealing", daemon=True)
        self._thread.start()

    def stop(self, seconds: float = 5.0) -> None:
        """End; what is not chained yet is chained by another process or after the next start."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(seconds)
        for store in self._stores.values():
            with suppress(Exception):  # it is forgotten within a minute anyway
                store.presence.leave(self._instance)
                store.backing.sessions.leave()

    def seal(self) -> None:
        """Chain all that waits now, and log the head of each chain that grew. A store that is away is passed over."""
        for name, store in self._stores.items():
            try:
                _seal(name, store)
            except Exception as error:  # the store is away, or another process took over: the rows wait
                _log.warning("the audit log of %s was not sealed: %s", name, type(error).__name__)

    def _run(self) -> None:
        rounds = 0
        while not self._stopping.wait(self._every):
            self._tick()
            self.seal()
            rounds += 1
            if rounds % 3 == 0:
                self._say()

    def _tick(self) -> None:
        for name, store in self._stores.items():
            try:
                store.backing.sessions.tick()
            except Exception as error:  # the store is away: said again in a moment
                _log.warning("the sessions of %s were not looked after: %s", name, type(error).__name__)

    def _say(self) -> None:
        for name, store in self._stores.items():
            try:
                store.presence.say(self._instance)
            except Exception as error:  # the store is away: said again in a moment
                _log.warning("%s was not told that this process runs: %s", name, type(error).__name__)


def _seal(name: str, store: Store) -> None:
    chained = 0
    while (sealed := store.audit.seal(ROWS)) is not None:
        count, head = sealed
        chained += count
        if count < ROWS:
            if chained:
                _log.info("audit chain of %s: head %d:%s", name, head.seq, head.hash)
            return
