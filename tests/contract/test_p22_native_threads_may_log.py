"""P22: a native thread that logs while the loop logs stops neither: no green lock goes from one thread to the other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LINES, THREADS, GREENLETS = 300, 4, 3
LOGGING_ON_ALL_SIDES = f"""
import shared.runtime.patched
import logging
import eventlet
from shared.observability.logs import configure_logs
from shared.runtime.offload import Offload

configure_logs("test", "DEBUG")
offload = Offload({THREADS})

def say(name, pause):
    for number in range({LINES}):
        logging.getLogger(name).debug("%s %d", name, number)
        pause()

native = [eventlet.spawn(offload.run, say, f"native{{n}}", lambda: None) for n in range({THREADS})]
green = [eventlet.spawn(say, f"green{{n}}", lambda: eventlet.sleep(0)) for n in range({GREENLETS})]
with eventlet.Timeout(30):
    for each in native + green:
        each.wait()
"""


def test_p22_native_threads_and_greenlets_log_at_once() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", LOGGING_ON_ALL_SIDES],
        capture_output=True, text=True, timeout=60, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stderr.count("\n") == LINES * (THREADS + GREENLETS)
