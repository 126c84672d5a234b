"""Sessions of the console: a random cookie, its hash in the store, an idle and an absolute end."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Request, Response

from gateway.auth.pepper import Pepper
from gateway.settings import GatewaySettings
from gateway.store import ACCOUNTS, ITSELF, SESSIONS
from shared.clock import Clock
from shared.errors import StaleVersion
from shared.security.caller import Caller, Role
from shared.storage import Store, Transaction

_SEEN_NOTED_EVERY = timedelta(seconds=30)
_UNATTENDED = frozenset({"/api/v1/events", "/console/chart"})
"""What an open page asks by itself: nobody need be sitting there, so it keeps no session alive."""


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A session that holds now, with its account's row."""

    session_id: str
    token: str
    csrf_token: str
    caller: Caller
    account: dict[str, Any]
    expires_at: datetime


class Sessions:
    """Opens, reads and ends sessions."""

    def __init__(self, store: Store, clock: Clock, pepper: Pepper, settings: GatewaySettings) -> None:
        self._store, self._clock, self._pepper = store, clock, pepper
        self._idle = timedelta(seconds=settings.session_idle)
        self._absolute = timedelta(seconds=settings.session_absolute)
        self._secure = settings.secure_cookies

    @property
    def cookie(self) -> str:
        """The cookie's name; ``__Host-`` binds it to this host and to https."""
        return "__Host-dx_session" if self._secure else "dx_session"

    def open(self, tx: Transaction, account: dict[str, Any]) -> OpenSession:
        """Start a session within the log-in's transaction; ended ones of the same account go."""
        now = self._clock.now()
        rows = tx.rows(SESSIONS)
        for old in rows.find({"account_id": account["_id"]}):
            if self._end(old) <= now:
                rows.remove(old)
        token = secrets.token_urlsafe(32)
        row = {
            "_id": self._pepper.digest("session", token),
            "account_id": account["_id"],
            "opened_at": now,
            "seen_at": now,
        }
        rows.insert(row)
        return self._opened(row, token, account)

    def read(self, http: Request) -> OpenSession | None:
        """Return the session of the request's cookie, ``None`` when there is none that holds."""
        token = http.cookies.get(self.cookie)
        if not token or len(token) > 100:
            return None
        view = self._store.view(ITSELF)
        row = view.rows(SESSIONS).one({"_id": {"$in": self._pepper.digests("session", token)}})
        now = self._clock.now()
        if row is None or self._end(row) <= now:
            return None
        account = view.rows(ACCOUNTS).one({"_id": row["account_id"]})
        if account is None or account["disabled"]:
            return None
        if now - row["seen_at"] >= _SEEN_NOTED_EVERY and http.path not in _UNATTENDED:
            row["seen_at"] = now
            self._note_seen(row["_id"], now)
        return self._opened(row, token, account)

    def end_all(self, tx: Transaction, account_id: str, but: str | None = None) -> None:
        """End every session of an account, except the one named."""
        for row in tx.rows(SESSIONS).find({"account_id": account_id}):
            if row["_id"] != but:
                tx.rows(SESSIONS).remove(row)

    def end(self, tx: Transaction, session_id: str) -> None:
        """End one session."""
        row = tx.rows(SESSIONS).one({"_id": session_id})
        if row is not None:
            tx.rows(SESSIONS).remove(row)

    def give(self, response: Response, session: OpenSession) -> None:
        """Put the session's cookie into a response; it lives as long as the browser does, and no script reads it."""
        response.set_cookie(self.cookie, session.token, path="/", secure=self._secure, httponly=True, samesite="Lax")

    def take(self, response: Response) -> None:
        """Take the cookie back."""
        response.delete_cookie(self.cookie, path="/", secure=self._secure, httponly=True, samesite="Lax")

    def _end(self, row: dict[str, Any]) -> datetime:
        end: datetime = min(row["seen_at"] + self._idle, row["opened_at"] + self._absolute)
        return end

    def _opened(self, row: dict[str, Any], token: str, account: dict[str, Any]) -> OpenSession:
        caller = Caller(
            subject=account["_id"],
            roles=frozenset(Role(role) for role in account["roles"]),
            units=tuple(account["units"]),
        )
        csrf_token = self._pepper.digest("csrf", token)
        return OpenSession(row["_id"], token, csrf_token, caller, account, self._end(row))

    def _note_seen(self, session_id: str, now: datetime) -> None:
        def note(tx: Transaction) -> dict[str, Any]:
            row = tx.rows(SESSIONS).one({"_id": session_id})
            if row is not None:
                tx.rows(SESSIONS).save({**row, "seen_at": now})
            return {}

        try:
            self._store.transact(ITSELF, note, operation="note_session_use")
        except StaleVersion:
            return  # a request beside this one noted it
