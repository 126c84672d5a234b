"""Reviews of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.outcomes.types.reports import Report
from gateway.client.outcomes.types.reviews import Assignment, Panel, PanelMember, Review, ReviewRowPage, Score
from gateway.client.wire import UNSET, Caller, Download, Unset, given


class ReviewsCalls(Caller):
    """成果运用 / Outcomes: reviews."""

    def put_review_panel(
        self, *, term_id: str, members: list[PanelMember], idempotency_key: str | None = None
    ) -> Panel:
        """设定一期研究报告的评审人 / Set the reviewers of a term's reports."""
        return self._wire.send(
            Panel,
            "PUT",
            "/terms/{term_id}/review-panel",
            given(term_id=term_id, members=members),
            idempotency_key=idempotency_key,
        )

    def get_review_panel(self, *, term_id: str) -> Panel:
        """查看评审人 / Show the reviewers of a term."""
        return self._wire.send(Panel, "GET", "/terms/{term_id}/review-panel", given(term_id=term_id))

    def assign_reviews(self, *, term_id: str, idempotency_key: str | None = None) -> Assignment:
        """分派盲审 / Assign blind reviews."""
        return self._wire.send(
            Assignment, "POST", "/terms/{term_id}/reviews", given(term_id=term_id), idempotency_key=idempotency_key
        )

    def list_reviews(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        report_id: str | Unset = UNSET,
        state: Literal["open", "returned", "declined", "cancelled"] | Unset = UNSET,
    ) -> ReviewRowPage:
        """查询评审 / List reviews."""
        return self._wire.send(
            ReviewRowPage,
            "GET",
            "/reviews",
            given(cursor=cursor, limit=limit, term_id=term_id, report_id=report_id, state=state),
        )

    def get_review(self, *, review_id: str) -> Review:
        """查看一份评审 / Show a review with its rubric."""
        return self._wire.send(Review, "GET", "/reviews/{review_id}", given(review_id=review_id))

    def get_review_file(self, *, review_id: str) -> Download:
        """下载匿名报告 / Download the report without its author."""
        return self._wire.download("GET", "/reviews/{review_id}/file", given(review_id=review_id))

    def return_review(
        self,
        *,
        review_id: str,
        scores: list[Score],
        comment: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Review:
        """提交评审意见 / Return a review."""
        return self._wire.send(
            Review,
            "POST",
            "/reviews/{review_id}/result",
            given(review_id=review_id, scores=scores, comment=comment),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def decline_review(
        self, *, review_id: str, reason: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> Review:
        """回避或谢绝评审 / Decline a review."""
        return self._wire.send(
            Review,
            "POST",
            "/reviews/{review_id}/refusal",
            given(review_id=review_id, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def object_to_grade(
        self, *, report_id: str, reason: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> Report:
        """对评定结果提出异议 / Object to one's grade."""
        return self._wire.send(
            Report,
            "POST",
            "/reports/{report_id}/objection",
            given(report_id=report_id, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def decide_objection(
        self,
        *,
        report_id: str,
        upheld: bool,
        answer: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> Report:
        """答复异议 / Decide on an objection."""
        return self._wire.send(
            Report,
            "POST",
            "/reports/{report_id}/objection/decision",
            given(report_id=report_id, upheld=upheld, answer=answer),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )
