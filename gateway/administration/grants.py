"""What an administrator may hand out: nobody gives more than he has."""

from __future__ import annotations

from collections.abc import Iterable

from shared.errors import Forbidden
from shared.security.caller import Caller


def require_grant(giver: Caller, units: Iterable[str]) -> None:
    """Raise ``Forbidden`` when one of the units lies outside the giver's own reach."""
    for unit_id in units:
        giver.require_reach(unit_id)


def require_scopes(giver: Caller, scopes: Iterable[str] | None) -> None:
    """Raise ``Forbidden`` when scopes open what the giver's own do not; ``None`` opens everything.

    A scope is of use to the giver as far as his roles go, and bounds what he hands out as far as others' roles go.
    """
    if giver.scopes is None:
        return
    wider = ["null"] if scopes is None else sorted(each for each in scopes if not _covered(each, giver.scopes))
    if wider:
        raise Forbidden(
            f"本密钥的 scopes 不含 {wider}，不能签发更宽的密钥",
            f"the scopes of this key do not cover {wider}; it issues no key with wider ones",
            scopes=wider,
        )


def require_no_way_round(giver: Caller, roles: Iterable[str]) -> None:
    """Raise ``Forbidden`` when a giver with scopes would handle an account of his own role: it has none."""
    if giver.scopes is not None and not giver.roles.isdisjoint(roles):
        raise Forbidden(
            "本密钥限定了 scopes，不能办理与其角色相同的账号，请由安全管理员登录后办理",
            "the scopes of this key are narrowed; it handles no account of its own role, log in to do that",
        )


def _covered(scope: str, held: frozenset[str]) -> bool:
    if scope in held:
        return True
    service, _, access = scope.partition(":")
    if access:
        return f"*:{access}" in held
    service = scope.partition(".")[0]
    # Whether an operation reads or writes is not in its name, so both are asked for.
    return all(not held.isdisjoint({f"{service}:{each}", f"*:{each}"}) for each in ("read", "write"))
