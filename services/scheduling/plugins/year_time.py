"""Until when something may go on: for what searches, and for what has to be written down before a search can begin."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass


class TimeIsUp(Exception):
    """What was begun cannot be finished in its time."""


@dataclass(frozen=True, slots=True)
class Until:
    """A moment of ``time.monotonic``."""

    moment: float

    @classmethod
    def within(cls, seconds: float) -> Until:
        """Return the moment so many seconds from now."""
        return cls(time.monotonic() + seconds)

    @property
    def left(self) -> float:
        """Seconds until then; negative once it has passed."""
        return self.moment - time.monotonic()

    @property
    def over(self) -> bool:
        """Whether it has passed."""
        return self.left <= 0

    def part(self, share: float) -> Until:
        """Return the moment at which a share of what is left is over; once it has passed, that is now."""
        return Until.within(max(0.0, self.left) * share)

    def require(self) -> None:
        """Go on. Raises ``TimeIsUp`` once it has passed."""
        if self.over:
            raise TimeIsUp


NEVER = Until(math.inf)
"""For what ends by itself."""
