"""The timer entrypoint: ``@ticks("name", every=…)``, one tick a slot however many replicas run (P17)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import eventlet
from eventlet.event import Event as Signal
from nameko.exceptions import ContainerBeingKilled
from nameko.extensions import Entrypoint, register_entrypoint

from shared.clock import CITY_ZONE, Clock, SystemClock
from shared.errors import Fault
from shared.messaging.leases import Leadership, new_holder

_log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.5
_LEASE = timedelta(seconds=20)
_ANCHOR = datetime(2000, 1, 1, tzinfo=CITY_ZONE)


def slot_of(instant: datetime, every: timedelta) -> datetime:
    """Return the beginning of the slot ``instant`` lies in; slots are counted from a midnight in the city."""
    return instant - (instant - _ANCHOR) % every


class Ticks(Entrypoint):  # type: ignore[misc]  # nameko has no types
    """Calls a method with the beginning of each slot, on the replica that holds the timer's lease.

    The container's config gives ``clock`` (default: the machine's) and ``leases`` (default: the only replica).
    A slot missed while nobody ran, or jumped over by a moved clock, is not made up: the method gets the present
    slot and does what is due by then. It must be idempotent by slot: after a failure or a change of leader the same
    slot comes again.
    """

    def __init__(self, name: str, every: timedelta) -> None:
        super().__init__(expected_exceptions=(Fault,))
        if every <= timedelta(0):
            raise ValueError(f"the timer {name!r} needs a period above zero")
        self.name, self.every = name, every
        self.last_slot: datetime | None = None
        self._stopped = Signal()
        self._greenlet: Any = None

    def start(self) -> None:
        """Begin to watch the clock."""
        config = self.container.config
        self._clock: Clock = config.get("clock") or SystemClock()
        self._leadership = Leadership(
            config.get("leases"), f"tick:{self.container.service_name}.{self.name}", new_holder(), _LEASE
        )
        self._greenlet = self.container.spawn_managed_thread(self._run, identifier=f"timer {self.name}")

    def stop(self) -> None:
        """Stop watching and let another replica tick; a tick in work finishes."""
        if not self._stopped.ready():
            self._stopped.send(True)
        if self._greenlet is not None:
            self._greenlet.wait()

    def kill(self) -> None:
        """Stop at once."""
        if self._greenlet is not None:
            self._greenlet.kill()

    def _run(self) -> None:
        look = min(_LOOK_SECONDS, self.every.total_seconds() / 4)
        while not self._stopped.ready():
            try:
                self._look()
            except ContainerBeingKilled:
                return
            except Exception as trouble:  # store away: the next look may find it
                _log.warning("the timer %s could not take its turn: %r", self.name, trouble)
            with eventlet.Timeout(look, False):
                self._stopped.wait()
        self._resign()

    def _look(self) -> None:
        slot = slot_of(self._clock.now(), self.every)
        if self._leadership.leads() and slot != self.last_slot and self._tick(slot):
            self.last_slot = slot

    def _tick(self, slot: datetime) -> bool:
        done = Signal()

        def on_result(worker: Any, result: Any, exc_info: Any) -> tuple[Any, Any]:
            done.send(exc_info is None)
            return result, exc_info

        self.container.spawn_worker(self, (slot,), {}, handle_result=on_result)
        while not done.ready():
            with eventlet.Timeout(_LEASE.total_seconds() / 6, False):
                done.wait()
            if not done.ready():
                self._leadership.leads()  # a long tick keeps its lease
        return bool(done.wait())

    def _resign(self) -> None:
        try:
            self._leadership.resign()
        except Exception as trouble:
            _log.warning("the timer %s could not give its lease back, it runs out: %r", self.name, trouble)


def ticks(name: str, every: timedelta) -> Callable[[Callable[[Any, datetime], Any]], Callable[[Any, datetime], Any]]:
    """Mark a method ``(self, slot: datetime)`` to be called once every ``every``; ``slot`` is aware."""

    def mark(method: Callable[[Any, datetime], Any]) -> Callable[[Any, datetime], Any]:
        register_entrypoint(method, Ticks(name, every))
        return method

    return mark
