"""Feeds: objects of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class FeedRow(TypedDict):
    """A feed. ``personal``: a trainee or lecturer asked for it by their own link."""

    feed_id: str
    kind: Literal["term", "lecturer", "room"]
    target_id: str
    label: str
    personal: bool
    issued_at: str
    issued_by: str
    revoked_at: str | None
    revoked_by: str | None
    version: int


class FeedRowPage(TypedDict):
    """One page of FeedRow."""

    items: list[FeedRow]
    next_cursor: NotRequired[str | None]


class IssuedFeed(TypedDict):
    """A new feed. Its token stands in this reply and nowhere else; ``path`` is where calendar programs fetch it."""

    feed_id: str
    kind: Literal["term", "lecturer", "room"]
    target_id: str
    label: str
    personal: bool
    issued_at: str
    issued_by: str
    revoked_at: str | None
    revoked_by: str | None
    version: int
    token: str
    path: str
