"""A transaction: a view that may also write, emit and note; everything takes effect together or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pymongo.client_session import ClientSession

from shared.context import Context
from shared.contracts.event import Event
from shared.errors import Fault, StaleVersion
from shared.storage.audit import AuditLog
from shared.storage.canonical import plain
from shared.storage.connection import Backing
from shared.storage.emission import envelope
from shared.storage.schema import Collection
from shared.storage.sealing import Sealer
from shared.storage.view import View
from shared.storage.writing import WritableRows


class Transaction(View):
    """One command, event or tick. Its body may run several times (conflicts): it must have no effects elsewhere."""

    session: ClientSession

    def __init__(
        self,
        backing: Backing,
        sealer: Sealer,
        audit: AuditLog,
        context: Context,
        session: ClientSession,
        operation: str,
    ) -> None:
        super().__init__(backing, sealer, audit, context, session)
        self.operation = operation
        self.emitted: list[dict[str, Any]] = []
        self.touched: list[str] = []
        self.notes: list[dict[str, Any]] = []
        self._changed = False
        self.broken: Fault | None = None
        self._expected = context.expected_version
        self._seen: dict[tuple[str, str], int] = {}
        self._at_end: dict[str, Callable[[], None]] = {}

    def rows(self, collection: Collection) -> WritableRows:
        """Return the documents of a collection, for reading and writing."""
        return WritableRows(self, collection)

    def emit(self, event: Event, data: Mapping[str, Any], subject: str | None = None) -> None:
        """Announce an event: checked against its schema now, published after the commit, in the order of emission.

        ``data`` may hold dates, instants and decimals. Raises ``EventRefused`` when the contract does not allow it.
        """
        self.emitted.append(
            envelope(
                self.backing.schema.service,
                event,
                data,
                subject=subject,
                at=self.now,
                context=self.context,
                sealed_names=self.backing.schema.sealed_names,
            )
        )

    def note(self, subject: str, action: str, **details: Any) -> None:
        """Add to the audit row what was done to whom (``subject`` is an identifier). No personal data."""
        personal = sorted(set(details) & self.backing.schema.sealed_names)
        if personal:
            raise ValueError(f"the audit note {action!r} would hold personal data: {personal}")
        self.notes.append({"subject": subject, "action": action, **plain(details)})

    def expect(self, doc: Mapping[str, Any]) -> None:
        """Hold a document against the caller's ``If-Match``, once a transaction: what is saved first is what was meant.

        Call it yourself before saving anything when the document addressed is not the one saved first.
        Raises ``StaleVersion``.
        """
        expected, self._expected = self._expected, None
        if expected is not None and expected != doc["version"]:
            raise StaleVersion(
                f"您修改的是第 {expected} 版，当前已是第 {doc['version']} 版，请重新读取后再提交",
                f"you changed version {expected}, the current one is {doc['version']}; read it again and repeat",
                id=doc["_id"],
                version=expected,
                current=doc["version"],
            )

    def at_end(self, key: str, act: Callable[[], None]) -> None:
        """Do something once, when the body is through and before the commit: however often it is asked for by its key.

        For what follows from many writes together. What it raises undoes the transaction.
        """
        self._at_end.setdefault(key, act)

    def end(self) -> None:
        """Do what was left for the end, and what that leaves in turn. The store calls it."""
        while self._at_end:
            self._at_end.pop(next(iter(self._at_end)))()

    def touch(self, collection: str, id: str, version: int | str) -> None:
        """Record for the audit row that a document was written."""
        self._changed = True
        self.touched.append(f"{collection}/{id}@{version}")
        self._seen.pop((collection, id), None)
        if isinstance(version, int):
            self._seen[collection, id] = version

    def see(self, collection: str, doc: Mapping[str, Any]) -> None:
        """Remember the version of a document that was read in this transaction's snapshot."""
        if "version" in doc:
            self._seen[collection, doc["_id"]] = doc["version"]

    def saw(self, collection: str, id: str, version: int) -> bool:
        """Return whether this transaction read, or wrote, that version of a document and nothing newer."""
        return self._seen.get((collection, id)) == version

    def mark_changed(self) -> None:
        """Record that something was written that the audit row need not name."""
        self._changed = True

    def break_off(self, fault: Fault) -> None:
        """Record that the server gave the transaction up: it cannot be committed, even if the body goes on."""
        self.broken = self.broken or fault

    @property
    def has_effects(self) -> bool:
        """Whether anything would be lost if this were not committed."""
        return bool(self._changed or self.emitted or self.notes)


__all__: Sequence[str] = ("Transaction",)
