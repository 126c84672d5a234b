"""Topics of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.outcomes.types.topics import Topic, TopicPage
from gateway.client.wire import UNSET, Caller, Unset, given


class TopicsCalls(Caller):
    """成果运用 / Outcomes: topics."""

    def propose_topic(
        self,
        *,
        title: str,
        term_id: str | Unset = UNSET,
        description: str | Unset = UNSET,
        places: int | Unset | None = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Topic:
        """提出研究报告选题 / Propose a topic for reports."""
        return self._wire.send(
            Topic,
            "POST",
            "/report-topics",
            given(term_id=term_id, title=title, description=description, places=places),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def decide_topic(
        self,
        *,
        topic_id: str,
        approved: bool,
        reason: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Topic:
        """审定选题 / Approve or decline a topic."""
        return self._wire.send(
            Topic,
            "POST",
            "/report-topics/{topic_id}/decision",
            given(topic_id=topic_id, approved=approved, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def list_topics(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        state: Literal["proposed", "approved", "declined"] | Unset = UNSET,
    ) -> TopicPage:
        """查询选题 / List topics."""
        return self._wire.send(
            TopicPage, "GET", "/report-topics", given(cursor=cursor, limit=limit, term_id=term_id, state=state)
        )
