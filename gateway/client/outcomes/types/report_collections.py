"""Report collections: objects of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict


class Collection(TypedDict):
    """A collection of reports."""

    collection_id: str
    title: str
    term_id: str | None
    plan_id: str | None
    report_ids: list[str]
    credited: bool
    compiled_at: str
    version: int


class CollectionPage(TypedDict):
    """One page of Collection."""

    items: list[Collection]
    next_cursor: NotRequired[str | None]
