"""What travels with every piece of work: who caused it, until when it matters, which request it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shared.security.caller import Caller


@dataclass(frozen=True, slots=True)
class Context:
    """The surroundings of one call, event or timer tick.

    ``command_id`` is the caller's idempotency key; ``expected_version`` comes from ``If-Match``;
    ``deadline`` is a machine instant in UTC (never the settable clock) after which nobody waits for the answer;
    ``depth`` counts nested RPC (P15). ``traceparent`` names this very step of the
    trace, ``caused_by`` the step before it.
    """

    caller: Caller
    command_id: str | None = None
    expected_version: int | None = None
    deadline: datetime | None = None
    correlation_id: str | None = None
    traceparent: str | None = None
    depth: int = 0
    caused_by: str | None = None
