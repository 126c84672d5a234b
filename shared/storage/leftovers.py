"""Transactions that were given up while the store could not be told: ended as soon as it answers again."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pymongo.client_session import ClientSession
from pymongo.database import Database
from pymongo.errors import ConnectionFailure, PyMongoError

from shared.errors import DeadlineExceeded, Unavailable
from shared.storage.sessions import Sessions

_log = logging.getLogger(__name__)

_FORGOTTEN_SECONDS = 3_900.0
"""By then a store has ended them by itself: MongoDB after a minute, or the hour that a deployment lets a backup take
(``transactionLifetimeLimitSeconds``)."""
_UNSENT_SECONDS = 120.0
"""So long for one begun when no store was in reach, which hardly got there: in a long outage there are many."""
_PAUSE_SECONDS = 0.2
_ANY = "_leases"
"""Read for no other purpose than to begin a transaction; any collection of the kit would do."""
_CUT_SHORT = (ConnectionFailure, Unavailable, DeadlineExceeded)


class Leftovers:
    """Sessions whose transaction may still be open in the store, where it keeps others from what it has written.

    The driver tells the store once that a transaction is over and forgets it when that fails; one whose commit got no
    answer it never tells. The same command, sent again, would then clash for a minute with what was left of itself.
    """

    def __init__(self, database: Database[Any], sessions: Sessions) -> None:
        self._client, self._database, self._sessions = database.client, database, sessions
        # Each with the instant by which it is forgotten.
        self._left: deque[tuple[float, ClientSession]] = deque()
        self._lock = threading.Lock()
        self._at_work = False

    @contextmanager
    def session(self) -> Iterator[ClientSession]:
        """Give a session for one transaction, which does not outlive the block for longer than the store is away."""
        session = self._client.start_session()
        self._sessions.use(session)
        keep = _FORGOTTEN_SECONDS if self._in_reach() else _UNSENT_SECONDS
        try:
            yield session
        except BaseException as error:
            if isinstance(error, _CUT_SHORT) or not isinstance(error, Exception):
                self._take(session, keep)  # not here: telling a store that is away takes seconds nobody has
                raise
            if session.in_transaction:
                session.abort_transaction()
            if not self._in_reach():
                self._take(session, keep)
                raise
            session.end_session()
            raise
        session.end_session()

    @property
    def waiting(self) -> int:
        """How many sessions are still to be ended."""
        return len(self._left)

    def _in_reach(self) -> bool:
        """Whether there is a store to write to, for all that is known: nothing is before the first use."""
        topology = self._client.topology_description
        servers = topology.server_descriptions().values()
        unseen = all(each.server_type_name == "Unknown" and each.error is None for each in servers)
        return topology.has_writable_server() or unseen

    def _take(self, session: ClientSession, seconds: float) -> None:
        with self._lock:
            self._left.append((time.monotonic() + seconds, session))
            if self._at_work:
                return
            self._at_work = True
        threading.Thread(target=self._work, name="leftovers", daemon=True).start()

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._left:
                    self._at_work = False
                    return
                _, session = self._left[0]
            if self._ended(session):
                with self._lock:
                    self._left.popleft()
                continue
            with self._lock:
                now = time.monotonic()
                self._left = deque(each for each in self._left if each[0] > now)
            time.sleep(_PAUSE_SECONDS)

    def _ended(self, session: ClientSession) -> bool:
        """Begin another transaction in the session: the store ends an open one before it, and hears no late word of it.

        An abort alone would not do: the driver sends none after a commit, and hides whether it arrived.
        """
        try:
            if session.in_transaction:
                session.abort_transaction()
            session.start_transaction()
            self._database[_ANY].find_one({"_id": ""}, session=session)
            session.end_session()
        except ConnectionFailure:
            return False
        except PyMongoError as trouble:  # also a client that was closed: nothing can be told any more
            _log.warning("a transaction that was given up was left to the store: %s", type(trouble).__name__)
        return True
