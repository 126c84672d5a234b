"""Putting what is addressed by a code that people choose: there may be nothing of that code yet."""

from __future__ import annotations

from shared.errors import StaleVersion
from shared.storage import Transaction


def refuse_match(tx: Transaction, id: str) -> None:
    """Raise ``StaleVersion`` when the caller means to change a version of something that is not registered."""
    expected = tx.context.expected_version
    if expected is not None:
        raise StaleVersion(
            f"“{id}”还没有登记，没有第 {expected} 版可改；新登记时请不要附带 If-Match",
            f"{id!r} is not registered, so there is no version {expected} to change; register it without If-Match",
            id=id,
            version=expected,
        )
