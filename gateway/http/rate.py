"""How many requests a caller may send: a token bucket a caller, in this process.

Nothing is shared between processes: behind four of them a caller has at most four times the rate. That is enough
to keep one agency's loop from starving the others, which is all this is for.
"""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from shared.errors import TooManyRequests

_CALLERS_KEPT = 10_000


class RateLimiter:
    """Counts requests by caller. ``rate`` is tokens a second, ``burst`` what a rested caller may spend at once."""

    def __init__(self, rate: float, burst: int, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._burst, self._monotonic = rate, float(burst), monotonic
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def spend(self, subject: str) -> None:
        """Take one token of the caller's. Raises ``TooManyRequests`` with ``retry_after`` (whole seconds)."""
        now = self._monotonic()
        with self._lock:
            tokens, since = self._buckets.pop(subject, (self._burst, now))
            tokens = min(self._burst, tokens + (now - since) * self._rate)
            self._buckets[subject] = (tokens - 1 if tokens >= 1 else tokens, now)
            if len(self._buckets) > _CALLERS_KEPT:
                self._buckets.popitem(last=False)
        if tokens < 1:
            wait = max(1, math.ceil((1 - tokens) / self._rate))
            raise TooManyRequests(
                f"请求过于频繁，请在 {wait} 秒后重试", f"too many requests; come back in {wait} s", retry_after=wait
            )
