"""Sign off: objects of Notification (函件与送达).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, TypedDict

from gateway.client.notification.types.parts import Problem


class SignOffReport(TypedDict):
    """A sign-off, letter by letter."""

    done: int
    left: int
    items: list[SignedRow]


class SignedRow(TypedDict):
    """One letter of a sign-off."""

    letter_id: str
    number: str
    done: bool
    state: Literal["registered", "printed", "issued", "unprintable", "void"]
    problem: Problem | None
