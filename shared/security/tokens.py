"""The caller, signed: the gateway (or a service for itself) signs, every service checks."""

from __future__ import annotations

import time

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from shared.errors import Unauthenticated
from shared.security.caller import Caller, Role

_ALGORITHM = "HS256"
_ISSUER = "diaoxun"
_LEEWAY_SECONDS = 30


class CallerTokens:
    """Signs and checks short-lived caller tokens (JWT, HS256). ``secrets``: the first signs, all are accepted."""

    def __init__(self, secrets: tuple[str, ...], lifetime_seconds: int = 120) -> None:
        if not secrets or any(len(secret) < 32 for secret in secrets):
            raise ValueError("the signing secret needs at least 32 characters: set DIAOXUN_SECRET")
        self._keys = [OctKey.import_key(secret) for secret in secrets]
        self._lifetime = lifetime_seconds

    def sign(self, caller: Caller) -> str:
        """Return a token that holds for the lifetime from now (machine time)."""
        claims = {
            "iss": _ISSUER,
            "sub": caller.subject,
            "roles": sorted(caller.roles),
            "units": list(caller.units),
            "exp": int(time.time()) + self._lifetime,
        }
        if caller.scopes is not None:
            claims["scopes"] = sorted(caller.scopes)
        return jwt.encode({"alg": _ALGORITHM}, claims, self._keys[0])

    def check(self, token: str | None) -> Caller:
        """Return the caller of a token. Raises ``Unauthenticated`` when it is missing, false or too old."""
        for key in self._keys if token else ():
            try:
                claims = jwt.decode(str(token), key, algorithms=[_ALGORITHM]).claims
                if claims["iss"] == _ISSUER and claims["exp"] + _LEEWAY_SECONDS >= time.time():
                    scopes = claims.get("scopes")
                    return Caller(
                        subject=claims["sub"],
                        roles=frozenset(Role(role) for role in claims["roles"]),
                        units=tuple(claims["units"]),
                        scopes=None if scopes is None else frozenset(scopes),
                    )
            except (JoseError, ValueError, KeyError, TypeError):
                continue
        raise Unauthenticated(
            "调用未附带有效的身份令牌，请经网关调用或在上下文中附带 caller 令牌",
            "the call carries no valid caller token; call through the gateway or send one in the context",
        )
