"""What a report shares with others, passage by passage, for a person to judge."""

from __future__ import annotations

from marshmallow import fields

from services.outcomes.contract.parts import ORGANISERS, SCHOOL, WrongState, prose
from services.outcomes.contract.reports import Report, ReportId
from shared.contracts import Operation, Reply
from shared.errors import NotFound
from shared.wording import Words


class SharedPassage(Reply):
    """A passage as it stands in this report and in the other."""

    length = fields.Integer(required=True)
    text = fields.String(required=True)
    other_text = fields.String(required=True)


class SimilarReport(Reply):
    """Another report and what is shared with it; ``percent`` of this report's text."""

    report_id = fields.String(required=True)
    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    percent = fields.Integer(required=True)
    passages = fields.List(fields.Nested(SharedPassage), required=True)


class Similarity(Reply):
    """The comparison with this and earlier years. ``found_in``: later reports that share text with this one."""

    report_id = fields.String(required=True)
    checked_at = fields.AwareDateTime(required=True)
    percent = fields.Integer(required=True)
    warn_from = fields.Integer(required=True)
    sources = fields.List(fields.Nested(SimilarReport), required=True)
    found_in = fields.List(fields.String(), required=True)


class ClearSimilarity(ReportId):
    """Why what is shared is no plagiarism."""

    note = prose(1000, 2, required=True)


GET_SIMILARITY = Operation(
    name="get_report_similarity",
    summary=Words("查看研究报告相同段落", "Show what a report shares with others"),
    kind="query",
    verb="GET",
    path="/reports/{report_id}/similarity",
    request=ReportId,
    reply=Similarity,
    roles=ORGANISERS,
    errors=(NotFound,),
)
CLEAR_SIMILARITY = Operation(
    name="clear_report_similarity",
    summary=Words("核查相同段落：予以放行", "Let a held report go on to review"),
    kind="command",
    verb="POST",
    path="/reports/{report_id}/similarity/clearance",
    request=ClearSimilarity,
    reply=Report,
    roles=SCHOOL,
    errors=(NotFound, WrongState),
    versioned=True,
)

OPERATIONS = (GET_SIMILARITY, CLEAR_SIMILARITY)
