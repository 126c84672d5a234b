"""The hours ledger: what people were credited, what is asked of them, and what is still missing."""

from __future__ import annotations

from marshmallow import fields, validate

from services.enrollment.contract.fee_parts import FEE_READERS, Cited
from services.enrollment.contract.parts import Text, identifier, unit_path
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Forbidden, NotFound
from shared.security.caller import Role
from shared.wording import Words

HOURS_READERS = FEE_READERS
BUCKETS = ("senior", "others")
STANDINGS = ("annual", "five_year", "catch_up")


class HoursStanding(Reply):
    """How somebody stands with one requirement. ``expected_hours`` come from terms they are admitted to."""

    kind = fields.String(required=True, validate=validate.OneOf(STANDINGS))
    words = fields.Nested(Text, required=True)
    first = fields.Date(required=True)
    last = fields.Date(required=True)
    required_hours = fields.Integer(required=True)
    required_days = fields.Integer(required=True, allow_none=True)
    hours = fields.Integer(required=True)
    days = fields.Integer(required=True)
    met = fields.Boolean(required=True)
    gap_hours = fields.Integer(required=True)
    expected_hours = fields.Integer(required=True)
    forecast_met = fields.Boolean(required=True)
    forecast_gap_hours = fields.Integer(required=True)
    citation = fields.Nested(Cited, required=True)


class HoursSummary(Reply):
    """One person in a list, as things are today."""

    person_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    unit_title = fields.String(required=True, allow_none=True)
    name = fields.String(required=True)
    rank = fields.String(required=True)
    bucket = fields.String(required=True, validate=validate.OneOf(BUCKETS))
    standings = fields.List(fields.Nested(HoursStanding), required=True)
    version = fields.Integer(required=True)


class SupersededHours(Reply):
    """What an entry said before."""

    hours = fields.Integer(required=True)
    days = fields.Integer(required=True)
    at = fields.AwareDateTime(required=True)


class HoursEntry(Reply):
    """Hours of one training, or of an earlier year as a record says; ``rank`` is the one held then."""

    entry_id = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(("training", "import")))
    nomination_id = fields.String(required=True, allow_none=True)
    term_id = fields.String(required=True, allow_none=True)
    title = fields.String(required=True)
    on = fields.Date(required=True)
    hours = fields.Integer(required=True)
    days = fields.Integer(required=True)
    completed = fields.Boolean(required=True)
    rank = fields.String(required=True)
    bucket = fields.String(required=True, validate=validate.OneOf(BUCKETS))
    source = fields.String(required=True)
    credited_at = fields.AwareDateTime(required=True)
    superseded = fields.List(fields.Nested(SupersededHours), required=True)


class ExpectedHours(Reply):
    """Hours of a term somebody is admitted to and not through with."""

    nomination_id = fields.String(required=True)
    term_id = fields.String(required=True)
    title = fields.String(required=True)
    on = fields.Date(required=True)
    hours = fields.Integer(required=True)
    days = fields.Integer(required=True)


class HeldPosition(Reply):
    """A rank and since when it is known; ``source`` is the nomination or the promotion that says so."""

    on = fields.Date(required=True)
    rank = fields.String(required=True)
    post = fields.String(required=True)
    source = fields.String(required=True)


class HoursLedger(HoursSummary):
    """A person's whole ledger."""

    entries = fields.List(fields.Nested(HoursEntry), required=True)
    expected = fields.List(fields.Nested(ExpectedHours), required=True)
    positions = fields.List(fields.Nested(HeldPosition), required=True)


class ListHours(Page):
    """Whose ledgers; a unit brings those below it."""

    unit_id = unit_path()


class HoursOf(Request):
    """Whose ledger."""

    person_id = identifier(required=True)


class HoursOfNomination(Request):
    """Whose ledger, by a nomination of theirs."""

    nomination_id = identifier(required=True)


class MyHours(Request):
    """One's own."""


class SumHours(Request):
    """Of which unit, with those below it; by default all within reach."""

    unit_id = unit_path(allow_none=True, load_default=None)


class UnitHours(Reply):
    """One unit's people and how many of them have what is asked of them this year."""

    unit_id = fields.String(required=True)
    unit_title = fields.String(required=True, allow_none=True)
    people = fields.Integer(required=True)
    met = fields.Integer(required=True)
    short = fields.Integer(required=True)
    forecast_short = fields.Integer(required=True)
    gap_hours = fields.Integer(required=True)
    forecast_gap_hours = fields.Integer(required=True)


class UnitHoursList(Reply):
    """Unit by unit."""

    on = fields.Date(required=True)
    items = fields.List(fields.Nested(UnitHours), required=True)


class HoursFile(Reply):
    """The ledger of a unit as a workbook."""

    filename = fields.String(required=True)
    media_type = fields.String(required=True)
    content = fields.String(required=True)


LIST_HOURS = Operation(
    name="list_hours",
    summary=Words("查询学时档案", "List hours ledgers"),
    kind="query",
    verb="GET",
    path="/hours",
    request=ListHours,
    reply=page_of(HoursSummary),
    roles=HOURS_READERS,
    scope="unit_id",
)
GET_HOURS = Operation(
    name="get_hours",
    summary=Words("查看个人学时档案", "Show a person's hours ledger"),
    kind="query",
    verb="GET",
    path="/hours/{person_id}",
    request=HoursOf,
    reply=HoursLedger,
    roles=HOURS_READERS,
    errors=(NotFound,),
    versioned=True,
)
GET_HOURS_OF_NOMINATION = Operation(
    name="get_hours_of_nomination",
    summary=Words("按推荐查看学时档案", "Show the hours ledger of somebody nominated"),
    kind="query",
    verb="GET",
    path="/nominations/{nomination_id}/hours",
    request=HoursOfNomination,
    reply=HoursLedger,
    roles=HOURS_READERS,
    errors=(NotFound,),
)
GET_MY_HOURS = Operation(
    name="get_my_hours",
    summary=Words("学员查看本人学时", "A trainee's own hours"),
    kind="query",
    verb="GET",
    path="/my/hours",
    request=MyHours,
    reply=HoursLedger,
    roles=frozenset({Role.TRAINEE}),
    errors=(Forbidden, NotFound),
)
SUM_HOURS = Operation(
    name="sum_hours",
    summary=Words("各单位学时完成情况", "How each unit stands with its people's hours"),
    kind="query",
    verb="GET",
    path="/hours-by-unit",
    request=SumHours,
    reply=UnitHoursList,
    roles=HOURS_READERS,
    scope="unit_id",
    timeout=30.0,
)
GET_HOURS_FILE = Operation(
    name="get_hours_file",
    summary=Words("下载学时档案", "Download the hours ledger of a unit"),
    kind="query",
    verb="GET",
    path="/hours-file",
    request=SumHours,
    reply=HoursFile,
    roles=HOURS_READERS,
    scope="unit_id",
    download=True,
    timeout=60.0,
)

OPERATIONS = (LIST_HOURS, GET_HOURS, GET_HOURS_OF_NOMINATION, GET_MY_HOURS, SUM_HOURS, GET_HOURS_FILE)
