"""The outbox: events written with the change that caused them, published afterwards by the relay (P11)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from pymongo.client_session import ClientSession
from pymongo.errors import BulkWriteError

from shared.identifiers import new_id
from shared.storage.connection import Backing
from shared.storage.faults import faults

OUTBOX = "_outbox"
PUBLISHED = "_published"
_BY_TYPE = {"$group": {"_id": "$type", "count": {"$sum": 1}}}


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One event waiting for the relay. ``body`` is the CloudEvents envelope as JSON, ready to publish.

    ``written_at`` is machine time in UTC, for measuring lag.
    """

    id: str
    type: str
    subject: str | None
    body: str
    written_at: datetime

    @property
    def envelope(self) -> dict[str, Any]:
        """The envelope as data."""
        envelope: dict[str, Any] = json.loads(self.body)
        return envelope


class Outbox:
    """The events of one service that are committed and not yet published, oldest first.

    What was published is kept for a while beside it: a restored database announces it again, since the broker's own
    messages are in no backup, and inboxes know what they have taken in.
    """

    def __init__(self, backing: Backing) -> None:
        self.service = backing.schema.service
        self._rows = backing.collection(OUTBOX)
        self._published = backing.collection(PUBLISHED)
        self._read: dict[str, dict[str, Any]] = {}

    def write(self, envelopes: Sequence[dict[str, Any]], session: ClientSession) -> None:
        """Store envelopes in their order, in a transaction; each gets its ``id`` here.

        Identifiers are given last, just before the commit, so that their order is close to the order of commits.
        """
        rows = []
        for envelope in envelopes:
            envelope["id"] = new_id("evt")
            rows.append(
                {
                    "_id": envelope["id"],
                    "type": envelope["type"],
                    "subject": envelope.get("subject"),
                    "body": json.dumps(envelope, ensure_ascii=False, separators=(",", ":")),
                    "at": datetime.now(UTC),
                }
            )
        with faults(OUTBOX, session):
            self._rows.insert_many(rows, session=session)

    def pending(self, limit: int = 200) -> list[OutboxRow]:
        """Return up to ``limit`` rows, lowest identifier first, always from the very beginning.

        A transaction that took its identifiers first may commit last, so there is no "read up to here": rows leave
        only by ``remove``, and a late one with a low identifier heads the next answer.
        """
        with faults(OUTBOX):
            rows = list(self._rows.find({}).sort("_id", 1).limit(limit))
        self._read = {row["_id"]: row for row in rows}
        return [OutboxRow(row["_id"], row["type"], row["subject"], row["body"], row["at"]) for row in rows]

    def remove(self, ids: Iterable[str]) -> int:
        """Take out rows that the broker has confirmed; return how many there were."""
        wanted = list(ids)
        if not wanted:
            return 0
        now = datetime.now(UTC)
        kept = [{**row, "at": now} for row in (self._read.pop(id, None) for id in wanted) if row is not None]
        with faults(OUTBOX):
            if kept:
                with suppress(BulkWriteError):  # published twice by two relays: it is there already
                    self._published.insert_many(kept, ordered=False)
            return self._rows.delete_many({"_id": {"$in": wanted}}).deleted_count

    def announce_again(self) -> int:
        """Put everything published lately back to be published once more; return how many events there are.

        For a restored database, before its services start.
        """
        with faults(PUBLISHED):
            rows = list(self._published.find({}).sort("_id", 1))
            for row in rows:
                self._rows.replace_one({"_id": row["_id"]}, row, upsert=True)
            self._published.delete_many({})
        return len(rows)

    def depth(self) -> int:
        """Return how many events wait."""
        with faults(OUTBOX):
            return self._rows.count_documents({})

    def published(self) -> int:
        """Return how many events were published lately: as many as are kept."""
        with faults(PUBLISHED):
            return self._published.count_documents({})

    def published_by_type(self) -> dict[str, int]:
        """Return the same by the type of event."""
        with faults(PUBLISHED):
            return {row["_id"]: row["count"] for row in self._published.aggregate([_BY_TYPE])}

    def oldest(self) -> datetime | None:
        """Return when the first waiting event was written (machine time, UTC), or ``None``."""
        with faults(OUTBOX):
            row = self._rows.find_one({}, {"at": 1}, sort=[("_id", 1)])
        return None if row is None else row["at"]
