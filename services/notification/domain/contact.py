"""Contacts of recipients, and how little of them is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

KINDS = ("email", "mobile", "fax", "app")
"""The kinds of address that channels take."""


@dataclass(frozen=True)
class Reached:
    """Who a recipient is and where it is reached: ``title`` as a letter addresses it, ``person`` who answers there."""

    title: str
    person: str = ""
    addresses: Mapping[str, str] = field(default_factory=dict)
    numbers: tuple[str, ...] = ()

    def address(self, kind: str) -> str:
        """Return the address of a kind, empty where there is none."""
        return self.addresses.get(kind, "")


def masked(address: str) -> str:
    """Return enough of an address to tell it from others, and no more."""
    if not address:
        return ""
    if "://" in address:
        return f"{address.partition('://')[0]}://…"
    name, at, host = address.partition("@")
    if at:
        return f"{name[:1]}…@{host}"
    digits = "".join(char for char in address if char.isalnum())
    return f"{digits[:3]}****{digits[-2:]}" if len(digits) >= 7 else "****"


def masked_name(name: str) -> str:
    """Return a name of which only the first character shows."""
    return f"{name[:1]}{'*' * max(len(name) - 1, 1)}" if name else ""
