"""Leases: one holder at a time, and a fencing token that stops a holder who has not noticed its time is over (P17).

Time here is the database server's (``$$NOW``), for taking, renewing and expiring alike. Not the settable clock: moving
a rehearsal a month ahead would take every lease from its holder, moving it back would keep them for ever. Not the
machine's: replicas disagree about it. A holder judges its own lease by its monotonic clock, from before it asked.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from pymongo.client_session import ClientSession
from pymongo.errors import DuplicateKeyError

from shared.errors import Fault, Unavailable
from shared.storage.connection import Backing, Document
from shared.storage.faults import faults
from shared.storage.transaction import Transaction
from shared.wording import Words

LEASES = "_leases"


class LeaseLost(Fault):
    """The lease was taken over; what was done under it must not be committed."""

    code = "lease-lost"
    status = 503
    title = Words("租约已失效", "Lease lost")
    transient = True


@dataclass(frozen=True, slots=True)
class Lease:
    """A lease as its holder has it. ``token`` grows each time the lease changes hands or is taken again."""

    name: str
    holder: str
    token: int
    ttl: timedelta
    _until: float = field(repr=False)

    def is_over(self) -> bool:
        """Return whether the time has run out, by this machine's monotonic clock."""
        return time.monotonic() >= self._until

    def guard(self, tx: Transaction) -> None:
        """Make the transaction fail if somebody else has taken the lease. Raises ``LeaseLost``.

        It writes to the lease's own document: a mere read would not clash with a take-over that commits meanwhile.
        """
        self.guard_session(tx.backing, tx.session)

    def guard_session(self, backing: Backing, session: ClientSession) -> None:
        """Do the same for a bare session of the kit."""
        with faults(LEASES, session):
            result = backing.collection(LEASES).update_one(
                {"_id": self.name, "token": self.token}, {"$inc": {"guarded": 1}}, session=session
            )
        if result.matched_count == 0:
            raise LeaseLost(
                f"租约“{self.name}”已被其他副本接管，本次操作不生效",
                f"the lease {self.name!r} was taken over by another replica; this work takes no effect",
                lease=self.name,
                token=self.token,
            )


class Leases:
    """The leases kept in one service's database."""

    def __init__(self, backing: Backing) -> None:
        self._rows = backing.collection(LEASES)

    def acquire(self, name: str, holder: str, ttl: timedelta) -> Lease | None:
        """Take a lease that is free, run out, or held under the same ``holder`` name; ``None`` when another has it.

        Taking one's own lease again (a process that came back) gives a new token, which fences the former self.
        """
        asked = time.monotonic()
        with faults(LEASES):
            row = self._read(name) or self._made(name)
            if row["holder"] not in (None, holder) and row["expires_at"] > row["now"]:
                return None
            token = row["token"] + 1
            # Compare and set on what was read. Not one update with $$NOW in its filter, which would save the read:
            # SecantusDB 0.7.0b3 takes any comparison with $$NOW in a filter for true, and two would hold the lease.
            taken = self._rows.update_one(
                {"_id": name, "token": row["token"], "expires_at": row["expires_at"]},
                {"$set": {"holder": holder, "token": token, "expires_at": row["now"] + ttl}},
            )
        return Lease(name, holder, token, ttl, asked + ttl.total_seconds()) if taken.matched_count else None

    def renew(self, lease: Lease) -> Lease | None:
        """Return the lease with its full time again, ``None`` when it was taken over."""
        asked = time.monotonic()
        until = {"$add": ["$$NOW", int(lease.ttl.total_seconds() * 1000)]}
        with faults(LEASES):
            kept = self._rows.update_one({"_id": lease.name, "token": lease.token}, [{"$set": {"expires_at": until}}])
        if not kept.matched_count:
            return None
        return Lease(lease.name, lease.holder, lease.token, lease.ttl, asked + lease.ttl.total_seconds())

    def release(self, lease: Lease) -> None:
        """Give a lease back early; nothing happens when it was taken over. The token stays, so it keeps growing."""
        with faults(LEASES):
            self._rows.update_one(
                {"_id": lease.name, "token": lease.token, "holder": lease.holder}, {"$set": {"holder": None}}
            )

    def _read(self, name: str) -> Document | None:
        found = self._rows.aggregate([{"$match": {"_id": name}}, {"$set": {"now": "$$NOW"}}])
        return next(iter(found), None)

    def _made(self, name: str) -> Document:
        with contextlib.suppress(DuplicateKeyError):
            self._rows.insert_one({"_id": name, "token": 0, "holder": None, "expires_at": _LONG_AGO})
        return self._read(name) or {}

    @contextlib.contextmanager
    def held(self, lease: Lease) -> Iterator[Lease]:
        """Renew a lease in the background, three times in its term, while the block runs; then give it back.

        The lease yielded is the one given: what must not happen after a take-over is still to be guarded.
        """
        stop = threading.Event()

        def keep() -> None:
            while not stop.wait(lease.ttl.total_seconds() / 3):
                try:
                    if self.renew(lease) is None:
                        return
                except Unavailable:
                    continue

        keeper = threading.Thread(target=keep, name=f"lease-{lease.name}", daemon=True)
        keeper.start()
        try:
            yield lease
        finally:
            stop.set()
            keeper.join()
            self.release(lease)


_LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
