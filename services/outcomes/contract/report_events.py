"""Events of research reports (研究报告)."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import Event, EventData
from shared.wording import Words


class ReportsExpected(EventData):
    """Reports of a term are due; one each trainee."""

    term_id = fields.String(required=True)
    due_on = fields.Date(required=True)


class ReportSubmitted(EventData):
    """A version of a report was submitted."""

    report_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    report_version = fields.Integer(required=True)
    late = fields.Boolean(required=True)


class ReportGraded(EventData):
    """A report has its grade."""

    report_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    grade = fields.String(required=True)
    passed = fields.Boolean(required=True)


REPORTS_EXPECTED = Event("outcomes.reports.expected.v1", Words("请提交研究报告", "Reports are due"), ReportsExpected)
REPORT_SUBMITTED = Event(
    "outcomes.report.submitted.v1", Words("研究报告已提交", "A report was submitted"), ReportSubmitted
)
REPORT_GRADED = Event("outcomes.report.graded.v1", Words("研究报告已评定", "A report was graded"), ReportGraded)

EVENTS = (
    REPORTS_EXPECTED,
    REPORT_SUBMITTED,
    REPORT_GRADED,
)
