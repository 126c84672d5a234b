"""Heavy computing beside the event loop, so that the service goes on answering (P22)."""

from __future__ import annotations

import contextvars
from collections.abc import Callable
from typing import Any, TypeVar

import eventlet.patcher
import eventlet.semaphore

T = TypeVar("T")


class Offload:
    """Runs functions in native threads, at most ``limit`` at once; where nothing is patched it runs them right here."""

    def __init__(self, limit: int = 2) -> None:
        self._places = eventlet.semaphore.Semaphore(limit)

    def run(self, fn: Callable[..., T], *args: Any, **kwargs: Any) -> T:
        """Return what ``fn`` returns, or raise what it raises.

        ``fn`` must not touch the store, the broker or anything else of the event loop: it computes.
        """
        if not eventlet.patcher.is_monkey_patched("thread"):
            return fn(*args, **kwargs)
        from eventlet import tpool

        surroundings = contextvars.copy_context()
        # P22: an exit raised in a tpool thread would end the thread and leave the caller waiting for ever.
        with self._places:
            fine, value = tpool.execute(_caught, surroundings.run, fn, *args, **kwargs)
        if fine:
            result: T = value
            return result
        raise value


def _caught(run: Callable[..., Any], *args: Any, **kwargs: Any) -> tuple[bool, Any]:
    try:
        return True, run(*args, **kwargs)
    except BaseException as error:
        return False, error
