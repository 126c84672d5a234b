"""Conditions: objects of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, TypedDict

from gateway.client.enrollment.types.parts import Text


class ConditionsReply(TypedDict):
    """What is asked of nominations, who said so, and where it comes from."""

    scope_id: str
    scope: Literal["programme", "term"]
    lowest: str | None
    highest: str | None
    posts: list[str]
    head_cap: int | None
    nominations_close_on: str | None
    source: str
    set_by: str
    set_at: str
    version: int


class RankLevel(TypedDict):
    """One level; ``names`` are the spellings read as it."""

    code: str
    title: Text
    names: list[str]


class RankLevels(TypedDict):
    """The levels, the lowest first, and where the table comes from."""

    items: list[RankLevel]
    source: str
    basis: str
