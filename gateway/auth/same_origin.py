"""Keeping other sites from acting with somebody's session."""

from __future__ import annotations

import hmac

from flask import Request

from gateway.auth.sessions import OpenSession
from shared.errors import Forbidden


def require_csrf(http: Request, session: OpenSession) -> None:
    """Raise ``Forbidden`` unless the change carries the session's token, in ``X-CSRF-Token`` or a form field."""
    require_same_origin(http)
    given = http.headers.get("X-CSRF-Token")
    if given is None and http.mimetype == "application/x-www-form-urlencoded":
        given = http.form.get("csrf_token")
    if given is None or not hmac.compare_digest(given.encode(), session.csrf_token.encode()):
        raise Forbidden(
            "请求缺少有效的防伪令牌，请刷新页面后重试，或在 X-CSRF-Token 请求头中附带会话的 csrf_token",
            "the request lacks the session's CSRF token; reload the page, or send it in X-CSRF-Token",
        )


def require_same_origin(http: Request) -> None:
    """Raise ``Forbidden`` when the browser says that another site sent this form."""
    site = http.headers.get("Sec-Fetch-Site")
    origin = http.headers.get("Origin")
    foreign = site in ("cross-site", "same-site") if site else origin not in (None, http.host_url.rstrip("/"))
    if foreign:
        raise Forbidden("不接受来自其他网站的提交", "changes sent from another site are not taken")
