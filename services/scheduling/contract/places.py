"""Campuses, rooms, blackouts and the city's own words on the calendar."""

from __future__ import annotations

from marshmallow import fields, validate

from services.scheduling.contract.parts import (
    DAY_KINDS,
    PLANNERS,
    READERS,
    Day,
    Text,
    code,
    count,
    title,
    unit_path,
)
from shared.calendar import CalendarUnknown, DayKind
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Conflict, Invalid, NotFound, StaleVersion
from shared.wording import Words

_CLOCK_TIME = validate.Regexp(r"^([01][0-9]|2[0-3]):[0-5][0-9]$", error="时间应写作 08:30 / write a time as 08:30")
_ADDRESS = validate.Length(1, 200)


class Dormitory(Request):
    """Beds of one kind, such as those of one building; they are part of the campus's beds."""

    kind = code("床位类型 / kind of beds", required=True)
    title = title(required=True)
    beds = count(100_000, required=True)


class PutCampus(Request):
    """A campus as it should be from now on. Times are the city's, and go into letters."""

    campus_id = code("校区编号 / campus code", required=True)
    title = title(required=True)
    district = unit_path(required=True)
    beds = count(100_000, 0, required=True)
    address = fields.String(load_default=None, allow_none=True, validate=_ADDRESS)
    reports_from = fields.String(load_default="14:00", allow_none=True, validate=_CLOCK_TIME)
    reports_until = fields.String(load_default="18:00", allow_none=True, validate=_CLOCK_TIME)
    opens_at = fields.String(load_default="09:00", allow_none=True, validate=_CLOCK_TIME)
    dormitories = fields.List(
        fields.Nested(Dormitory),
        load_default=list,
        validate=validate.Length(max=100),
        metadata={"description": "分类型的床位，合计不超过总床位 / beds by kind, together no more than its beds"},
    )


class Campus(Reply):
    """A campus."""

    campus_id = fields.String(required=True)
    title = fields.String(required=True)
    district = fields.String(required=True)
    beds = fields.Integer(required=True)
    address = fields.String(required=True, allow_none=True)
    reports_from = fields.String(required=True, allow_none=True)
    reports_until = fields.String(required=True, allow_none=True)
    opens_at = fields.String(required=True, allow_none=True)
    dormitories = fields.List(fields.Nested(Dormitory), required=True)
    due_terms = fields.List(fields.String(), required=True)
    version = fields.Integer(required=True)


class PutRoom(Request):
    """A room as it should be from now on."""

    room_id = code("教室编号 / room code", required=True)
    campus_id = code("校区编号 / campus code", required=True)
    title = title(required=True)
    capacity = count(10_000, required=True)
    kind = code("教室类型 / kind of room", load_default="classroom")


class Room(Reply):
    """A room."""

    room_id = fields.String(required=True)
    campus_id = fields.String(required=True)
    title = fields.String(required=True)
    capacity = fields.Integer(required=True)
    kind = fields.String(required=True)
    due_terms = fields.List(fields.String(), required=True)
    version = fields.Integer(required=True)


