"""Events that are tried alone: a note of each, written before its handler begins and gone once that has ended.

What a process was at when it ended is known by the note that is left: nobody else's word survives a ``kill -9``.
"""

from __future__ import annotations

from datetime import UTC, datetime

from pymongo import ReturnDocument

from shared.storage.connection import Backing
from shared.storage.faults import faults

TRIALS = "_trials"


class Trials:
    """How often each event of one service was begun alone without coming to an end. A note is kept for a day."""

    def __init__(self, backing: Backing) -> None:
        self._rows = backing.collection(TRIALS)

    def begin(self, key: str) -> int:
        """Note that an event is begun, and return how often that was by now. Raises ``Unavailable``."""
        with faults(TRIALS):
            row = self._rows.find_one_and_update(
                {"_id": key},
                # Machine time: the TTL index deletes by the server's clock.
                {"$inc": {"begun": 1}, "$set": {"at": datetime.now(UTC)}},
                upsert=True,
                return_document=ReturnDocument.AFTER,
            )
        return int(row["begun"])

    def end(self, key: str) -> None:
        """Forget it: its handler came to an end, whichever. Raises ``Unavailable``."""
        with faults(TRIALS):
            self._rows.delete_one({"_id": key})
