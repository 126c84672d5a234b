"""Interrupts a handler that runs too long (P23)."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import eventlet

from shared.errors import DeadlineExceeded
from shared.messaging.call import Call, Delivery


def bounded(method: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
    """Wrap a service method so that it ends, with ``DeadlineExceeded``, when its call's time is up.

    Interrupts where the handler waits (store, broker, sleep); a handler that holds the loop cannot be interrupted.
    """

    @wraps(method)
    def run(service: Any, work: Call | Delivery) -> Any:
        seconds = work.seconds_left()
        if seconds is None:
            return method(service, work)
        with eventlet.Timeout(seconds, out_of_time(method.__name__)):
            return method(service, work)

    return run


def out_of_time(name: str) -> DeadlineExceeded:
    """Return the fault of work that was not done in its time."""
    return DeadlineExceeded(
        f"操作 {name} 超过时限，已中止；请稍后用同一幂等键重试",
        f"{name} ran out of time and was stopped; try again later with the same idempotency key",
        handler=name,
    )
