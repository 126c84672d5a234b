"""Who comes by a personal link: the link is changed for a cookie at once, so that it stands in no address any more."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from flask import Request, Response, g

from gateway.auth.same_origin import require_same_origin
from gateway.parts import here
from shared.errors import Forbidden, Unauthenticated
from shared.security.caller import Caller, Role
from shared.security.links import PREFIX

PATH = "/my"
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Visit:
    """A person and the token that let them in; ``csrf_token`` is made from it, so it needs no memory."""

    caller: Caller
    token: str

    @property
    def csrf_token(self) -> str:
        """What a form of this visit carries."""
        return hmac.new(self.token.encode(), b"diaoxun personal page", hashlib.sha256).hexdigest()

    @property
    def is_lecturer(self) -> bool:
        """Whether a lecturer comes, otherwise a trainee."""
        return Role.LECTURER in self.caller.roles


def begin(token: str) -> Visit:
    """Return the visit of a link's token. Raises ``Unauthenticated``."""
    links = here().links
    if links is None or not token.startswith(PREFIX) or len(token) > _LONGEST:
        raise Unauthenticated(
            "个人链接无效或已过期，请联系培训主办单位重新发送",
            "the personal link does not hold or has run out; ask the organisers for a new one",
        )
    caller = links.check(token)
    g.subject = caller.subject
    return Visit(caller, token)


def present(http: Request) -> Visit:
    """Return the visit that the cookie tells of. Raises ``Unauthenticated``, ``TooManyRequests``."""
    visit = begin(http.cookies.get(_cookie(), ""))
    here().limiter.spend(visit.caller.subject)
    return visit


def require_own_form(http: Request, visit: Visit) -> None:
    """Raise ``Forbidden`` unless a form comes from a page of this visit."""
    require_same_origin(http)
    if not hmac.compare_digest(http.form.get("csrf_token", "").encode(), visit.csrf_token.encode()):
        raise Forbidden("页面已过期，请返回后刷新再试", "the page is too old; go back, reload it and try again")


def give(response: Response, visit: Visit) -> None:
    """Put the visit's cookie into a response: for these pages only, read by no script, gone with the browser."""
    secure = here().settings.secure_cookies
    response.set_cookie(_cookie(), visit.token, path=PATH, secure=secure, httponly=True, samesite="Lax")


def take(response: Response) -> None:
    """Take the cookie back."""
    secure = here().settings.secure_cookies
    response.delete_cookie(_cookie(), path=PATH, secure=secure, httponly=True, samesite="Lax")


def _cookie() -> str:
    return "__Secure-diaoxun-my" if here().settings.secure_cookies else "diaoxun-my"
