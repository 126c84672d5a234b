"""From an HTTP request to its caller."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from flask import Request

from gateway.auth.keys import KeyCheck
from gateway.auth.links import LinkCheck
from gateway.auth.same_origin import require_csrf
from gateway.auth.sessions import OpenSession, Sessions
from shared.errors import Unauthenticated
from shared.security.caller import Caller
from shared.security.links import PREFIX as LINK_PREFIX


@dataclass(frozen=True, slots=True)
class Identified:
    """A caller and, when it came by cookie, its session."""

    caller: Caller
    session: OpenSession | None = None


class Identity(Protocol):
    """Says who sends a request."""

    def identify(self, http: Request) -> Identified:
        """Return the caller. Raises ``Unauthenticated``; ``Forbidden`` for a forged change from another site."""


class KeysLinksAndSessions:
    """Reads ``Authorization: Bearer`` with a key (``dx_…``) or a link's token (``dxl_…``), else the session cookie."""

    def __init__(self, keys: KeyCheck, links: LinkCheck, sessions: Sessions) -> None:
        self._keys, self._links, self._sessions = keys, links, sessions

    def identify(self, http: Request) -> Identified:
        """Return the caller of the key, link or session in the request."""
        header = http.headers.get("Authorization")
        if header is not None:
            scheme, _, credentials = header.partition(" ")
            if scheme.lower() != "bearer":
                raise Unauthenticated(
                    "请使用 Authorization: Bearer <接口密钥> 方式认证",
                    "authenticate with Authorization: Bearer <API key>",
                )
            credentials = credentials.strip()
            check = self._links.check if credentials.startswith(LINK_PREFIX) else self._keys.check
            return Identified(check(credentials))
        session = self._sessions.read(http)
        if session is None:
            raise Unauthenticated(
                "请求未附带接口密钥或登录会话，请在 Authorization 请求头中附带密钥，或先登录控制台",
                "the request carries no API key and no session; send Authorization: Bearer <API key>, or log in",
            )
        if http.method not in ("GET", "HEAD", "OPTIONS"):
            require_csrf(http, session)
        return Identified(session.caller, session)
