"""Waiting for what a process needs: tried again with capped, spread pauses, and said aloud (P12)."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable

from shared.errors import Unavailable

_log = logging.getLogger("diaoxun.runner")
_FIRST_SECONDS, _LAST_SECONDS = 0.1, 5.0


class StopAsked(Exception):
    """The process was told to stop while it was still waiting."""


def wait_for(name: str, probe: Callable[[], object], seconds: float, stop_asked: Callable[[], bool]) -> None:
    """Call ``probe`` until it no longer raises; ``seconds`` 0 waits for ever.

    Raises ``Unavailable`` when the time is over, ``StopAsked`` when ``stop_asked`` becomes true.
    """
    ends = time.monotonic() + seconds if seconds else None
    pause = _FIRST_SECONDS
    while True:
        if stop_asked():
            raise StopAsked(name)
        try:
            probe()
        except Exception as error:
            if ends is not None and time.monotonic() + pause > ends:
                raise Unavailable(
                    f"等待{name} {seconds:g} 秒仍未就绪，请检查其地址与运行状态",
                    f"{name} was not there after {seconds:g} s; check its address and whether it runs",
                    needed=name,
                ) from error
            _log.warning("waiting for %s, next try in %.1f s: %s", name, pause, type(error).__name__)
            _pause(pause, stop_asked)
            pause = min(pause * 2, _LAST_SECONDS)
        else:
            return


def _pause(seconds: float, stop_asked: Callable[[], bool]) -> None:
    ends = time.monotonic() + seconds * random.uniform(0.8, 1.2)  # noqa: S311 - spreads replicas
    while time.monotonic() < ends and not stop_asked():
        time.sleep(min(0.1, seconds))
