"""Placement adoptions: objects of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import TypedDict


class Adoption(TypedDict):
    """What was done: the terms that lie elsewhere now, and the blackouts that were set."""

    moved: list[str]
    blackout_ids: list[str]


class PlacementMove(TypedDict):
    """Where a term goes, as the preview's ``moves`` say."""

    term_id: str
    starts_on: str
    room_id: str
