"""SIGTERM and SIGINT: heard even while the loop is blocked, and enforced when the stop takes too long (P23)."""

from __future__ import annotations

import signal
from typing import Any

from eventlet import patcher

_os = patcher.original("os")
_threading = patcher.original("threading")
_time = patcher.original("time")

FORCED = 75
INTERRUPTED_TWICE = 130


class StopSignals:
    """Once installed, ``asked`` turns true at the first signal; ``limit`` seconds later the process is ended.

    A native thread listens on the signal wake-up descriptor, which C code writes to: a handler that holds the loop,
    even inside a C call, cannot keep the process alive. Messages not acknowledged by then come again, by design.
    """

    def __init__(self, limit: float) -> None:
        self._limit = limit
        self.asked = False

    def install(self) -> None:
        """Take over both signals of this process; call it from the main thread."""
        reading, writing = _os.pipe()
        _os.set_blocking(writing, False)
        signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._noted)
        _threading.Thread(target=self._listen, args=(reading,), name="stop-signals", daemon=True).start()

    def ask(self) -> None:
        """Ask for the stop from inside the process, with the same limit."""
        self.asked = True
        _threading.Thread(target=self._end_by_force, name="stop-limit", daemon=True).start()

    def _noted(self, number: int, frame: Any) -> None:
        self.asked = True

    def _listen(self, reading: int) -> None:
        seen = 0
        while True:
            for number in _os.read(reading, 16):
                if number not in (signal.SIGTERM, signal.SIGINT):
                    continue
                seen += 1
                self.asked = True
                if seen == 1:
                    _threading.Thread(target=self._end_by_force, name="stop-limit", daemon=True).start()
                elif number == signal.SIGINT:
                    _os._exit(INTERRUPTED_TWICE)

    def _end_by_force(self) -> None:
        _time.sleep(self._limit)
        _os.write(2, b'{"level":"error","message":"the stop took too long; the process is ended by force"}\n')
        _os._exit(FORCED)
