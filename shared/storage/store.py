"""The store of one service: transactions, views, and the parts that stand beside them."""

from __future__ import annotations

import logging
import os
import random
import socket
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, TypeVar
from uuid import uuid4

from pymongo.client_session import ClientSession
from pymongo.errors import PyMongoError

from shared.clock import Clock
from shared.context import Context
from shared.security.fields import Keyring
from shared.storage.chain import AuditTrail
from shared.storage.connection import Backing, connect
from shared.storage.faults import faults, unavailable
from shared.storage.filters import refuse_operators
from shared.storage.idempotency import Marker, Markers, Repeated
from shared.storage.inbox import Inbox, Seen
from shared.storage.leases import Leases
from shared.storage.migrations import Migrator
from shared.storage.outbox import Outbox
from shared.storage.preparing import EnsureReport, narrow, prepare, present_validators
from shared.storage.presence import Presence
from shared.storage.resealing import reseal
from shared.storage.retrying import Patience, run_transaction
from shared.storage.schema import Retention, StoreSchema
from shared.storage.sealing import Sealer
from shared.storage.transaction import Transaction
from shared.storage.trials import Trials
from shared.storage.validators import is_choice
from shared.storage.view import View

T = TypeVar("T")
Reply = dict[str, Any]
_log = logging.getLogger(__name__)


