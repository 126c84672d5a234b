"""The audit log's hash chain: each row holds the hash of the one before, so nothing can be changed, cut out or moved.

Rows are chained after their commit, in batches, by one sealer at a time, and not while they are written: a command that
had to read and move the chain's head would conflict with every other command of the service, and all would queue.
The price is a short unchained tail: a row deleted before it was chained leaves no trace. Seal often (the relay does).

Somebody who may write to the database can compute a whole chain anew. So a head is worth something only where he does
not reach: ``seal`` returns it, the runner logs it, and ``verify`` takes it back.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pymongo import UpdateOne
from pymongo.client_session import ClientSession

from shared.storage.audit import AUDIT, AuditLog
from shared.storage.canonical import digest
from shared.storage.connection import Backing, Document
from shared.storage.faults import faults
from shared.storage.leases import Lease, Leases
from shared.storage.retrying import Patience, run_transaction
from shared.wording import Words

HEAD = "_audit_head"
SEAL_LEASE = "audit-seal"
_GENESIS = "0" * 64
_LEASE_TIME = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Head:
    """The last row of a chain: its number (from 1; 0 for an empty chain) and hash."""

    seq: int
    hash: str


EMPTY = Head(0, _GENESIS)


@dataclass(frozen=True, slots=True)
class Break:
    """Where a chain is broken first, and why."""

    seq: int
    reason: Words


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What ``verify`` found: chained rows, rows not chained yet and since when, the last good head, the first break."""

    rows: int
    unsealed: int
    oldest_unsealed: datetime | None
    head: Head
    broken: Break | None

    @property
    def intact(self) -> bool:
        """Whether every chained row is as it was written."""
        return self.broken is None


class AuditTrail(AuditLog):
    """The audit log together with its chain."""

    def __init__(self, backing: Backing, leases: Leases, patience: Patience) -> None:
        super().__init__(backing)
        self._backing = backing
        self._leases = leases
        self._patience = patience
        self._heads = backing.collection(HEAD)
        self._holder = f"{socket.gethostname()}:{os.getpid()}:{id(self)}"

    def seal(self, limit: int = 500) -> tuple[int, Head] | None:
        """Chain up to ``limit`` rows; return how many and the head to keep elsewhere, ``None`` if another is at it."""
        lease = self._leases.acquire(SEAL_LEASE, self._holder, _LEASE_TIME)
        if lease is None:
            return None
        try:
            return run_transaction(self._backing, lambda session: self._chain(lease, session, limit), self._patience)
        finally:
            self._leases.release(lease)

    def head(self) -> Head:
        """Return the recorded head."""
        return self._recorded(None) or EMPTY

    def verify(self, against: Head | None = None) -> AuditReport:
        """Walk the whole chain. ``against`` is a head kept elsewhere: the chain must still contain it.

        The chain may grow meanwhile: services need not stand still for it.
        """
        last, broken = EMPTY, None
        recorded = self._recorded(None)  # before the rows: a row chained since would look as if it was cut off
        with faults(AUDIT):
            for row in self._rows.find({"seq": {"$ne": None}}).sort([("seq", 1), ("_id", 1)]):
                broken = _fault_in(row, last) or _differs(row, against)
                if broken is not None:
                    break
                last = Head(row["seq"], row["hash"])
            broken = broken or self._cut(last, recorded) or self._cut(last, against)
            oldest = self._rows.find_one({"seq": None}, sort=[("_id", 1)])
            unsealed = self._rows.count_documents({"seq": None})
        return AuditReport(last.seq, unsealed, None if oldest is None else oldest["at"], last, broken)

    def _chain(self, lease: Lease, session: ClientSession, limit: int) -> tuple[int, Head]:
        with faults(AUDIT, session):
            lease.guard_session(self._backing, session)
            head = self._recorded(session) or EMPTY
            rows = list(self._rows.find({"seq": None}, session=session).sort("_id", 1).limit(limit))
            if not rows:
                return 0, head
            changes = []
            for row, links in _links(rows, head):
                # By _id alone: whoever chained the row since it was read here is in conflict with this transaction.
                changes.append(UpdateOne({"_id": row["_id"]}, {"$set": links}))
                head = Head(links["seq"], links["hash"])
            self._rows.bulk_write(changes, session=session)
            self._heads.replace_one({"_id": "head"}, {"seq": head.seq, "hash": head.hash}, upsert=True, session=session)
        return len(rows), head

    def _recorded(self, session: ClientSession | None) -> Head | None:
        with faults(HEAD, session):
            row = self._heads.find_one({"_id": "head"}, session=session)
        return None if row is None else Head(row["seq"], row["hash"])

    @staticmethod
    def _cut(last: Head, head: Head | None) -> Break | None:
        if head is None or head.seq <= last.seq:
            return None
        return Break(
            last.seq + 1,
            Words(
                f"审计链在第 {last.seq} 行结束，而记录的链头是第 {head.seq} 行：末尾被删除",
                f"the chain ends at row {last.seq}, the recorded head is row {head.seq}: its tail was cut off",
            ),
        )


def _links(rows: list[Document], head: Head) -> Iterator[tuple[Document, Document]]:
    for row in rows:
        links = {"seq": head.seq + 1, "prev": head.hash}
        links["hash"] = _hash({**row, **links})
        head = Head(head.seq + 1, str(links["hash"]))
        yield row, links


def _hash(row: Mapping[str, Any]) -> str:
    return digest({name: value for name, value in row.items() if name != "hash"})


def _fault_in(row: Document, last: Head) -> Break | None:
    seq = row["seq"]
    if seq != last.seq + 1:
        missing = seq != last.seq
        return Break(
            last.seq + 1,
            Words(f"缺少第 {last.seq + 1} 行", f"row {last.seq + 1} is missing")
            if missing
            else Words(f"第 {seq} 行出现两次", f"row {seq} is there twice"),
        )
    if row.get("prev") != last.hash:
        return Break(seq, Words(f"第 {seq} 行未接在前一行之后", f"row {seq} does not follow the row before it"))
    if row.get("hash") != _hash(row):
        return Break(seq, Words(f"第 {seq} 行的内容被改动", f"row {seq} was altered"))
    return None


def _differs(row: Document, against: Head | None) -> Break | None:
    if against is None or row["seq"] != against.seq or row["hash"] == against.hash:
        return None
    return Break(
        against.seq,
        Words(
            f"第 {against.seq} 行与另行保存的链头不符：审计链被整体重写",
            f"row {against.seq} is not the head kept elsewhere: the chain was written anew",
        ),
    )
