"""How many requests may wait for services at once: whoever finds no seat is told so, before the whole gateway waits.

Without it every thread waits for a slow service, the next requests queue in the HTTP server, where nobody tells them
anything, and are answered when their callers have long given up.
"""

from __future__ import annotations

import threading
import time
from typing import Any

from gateway.faults import Overloaded
from gateway.ports import Rpc
from shared.context import Context
from shared.contracts import Operation

_PATIENCE_SECONDS = 0.25
RETRY_SECONDS = 1


class Seats:
    """So many at once; ``standing`` more may wait a moment for a seat."""

    def __init__(self, seats: int, standing: int, patience: float = _PATIENCE_SECONDS) -> None:
        self._free, self._standing, self._patience = seats, standing, patience
        self._changed = threading.Condition()

    def take(self) -> None:
        """Take a seat, or stand for a moment. Raises ``Overloaded`` with ``retry_after``."""
        with self._changed:
            if self._free <= 0:
                self._stand()
            self._free -= 1

    def leave(self) -> None:
        """Give the seat to whoever stands first."""
        with self._changed:
            self._free += 1
            self._changed.notify()

    def _stand(self) -> None:
        if self._standing <= 0:
            raise _full()
        self._standing -= 1
        ends = time.monotonic() + self._patience
        try:
            while self._free <= 0:
                if not self._changed.wait(ends - time.monotonic()):
                    raise _full()
        finally:
            self._standing += 1


class SeatedRpc:
    """An ``Rpc`` whose callers need a seat."""

    def __init__(self, rpc: Rpc, seats: Seats) -> None:
        self._rpc, self._seats = rpc, seats

    def call(self, service: str, operation: Operation, request: dict[str, Any], context: Context) -> dict[str, Any]:
        """Run the operation. Raises ``Overloaded`` where there is no seat: nothing was sent then."""
        self._seats.take()
        try:
            return self._rpc.call(service, operation, request, context)
        finally:
            self._seats.leave()


def _full() -> Overloaded:
    return Overloaded(
        f"系统繁忙，请求未处理，请在 {RETRY_SECONDS} 秒后重试",
        f"the platform is busy and did nothing about this request; send it again in {RETRY_SECONDS} s",
        retry_after=RETRY_SECONDS,
    )
