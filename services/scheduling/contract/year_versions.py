"""The placed year of a plan in versions: every change of where terms lie makes one, and any two are compared."""

from __future__ import annotations

from marshmallow import fields, validate

from services.scheduling.contract.parts import DELIVERIES, READERS, Text, count, identifier
from services.scheduling.contract.placement_previews import PreviewedPlace
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import NotFound
from shared.security.caller import Role
from shared.wording import Words

_READERS = READERS - {Role.TRAINEE, Role.LECTURER}


class ListYearVersions(Page):
    """Versions of which plan's year."""

    plan_id = identifier(required=True)


class YearVersionRow(Reply):
    """A version of a plan's year in a list; it never changes."""

    number = fields.Integer(required=True)
    placed = fields.Integer(required=True, metadata={"description": "已排期的期数 / terms that have a place"})
    changed = fields.Integer(
        required=True,
        metadata={"description": "与上一版相比改动的期数 / terms that lie elsewhere than in the one before"},
    )
    changed_at = fields.AwareDateTime(required=True)
    changed_by = fields.String(required=True)
    reason = fields.String(required=True, allow_none=True)


class CompareYear(Request):
    """Which two versions of which plan's year; the second is the one in force unless given."""

    plan_id = identifier(required=True)
    from_number = count(1_000_000, required=True)
    to_number = count(1_000_000)


class YearPlace(PreviewedPlace):
    """Where a term lay, with the names its room and campus had then."""

    room_title = fields.String(required=True)
    campus_id = fields.String(required=True)
    campus_title = fields.String(required=True)
    delivery = fields.String(required=True, validate=validate.OneOf(DELIVERIES))


class YearDifference(Reply):
    """A term that lies elsewhere, or nowhere any more (``after`` null), or is new (``before`` null).

    ``told``: people who knew its earlier place; units and lecturers are those of the later version.
    """

    term_id = fields.String(required=True)
    before = fields.Nested(YearPlace, required=True, allow_none=True)
    after = fields.Nested(YearPlace, required=True, allow_none=True)
    told = fields.Integer(required=True)
    unit_ids = fields.List(fields.String(), required=True)
    lecturer_ids = fields.List(fields.String(), required=True)
    words = fields.Nested(Text, required=True)


class YearComparison(Reply):
    """What differs from one version to another: in all, and term by term, most people told first.

    Whoever does not reach the whole city sees the units within reach, and the terms that may concern them.
    """

    plan_id = fields.String(required=True)
    from_number = fields.Integer(required=True)
    to_number = fields.Integer(required=True)
    placed_before = fields.Integer(required=True)
    placed_after = fields.Integer(required=True)
    told = fields.Integer(required=True)
    words = fields.Nested(Text, required=True)
    differences = fields.List(fields.Nested(YearDifference), required=True)
    affected_unit_ids = fields.List(fields.String(), required=True)
    affected_lecturer_ids = fields.List(fields.String(), required=True)


LIST_YEAR_VERSIONS = Operation(
    name="list_year_versions",
    summary=Words("列出年度排期的历次版本", "List the versions of a plan's placed year"),
    kind="query",
    verb="GET",
    path="/plans/{plan_id}/year/versions",
    request=ListYearVersions,
    reply=page_of(YearVersionRow),
    roles=_READERS,
    errors=(NotFound,),
)
COMPARE_YEAR = Operation(
    name="compare_year",
    summary=Words("比较年度排期的两个版本", "Compare two versions of a plan's placed year"),
    kind="query",
    verb="GET",
    path="/plans/{plan_id}/year/comparison",
    request=CompareYear,
    reply=YearComparison,
    roles=_READERS,
    errors=(NotFound,),
)
OPERATIONS = (LIST_YEAR_VERSIONS, COMPARE_YEAR)
