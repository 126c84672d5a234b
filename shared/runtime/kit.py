"""The kit: the one dependency of a service class, by which its entrypoints reach commands, queries and the rest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from nameko.extensions import DependencyProvider

from shared.clock import Clock
from shared.config import Settings
from shared.context import Context
from shared.contracts import Operation, ServiceContract
from shared.errors import Fault
from shared.messaging import Call, Delivery
from shared.observability.trace import child_traceparent, context_at_hand, new_traceparent, working_on
from shared.plugins import Registry
from shared.runtime.asking import ask
from shared.runtime.equipment import CONFIG_KEY, Equipment
from shared.runtime.observing import begin, finish, note_repeat
from shared.runtime.provision import signing_keys_from
from shared.runtime.work import CallWork, DeliveryWork, TickWork, Work, compared, dumped
from shared.security.caller import Role, service_caller
from shared.security.links import PersonalLinks
from shared.security.signing import SigningKeys
from shared.storage import Store, StoreSchema, Transaction, View

T = TypeVar("T")
Command = Callable[[Transaction, dict[str, Any]], dict[str, Any]]
LongCommand = Callable[[Work], dict[str, Any]]
Query = Callable[[View, dict[str, Any]], dict[str, Any]]
Reaction = Callable[[Transaction, dict[str, Any]], None]


class Kit(DependencyProvider):  # type: ignore[misc]
    """What a service class declares once: ``kit = Kit(contract.CONTRACT, store.SCHEMA)``.

    nameko gives it the equipment the runner made; tests give it theirs with ``equipped``.
    """

    def __init__(self, contract: ServiceContract, schema: StoreSchema) -> None:
        self.contract = contract
        self.schema = schema
        self._equipment: Equipment | None = None

    def setup(self) -> None:
        """Take the equipment from the container's configuration."""
        self._equipment = self.container.config[CONFIG_KEY]

    def get_dependency(self, worker_ctx: Any) -> Kit:
        """Give the worker this kit: it keeps nothing of a single call."""
        return self

    def worker_setup(self, worker_ctx: Any) -> None:
        """Begin to observe a worker: its log lines carry the trace of its call or event."""
        begin(worker_ctx)

    def worker_result(self, worker_ctx: Any, result: Any = None, exc_info: Any = None) -> None:
        """Count what a worker did and how long it took."""
        finish(worker_ctx, exc_info)

    def equipped(self, equipment: Equipment) -> Kit:
        """Return a kit of the same service with this equipment."""
        kit = Kit(self.contract, self.schema)
        kit._equipment = equipment
        return kit

    @property
    def equipment(self) -> Equipment:
        """The ports of the service. Raises ``AttributeError`` before it was given any."""
        if self._equipment is None:
            # AttributeError, because nameko looks at every property of an extension that is not set up yet.
            raise AttributeError(
                f"the kit of {self.contract.name} has no equipment: start it with the runner or a harness"
            )
        return self._equipment

    @property
    def store(self) -> Store:
        """The service's own store."""
        return self.equipment.store

    @property
    def clock(self) -> Clock:
        """Where time comes from."""
        return self.equipment.clock

    @property
    def settings(self) -> Settings:
        """The settings of the process."""
        return self.equipment.settings

    @property
    def plugins(self) -> Registry:
        """The plugins of the process."""
        return self.equipment.plugins

    def command(self, call: Call, body: Command) -> dict[str, Any]:
        """Run a command in one transaction and return its reply as plain JSON.

        The reply is dumped inside the transaction, so that the idempotency marker keeps just what was answered and
        gives it again to the same command id.
        """
        with working_on(call.context, operation=call.operation.name):
            return self.store.transact(
                call.context,
                lambda tx: dumped(call.operation, body(tx, call.request)),
                operation=call.operation.name,
                **compared(call),
            )

    def long_command(self, call: Call, body: LongCommand) -> dict[str, Any]:
        """Run a command of several steps and return its reply as plain JSON.

        Sent again once it is concluded, it is answered as before and looks at nothing: what it asks for may long be
        done. The same holds when its twin is concluded meanwhile, and ``body`` refuses what the twin left behind.
        ``body`` ends with the work's ``transact``.
        """
        recall = partial(self.store.recall, call.context, operation=call.operation.name, **compared(call))
        known = recall()
        if known is not None:
            return known
        try:
            return body(self.work(call))
        except Fault:
            known = recall()
            if known is None:
                raise
            return known

    def query(self, call: Call, body: Query) -> dict[str, Any]:
        """Run a query on a view of the store and return its reply as plain JSON."""
        with working_on(call.context, operation=call.operation.name):
            return dumped(call.operation, body(self.store.view(call.context, call.request), call.request))

    def react(self, delivery: Delivery, body: Reaction) -> bool:
        """Run a reaction in one transaction with its inbox row; ``False`` when this event was handled before."""
        with working_on(delivery.context, event=delivery.type, handler=delivery.handler):
            fresh = self.store.react(
                delivery.context, delivery.event_id, delivery.handler, lambda tx: body(tx, delivery.data)
            )
        if not fresh:
            note_repeat(self.contract.name, delivery)
        return fresh

    def work(self, occasion: Call | Delivery) -> Work:
        """Return long work for a call or a delivery: several steps, questions to others, heavy computing."""
        if isinstance(occasion, Delivery):
            return DeliveryWork(self.contract.name, self.equipment, occasion)
        return CallWork(self.contract.name, self.equipment, occasion)

    def tick(self, slot: datetime, name: str) -> Work:
        """Return the work of one slot of a timer; its ``transact`` takes effect once a slot."""
        return TickWork(self.contract.name, self.equipment, self.own_context(), name, slot)

    def own_context(self, command_id: str | None = None) -> Context:
        """Return a context in which the service acts for itself, within the trace at hand."""
        at_hand = context_at_hand()
        trace = child_traceparent(at_hand.traceparent) if at_hand else new_traceparent()
        return Context(
            caller=service_caller(self.contract.name),
            command_id=command_id,
            correlation_id=at_hand.correlation_id if at_hand else None,
            traceparent=trace,
            caused_by=at_hand.traceparent if at_hand else None,
        )

    def ask(self, operation: Operation, request: dict[str, Any]) -> dict[str, Any]:
        """Ask another service within the deadline at hand and return its reply, loaded. Raises ``Fault``."""
        return ask(self.contract.name, self.equipment, context_at_hand(), operation, request)

    def personal_link(self, role: Role, identifier: str, lifetime: timedelta) -> str:
        """Return the address by which one trainee or lecturer comes in without an account: a secret for that person.

        It holds for ``lifetime`` of machine time, at most 400 days. Raises ``ValueError``.
        """
        token = PersonalLinks(self.settings.secrets).issue(role, identifier, lifetime)
        return f"{self.settings.public_url}/my/{token}"

    @property
    def signing_keys(self) -> SigningKeys:
        """The keys that sign certificates. Raises ``SettingsInvalid`` where the process has none."""
        return signing_keys_from(self.settings)

    def offload(self, fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Compute ``fn`` beside the event loop and return its value (P22)."""
        return self.equipment.offload.run(fn, *args, **kwargs)
