"""Watches the event loop: how late it runs, and who holds it (P22, P24)."""

from __future__ import annotations

import json
import math
import sys
import threading
import time
import traceback
from dataclasses import dataclass, field

import eventlet
from eventlet import patcher

LOOP_DEAD = 70
"""The exit code of a process whose loop stood still for too long."""
_BEAT_SECONDS = 0.05
_LONGEST_LOOK_SECONDS = 4.0


@dataclass(slots=True)
class Blockage:
    """One time that the loop stood still: for how long, and where its code was when it was noticed."""

    seconds: float
    stack: str = field(repr=False)


class HubWatch:
    """Beats in a greenlet; ``age`` says how long ago the last beat was.

    With ``limit`` (seconds) a native thread looks on and notes each blockage longer than that in ``blockages``: a C
    call or a tight loop in a handler stops every other handler, the heartbeats and the health page with it. After
    ``dead`` seconds of it that thread ends the process (exit code 70): nothing inside could, and a platform that starts
    ended processes again need not look at the health page. Messages in work come again.
    """

    def __init__(self, limit: float | None = None, dead: float | None = None) -> None:
        self._limit, self._dead = limit, dead
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
        if self._limit is not None or self._dead is not None:
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
        limit = self._limit or math.inf
        noted = seen = 0.0
        pause, still = min(limit, self._dead or math.inf, _LONGEST_LOOK_SECONDS) / 4, 0
        while not self._stopping:
            sleep(pause)
            beat, age = self._beat, self.age
            # Counted in looks and not by the clock: a process that was halted as a whole has not stood still.
            still = still + 1 if beat == seen else 0
            seen = beat
            if self._dead is not None and still * pause >= self._dead:
                self._end()
            if age <= limit + _BEAT_SECONDS:
                continue
            if beat == noted:
                self.blockages[-1].seconds = age
                continue
            noted = beat
            self.blockages.append(Blockage(age, self._stack()))

    def _stack(self) -> str:
        frame = sys._current_frames().get(self._loop_thread)
        return "".join(traceback.format_stack(frame)) if frame is not None else ""

    def _end(self) -> None:
        said = {
            "level": "error",
            "logger": "shared.messaging.hub",
            "message": f"the event loop stood still for {self._dead:.0f} s; the process ends to be started again (P22)",
            "stack": self._stack(),
        }
        native = patcher.original("os")
        native.write(2, json.dumps(said, ensure_ascii=False).encode() + b"\n")
        native._exit(LOOP_DEAD)
