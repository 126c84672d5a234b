"""Ending a solve: while its model is built, and while CP-SAT runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

from services.scheduling.timetable.scheduler import Stopped

_LOOK_EVERY = 0.2


class StopHeard(Exception):
    """Somebody asked to stop while a model was built; there is nothing to solve."""


def heed(stopped: Stopped) -> None:
    """Raise ``StopHeard`` when somebody asked to stop."""
    if stopped():
        raise StopHeard


def never() -> bool:
    """Say that nobody asked to stop."""
    return False


@contextmanager
def stopping(solver: Any, stopped: Stopped) -> Iterator[None]:
    """End the solve when that is asked for. Asked again and again: a stop before the search began is not heard."""
    done = Event()

    def look() -> None:
        while not done.wait(_LOOK_EVERY):
            if stopped():
                solver.stop_search()

    thread = Thread(target=look, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
