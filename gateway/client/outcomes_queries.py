"""Queries of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client import outcomes_types as types
from gateway.client.wire import UNSET, Download, Unset, Wire, given


class OutcomesQueries:
    """成果运用 / Outcomes."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def list_question_sets(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        roster_complete: bool | Unset = UNSET,
    ) -> types.QuestionSetSummaryPage:
        """查询问题清单 / List question sets."""
        return self._wire.send(
            types.QuestionSetSummaryPage,
            "GET",
            "/question-sets",
            given(cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, roster_complete=roster_complete),
        )

    def get_question_set(self, *, question_set_id: str) -> types.QuestionSet:
        """查看一份问题清单 / Show one question set."""
        return self._wire.send(
            types.QuestionSet, "GET", "/question-sets/{question_set_id}", given(question_set_id=question_set_id)
        )

    def list_question_clusters(
        self,
        *,
        term_id: str,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        state: Literal["unmatched", "waiting", "handed_over", "answered", "used", "not_covered"] | Unset = UNSET,
        session_id: str | Unset = UNSET,
    ) -> types.ClusterRowPage:
        """查询归并后的问题 / List clusters of questions."""
        return self._wire.send(
            types.ClusterRowPage,
            "GET",
            "/question-clusters",
            given(cursor=cursor, limit=limit, term_id=term_id, state=state, session_id=session_id),
        )

    def get_question_cluster(self, *, cluster_id: str) -> types.Cluster:
        """查看一类问题 / Show a cluster of questions."""
        return self._wire.send(types.Cluster, "GET", "/question-clusters/{cluster_id}", given(cluster_id=cluster_id))

    def get_question_coverage(self, *, term_id: str) -> types.Coverage:
        """问题解答覆盖情况 / How far a term's questions are covered."""
        return self._wire.send(types.Coverage, "GET", "/terms/{term_id}/question-coverage", given(term_id=term_id))

    def list_handovers(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        lecturer_id: str | Unset = UNSET,
        state: Literal["open", "receipted", "closed"] | Unset = UNSET,
    ) -> types.HandoverRowPage:
        """查询问题转交情况 / List hand-overs of questions."""
        return self._wire.send(
            types.HandoverRowPage,
            "GET",
            "/question-handovers",
            given(cursor=cursor, limit=limit, term_id=term_id, lecturer_id=lecturer_id, state=state),
        )

    def get_handover(self, *, handover_id: str) -> types.Handover:
        """查看转交的问题 / Show a hand-over with its questions."""
        return self._wire.send(
            types.Handover, "GET", "/question-handovers/{handover_id}", given(handover_id=handover_id)
        )

    def list_topics(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        state: Literal["proposed", "approved", "declined"] | Unset = UNSET,
    ) -> types.TopicPage:
        """查询选题 / List topics."""
        return self._wire.send(
            types.TopicPage, "GET", "/report-topics", given(cursor=cursor, limit=limit, term_id=term_id, state=state)
        )

    def list_reports(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        state: Literal["drafting", "submitted", "held", "ready", "in_review", "graded", "annulled", "withdrawn"]
        | Unset = UNSET,
        grade: Literal["excellent", "good", "qualified", "failed", "annulled"] | Unset = UNSET,
    ) -> types.ReportRowPage:
        """查询研究报告提交与评定情况 / List reports and their state."""
        return self._wire.send(
            types.ReportRowPage,
            "GET",
            "/reports",
            given(cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, state=state, grade=grade),
        )

    def get_report(self, *, report_id: str) -> types.Report:
        """查看一份研究报告 / Show a report."""
        return self._wire.send(types.Report, "GET", "/reports/{report_id}", given(report_id=report_id))

    def get_report_file(self, *, report_id: str, number: int | Unset = UNSET) -> Download:
        """下载研究报告（留痕） / Download a report; who did is audited."""
        return self._wire.download("GET", "/reports/{report_id}/file", given(report_id=report_id, number=number))

    def get_report_similarity(self, *, report_id: str) -> types.Similarity:
        """查看研究报告相同段落 / Show what a report shares with others."""
        return self._wire.send(types.Similarity, "GET", "/reports/{report_id}/similarity", given(report_id=report_id))

    def get_review_panel(self, *, term_id: str) -> types.Panel:
        """查看评审人 / Show the reviewers of a term."""
        return self._wire.send(types.Panel, "GET", "/terms/{term_id}/review-panel", given(term_id=term_id))

    def list_reviews(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        report_id: str | Unset = UNSET,
        state: Literal["open", "returned", "declined", "cancelled"] | Unset = UNSET,
    ) -> types.ReviewRowPage:
        """查询评审 / List reviews."""
        return self._wire.send(
            types.ReviewRowPage,
            "GET",
            "/reviews",
            given(cursor=cursor, limit=limit, term_id=term_id, report_id=report_id, state=state),
        )

    def get_review(self, *, review_id: str) -> types.Review:
        """查看一份评审 / Show a review with its rubric."""
        return self._wire.send(types.Review, "GET", "/reviews/{review_id}", given(review_id=review_id))

    def get_review_file(self, *, review_id: str) -> Download:
        """下载匿名报告 / Download the report without its author."""
        return self._wire.download("GET", "/reviews/{review_id}/file", given(review_id=review_id))

    def list_report_collections(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        plan_id: str | Unset = UNSET,
    ) -> types.CollectionPage:
        """查询优秀研究报告选编 / List collections of reports."""
        return self._wire.send(
            types.CollectionPage,
            "GET",
            "/report-collections",
            given(cursor=cursor, limit=limit, term_id=term_id, plan_id=plan_id),
        )

    def get_report_collection_file(self, *, collection_id: str) -> Download:
        """下载优秀研究报告选编（Word） / Download a collection as one Word document."""
        return self._wire.download(
            "GET", "/report-collections/{collection_id}/file", given(collection_id=collection_id)
        )

    def list_proposals(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        term_id: str | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        state: Literal["filed", "forwarded", "adopted", "partly_adopted", "declined", "withdrawn"] | Unset = UNSET,
        received: bool | Unset = UNSET,
    ) -> types.ProposalRowPage:
        """查询政策建议 / List policy proposals."""
        return self._wire.send(
            types.ProposalRowPage,
            "GET",
            "/proposals",
            given(cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, state=state, received=received),
        )

    def get_proposal(self, *, proposal_id: str) -> types.Proposal:
        """查看一条政策建议 / Show a policy proposal."""
        return self._wire.send(types.Proposal, "GET", "/proposals/{proposal_id}", given(proposal_id=proposal_id))

    def list_follow_ups(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        unit_id: str | Unset = UNSET,
        due_until: str | Unset = UNSET,
    ) -> types.ProposalPage:
        """查询待跟踪的建议 / List proposals by their next follow-up."""
        return self._wire.send(
            types.ProposalPage,
            "GET",
            "/follow-ups",
            given(cursor=cursor, limit=limit, unit_id=unit_id, due_until=due_until),
        )

    def get_session_evaluations(self, *, term_id: str) -> types.Evaluations:
        """查看评教结果 / Show what trainees think of sessions."""
        return self._wire.send(types.Evaluations, "GET", "/terms/{term_id}/session-evaluations", given(term_id=term_id))

    def get_outcomes_figures(self, *, plan_id: str) -> types.Figures:
        """成果运用年度数据 / The year's figures of outcomes."""
        return self._wire.send(types.Figures, "GET", "/figures/{plan_id}/outcomes", given(plan_id=plan_id))

    def list_outcomes_limits(self) -> types.Limits:
        """成果运用各项限额与依据 / The limits of outcomes with their sources."""
        return self._wire.send(types.Limits, "GET", "/limits/outcomes", given())

    def export_outcomes_files(self, *, term_id: str) -> types.ExportedFiles:
        """导出一期的归档文件 / Export the files of a term for its archive."""
        return self._wire.send(types.ExportedFiles, "GET", "/terms/{term_id}/files/outcomes", given(term_id=term_id))
