"""Chaining audit rows while a process runs, and telling its log each new head, where a database's owner has no hand."""

from __future__ import annotations

import logging
import threading
from collections.abc import Mapping

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
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to work in the background."""
        self._thread = threading.Thread(target=self._run, name="audit-sealing", daemon=True)
        self._thread.start()

    def stop(self, seconds: float = 5.0) -> None:
        """End; what is not chained yet is chained by another process or after the next start."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(seconds)

    def seal(self) -> None:
        """Chain all that waits now, and log the head of each chain that grew. A store that is away is passed over."""
        for name, store in self._stores.items():
            try:
                _seal(name, store)
            except Exception as error:  # the store is away, or another process took over: the rows wait
                _log.warning("the audit log of %s was not sealed: %s", name, type(error).__name__)

    def _run(self) -> None:
        while not self._stopping.wait(self._every):
            self.seal()


def _seal(name: str, store: Store) -> None:
    chained = 0
    while (sealed := store.audit.seal(ROWS)) is not None:
        count, head = sealed
        chained += count
        if count < ROWS:
            if chained:
                _log.info("audit chain of %s: head %d:%s", name, head.seq, head.hash)
            return
