"""A view: what one caller reads, at one instant of the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from pymongo.client_session import ClientSession

from shared.clock import Clock
from shared.context import Context
from shared.security.caller import Caller
from shared.storage.audit import AuditLog
from shared.storage.connection import Backing
from shared.storage.rows import Rows
from shared.storage.schema import Collection
from shared.storage.sealing import Sealer


class View:
    """Reads of one call. ``now`` and ``today`` stand still, so that one call judges by one instant."""

    def __init__(
        self, backing: Backing, sealer: Sealer, audit: AuditLog, context: Context, session: ClientSession | None = None
    ) -> None:
        self.backing = backing
        self.sealer = sealer
        self.context = context
        self.session = session
        self._audit = audit
        self._now: datetime | None = None
        self._today: date | None = None

    @property
    def caller(self) -> Caller:
        """Who reads."""
        return self.context.caller

    @property
    def clock(self) -> Clock:
        """The clock of the store."""
        return self.backing.clock

    @property
    def now(self) -> datetime:
        """The instant of this view, aware, in UTC."""
        if self._now is None:
            self._now = self.clock.now()
        return self._now

    @property
    def today(self) -> date:
        """The day of this view in the city."""
        if self._today is None:
            self._today = self.clock.today()
        return self._today

    def rows(self, collection: Collection) -> Rows:
        """Return the documents of a collection."""
        return Rows(self, collection)

    def audit_unsealing(self, field: str, purpose: str, seen: Sequence[str]) -> None:
        """Write down, at once, that personal data is being looked at."""
        self._audit.write(
            self._audit.rows(
                self.context,
                "unseal",
                at=self.now,
                kind="unseal",
                touched=seen,
                notes=[{"action": "unseal", "field": field, "purpose": purpose}],
            ),
            self.session,
        )
