"""What an administrator may hand out."""

from __future__ import annotations

from collections.abc import Iterable

from shared.security.caller import Caller


def require_grant(giver: Caller, units: Iterable[str]) -> None:
    """Raise ``Forbidden`` when one of the units lies outside the giver's own reach: nobody gives more than he has."""
    for unit_id in units:
        giver.require_reach(unit_id)
