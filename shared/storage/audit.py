"""The audit log: one row for every change and every look at personal data, chained afterwards (see ``chain``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from pymongo.client_session import ClientSession

from shared.context import Context
from shared.identifiers import new_id
from shared.storage.connection import Backing, Document
from shared.storage.faults import faults
from shared.storage.retrying import Patience, run_alone

AUDIT = "_audit"
# A bulk command leaves several rows rather than one near the 16 MB limit of a document.
TOUCHED_PER_ROW = 5_000
_ALONE = Patience(seconds=3.0)


class AuditLog:
    """Writes audit rows: when, who, operation, what was touched (``collection/id@version``); no personal data."""

    def __init__(self, backing: Backing) -> None:
        self._rows = backing.collection(AUDIT)

    @staticmethod
    def rows(
        context: Context,
        operation: str,
        *,
        at: datetime,
        kind: str,
        touched: Sequence[str] = (),
        notes: Sequence[Mapping[str, Any]] = (),
        event_id: str | None = None,
    ) -> list[Document]:
        """Return the rows to write: one, or several parts of one when very much was touched."""
        parts = [touched[start : start + TOUCHED_PER_ROW] for start in range(0, len(touched), TOUCHED_PER_ROW)] or [()]
        return [
            {
                "_id": new_id("audit"),
                "at": at,
                "kind": kind,
                "operation": operation,
                "subject": context.caller.subject,
                "touched": list(part),
                "notes": [dict(note) for note in notes] if number == 0 else [],
                "part": number,
                "command_id": context.command_id,
                "correlation_id": context.correlation_id,
                "event_id": event_id,
                "seq": None,
            }
            for number, part in enumerate(parts)
        ]

    def write(self, rows: Sequence[Document], session: ClientSession | None) -> None:
        """Store rows, in the session's transaction where there is one; alone they are tried again for a while.

        Raises ``Unavailable``: nothing may be looked at that cannot be written down.
        """
        if session is None:
            run_alone(lambda: self._insert(rows, None), _ALONE)
        else:
            self._insert(rows, session)

    def _insert(self, rows: Sequence[Document], session: ClientSession | None) -> None:
        with faults(AUDIT, session):
            self._rows.insert_many(list(rows), session=session)
