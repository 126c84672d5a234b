"""Commands of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client import outcomes_types as types
from gateway.client.wire import UNSET, Unset, Wire, given


class OutcomesCommands:
    """成果运用 / Outcomes."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire

    def file_questions(
        self,
        *,
        term_id: str,
        unit_id: str,
        questions: list[types.QuestionText],
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.QuestionSet:
        """报送重点难点问题和典型案例 / File questions and cases."""
        return self._wire.send(
            types.QuestionSet,
            "POST",
            "/question-sets",
            given(term_id=term_id, unit_id=unit_id, questions=questions),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def cluster_questions(self, *, term_id: str, idempotency_key: str | None = None) -> types.Coverage:
        """整理一期的问题：隐去姓名、归并、对应课次 / Mask, cluster and match a term's questions."""
        return self._wire.send(
            types.Coverage,
            "POST",
            "/terms/{term_id}/question-clusters",
            given(term_id=term_id),
            idempotency_key=idempotency_key,
        )

    def merge_question_clusters(
        self, *, cluster_id: str, cluster_ids: list[str], idempotency_key: str | None = None
    ) -> types.Cluster:
        """合并几类问题 / Merge clusters of questions."""
        return self._wire.send(
            types.Cluster,
            "POST",
            "/question-clusters/{cluster_id}/merge",
            given(cluster_id=cluster_id, cluster_ids=cluster_ids),
            idempotency_key=idempotency_key,
        )

    def split_question_cluster(
        self, *, cluster_id: str, question_ids: list[str], idempotency_key: str | None = None
    ) -> types.Cluster:
        """拆分一类问题 / Split a cluster of questions."""
        return self._wire.send(
            types.Cluster,
            "POST",
            "/question-clusters/{cluster_id}/split",
            given(cluster_id=cluster_id, question_ids=question_ids),
            idempotency_key=idempotency_key,
        )

    def change_question_cluster(
        self,
        *,
        cluster_id: str,
        wording: str | Unset = UNSET,
        session_id: str | Unset | None = UNSET,
        idempotency_key: str | None = None,
    ) -> types.Cluster:
        """改写措辞或指定课次 / Reword a cluster, or put it to another session."""
        return self._wire.send(
            types.Cluster,
            "PATCH",
            "/question-clusters/{cluster_id}",
            given(cluster_id=cluster_id, wording=wording, session_id=session_id),
            idempotency_key=idempotency_key,
        )

    def hand_over_questions(self, *, term_id: str, idempotency_key: str | None = None) -> types.Coverage:
        """向授课教师转交一期的问题和案例 / Hand a term's questions to the lecturers."""
        return self._wire.send(
            types.Coverage,
            "POST",
            "/terms/{term_id}/question-handovers",
            given(term_id=term_id),
            idempotency_key=idempotency_key,
        )

    def receipt_handover(
        self, *, handover_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.Handover:
        """回执：已收到转交的问题 / Receipt a hand-over."""
        return self._wire.send(
            types.Handover,
            "POST",
            "/question-handovers/{handover_id}/receipt",
            given(handover_id=handover_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def answer_question(
        self,
        *,
        handover_id: str,
        cluster_id: str,
        outcome: Literal["answered", "used", "not_covered"],
        text: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Handover:
        """登记问题的解答、采用或未涉及 / Say what became of a question."""
        return self._wire.send(
            types.Handover,
            "POST",
            "/question-handovers/{handover_id}/answers",
            given(handover_id=handover_id, cluster_id=cluster_id, outcome=outcome, text=text),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def propose_topic(
        self,
        *,
        title: str,
        term_id: str | Unset = UNSET,
        description: str | Unset = UNSET,
        places: int | Unset | None = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Topic:
        """提出研究报告选题 / Propose a topic for reports."""
        return self._wire.send(
            types.Topic,
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
    ) -> types.Topic:
        """审定选题 / Approve or decline a topic."""
        return self._wire.send(
            types.Topic,
            "POST",
            "/report-topics/{topic_id}/decision",
            given(topic_id=topic_id, approved=approved, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def choose_topic(
        self, *, topic_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.Report:
        """选定本人研究报告的选题 / Choose the topic of one's report."""
        return self._wire.send(
            types.Report,
            "POST",
            "/report-topics/{topic_id}/choice",
            given(topic_id=topic_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def file_report_version(
        self,
        *,
        file: bytes,
        title: str,
        filename: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Report:
        """上传本人研究报告的一稿 / Upload a version of one's report."""
        return self._wire.send(
            types.Report,
            "POST",
            "/reports",
            given(file=file, filename=filename, title=title),
            idempotency_key=idempotency_key,
            if_match=if_match,
            upload="file",
        )

    def submit_report(
        self,
        *,
        report_id: str,
        number: int,
        authorship: bool,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Report:
        """提交研究报告（附原创声明） / Submit a report with the statement of authorship."""
        return self._wire.send(
            types.Report,
            "POST",
            "/reports/{report_id}/submission",
            given(report_id=report_id, number=number, authorship=authorship),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def set_report_deadline(
        self, *, term_id: str, due_on: str, idempotency_key: str | None = None
    ) -> types.ReportDeadline:
        """设定一期研究报告的提交期限 / Set the day a term's reports are due."""
        return self._wire.send(
            types.ReportDeadline,
            "PUT",
            "/terms/{term_id}/report-deadline",
            given(term_id=term_id, due_on=due_on),
            idempotency_key=idempotency_key,
        )

    def extend_report_deadline(
        self,
        *,
        nomination_id: str,
        due_on: str,
        reason: str,
        approver: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Report:
        """批准个人延期提交 / Grant one trainee a later day."""
        return self._wire.send(
            types.Report,
            "POST",
            "/report-extensions",
            given(nomination_id=nomination_id, due_on=due_on, reason=reason, approver=approver),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def return_report(
        self,
        *,
        report_id: str,
        note: str,
        due_on: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Report:
        """退回修改 / Return a report to its author."""
        return self._wire.send(
            types.Report,
            "POST",
            "/reports/{report_id}/return",
            given(report_id=report_id, note=note, due_on=due_on),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def annul_report(
        self,
        *,
        report_id: str,
        reason_code: Literal["ghost_written", "plagiarised", "other"],
        note: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Report:
        """取消研究报告成绩 / Annul a report."""
        return self._wire.send(
            types.Report,
            "POST",
            "/reports/{report_id}/annulment",
            given(report_id=report_id, reason_code=reason_code, note=note),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def clear_report_similarity(
        self, *, report_id: str, note: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.Report:
        """核查相同段落：予以放行 / Let a held report go on to review."""
        return self._wire.send(
            types.Report,
            "POST",
            "/reports/{report_id}/similarity/clearance",
            given(report_id=report_id, note=note),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def put_review_panel(
        self, *, term_id: str, members: list[types.PanelMember], idempotency_key: str | None = None
    ) -> types.Panel:
        """设定一期研究报告的评审人 / Set the reviewers of a term's reports."""
        return self._wire.send(
            types.Panel,
            "PUT",
            "/terms/{term_id}/review-panel",
            given(term_id=term_id, members=members),
            idempotency_key=idempotency_key,
        )

    def assign_reviews(self, *, term_id: str, idempotency_key: str | None = None) -> types.Assignment:
        """分派盲审 / Assign blind reviews."""
        return self._wire.send(
            types.Assignment,
            "POST",
            "/terms/{term_id}/reviews",
            given(term_id=term_id),
            idempotency_key=idempotency_key,
        )

    def return_review(
        self,
        *,
        review_id: str,
        scores: list[types.Score],
        comment: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Review:
        """提交评审意见 / Return a review."""
        return self._wire.send(
            types.Review,
            "POST",
            "/reviews/{review_id}/result",
            given(review_id=review_id, scores=scores, comment=comment),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def decline_review(
        self, *, review_id: str, reason: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.Review:
        """回避或谢绝评审 / Decline a review."""
        return self._wire.send(
            types.Review,
            "POST",
            "/reviews/{review_id}/refusal",
            given(review_id=review_id, reason=reason),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def object_to_grade(
        self, *, report_id: str, reason: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.Report:
        """对评定结果提出异议 / Object to one's grade."""
        return self._wire.send(
            types.Report,
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
    ) -> types.Report:
        """答复异议 / Decide on an objection."""
        return self._wire.send(
            types.Report,
            "POST",
            "/reports/{report_id}/objection/decision",
            given(report_id=report_id, upheld=upheld, answer=answer),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def compile_report_collection(
        self,
        *,
        title: str,
        term_id: str | Unset = UNSET,
        plan_id: str | Unset = UNSET,
        report_ids: list[str] | Unset = UNSET,
        credited: bool | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Collection:
        """选编优秀研究报告 / Compile a collection of reports."""
        return self._wire.send(
            types.Collection,
            "POST",
            "/report-collections",
            given(title=title, term_id=term_id, plan_id=plan_id, report_ids=report_ids, credited=credited),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def file_proposal(
        self,
        *,
        title: str,
        body: str,
        nomination_id: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Proposal:
        """提出政策建议 / File a policy proposal."""
        return self._wire.send(
            types.Proposal,
            "POST",
            "/proposals",
            given(nomination_id=nomination_id, title=title, body=body),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def withdraw_proposal(
        self, *, proposal_id: str, idempotency_key: str | None = None, if_match: int | None = None
    ) -> types.Proposal:
        """撤回政策建议 / Take a proposal back."""
        return self._wire.send(
            types.Proposal,
            "POST",
            "/proposals/{proposal_id}/withdrawal",
            given(proposal_id=proposal_id),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def forward_proposal(
        self,
        *,
        proposal_id: str,
        receiving_unit_id: str,
        due_on: str | Unset = UNSET,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Proposal:
        """转送有关部门研究 / Forward a proposal to a department."""
        return self._wire.send(
            types.Proposal,
            "POST",
            "/proposals/{proposal_id}/forwarding",
            given(proposal_id=proposal_id, receiving_unit_id=receiving_unit_id, due_on=due_on),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def answer_proposal(
        self,
        *,
        proposal_id: str,
        decision: Literal["adopted", "partly_adopted", "declined"],
        answer: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Proposal:
        """部门答复：采纳、部分采纳或不采纳 / Adopt, partly adopt or decline, with the answer."""
        return self._wire.send(
            types.Proposal,
            "POST",
            "/proposals/{proposal_id}/answer",
            given(proposal_id=proposal_id, decision=decision, answer=answer),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def record_follow_up(
        self,
        *,
        proposal_id: str,
        month: int,
        progress: Literal["not_started", "in_progress", "completed", "stopped"],
        evidence: str,
        idempotency_key: str | None = None,
        if_match: int | None = None,
    ) -> types.Proposal:
        """填报采纳后的进展 / Record how far an adopted proposal has come."""
        return self._wire.send(
            types.Proposal,
            "POST",
            "/proposals/{proposal_id}/follow-ups",
            given(proposal_id=proposal_id, month=month, progress=progress, evidence=evidence),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def evaluate_session(
        self,
        *,
        session_id: str,
        points: list[types.Points],
        comment: str | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> types.Counted:
        """匿名评教 / Evaluate a session, anonymously."""
        return self._wire.send(
            types.Counted,
            "POST",
            "/session-evaluations",
            given(session_id=session_id, points=points, comment=comment),
            idempotency_key=idempotency_key,
        )
