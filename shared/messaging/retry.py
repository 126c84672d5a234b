"""What happens to an event whose handler failed: which failures are worth another try, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from marshmallow import ValidationError

from shared.errors import Fault, Forbidden, Invalid, Malformed, Unauthenticated

ATTEMPT_HEADER = "diaoxun-attempt"
DEFAULT_DELAYS = (5.0, 30.0, 120.0, 600.0, 3600.0)
DEFAULT_PATIENCE = 24
_CONNECTION_NAMES = frozenset(
    {"AutoReconnect", "NetworkTimeout", "ServerSelectionTimeoutError", "NotPrimaryError", "OperationalError"}
)


class Verdict(StrEnum):
    """How a failure is treated."""

    TRANSIENT = "transient"
    PERMANENT = "permanent"
    UNKNOWN = "unknown"


def classify(error: BaseException) -> Verdict:
    """Say whether trying again can help: the same input refused for its content never can."""
    if isinstance(error, (Invalid, Malformed, Forbidden, Unauthenticated, ValidationError)):
        return Verdict.PERMANENT
    if isinstance(error, Fault):
        return Verdict.TRANSIENT if error.transient else Verdict.UNKNOWN
    if isinstance(error, (OSError, EOFError)) or not _CONNECTION_NAMES.isdisjoint(
        k.__name__ for k in type(error).__mro__
    ):
        return Verdict.TRANSIENT
    return Verdict.UNKNOWN


@dataclass(frozen=True, slots=True)
class RetryLadder:
    """Delays in seconds before each further attempt.

    A transient failure may stay ``patience`` times on the last rung (a broken database must not fill the
    quarantine); an unknown one climbs once and is then given up.
    """

    delays: tuple[float, ...] = DEFAULT_DELAYS
    patience: int = DEFAULT_PATIENCE

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> RetryLadder:
        """Read ``retry_delays`` (seconds) and ``retry_patience``."""
        return cls(
            delays=tuple(float(delay) for delay in config.get("retry_delays") or DEFAULT_DELAYS),
            patience=int(config.get("retry_patience", DEFAULT_PATIENCE)),
        )

    def next_delay(self, attempt: int, verdict: Verdict) -> float | None:
        """Return the seconds until the next try after ``attempt`` (from 1) failed; ``None`` gives up."""
        if verdict is Verdict.PERMANENT:
            return None
        if attempt <= len(self.delays):
            return self.delays[attempt - 1]
        if verdict is Verdict.TRANSIENT and attempt <= len(self.delays) + self.patience:
            return self.delays[-1]
        return None


def attempt_of(headers: Mapping[str, Any]) -> int:
    """Return which attempt a delivery is, from 1; our own header, since brokers may drop ``x-death``."""
    try:
        return max(1, int(headers.get(ATTEMPT_HEADER, 1)))
    except (TypeError, ValueError):
        return 1
