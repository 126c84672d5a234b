"""Numbers of the registers, given out without gaps in the transaction that stores what bears them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from services.notification.domain.numbering import LetterNumber, Register
from services.notification.store import REGISTERS
from shared.runtime.work import Work
from shared.storage import Transaction
from shared.storage.faults import AlreadyPresent

T = TypeVar("T")
# Every registration touches the same few registers. Taking turns within the process spares the store the conflicts;
# between processes the transaction's own conflict and retry keep the numbers right.
_turn = threading.Lock()


class _NotOpened(Exception):
    """A number is the first of its series and year."""


def numbering(work: Work, keys: list[str], register: Callable[[], T]) -> T:
    """Return what ``register`` returns, a transaction that takes numbers; registers are opened where it needs them."""
    with _turn:
        try:
            return register()
        except _NotOpened:
            _open(work, keys)
            return register()


def take_numbers(tx: Transaction, key: str, count: int) -> list[LetterNumber]:
    """Return the next numbers of a register. Only within ``numbering``."""
    row = tx.rows(REGISTERS).one({"_id": key})
    if row is None:
        raise _NotOpened
    after, numbers = Register(row["series"], row["year"], row["last"]).take(count)
    tx.rows(REGISTERS).save_many([{**row, "last": after.last}])
    return numbers


def _open(work: Work, keys: list[str]) -> None:
    known = {row["_id"] for row in work.view().rows(REGISTERS).find({"_id": {"$in": keys}})}
    for key in sorted(set(keys) - known):
        series, _, year = key.rstrip("〕").partition("〔")
        row = {"_id": key, "series": series, "year": int(year), "last": 0}
        try:
            work.step(f"open register {key}", lambda tx, row=row: _insert(tx, row))  # type: ignore[misc]
        except AlreadyPresent:
            continue


def _insert(tx: Transaction, row: dict[str, Any]) -> dict[str, Any]:
    tx.rows(REGISTERS).insert(dict(row))
    return {}
