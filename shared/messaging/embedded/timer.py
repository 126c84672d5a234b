"""One timer for everything that happens later: expiring messages, unused queues, the journal's flush."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable
from logging import getLogger

_log = getLogger(__name__)


class Timer:
    """Calls functions at instants of the monotonic clock, from one thread that sleeps until the next is due."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._heap: list[tuple[float, int, Callable[[], None]]] = []
        self._order = itertools.count()
        self._changed = threading.Condition(threading.Lock())
        self._thread: threading.Thread | None = None
        self._closed = False

    def at(self, instant: float, call: Callable[[], None]) -> None:
        """Have ``call`` called at ``instant`` (seconds of ``time.monotonic``), or at once when that is past."""
        with self._changed:
            if self._closed:
                return
            heapq.heappush(self._heap, (instant, next(self._order), call))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._thread.start()
            elif self._heap[0][0] == instant:
                self._changed.notify()

    def close(self) -> None:
        """Forget everything that was still to come."""
        with self._changed:
            self._closed = True
            self._heap.clear()
            self._changed.notify()

    def _run(self) -> None:
        while True:
            call = self._wait_for_next()
            if call is None:
                return
            try:
                call()
            except Exception:
                _log.exception("a timed step of the embedded broker failed; the broker goes on")

    def _wait_for_next(self) -> Callable[[], None] | None:
        with self._changed:
            while not self._closed:
                if not self._heap:
                    self._changed.wait()
                    continue
                remaining = self._heap[0][0] - time.monotonic()
                if remaining <= 0:
                    return heapq.heappop(self._heap)[2]
                self._changed.wait(remaining)
            return None
