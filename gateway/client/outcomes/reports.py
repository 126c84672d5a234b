"""Reports of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.outcomes.types.reports import Report, ReportDeadline, ReportRowPage
from gateway.client.outcomes.types.similarities import Similarity
from gateway.client.wire import UNSET, Caller, Download, Unset, given


class ReportsCalls(Caller):
    """成果运用 / Outcomes: reports."""

    def choose_topic(self, *, topic_id: str, idempotency_key: str | None = None, if_match: int | None = None) -> Report:
        """选定本人研究报告的选题 / Choose the topic of one's report."""
        return self._wire.send(
            Report,
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
    ) -> Report:
        """上传本人研究报告的一稿 / Upload a version of one's report."""
        return self._wire.send(
            Report,
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
    ) -> Report:
        """提交研究报告（附原创声明） / Submit a report with the statement of authorship."""
        return self._wire.send(
            Report,
            "POST",
            "/reports/{report_id}/submission",
            given(report_id=report_id, number=number, authorship=authorship),
            idempotency_key=idempotency_key,
            if_match=if_match,
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
        grade: Literal["excellent", "good", "qualified", "failed", "annulled", "not_submitted"] | Unset = UNSET,
    ) -> ReportRowPage:
        """查询研究报告提交与评定情况 / List reports and their state."""
        return self._wire.send(
            ReportRowPage,
            "GET",
            "/reports",
            given(cursor=cursor, limit=limit, term_id=term_id, unit_id=unit_id, state=state, grade=grade),
        )

    def get_report(self, *, report_id: str) -> Report:
        """查看一份研究报告 / Show a report."""
        return self._wire.send(Report, "GET", "/reports/{report_id}", given(report_id=report_id))

    def get_report_file(self, *, report_id: str, number: int | Unset = UNSET) -> Download:
        """下载研究报告（留痕） / Download a report; who did is audited."""
        return self._wire.download("GET", "/reports/{report_id}/file", given(report_id=report_id, number=number))

    def set_report_deadline(self, *, term_id: str, due_on: str, idempotency_key: str | None = None) -> ReportDeadline:
        """设定一期研究报告的提交期限 / Set the day a term's reports are due."""
        return self._wire.send(
            ReportDeadline,
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
    ) -> Report:
        """批准个人延期提交 / Grant one trainee a later day."""
        return self._wire.send(
            Report,
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
    ) -> Report:
        """退回修改 / Return a report to its author."""
        return self._wire.send(
            Report,
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
    ) -> Report:
        """取消研究报告成绩 / Annul a report."""
        return self._wire.send(
            Report,
            "POST",
            "/reports/{report_id}/annulment",
            given(report_id=report_id, reason_code=reason_code, note=note),
            idempotency_key=idempotency_key,
            if_match=if_match,
        )

    def get_report_similarity(self, *, report_id: str) -> Similarity:
        """查看研究报告相同段落 / Show what a report shares with others."""
        return self._wire.send(Similarity, "GET", "/reports/{report_id}/similarity", given(report_id=report_id))
