"""Feeds of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.scheduling.types.feeds import FeedRow, FeedRowPage, IssuedFeed
from gateway.client.wire import UNSET, Caller, Download, Unset, given


class FeedsCalls(Caller):
    """计划与排期 / Plans and scheduling: feeds."""

    def issue_feed(
        self,
        *,
        kind: Literal["term", "lecturer", "room"],
        target_id: str,
        label: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> IssuedFeed:
        """签发日历订阅地址 / Issue a calendar feed of a term, a lecturer or a room."""
        return self._wire.send(
            IssuedFeed,
            "POST",
            "/feeds",
            given(kind=kind, target_id=target_id, label=label),
            idempotency_key=idempotency_key,
        )

    def issue_own_feed(self, *, idempotency_key: str | None = None) -> IssuedFeed:
        """领取本人的日历订阅地址（原地址作废） / Get one's own calendar feed; the earlier one ends."""
        return self._wire.send(IssuedFeed, "POST", "/my/feed", given(), idempotency_key=idempotency_key)

    def list_feeds(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        kind: Literal["term", "lecturer", "room"] | Unset = UNSET,
        target_id: str | Unset = UNSET,
        revoked: bool | Unset = UNSET,
    ) -> FeedRowPage:
        """列出日历订阅 / List calendar feeds."""
        return self._wire.send(
            FeedRowPage,
            "GET",
            "/feeds",
            given(cursor=cursor, limit=limit, kind=kind, target_id=target_id, revoked=revoked),
        )

    def revoke_feed(self, *, feed_id: str, idempotency_key: str | None = None, if_match: int | None = None) -> FeedRow:
        """收回日历订阅 / Take a calendar feed back."""
        return self._wire.send(
            FeedRow,
            "POST",
            "/feeds/{feed_id}/revocation",
            given(feed_id=feed_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def read_feed(self, *, token: str) -> Download:
        """读取日历订阅 / Read a calendar feed."""
        return self._wire.download("GET", "/feeds/{token}/calendar", given(token=token))
