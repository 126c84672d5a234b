"""A service in a test: the real class on a real store, no broker, no event loop.

``harness = ServiceHarness(EnrollmentService, store)`` makes calls the way the RPC entrypoint does (role, scope,
content, reach), delivers events the way a queue does, and shows what went into the outbox. ``Pump`` lets several
services talk to each other until all is quiet.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.clock import Clock
from shared.config import Settings, default_settings
from shared.context import Context
from shared.contracts import Event, Operation
from shared.contracts.schema import load
from shared.errors import Unavailable
from shared.identifiers import new_id
from shared.messaging import Call, Delivery
from shared.messaging.permission import admit
from shared.observability.trace import new_traceparent
from shared.plugins import Registry
from shared.runtime.directory import Directory
from shared.runtime.entrypoints import handlers_of, operations_of, timers_of
from shared.runtime.equipment import Asking, Equipment
from shared.runtime.kit import Kit
from shared.security.caller import WHOLE_CITY, Caller, Role, service_caller
from shared.storage import Store
from shared.storage.outbox import OutboxRow

Answer = Mapping[str, Any] | Callable[[dict[str, Any]], Mapping[str, Any]]
ORGANISER = Caller("test:organiser", frozenset({Role.ORGANISATION_DEPARTMENT}), (WHOLE_CITY,))


@dataclass(frozen=True)
class Emitted:
    """An event as it lies in the outbox; ``data`` is plain JSON."""

    id: str
    type: str
    subject: str | None
    data: dict[str, Any]


class ServiceHarness:
    """One service of ``service_class`` on ``store``.

    ``caller`` is who calls unless a call says otherwise (by default the organisation department, whole city);
    ``plugins`` is by default what is installed; ``answers`` says what other services reply when asked.
    """

    def __init__(
        self,
        service_class: type[Any],
        store: Store,
        *,
        caller: Caller = ORGANISER,
        clock: Clock | None = None,
        settings: Settings | None = None,
        plugins: Registry | None = None,
        answers: Mapping[Operation, Answer] | None = None,
        asking: Asking | None = None,
    ) -> None:
        self.name: str = service_class.name
        self.store = store
        self.caller = caller
        registry = plugins or Registry().discover()
        self.equipment = Equipment(
            store=store,
            clock=clock or store.clock,
            settings=settings or default_settings(secrets=("only for tests: " + "0" * 32,)),
            plugins=registry,
            asking=asking or Answers(answers or {}),
            directory=_Anywhere(),
        )
        self.kits: list[Kit] = []
        self.service = self._built(service_class)
        self._operations = operations_of(service_class)
        self._handlers = handlers_of(service_class)
        self._timers = timers_of(service_class)

    def _built(self, service_class: type[Any]) -> Any:
        service = service_class()
        for name in dir(service_class):
            kit = getattr(service_class, name)
            if isinstance(kit, Kit):
                self.kits.append(kit.equipped(self.equipment))
                setattr(service, name, self.kits[-1])
        return service

    @property
    def kit(self) -> Kit:
        """The service's kit, equipped."""
        return self.kits[0]

    def call(
        self,
        operation: Operation,
        request: Mapping[str, Any] | None = None,
        *,
        caller: Caller | None = None,
        command_id: str | None = None,
        expected_version: int | None = None,
        deadline: datetime | None = None,
    ) -> dict[str, Any]:
        """Call an operation with a plain JSON request and return its plain JSON reply. Raises the service's fault."""
        context = Context(
            caller=caller or self.caller,
            command_id=command_id,
            expected_version=expected_version,
            deadline=deadline,
            correlation_id=new_id("req"),
            traceparent=new_traceparent(),
        )
        return self.serve(operation, dict(request or {}), context)

    def serve(self, operation: Operation, request: dict[str, Any], context: Context) -> dict[str, Any]:
        """Call an operation in a given context; the reply is checked against the contract."""
        method = self._operations[operation.name].method
        loaded = admit(self.name, operation, context.caller, _through_json(request))
        reply = getattr(self.service, method)(Call(operation, loaded, context))
        plain: dict[str, Any] = _through_json(reply)
        load(operation.reply_schema, plain)
        return plain

    def deliver(
        self,
        event: Event,
        data: Mapping[str, Any],
        *,
        event_id: str | None = None,
        subject: str | None = None,
        at: datetime | None = None,
        seconds: float | None = None,
    ) -> int:
        """Hand an event (``data`` in plain JSON) to every handler the service has for it; return how many there are.

        Deliver twice with the same ``event_id`` to see what a redelivery does. ``at``: when it happened, if not now.
        ``seconds``: how long the handler is told it has.
        """
        identifier = event_id or new_id("evt")
        plain = _through_json(dict(data))
        bound = [handler for handler in self._handlers if handler.event.type == event.type]
        for handler in bound:
            context = Context(
                caller=service_caller(self.name), correlation_id=new_id("req"), traceparent=new_traceparent()
            )
            delivery = Delivery(
                event=handler.event,
                event_id=identifier,
                time=at or self.equipment.clock.now(),
                subject=subject,
                data=load(handler.event.schema, plain),
                context=context,
                handler=handler.name,
                ends_at=None if seconds is None else time.monotonic() + seconds,
            )
            getattr(self.service, handler.method)(delivery)
        return len(bound)

    def tick(self, name: str, slot: datetime) -> None:
        """Run the timer of that name for a slot."""
        getattr(self.service, self._timers[name].method)(slot)

    def emitted(self, event: Event | None = None) -> list[Emitted]:
        """Return what lies in the outbox, in order; only ``event`` when given. It stays there."""
        found = [_emitted(row) for row in self.store.outbox.pending(10_000)]
        return [each for each in found if event is None or each.type == event.type]

    def take(self) -> list[Emitted]:
        """Return what lies in the outbox and remove it, as the relay does."""
        rows = self.store.outbox.pending(10_000)
        self.store.outbox.remove([row.id for row in rows])
        return [_emitted(row) for row in rows]

    def handles(self, event_type: str) -> Event | None:
        """Return the event of that type if the service handles it."""
        return next((handler.event for handler in self._handlers if handler.event.type == event_type), None)

    def asks(self, asking: Asking, directory: Directory) -> None:
        """Let the service ask others through ``asking``."""
        changed = {**self.equipment.__dict__, "asking": asking, "directory": directory}
        self.equipment = Equipment(**changed)
        for kit in self.kits:
            kit._equipment = self.equipment


