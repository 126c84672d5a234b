"""The inbox: which events were taken in by which handler, written with their effect."""

from __future__ import annotations

from datetime import UTC, datetime

from pymongo.client_session import ClientSession
from pymongo.errors import DuplicateKeyError

from shared.storage.connection import Backing
from shared.storage.faults import faults

INBOX = "_inbox"


class Seen(Exception):
    """The handler has taken this event in before."""


class Inbox:
    """One row an event and handler: exactly-once effects over at-least-once delivery."""

    def __init__(self, backing: Backing) -> None:
        self._rows = backing.collection(INBOX)

    def claim(self, event_id: str, handler: str, session: ClientSession) -> None:
        """Write the row as the transaction's first write. Raises ``Seen``."""
        try:
            # Machine time: the TTL index deletes by the server's clock.
            self._rows.insert_one({"_id": _key(event_id, handler), "at": datetime.now(UTC)}, session=session)
        except DuplicateKeyError:
            raise Seen from None

    def has(self, event_id: str, handler: str) -> bool:
        """Return whether the handler has taken the event in."""
        with faults(INBOX):
            return self._rows.find_one({"_id": _key(event_id, handler)}, {"_id": 1}) is not None

    def depth(self) -> int:
        """Return how many events were taken in lately, once for each handler."""
        with faults(INBOX):
            return self._rows.count_documents({})


def _key(event_id: str, handler: str) -> str:
    return f"{handler}:{event_id}"
