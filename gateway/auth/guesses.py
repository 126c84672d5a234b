"""Wrong passwords are counted for every name alike, also for one that is nobody's: which it is must not show."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from gateway.auth.pepper import Pepper
from gateway.faults import Locked
from gateway.settings import GatewaySettings
from gateway.store import ACCOUNTS, GUESSED_NAMES
from shared.clock import Clock, SystemClock
from shared.storage import Transaction

_FORGOTTEN_AFTER = timedelta(hours=1)
_PURPOSE = "guessed name"
Row = dict[str, Any]


class Guesses:
    """Counts wrong passwords by account, and by a keyed hash of the name where there is no account."""

    def __init__(self, clock: Clock, pepper: Pepper, settings: GatewaySettings) -> None:
        self._clock, self._pepper = clock, pepper
        self._most = settings.lockout_failures
        self._locked_for = timedelta(seconds=settings.lockout_seconds)

    def require_unlocked(self, tx: Transaction, username: str, account: Row | None) -> None:
        """Raise ``Locked`` while no password of that name is tried."""
        found = account or self._stranger(tx, username)
        until = None if found is None else found["locked_until"]
        if until is not None and until > self._clock.now():
            raise self._locked(until)

    def count(self, tx: Transaction, username: str, account: Row | None) -> Locked | None:
        """Count a wrong password; return the refusal of the next one when it was the last that is taken."""
        counted = self._counted(account or self._stranger(tx, username))
        if account is not None:
            tx.rows(ACCOUNTS).save({**account, **counted})
        else:
            self._note(tx, username, counted)
        until = counted["locked_until"]
        return None if until is None else self._locked(until)

    def _counted(self, before: Row | None) -> Row:
        now = self._clock.now()
        failed_at = None if before is None else before.get("failed_at")
        lapsed = failed_at is not None and now - failed_at >= _FORGOTTEN_AFTER
        failures = 1 if before is None or lapsed else before["failures"] + 1
        if failures < self._most:
            return {"failures": failures, "locked_until": None, "failed_at": now}
        return {"failures": 0, "locked_until": now + self._locked_for, "failed_at": now}

    def _note(self, tx: Transaction, username: str, counted: Row) -> None:
        rows, known = tx.rows(GUESSED_NAMES), self._stranger(tx, username)
        # The store forgets by the time of day, whatever a clock that was set says.
        noted = {**counted, "kept_until": SystemClock().now() + max(_FORGOTTEN_AFTER, self._locked_for)}
        if known is None:
            rows.insert({"_id": self._pepper.digest(_PURPOSE, username), **noted})
        else:
            rows.save({**known, **noted})

    def _stranger(self, tx: Transaction, username: str) -> Row | None:
        return tx.rows(GUESSED_NAMES).one({"_id": {"$in": self._pepper.digests(_PURPOSE, username)}})

    def _locked(self, until: datetime) -> Locked:
        seconds = int((until - self._clock.now()).total_seconds()) + 1
        return Locked(
            f"连续输错密码，账号已锁定，请 {seconds} 秒后再试",
            f"too many wrong passwords; the account opens again in {seconds} s",
            retry_after=seconds,
        )