class _Anywhere(Directory):
    """Where only ``answers`` reply, it does not matter which service an operation belongs to."""

    def service_of(self, operation: Operation) -> str:
        """Return a word that stands for any service."""
        return "elsewhere"


class Answers:
    """Replies of other services, given by the test: a mapping, or a function of the plain request."""

    def __init__(self, answers: Mapping[Operation, Answer]) -> None:
        self._answers = {operation.name: answer for operation, answer in answers.items()}
        self.asked: list[tuple[str, dict[str, Any]]] = []

    def call(self, service: str, operation: Operation, request: dict[str, Any], context: Context) -> dict[str, Any]:
        """Return the answer for the operation. Raises ``Unavailable`` when the test gave none."""
        self.asked.append((operation.name, request))
        if operation.name not in self._answers:
            raise Unavailable(f"测试未给出“{operation.name}”的应答", f"the test gives no answer for {operation.name!r}")
        answer = self._answers[operation.name]
        plain: dict[str, Any] = _through_json(dict(answer(request) if callable(answer) else answer))
        return plain


class Pump:
    """Several services in one process: events go from outbox to handlers, questions go to the service that answers."""

    def __init__(self, harnesses: Iterable[ServiceHarness]) -> None:
        self.harnesses = {harness.name: harness for harness in harnesses}
        directory = Directory(kit.contract for harness in self.harnesses.values() for kit in harness.kits)
        for harness in self.harnesses.values():
            harness.asks(self, directory)
        self.seen: list[Emitted] = []

    def call(self, service: str, operation: Operation, request: dict[str, Any], context: Context) -> dict[str, Any]:
        """Answer a question of one service to another. Raises ``Unavailable`` for one that is not here."""
        if service not in self.harnesses:
            raise Unavailable(f"测试中没有“{service}”服务", f"the service {service!r} is not part of this test")
        return self.harnesses[service].serve(operation, request, context)

    def run(self, rounds: int = 100) -> int:
        """Deliver until every outbox is empty; return how many deliveries there were. A failing handler raises."""
        delivered = 0
        for _ in range(rounds):
            batch = [each for harness in self.harnesses.values() for each in harness.take()]
            if not batch:
                return delivered
            self.seen.extend(batch)
            delivered += sum(self._deliver(each) for each in batch)
        raise AssertionError(f"events still come after {rounds} rounds: {sorted({each.type for each in batch})}")

    def _deliver(self, emitted: Emitted) -> int:
        count = 0
        for harness in self.harnesses.values():
            event = harness.handles(emitted.type)
            if event is not None:
                count += harness.deliver(event, emitted.data, event_id=emitted.id, subject=emitted.subject)
        return count


def _through_json(value: Any) -> Any:
    return json.loads(json.dumps(value, ensure_ascii=False, allow_nan=False))


def _emitted(row: OutboxRow) -> Emitted:
    envelope = row.envelope
    return Emitted(envelope["id"], envelope["type"], envelope.get("subject"), envelope["data"])