class PutBlackout(Request):
    """Days on which nothing may be held: in the whole city when neither districts nor campuses are named."""

    blackout_id = code("停办时段编号 / blackout code", required=True)
    title = title(required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    districts = fields.List(unit_path(), load_default=list, validate=validate.Length(max=500))
    campus_ids = fields.List(code("校区编号 / campus code"), load_default=list, validate=validate.Length(max=100))


class Blackout(Reply):
    """A blackout; ``due_terms`` are the placed terms it pushes away, to be placed again."""

    blackout_id = fields.String(required=True)
    title = fields.String(required=True)
    starts_on = Day(required=True)
    ends_on = Day(required=True)
    districts = fields.List(fields.String(), required=True)
    campus_ids = fields.List(fields.String(), required=True)
    due_terms = fields.List(fields.String(), required=True)
    version = fields.Integer(required=True)


class BlackoutId(Request):
    """Which blackout."""

    blackout_id = code("停办时段编号 / blackout code", required=True)


class PutCalendarDay(Request):
    """The city's own word on a day, with the reason or the document that says so."""

    day = Day(required=True)
    working = fields.Boolean(required=True)
    reason = fields.String(required=True, validate=validate.Length(1, 200))


class CalendarDayId(Request):
    """Which day."""

    day = Day(required=True)


class CalendarOverride(Reply):
    """The city's word on a day as it stands."""

    day = Day(required=True)
    working = fields.Boolean(required=True)
    reason = fields.String(required=True)
    due_terms = fields.List(fields.String(), required=True)
    version = fields.Integer(required=True)


class ListCalendarDays(Request):
    """From when to when, at most 400 days."""

    from_day = Day(required=True)
    to_day = Day(required=True)


class CalendarDay(Reply):
    """A day of the calendar."""

    day = Day(required=True)
    kind = fields.Enum(DayKind, by_value=True, required=True)
    working = fields.Boolean(required=True)
    name = fields.Nested(Text, required=True, allow_none=True)


class CalendarDays(Reply):
    """Days in order and how many of them are working days."""

    items = fields.List(fields.Nested(CalendarDay), required=True)
    working_days = fields.Integer(required=True)


class NoticeDeadlineRequest(Request):
    """How many days ahead of which opening, in which kind of day."""

    opening = Day(required=True)
    days = count(365, 0, required=True)
    day_kind = fields.String(load_default="calendar", validate=validate.OneOf(DAY_KINDS))


class NoticeDeadline(Reply):
    """The last day that is still in time; the opening day is not counted."""

    deadline = Day(required=True)


PUT_CAMPUS = Operation(
    name="put_campus",
    summary=Words("登记校区和床位", "Register a campus and its beds"),
    kind="command",
    verb="PUT",
    path="/campuses/{campus_id}",
    request=PutCampus,
    reply=Campus,
    roles=PLANNERS,
    citywide=True,
    errors=(Invalid, StaleVersion),
    versioned=True,
)
LIST_CAMPUSES = Operation(
    name="list_campuses",
    summary=Words("列出校区", "List campuses"),
    kind="query",
    verb="GET",
    path="/campuses",
    request=Page,
    reply=page_of(Campus),
    roles=READERS,
)
PUT_ROOM = Operation(
    name="put_room",
    summary=Words("登记教室", "Register a room"),
    kind="command",
    verb="PUT",
    path="/rooms/{room_id}",
    request=PutRoom,
    reply=Room,
    roles=PLANNERS,
    citywide=True,
    errors=(Invalid, NotFound, StaleVersion),
    versioned=True,
)
LIST_ROOMS = Operation(
    name="list_rooms",
    summary=Words("列出教室", "List rooms"),
    kind="query",
    verb="GET",
    path="/rooms",
    request=Page,
    reply=page_of(Room),
    roles=READERS,
)
PUT_BLACKOUT = Operation(
    name="put_blackout",
    summary=Words("设定停办时段", "Set a blackout"),
    kind="command",
    verb="PUT",
    path="/blackouts/{blackout_id}",
    request=PutBlackout,
    reply=Blackout,
    roles=PLANNERS,
    citywide=True,
    errors=(NotFound, Invalid, StaleVersion),
    versioned=True,
)
LIST_BLACKOUTS = Operation(
    name="list_blackouts",
    summary=Words("列出停办时段", "List blackouts"),
    kind="query",
    verb="GET",
    path="/blackouts",
    request=Page,
    reply=page_of(Blackout),
    roles=READERS,
)
LIFT_BLACKOUT = Operation(
    name="lift_blackout",
    summary=Words("撤销停办时段", "Lift a blackout"),
    kind="command",
    verb="DELETE",
    path="/blackouts/{blackout_id}",
    request=BlackoutId,
    reply=Blackout,
    roles=PLANNERS,
    citywide=True,
    errors=(NotFound, StaleVersion),
)
PUT_CALENDAR_DAY = Operation(
    name="put_calendar_day",
    summary=Words("设定某日是否上班", "Say whether a day is worked"),
    kind="command",
    verb="PUT",
    path="/calendar/days/{day}",
    request=PutCalendarDay,
    reply=CalendarOverride,
    roles=PLANNERS,
    citywide=True,
    errors=(Invalid, StaleVersion),
    versioned=True,
)
CLEAR_CALENDAR_DAY = Operation(
    name="clear_calendar_day",
    summary=Words("恢复某日的法定安排", "Go back to the published table for a day"),
    kind="command",
    verb="DELETE",
    path="/calendar/days/{day}",
    request=CalendarDayId,
    reply=CalendarOverride,
    roles=PLANNERS,
    citywide=True,
    errors=(NotFound, StaleVersion, Conflict),
)
LIST_CALENDAR_DAYS = Operation(
    name="list_calendar_days",
    summary=Words("查看工作日历", "Show the working-day calendar"),
    kind="query",
    verb="GET",
    path="/calendar/days",
    request=ListCalendarDays,
    reply=CalendarDays,
    roles=READERS,
    errors=(Invalid, CalendarUnknown),
)
GET_NOTICE_DEADLINE = Operation(
    name="get_notice_deadline",
    summary=Words("推算提前报告的最后日期", "Work out the last day to report ahead of an opening"),
    kind="query",
    verb="GET",
    path="/calendar/deadline",
    request=NoticeDeadlineRequest,
    reply=NoticeDeadline,
    roles=READERS,
    errors=(CalendarUnknown,),
)
OPERATIONS = (
    PUT_CAMPUS,
    LIST_CAMPUSES,
    PUT_ROOM,
    LIST_ROOMS,
    PUT_BLACKOUT,
    LIST_BLACKOUTS,
    LIFT_BLACKOUT,
    PUT_CALENDAR_DAY,
    CLEAR_CALENDAR_DAY,
    LIST_CALENDAR_DAYS,
    GET_NOTICE_DEADLINE,
)
