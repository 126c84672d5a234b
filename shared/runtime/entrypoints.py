"""What a service class offers, read from the entrypoints on its methods."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from nameko.extensions import ENTRYPOINT_EXTENSIONS_ATTR

from shared.contracts import Event, Operation


@dataclass(frozen=True)
class ServedOperation:
    """An operation and the method that answers it."""

    operation: Operation
    method: str


@dataclass(frozen=True)
class BoundHandler:
    """An event, the method that handles it, and the handler's stable name."""

    event: Event
    method: str
    name: str


@dataclass(frozen=True)
class Timer:
    """A timer, its method and its period."""

    name: str
    method: str
    every: timedelta


def _entrypoints(service_class: type[Any]) -> Iterator[tuple[str, Any]]:
    for name, method in inspect.getmembers(service_class, inspect.isfunction):
        for entrypoint in getattr(method, ENTRYPOINT_EXTENSIONS_ATTR, ()):
            yield name, entrypoint


def operations_of(service_class: type[Any]) -> dict[str, ServedOperation]:
    """Return what a service class answers, by operation name."""
    return {
        entrypoint.operation.name: ServedOperation(entrypoint.operation, method)
        for method, entrypoint in _entrypoints(service_class)
        if isinstance(getattr(entrypoint, "operation", None), Operation)
    }


def handlers_of(service_class: type[Any]) -> list[BoundHandler]:
    """Return the event handlers of a service class."""
    return [
        BoundHandler(entrypoint.event, method, f"{service_class.name}.{entrypoint.event.type}.{entrypoint.handler}")
        for method, entrypoint in _entrypoints(service_class)
        if isinstance(getattr(entrypoint, "event", None), Event)
    ]


def timers_of(service_class: type[Any]) -> dict[str, Timer]:
    """Return the timers of a service class, by name."""
    return {
        entrypoint.name: Timer(entrypoint.name, method, entrypoint.every)
        for method, entrypoint in _entrypoints(service_class)
        if isinstance(getattr(entrypoint, "every", None), timedelta)
    }
