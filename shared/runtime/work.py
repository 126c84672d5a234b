"""Work of several steps, for what does not fit in one command or one reaction: solving, rendering, importing files."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from shared.clock import Clock
from shared.config import Settings
from shared.context import Context
from shared.contracts import Operation
from shared.contracts.schema import sent
from shared.messaging import Call, Delivery
from shared.observability.trace import working_on
from shared.plugins import Registry
from shared.runtime.asking import ask
from shared.runtime.equipment import Equipment
from shared.runtime.observing import note_repeat
from shared.security.caller import Caller
from shared.storage import Store, Transaction, View

T = TypeVar("T")


def dumped(operation: Operation, reply: Any) -> dict[str, Any]:
    """Return a reply as plain JSON, by the operation's reply schema."""
    plain: dict[str, Any] = operation.reply_schema.dump(reply)
    return plain


def compared(call: Call) -> dict[str, dict[str, Any]]:
    """Return what tells a repeated call from another one under its command id, as storage takes it."""
    schema = call.operation.request_schema
    return {"request": schema.dump(call.request), "sent": sent(schema, call.request)}


class Work:
    """One piece of long work. Nothing is locked between its steps: each ``transact`` is one short transaction.

    ``request`` is the call's request or the event's data, loaded. For a tick it is ``{"slot": …}``.
    """

    def __init__(
        self, service: str, equipment: Equipment, context: Context, name: str, request: dict[str, Any]
    ) -> None:
        self.context = context
        self.request = request
        self._service = service
        self._equipment = equipment
        self._name = name

    @property
    def caller(self) -> Caller:
        """Who caused it."""
        return self.context.caller

    @property
    def clock(self) -> Clock:
        """Where time comes from."""
        return self._equipment.clock

    @property
    def settings(self) -> Settings:
        """The settings of the process."""
        return self._equipment.settings

    @property
    def plugins(self) -> Registry:
        """The plugins of the process."""
        return self._equipment.plugins

    @property
    def store(self) -> Store:
        """The service's own store."""
        return self._equipment.store

    def seconds_left(self) -> float | None:
        """Return the seconds until the work is interrupted; ``None``: never."""
        return None

    def view(self) -> View:
        """Return a fresh view of the store for this caller."""
        return self.store.view(self.context)

    def ask(self, operation: Operation, request: dict[str, Any]) -> dict[str, Any]:
        """Ask another service and return its reply, loaded. Raises ``Fault``."""
        return ask(self._service, self._equipment, self.context, operation, request)

    def offload(self, fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Compute ``fn`` beside the event loop and return its value (P22)."""
        return self._equipment.offload.run(fn, *args, **kwargs)

    def step(self, name: str, body: Callable[[Transaction], dict[str, Any] | None]) -> dict[str, Any]:
        """Run one intermediate transaction and return what ``body`` returned, which must be plain JSON.

        When the work comes again with the same command id or event, a step that was done is not done twice: it
        returns what it returned then. ``name`` tells the steps of one piece of work apart.
        """
        base = self._once()
        context = dataclasses.replace(
            self.context, command_id=f"{base}#{name}" if base else None, expected_version=None
        )
        with working_on(self.context, operation=self._name, step=name):
            return self.store.transact(
                context, lambda tx: body(tx) or {}, operation=f"{self._name}#{name}", **self._compared()
            )

    def transact(self, body: Callable[[Transaction], dict[str, Any] | None]) -> dict[str, Any]:
        """Run the transaction that concludes the work."""
        raise NotImplementedError

    def _once(self) -> str | None:
        return self.context.command_id

    def _compared(self) -> dict[str, dict[str, Any]]:
        return {}


class CallWork(Work):
    """Work for a call: ``transact`` returns the reply as plain JSON and keeps the command's marker."""

    def __init__(self, service: str, equipment: Equipment, call: Call) -> None:
        super().__init__(service, equipment, call.context, call.operation.name, call.request)
        self._call = call

    def seconds_left(self) -> float | None:
        """Return the seconds until the caller's deadline."""
        return self._call.seconds_left()

    def transact(self, body: Callable[[Transaction], dict[str, Any] | None]) -> dict[str, Any]:
        """Run the concluding transaction and return the reply as plain JSON."""
        with working_on(self.context, operation=self._name):
            return self.store.transact(
                self.context,
                lambda tx: dumped(self._call.operation, body(tx) or {}),
                operation=self._name,
                **self._compared(),
            )

    def _compared(self) -> dict[str, dict[str, Any]]:
        return compared(self._call)


class DeliveryWork(Work):
    """Work for an event: ``transact`` writes the inbox row, so that it takes effect once."""

    def __init__(self, service: str, equipment: Equipment, delivery: Delivery) -> None:
        super().__init__(service, equipment, delivery.context, delivery.type, delivery.data)
        self._delivery = delivery

    def seconds_left(self) -> float | None:
        """Return the seconds until the handler is interrupted."""
        return self._delivery.seconds_left()

    def transact(self, body: Callable[[Transaction], dict[str, Any] | None]) -> dict[str, Any]:
        """Run the concluding transaction; ``{}`` when the event was handled before."""
        returned: dict[str, Any] = {}

        def run(tx: Transaction) -> None:
            returned.clear()
            returned.update(body(tx) or {})

        with working_on(self.context, event=self._name, handler=self._delivery.handler):
            fresh = self.store.react(self.context, self._delivery.event_id, self._delivery.handler, run)
        if not fresh:
            note_repeat(self._service, self._delivery)
        return returned if fresh else {}

    def _once(self) -> str | None:
        return f"{self._delivery.event_id}/{self._delivery.handler}"


class TickWork(Work):
    """Work of a timer: ``transact`` and every step take effect once a slot (P17)."""

    def __init__(self, service: str, equipment: Equipment, context: Context, name: str, slot: datetime) -> None:
        super().__init__(service, equipment, context, name, {"slot": slot})
        self._slot = slot

    def transact(self, body: Callable[[Transaction], dict[str, Any] | None]) -> dict[str, Any]:
        """Run the concluding transaction; a slot that was done returns what it returned then."""
        return self.step("conclude", body)

    def _once(self) -> str | None:
        return f"tick/{self._service}/{self._name}/{self._slot.isoformat()}"
