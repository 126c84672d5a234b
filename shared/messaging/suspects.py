"""Events that processes died of, or beside: tried one at a time, with a copy that comes back if the process ends (P1).

Who dies of an event takes everything with it that was handed out at that moment, and the broker counts all of it as
delivered in vain. Handed out together again, they would reach the delivery limit together: one killer, and whatever
lay beside it, would end in quarantine. So an event that came back twice waits until it is tried alone. Before that it
leaves its queue for a rung of the retry ladder: when the process ends, it alone was under way, and it alone is missing
when the others come back. When nothing happens, its copy comes back, and the inbox knows it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shared.errors import Fault

CRASHES_HEADER = "diaoxun-crashes"
_BROKER_COUNT = "x-delivery-count"
_RETURNS = 2
_MOST_CRASHES = 2


def is_suspect(headers: Mapping[str, Any]) -> bool:
    """Return whether an event has to be tried alone: it came back twice, or once after it had been tried alone."""
    return _number(headers, _BROKER_COUNT) >= (1 if crashes_of(headers) else _RETURNS)


def is_killer(headers: Mapping[str, Any]) -> bool:
    """Return whether a suspect was tried alone so often that it is not tried any more."""
    return crashes_of(headers) >= _MOST_CRASHES


def crashes_of(headers: Mapping[str, Any]) -> int:
    """Return how often an event was tried alone; a process ended each time, but perhaps the last."""
    return _number(headers, CRASHES_HEADER)


def crashes() -> Fault:
    """Return why a killer is put aside."""
    return Fault(
        f"该事件单独处理 {_MOST_CRASHES} 次，服务进程仍一再中断，已隔离",
        f"service processes went on ending with this event after it was tried alone {_MOST_CRASHES} times; put aside",
    )


def _number(headers: Mapping[str, Any], name: str) -> int:
    try:
        return max(0, int(headers.get(name, 0)))
    except (TypeError, ValueError):
        return 0
