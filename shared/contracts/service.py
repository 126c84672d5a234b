"""A service's whole contract."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from shared.contracts.event import Event
from shared.contracts.operation import Operation
from shared.wording import Words


@dataclass(frozen=True)
class ServiceContract:
    """What a service offers: operations to call, events to react to.

    ``consumes`` lists the types of the events it reacts to, its own included: as text, so that two services may react
    to each other without importing each other. ``type#handler`` stands for a handler with a name of its own, beside or
    instead of the default one: each has its own queue, declared before anything starts. The conformance check holds
    the list against the handlers, both ways: a queue nobody takes from would fill, a handler without one would lose.
    """

    name: str
    title: Words
    operations: tuple[Operation, ...]
    events: tuple[Event, ...]
    consumes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        _refuse_doubles(self.name, [operation.name for operation in self.operations])
        _refuse_doubles(self.name, [f"{operation.verb} {operation.path}" for operation in self.operations])
        _refuse_doubles(self.name, [event.type for event in self.events])
        strangers = [event.type for event in self.events if event.service != self.name]
        if strangers:
            raise ValueError(f"{self.name} declares events of another service: {strangers}")

    def operation(self, name: str) -> Operation:
        """Return the operation of that name. Raises ``KeyError``."""
        for operation in self.operations:
            if operation.name == name:
                return operation
        raise KeyError(f"{self.name} has no operation {name!r}")


def _refuse_doubles(service: str, names: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise ValueError(f"{service} declares {name!r} twice")
        seen.add(name)
