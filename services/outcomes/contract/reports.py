"""Research reports (研究报告): versions as files, submission, state."""

from __future__ import annotations

from marshmallow import fields, validate

from services.outcomes.contract.parts import (
    ORGANISERS,
    READERS,
    SCHOOL,
    Classified,
    File,
    WrongState,
    identifier,
    prose,
    unit_path,
)
from services.outcomes.contract.topics import TopicTaken
from services.outcomes.domain.report import State
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Conflict, Invalid, Malformed, NotFound, TooLarge, Unavailable
from shared.security.caller import Role
from shared.wording import Words

STATES = tuple(state.value for state in State)
GRADES = ("excellent", "good", "qualified", "failed", "annulled", "not_submitted")
AUTHOR = frozenset({Role.TRAINEE})
_SEEN = READERS | AUTHOR
_OPENED = ORGANISERS | AUTHOR


class NotAReport(Malformed):
    """The file is not taken; ``details["reason"]`` says which check failed."""

    code = "outcomes.not-a-report"
    status = 422
    title = Words("文件不能作为研究报告", "Not a report")


class ReportTooLarge(TooLarge):
    """The file, or its text, is above the limit."""

    code = "outcomes.report-too-large"
    title = Words("报告文件过大", "Report too large")


class ReportTooLate(Conflict):
    """The last day to submit, or to object, has passed; ``details["last_on"]`` is that day."""

    code = "outcomes.report-too-late"
    title = Words("已过期限", "Too late")


class AuthorshipNotStated(Invalid):
    """A report is submitted with the statement of authorship, or not at all."""

    code = "outcomes.authorship-not-stated"
    title = Words("未作原创声明", "Authorship not stated")


class ReportId(Request):
    """Which report."""

    report_id = identifier(required=True)


class ChooseTopic(Request):
    """The topic of one's report."""

    topic_id = identifier(required=True)


class FileReportVersion(Request):
    """A version of one's own report: .docx, .pdf or .txt."""

    file = fields.String(required=True, metadata={"description": "文件内容，base64 / the file in base64"})
    filename = fields.String(load_default="", validate=validate.Length(max=200))
    title = prose(100, 2, required=True)


class SubmitReport(ReportId):
    """Which version is put forward. ``authorship``: the author makes the statement of authorship."""

    number = fields.Integer(required=True, validate=validate.Range(1, 1000))
    authorship = fields.Boolean(required=True)


class ListReports(Page):
    """Which reports; a trainee gets their own."""

    term_id = identifier()
    unit_id = unit_path()
    state = fields.String(validate=validate.OneOf(STATES))
    grade = fields.String(validate=validate.OneOf(GRADES))


class GetReportFile(ReportId):
    """Which version; by default the one put forward, else the latest."""

    number = fields.Integer(validate=validate.Range(1, 1000))


class SetReportDeadline(Request):
    """The last day in time for a term's reports; it counts to 23:59:59 in the city."""

    term_id = identifier(required=True)
    due_on = fields.Date(required=True)


class ExtendReportDeadline(Request):
    """A later day for one trainee: why, and who approved it."""

    nomination_id = identifier(required=True)
    due_on = fields.Date(required=True)
    reason = prose(500, 2, required=True)
    approver = prose(40, 2, required=True)


class ReturnReport(ReportId):
    """What the author has to mend, and until when; by default as many days as the limits say."""

    note = prose(1000, 2, required=True)
    due_on = fields.Date()


class AnnulReport(ReportId):
    """Why the report counts for nothing (取消成绩)."""

    reason_code = fields.String(required=True, validate=validate.OneOf(("ghost_written", "plagiarised", "other")))
    note = prose(1000, 2, required=True)


class ReportDeadline(Reply):
    """When a term's reports are due, and the last day they are still taken late."""

    term_id = fields.String(required=True)
    due_on = fields.Date(required=True)
    late_until = fields.Date(required=True)


class ReportVersion(Reply):
    """One file the author sent."""

    number = fields.Integer(required=True)
    title = fields.String(required=True)
    filename = fields.String(required=True)
    kind = fields.String(required=True)
    size = fields.Integer(required=True)
    characters = fields.Integer(required=True)
    sha256 = fields.String(required=True)
    filed_at = fields.AwareDateTime(required=True)


class Objection(Reply):
    """The author's objection and what was decided."""

    reason = fields.String(required=True)
    filed_on = fields.Date(required=True)
    upheld = fields.Boolean(required=True, allow_none=True)
    answer = fields.String(required=True)
    decided_on = fields.Date(required=True, allow_none=True)


class ReportRow(Reply):
    """A report's state, without what it says. ``similarity``: text shared with other reports, in percent."""

    report_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    topic_id = fields.String(required=True, allow_none=True)
    title = fields.String(required=True)
    versions = fields.Integer(required=True)
    due_on = fields.Date(required=True, allow_none=True)
    submitted_at = fields.AwareDateTime(required=True, allow_none=True)
    late = fields.Boolean(required=True, allow_none=True)
    similarity = fields.Integer(required=True, allow_none=True)
    grade = fields.String(required=True, allow_none=True, validate=validate.OneOf((*GRADES, None)))
    total = fields.Decimal(places=2, required=True, allow_none=True, as_string=True)
    passed = fields.Boolean(required=True, allow_none=True)
    version = fields.Integer(required=True)


