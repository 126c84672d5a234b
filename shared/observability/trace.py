"""W3C trace context, and the context of the work at hand, known to everything it calls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from random import getrandbits  # not os.urandom: each system call hands the interpreter lock to another thread
from typing import Any

import structlog

from shared.context import Context

_TRACEPARENT = re.compile(r"00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})")
_at_hand: ContextVar[Context | None] = ContextVar("diaoxun_context", default=None)


def new_traceparent() -> str:
    """Return the ``traceparent`` of a new, sampled trace. Source: W3C Trace Context, level 1."""
    return f"00-{getrandbits(128) or 1:032x}-{getrandbits(64) or 1:016x}-01"


def child_traceparent(parent: str | None) -> str:
    """Return the ``traceparent`` of a step below ``parent``; of a new trace when there is none or it is malformed."""
    match = _TRACEPARENT.fullmatch(parent or "")
    if match is None or set(match[1]) == {"0"}:
        return new_traceparent()
    return f"00-{match[1]}-{getrandbits(64) or 1:016x}-{match[3]}"


def trace_id(traceparent: str | None) -> str | None:
    """Return the trace id inside a ``traceparent``, or ``None``."""
    match = _TRACEPARENT.fullmatch(traceparent or "")
    return match[1] if match else None


def context_at_hand() -> Context | None:
    """Return the context of the call, event or tick being worked on, or ``None`` outside of one."""
    return _at_hand.get()


def begin_work(context: Context, **labels: Any) -> None:
    """Make ``context`` the one at hand until this thread or greenlet ends; see ``working_on`` for a part of one."""
    _at_hand.set(context)
    structlog.contextvars.bind_contextvars(**_labels(context, labels))


@contextmanager
def working_on(context: Context, **labels: Any) -> Iterator[None]:
    """Make ``context`` the one at hand; every log line inside carries its trace, correlation and ``labels``."""
    token = _at_hand.set(context)
    try:
        with structlog.contextvars.bound_contextvars(**_labels(context, labels)):
            yield
    finally:
        _at_hand.reset(token)


def _labels(context: Context, labels: dict[str, Any]) -> dict[str, Any]:
    known = {
        "trace_id": trace_id(context.traceparent),
        "correlation_id": context.correlation_id,
        "caller": context.caller.subject,
        **labels,
    }
    return {key: value for key, value in known.items() if value}
