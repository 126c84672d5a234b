"""Sending units: objects of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict


class SendingUnit(TypedDict):
    """A unit that sends people."""

    unit_id: str
    title: str
    staff: int
    far: bool
    version: int


class SendingUnitPage(TypedDict):
    """One page of SendingUnit."""

    items: list[SendingUnit]
    next_cursor: NotRequired[str | None]
