"""Checking personal links, and which of them were taken back."""

from __future__ import annotations

import threading
import time

from gateway.store import ITSELF, REVOKED_LINKS
from shared.errors import Unauthenticated
from shared.security.caller import Caller
from shared.security.links import PersonalLink, PersonalLinks
from shared.storage import Store

_FRESH_SECONDS = 5.0


class LinkCheck:
    """Turns a link's token into its caller; a revocation reaches other processes within 5 s."""

    def __init__(self, store: Store, links: PersonalLinks) -> None:
        self._store, self._links = store, links
        self._lock = threading.Lock()
        self._read = float("-inf")
        self._revoked: dict[str, float] = {}

    def check(self, token: str) -> Caller:
        """Return the caller of a link. Raises ``Unauthenticated`` when it does not hold or was taken back."""
        link = self._links.read(token)
        if self._taken_back(link):
            raise Unauthenticated(
                "个人链接已被收回，请联系培训主办单位重新发送",
                "the personal link was taken back; ask the organisers for a new one",
            )
        return link.caller

    def forget(self) -> None:
        """Look at the revocations again at the next check, after a change."""
        with self._lock:
            self._read = float("-inf")

    def _taken_back(self, link: PersonalLink) -> bool:
        with self._lock:
            stale = time.monotonic() - self._read > _FRESH_SECONDS
        if stale:
            rows = self._store.view(ITSELF).rows(REVOKED_LINKS).find({})
            with self._lock:
                self._revoked = {row["_id"]: row["issued_until"].timestamp() for row in rows}
                self._read = time.monotonic()
        return link.issued_at.timestamp() <= self._revoked.get(link.subject, float("-inf"))
