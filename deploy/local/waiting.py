"""Waiting for what happens on its own: conditions, never mere time."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from shared.errors import Unavailable

T = TypeVar("T")
_FIRST_SECONDS, _LAST_SECONDS = 0.05, 0.4


def wait_until(
    look: Callable[[], T | None], zh: str, en: str, seconds: float = 120.0, so_far: Callable[[], object] = lambda: ""
) -> T:
    """Return the first answer of ``look`` that is neither ``None`` nor ``False``.

    Raises ``Unavailable``, which also says what ``so_far`` returns: how far things had come.
    """
    ends = time.monotonic() + seconds
    pause = _FIRST_SECONDS
    while True:
        answer = look()
        if answer is not None and answer is not False:
            return answer
        if time.monotonic() > ends:
            seen = so_far() or "-"
            raise Unavailable(
                f"等待“{zh}”超过 {seconds:.0f} 秒，目前为：{seen}；请查看数据目录下的 log/stack.log",
                f"{en}: not within {seconds:.0f} s, so far: {seen}; see log/stack.log in the data directory",
            )
        time.sleep(pause)
        pause = min(_LAST_SECONDS, pause * 1.5)
