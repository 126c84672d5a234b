"""Topics: objects of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict


class Topic(TypedDict):
    """A topic; ``own`` whether the caller, a trainee, proposed it."""

    topic_id: str
    term_id: str
    title: str
    description: str
    state: Literal["proposed", "approved", "declined"]
    proposed_by: Literal["organisers", "trainee"]
    own: bool
    reason: str
    places: int | None
    chosen: int
    version: int


class TopicPage(TypedDict):
    """One page of Topic."""

    items: list[Topic]
    next_cursor: NotRequired[str | None]
