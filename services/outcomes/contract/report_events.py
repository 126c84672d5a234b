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


class ReportReturned(EventData):
    """A report went back to its author, to be written anew by ``due_on``."""

    report_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    due_on = fields.Date(load_default=None, allow_none=True)


class ReviewsAssigned(EventData):
    """A reviewer has reports to review by ``due_on``; nothing in it leads to an author."""

    term_id = fields.String(required=True)
    lecturer_id = fields.String(required=True)
    review_ids = fields.List(fields.String(), required=True)
    due_on = fields.Date(required=True)


class ObjectionDecided(EventData):
    """An author's objection was decided; upheld, the report is reviewed once more."""

    report_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    upheld = fields.Boolean(required=True)


class ReportGraded(EventData):
    """A report has its grade, or a new one after an objection; ``annulled`` and ``not_submitted`` are not passed.

    ``not_submitted`` is told when nothing can be handed in any more; by a later day the report is opened again, and may
    still be graded.
    """

    report_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    grade = fields.String(required=True)
    passed = fields.Boolean(required=True)


class ReportReopened(EventData):
    """A report that had counted as ``not_submitted`` may still be handed in, or was: it has no grade any more."""

    report_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)


REPORTS_EXPECTED = Event("outcomes.reports.expected.v1", Words("请提交研究报告", "Reports are due"), ReportsExpected)
REPORT_SUBMITTED = Event(
    "outcomes.report.submitted.v1", Words("研究报告已提交", "A report was submitted"), ReportSubmitted
)
REPORT_RETURNED = Event(
    "outcomes.report.returned.v1", Words("研究报告退回修改", "A report was returned"), ReportReturned
)
REVIEWS_ASSIGNED = Event(
    "outcomes.reviews.assigned.v1", Words("请评审研究报告", "Reviews were assigned"), ReviewsAssigned
)
OBJECTION_DECIDED = Event(
    "outcomes.objection.decided.v1", Words("异议已答复", "An objection was decided"), ObjectionDecided
)
REPORT_GRADED = Event("outcomes.report.graded.v1", Words("研究报告已评定", "A report was graded"), ReportGraded)
REPORT_REOPENED = Event(
    "outcomes.report.reopened.v1", Words("研究报告可以补交", "A report may still be handed in"), ReportReopened
)

EVENTS = (
    REPORTS_EXPECTED,
    REPORT_SUBMITTED,
    REPORT_RETURNED,
    REVIEWS_ASSIGNED,
    OBJECTION_DECIDED,
    REPORT_GRADED,
    REPORT_REOPENED,
)
