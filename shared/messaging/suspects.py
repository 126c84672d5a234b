"""Events that processes died of, or beside: each is tried alone, so that one that ends its process is known (P1).

Who dies of an event takes everything with it that was handed out at that moment, and the broker counts all of it as
delivered in vain. It is handed out together again, to the next process: one killer, and whatever lay beside it, would
reach the delivery limit together and end in quarantine. So what came back twice is tried one at a time, with a note
that outlives the process: it tells which event was under way when it ended.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from shared.errors import Fault

_BROKER_COUNT = "x-delivery-count"
_RETURNS = 2
MOST_TRIALS = 2
"""So often an event is begun alone without coming to an end; then it is not begun again."""


class Trials(Protocol):
    """Notes of events that are tried alone; storage implements it."""

    def begin(self, key: str) -> int:
        """Note that an event is begun; return how often that was without an end."""

    def end(self, key: str) -> None:
        """Forget it."""


def is_suspect(headers: Mapping[str, Any]) -> bool:
    """Return whether a message came back so often that it is tried alone.

    Once may be a broker that was restarted, or a process that was stopped.
    """
    try:
        return int(headers.get(_BROKER_COUNT, 0)) >= _RETURNS
    except (TypeError, ValueError):
        return False


def killed_again() -> Fault:
    """Return why a killer is put aside."""
    return Fault(
        f"该事件单独处理 {MOST_TRIALS} 次，每次都使服务进程中断，已隔离",
        f"a service process ended each of the {MOST_TRIALS} times this event was tried alone; it was put aside",
    )
