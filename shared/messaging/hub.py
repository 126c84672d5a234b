"""Watches the event loop: how late it runs, and who holds it (P22, P24)."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from dataclasses import dataclass, field

import eventlet
from eventlet import patcher

_BEAT_SECONDS = 0.05


@dataclass(slots=True)
class Blockage:
    """One time that the loop stood still: for how long, and where its code was when it was noticed."""

    seconds: float
    stack: str = field(repr=False)


class HubWatch:
    """Beats in a greenlet; ``age`` says how long ago the last beat was.

    With ``limit`` (seconds) a native thread looks on and notes each blockage longer than that in ``blockages``: a C
    call or a tight loop in a handler stops every other handler, the heartbeats and the health page with it.
    """

    def __init__(self, limit: float | None = None) -> None:
        self._limit = limit
        self._beat = time.monotonic()
        self._stopping = False
        self._loop_thread = threading.get_ident()
        self.blockages: list[Blockage] = []

    @property
    def age(self) -> float:
        """Seconds since the loop last ran the beat."""
        return time.monotonic() - self._beat

    def start(self) -> None:
        """Begin, from the thread of the loop."""
        self._loop_thread = patcher.original("threading").get_ident()
        self._greenlet = eventlet.spawn(self._beats)
        if self._limit is not None:
            native = patcher.original("threading")
            native.Thread(target=self._look_on, name="hub-watch", daemon=True).start()

    def stop(self) -> None:
        """End both."""
        self._stopping = True
        self._greenlet.kill()

    def _beats(self) -> None:
        while not self._stopping:
            self._beat = time.monotonic()
            eventlet.sleep(_BEAT_SECONDS)

    def _look_on(self) -> None:
        sleep = patcher.original("time").sleep
        limit = self._limit or 0.0
        noted = 0.0
        while not self._stopping:
            sleep(limit / 4)
            beat, age = self._beat, self.age
            if age <= limit + _BEAT_SECONDS:
                continue
            if beat == noted:
                self.blockages[-1].seconds = age
                continue
            noted = beat
            frame = sys._current_frames().get(self._loop_thread)
            stack = "".join(traceback.format_stack(frame)) if frame is not None else ""
            self.blockages.append(Blockage(age, stack))
