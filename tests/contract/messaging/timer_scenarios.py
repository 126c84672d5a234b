"""Timers: several replicas, one clock that can be moved."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import eventlet

from shared.clock import SettableClock
from shared.messaging import ticks
from tests.contract.stage import Stage, wait_until

TICKED: list[tuple[str, str]] = []


class OneLease:
    """Leases in memory, as storage's: one holder a name until its time is over."""

    def __init__(self) -> None:
        self._held: dict[str, tuple[str, float]] = {}
        self._lock = threading.Lock()

    def acquire(self, name: str, holder: str, ttl: timedelta) -> tuple[str, str] | None:
        with self._lock:
            other, until = self._held.get(name, (holder, 0.0))
            if other != holder and until > time.monotonic():
                return None
            self._held[name] = (holder, time.monotonic() + ttl.total_seconds())
            return name, holder

    def release(self, lease: tuple[str, str]) -> None:
        with self._lock:
            if self._held.get(lease[0], ("", 0.0))[0] == lease[1]:
                del self._held[lease[0]]


class Ticking:
    name = "ticking"

    @ticks("daily", every=timedelta(days=1))
    def daily(self, slot: datetime) -> None:
        eventlet.sleep(0.05)
        TICKED.append(("daily", slot.isoformat()))

    @ticks("quick", every=timedelta(milliseconds=200))
    def quick(self, slot: datetime) -> None:
        TICKED.append(("quick", slot.isoformat()))


def three_replicas(stage: Stage) -> dict[str, Any]:
    TICKED.clear()
    clock = SettableClock(datetime(2020, 5, 11, 3, 0, tzinfo=UTC))
    leases = OneLease()
    replicas = [stage.start(Ticking, clock=clock, leases=leases) for _ in range(3)]
    wait_until(lambda: _of("daily"))
    for _ in range(3):
        clock.move(timedelta(days=1))
        count = len(_of("daily"))
        wait_until(lambda count=count: len(_of("daily")) > count)  # type: ignore[misc]
    time.sleep(0.8)
    steady = _of("daily")
    quick = _of("quick")
    leader_gone = len(steady)
    for replica in replicas[:2]:
        stage.stop(replica)
    clock.move(timedelta(days=1))
    wait_until(lambda: len(_of("daily")) > leader_gone)
    return {"daily": steady, "once": len(quick) == len(set(quick)), "after": _of("daily")[-1]}


def _of(name: str) -> list[str]:
    return [slot for kind, slot in TICKED if kind == name]
