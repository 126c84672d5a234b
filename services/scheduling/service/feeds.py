"""Entrypoints: calendar feeds."""

from __future__ import annotations

from typing import Any

from services.scheduling.commands import feeds
from services.scheduling.contract import feeds as contract
from services.scheduling.queries import feeds as feed_queries
from services.scheduling.service.desk import Desk
from shared.messaging import Call, serves


class FeedEntrypoints(Desk):
    """Calendar feeds."""

    @serves(contract.ISSUE_FEED)
    def issue_feed(self, call: Call) -> dict[str, Any]:
        """Issue a feed."""
        return self.kit.command(call, feeds.issue_feed)

    @serves(contract.ISSUE_OWN_FEED)
    def issue_own_feed(self, call: Call) -> dict[str, Any]:
        """Issue the caller's own feed."""
        return self.kit.command(call, feeds.issue_own_feed)

    @serves(contract.LIST_FEEDS)
    def list_feeds(self, call: Call) -> dict[str, Any]:
        """List feeds."""
        return self.kit.query(call, feed_queries.list_feeds)

    @serves(contract.REVOKE_FEED)
    def revoke_feed(self, call: Call) -> dict[str, Any]:
        """Take a feed back."""
        return self.kit.command(call, feeds.revoke_feed)

    @serves(contract.READ_FEED)
    def read_feed(self, call: Call) -> dict[str, Any]:
        """Return the calendar of a feed."""
        return self.kit.query(call, feed_queries.read_feed)
