"""A clock for tests of what has to end in time: it stands still but for what the test has take time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class Clock:
    """Take it for ``time.monotonic``."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def after(self, seconds: float, found: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that takes so long."""

        def slow(*args: Any, **kwargs: Any) -> Any:
            self.now += seconds
            return found(*args, **kwargs)

        return slow
