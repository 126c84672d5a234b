"""Personal links: an unguessable token that lets one trainee or one lecturer in, without an account."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from shared.errors import Unauthenticated
from shared.security.caller import Caller, Role

PREFIX = "dxl_"
PERSONAL_ROLES = frozenset({Role.TRAINEE, Role.LECTURER})
LONGEST = timedelta(days=400)
_ALGORITHM = "HS256"
_ISSUER = "diaoxun-link"


@dataclass(frozen=True, slots=True)
class PersonalLink:
    """Whom a link lets in. ``subject`` is ``trainee:<nomination_id>`` or ``lecturer:<lecturer_id>``."""

    caller: Caller
    issued_at: datetime

    @property
    def subject(self) -> str:
        """Who comes."""
        return self.caller.subject


class PersonalLinks:
    """Makes and reads personal links. ``secrets``: the first signs, all are accepted.

    A link is a secret like a key: it goes into a message to the person, never into an event or a log. It reaches no
    unit: an operation that lets it in narrows rows by ``caller.own_id``.
    """

    def __init__(self, secrets: tuple[str, ...]) -> None:
        # A key of its own, so that no link can ever pass for a caller token or the other way round.
        derived = (hashlib.sha256(b"diaoxun personal link\0" + secret.encode()).digest() for secret in secrets)
        self._keys = [OctKey.import_key(key) for key in derived]

    def issue(self, role: Role, identifier: str, lifetime: timedelta) -> str:
        """Return the token for one person; it holds for ``lifetime`` of machine time from now.

        Raises ``ValueError`` for another role, an empty identifier, or a lifetime above 400 days.
        """
        if role not in PERSONAL_ROLES or not identifier or not timedelta() < lifetime <= LONGEST:
            raise ValueError(f"no personal link for {role.value}:{identifier!r} over {lifetime}")
        now = int(time.time())
        claims = {
            "iss": _ISSUER,
            "sub": f"{role.value}:{identifier}",
            "iat": now,
            "exp": now + int(lifetime.total_seconds()),
        }
        return PREFIX + jwt.encode({"alg": _ALGORITHM}, claims, self._keys[0])

    def read(self, token: str) -> PersonalLink:
        """Return whom a token lets in. Raises ``Unauthenticated`` when it is false or has run out."""
        for key in self._keys if token.startswith(PREFIX) else ():
            try:
                claims = jwt.decode(token.removeprefix(PREFIX), key, algorithms=[_ALGORITHM]).claims
                role = Role(str(claims["sub"]).partition(":")[0])
                if claims["iss"] == _ISSUER and role in PERSONAL_ROLES and claims["exp"] >= time.time():
                    caller = Caller(subject=claims["sub"], roles=frozenset({role}))
                    return PersonalLink(caller, datetime.fromtimestamp(claims["iat"], UTC))
            except (JoseError, ValueError, KeyError, TypeError):
                continue
        raise Unauthenticated(
            "个人链接无效或已过期，请联系培训主办单位重新发送",
            "the personal link does not hold or has run out; ask the organisers for a new one",
        )