class Report(ReportRow):
    """A report; what is not a matter of state is for its author and the organisers, for others null.

    ``comments`` are those of its reviewers, once it is graded; nobody says which is whose.
    """

    files = fields.List(fields.Nested(ReportVersion), required=True, allow_none=True)
    statement = fields.String(required=True, allow_none=True)
    note = fields.String(required=True, allow_none=True)
    comments = fields.List(fields.String(), required=True, allow_none=True)
    objection = fields.Nested(Objection, required=True, allow_none=True)


CHOOSE_TOPIC = Operation(
    name="choose_topic",
    summary=Words("选定本人研究报告的选题", "Choose the topic of one's report"),
    kind="command",
    verb="POST",
    path="/report-topics/{topic_id}/choice",
    request=ChooseTopic,
    reply=Report,
    roles=AUTHOR,
    errors=(NotFound, WrongState, TopicTaken),
    versioned=True,
)
FILE_REPORT_VERSION = Operation(
    name="file_report_version",
    summary=Words("上传本人研究报告的一稿", "Upload a version of one's report"),
    kind="command",
    verb="POST",
    path="/reports",
    request=FileReportVersion,
    reply=Report,
    roles=AUTHOR,
    errors=(NotFound, NotAReport, ReportTooLarge, Classified, WrongState),
    versioned=True,
    status=201,
    timeout=90.0,
    upload="file",
)
SUBMIT_REPORT = Operation(
    name="submit_report",
    summary=Words("提交研究报告（附原创声明）", "Submit a report with the statement of authorship"),
    kind="command",
    verb="POST",
    path="/reports/{report_id}/submission",
    request=SubmitReport,
    reply=Report,
    roles=AUTHOR,
    errors=(NotFound, WrongState, ReportTooLate, AuthorshipNotStated),
    versioned=True,
)
LIST_REPORTS = Operation(
    name="list_reports",
    summary=Words("查询研究报告提交与评定情况", "List reports and their state"),
    kind="query",
    verb="GET",
    path="/reports",
    request=ListReports,
    reply=page_of(ReportRow),
    roles=_SEEN,
    scope="unit_id",
)
GET_REPORT = Operation(
    name="get_report",
    summary=Words("查看一份研究报告", "Show a report"),
    kind="query",
    verb="GET",
    path="/reports/{report_id}",
    request=ReportId,
    reply=Report,
    roles=_SEEN,
    errors=(NotFound,),
    versioned=True,
)
GET_REPORT_FILE = Operation(
    name="get_report_file",
    summary=Words("下载研究报告（留痕）", "Download a report; who did is audited"),
    kind="query",
    verb="GET",
    path="/reports/{report_id}/file",
    request=GetReportFile,
    reply=File,
    roles=_OPENED,
    errors=(NotFound,),
    timeout=30.0,
    download=True,
)
SET_REPORT_DEADLINE = Operation(
    name="set_report_deadline",
    summary=Words("设定一期研究报告的提交期限", "Set the day a term's reports are due"),
    kind="command",
    verb="PUT",
    path="/terms/{term_id}/report-deadline",
    request=SetReportDeadline,
    reply=ReportDeadline,
    roles=SCHOOL,
    errors=(NotFound, Invalid),
)
EXTEND_REPORT_DEADLINE = Operation(
    name="extend_report_deadline",
    summary=Words("批准个人延期提交", "Grant one trainee a later day"),
    kind="command",
    verb="POST",
    path="/report-extensions",
    request=ExtendReportDeadline,
    reply=Report,
    roles=ORGANISERS,
    errors=(NotFound, WrongState, Unavailable),
    versioned=True,
)
RETURN_REPORT = Operation(
    name="return_report",
    summary=Words("退回修改", "Return a report to its author"),
    kind="command",
    verb="POST",
    path="/reports/{report_id}/return",
    request=ReturnReport,
    reply=Report,
    roles=SCHOOL,
    errors=(NotFound, Invalid, WrongState),
    versioned=True,
)
ANNUL_REPORT = Operation(
    name="annul_report",
    summary=Words("取消研究报告成绩", "Annul a report"),
    kind="command",
    verb="POST",
    path="/reports/{report_id}/annulment",
    request=AnnulReport,
    reply=Report,
    roles=SCHOOL,
    errors=(NotFound, WrongState),
    versioned=True,
)

OPERATIONS = (
    CHOOSE_TOPIC,
    FILE_REPORT_VERSION,
    SUBMIT_REPORT,
    LIST_REPORTS,
    GET_REPORT,
    GET_REPORT_FILE,
    SET_REPORT_DEADLINE,
    EXTEND_REPORT_DEADLINE,
    RETURN_REPORT,
    ANNUL_REPORT,
)