class Store:
    """One service's database. Safe to share between threads and greenlets; open it after patching and forking."""

    def __init__(self, backing: Backing, retention: Retention, patience: Patience) -> None:
        self._backing = backing
        self._retention = retention
        self._patience = patience
        self._sealer = Sealer(backing.schema.service, backing.keyring)
        self.inbox = Inbox(backing)
        self._markers = Markers(backing, retention.markers)
        self.outbox = Outbox(backing)
        self.leases = Leases(backing)
        self.trials = Trials(backing)
        self.presence = Presence(backing)
        self.audit = AuditTrail(backing, self.leases, patience)
        self.on_commit: list[Callable[[], None]] = []

    @classmethod
    def open(
        cls,
        uri: str,
        schema: StoreSchema,
        *,
        clock: Clock,
        keyring: Keyring,
        prefix: str = "diaoxun_",
        retention: Retention = Retention(),  # noqa: B008 - frozen
        patience: Patience = Patience(),  # noqa: B008 - frozen
    ) -> Store:
        """Return the store on database ``<prefix><service>``. It connects when first used."""
        name = f"{prefix}{schema.service}"
        return cls(Backing.of(connect(uri), name, schema, keyring, clock), retention, patience)

    @property
    def schema(self) -> StoreSchema:
        """What the service declared."""
        return self._backing.schema

    @property
    def backing(self) -> Backing:
        """Database and declarations, for the kit's own modules."""
        return self._backing

    @property
    def clock(self) -> Clock:
        """The clock its views read."""
        return self._backing.clock

    def ensure(self, *, contract: bool = False, alone: bool = False, wait: float = 60.0) -> EnsureReport:
        """Bring the database up to the code; safe to repeat, and for several runners at once.

        Documents of other releases stay let in. ``alone`` lets in this code's only; ``contract`` does so, and also
        runs the migrations that drop what older code still reads: when no other code runs any more.
        Raises ``SchemaMismatch``, ``OlderCodeRuns``, or ``Unavailable`` when another runner takes longer than
        ``wait`` seconds.
        """
        holder = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"
        give_up = time.monotonic() + wait
        while (lease := self.leases.acquire("ensure", holder, timedelta(seconds=30))) is None:
            if time.monotonic() >= give_up:
                raise unavailable("another runner is preparing the database")
            time.sleep(random.uniform(0.02, 0.1))  # noqa: S311
        report = EnsureReport()
        with self.leases.held(lease):
            migrator = Migrator(self._backing)
            migrator.pending()
            prepare(self._backing, self._retention, report)
            migrator.check_blind_key()
            report.applied, report.waiting = migrator.run(contract, lambda: None)
            if contract or alone:
                narrow(self._backing, report)
            report.wide = self.wide()
        return report

    def wide(self) -> list[str]:
        """Return the collections that let in what other releases write, until ``ensure(contract=True)``."""
        return sorted(name for name, validator in present_validators(self._backing).items() if is_choice(validator))

    def lacks(self) -> list[str]:
        """Return what ``ensure`` has still to make before this code can run on the database; empty: nothing.

        Raises ``SchemaMismatch`` when database and code do not belong together, ``Unavailable``.
        """
        waiting = [step for step in Migrator(self._backing).pending() if step.phase == "expand"]
        with faults():
            present = set(self._backing.database.list_collection_names())
        missing = [f"collection {each.name}" for each in self.schema.collections if each.name not in present]
        return [f"migration {step.number} ({step.why})" for step in waiting] + missing

    def view(self, context: Context, request: Mapping[str, Any] | None = None) -> View:
        """Return a view for reading. A ``request`` given is refused when it carries operators."""
        refuse_operators(request)
        return View(self._backing, self._sealer, self.audit, context)

    def transact(
        self,
        context: Context,
        body: Callable[[Transaction], Reply],
        *,
        operation: str,
        request: Mapping[str, Any] | None = None,
        sent: Mapping[str, Any] | None = None,
    ) -> Reply:
        """Run a command in one transaction and return its reply, plain JSON data.

        With a command id in the context it runs once: sent again with the same ``request`` (plain data), or the same of
        it ``sent`` where a contract fills in the rest, the stored reply comes back, with another one ``KeyReused`` is
        raised. A fault of the body undoes everything and leaves no
        marker. The body may run several times. Raises ``Unavailable`` when conflicts or the store outlast patience.
        """
        refuse_operators(request)
        marker = self._markers.of(context, operation, request, sent)
        while True:
            try:
                return self._transacted(context, body, operation, marker)
            except Repeated:
                # Not found means it ran out between the two looks: then the command is new again.
                if marker is not None and (reply := self._markers.recall(marker)) is not None:
                    return reply
                time.sleep(0.01)

    def recall(
        self,
        context: Context,
        *,
        operation: str,
        request: Mapping[str, Any] | None = None,
        sent: Mapping[str, Any] | None = None,
    ) -> dict[str, Any] | None:
        """Return what a command was answered that ran before, ``None`` for one that did not, or without a command id.

        For long work, which looks before it concludes. Raises ``KeyReused``.
        """
        marker = self._markers.of(context, operation, request, sent)
        return None if marker is None else self._markers.recall(marker)

    def react(self, context: Context, event_id: str, handler: str, body: Callable[[Transaction], None]) -> bool:
        """Take an event in: the body's effects and the inbox row in one transaction. ``False``: seen before."""

        def attempt(session: ClientSession) -> Transaction:
            self.inbox.claim(event_id, handler, session)
            tx = self._transaction(context, session, handler)
            _run(body, tx)
            self._settle(tx, "event", event_id)
            return tx

        try:
            self._committed(run_transaction(self._backing, attempt, self._patience, context.deadline))
        except Seen:
            return False
        return True

    def has_reacted(self, event_id: str, handler: str) -> bool:
        """Return whether an event was taken in by a handler: to leave out long work before ``react``."""
        return self.inbox.has(event_id, handler)

    def reseal(self, context: Context, *, blind_too: bool = False) -> dict[str, int]:
        """Seal again with the first key of the ring what older keys sealed; return documents a collection.

        Afterwards an older key may go, once the markers sealed with it have expired. ``blind_too`` also writes the
        blind indexes anew under the ring's present blind key: only while the service is stopped. It may be repeated.
        """
        changed = reseal(self._backing, self._sealer, blind_too=blind_too)
        if blind_too:
            Migrator(self._backing).accept_blind_key()
        note = {"action": "reseal", "documents": sum(changed.values()), "key_id": self._backing.keyring.current}
        self.audit.write(
            self.audit.rows(context, "reseal", at=self.clock.now(), kind="administration", notes=[note]), None
        )
        return changed

    def ping(self) -> None:
        """Raise ``Unavailable`` when the database does not answer."""
        with faults():
            self._backing.client.admin.command("ping")

    def close(self) -> None:
        """Close the connections."""
        self._backing.client.close()

    def drop(self) -> None:
        """Delete the whole database, when no service runs any more: what a killed one left open is ended first."""
        self._backing.sessions.end_all()
        with faults():
            self._backing.client.drop_database(self._backing.database.name)

    def _transacted(
        self, context: Context, body: Callable[[Transaction], Reply], operation: str, marker: Marker | None
    ) -> Reply:
        def attempt(session: ClientSession) -> tuple[Transaction, Reply]:
            if marker is not None:
                self._markers.claim(marker, session)
            tx = self._transaction(context, session, operation)
            reply = _run(body, tx)
            if tx.has_effects:
                self._settle(tx, "command")
            if marker is not None:
                self._markers.answer(marker, reply, session)
            return tx, reply

        tx, reply = run_transaction(self._backing, attempt, self._patience, context.deadline)
        self._committed(tx)
        return reply

    def _transaction(self, context: Context, session: ClientSession, operation: str) -> Transaction:
        return Transaction(self._backing, self._sealer, self.audit, context, session, operation)

    def _settle(self, tx: Transaction, kind: str, event_id: str | None = None) -> None:
        rows = self.audit.rows(
            tx.context, tx.operation, at=tx.now, kind=kind, touched=tx.touched, notes=tx.notes, event_id=event_id
        )
        self.audit.write(rows, tx.session)
        if tx.emitted:
            self.outbox.write(tx.emitted, tx.session)

    def _committed(self, tx: Transaction) -> None:
        for nudge in self.on_commit if tx.emitted else ():
            try:
                nudge()
            except Exception:
                _log.exception("a nudge after commit failed; the relay will find the events at its next poll")


def _run(body: Callable[[Transaction], T], tx: Transaction) -> T:
    try:
        result = body(tx)
        if tx.broken is None:
            tx.end()
    except PyMongoError:
        if tx.broken is not None:
            raise tx.broken from None
        raise
    if tx.broken is not None:
        raise tx.broken
    return result
