"""Checking API keys, fast enough to do it on every request."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Any

from gateway.auth.key_format import read_key
from gateway.auth.pepper import Pepper
from gateway.store import ITSELF, KEYS
from shared.clock import Clock
from shared.errors import StaleVersion, Unauthenticated
from shared.security.caller import Caller, Role
from shared.storage import Store, Transaction

PURPOSE = "api-key"
_FRESH_SECONDS = 5.0
_KEPT = 5_000
_USE_NOTED_EVERY = timedelta(minutes=1)


class KeyCheck:
    """Turns the text of a key into its caller.

    A key found in the store is remembered for 5 s, so a revocation takes at most that long to reach another process
    (``forget`` makes it immediate in this one). The use of a key is noted at most once a minute.
    """

    def __init__(self, store: Store, clock: Clock, pepper: Pepper) -> None:
        self._store, self._clock, self._pepper = store, clock, pepper
        self._lock = threading.Lock()
        self._found: OrderedDict[str, tuple[float, str, dict[str, Any], Caller]] = OrderedDict()

    def check(self, text: str) -> Caller:
        """Return the caller of a key. Raises ``Unauthenticated``, saying why, when it does not hold."""
        with self._lock:
            known = self._found.get(text)
        if known is not None and time.monotonic() - known[0] < _FRESH_SECONDS:
            _, _, row, caller = known
        else:
            row, caller = self._look_up(text)
        now = self._clock.now()
        if row.get("revoked_at") is not None:
            raise Unauthenticated("接口密钥已被吊销，请申请新的密钥", "the API key was revoked; ask for a new one")
        if row["expires_at"] <= now:
            raise Unauthenticated("接口密钥已过期，请申请新的密钥", "the API key has expired; ask for a new one")
        self._note_use(row, now)
        return caller

    def forget(self, key_id: str) -> None:
        """Drop what is remembered of a key, after a change to it."""
        with self._lock:
            for text in [text for text, known in self._found.items() if known[1] == key_id]:
                del self._found[text]

    def _look_up(self, text: str) -> tuple[dict[str, Any], Caller]:
        key = read_key(text)
        row = self._store.view(ITSELF).rows(KEYS).one({"_id": key.key_id})
        if row is None or not self._pepper.matches(PURPOSE, key.secret, row["digest"]):
            raise Unauthenticated(
                "接口密钥无效，请核对或申请新的密钥", "the API key does not hold; check it or ask for a new one"
            )
        scopes = row.get("scopes")
        caller = Caller(
            subject=row["_id"],
            roles=frozenset(Role(role) for role in row["roles"]),
            units=tuple(row["units"]),
            scopes=None if scopes is None else frozenset(scopes),
        )
        with self._lock:
            self._found[text] = (time.monotonic(), row["_id"], row, caller)
            if len(self._found) > _KEPT:
                self._found.popitem(last=False)
        return row, caller

    def _note_use(self, row: dict[str, Any], now: datetime) -> None:
        last = row.get("last_used_at")
        if last is not None and now - last < _USE_NOTED_EVERY:
            return
        row["last_used_at"] = now

        def note(tx: Transaction) -> dict[str, Any]:
            stored = tx.rows(KEYS).one({"_id": row["_id"]})
            if stored is not None:
                tx.rows(KEYS).save({**stored, "last_used_at": now})
            return {}

        try:
            self._store.transact(ITSELF, note, operation="note_key_use")
        except StaleVersion:
            return  # another thread or process noted it in the same minute
