"""The register of lecturers (师资): who teaches what, when they cannot, and how they are reached."""

from __future__ import annotations

from marshmallow import fields, validate

from services.scheduling.contract.parts import PLANNERS, Day, code
from services.scheduling.contract.timetable_events import HALVES, LECTURER_GRADES
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Invalid, NotFound, StaleVersion
from shared.security.caller import Role
from shared.wording import Words

TEACHING = frozenset({Role.PARTY_SCHOOL})
READERS = PLANNERS | {Role.AUDITOR, Role.SERVICE}
_MOST_SPANS = 200


def lecturer_code(**kwargs: object) -> fields.String:
    """Return the field of a lecturer's identifier, which the Party school chooses."""
    return code("教师编号 / lecturer code", **kwargs)


def expertise(**kwargs: object) -> fields.List[str]:
    """Return the field of subjects somebody can teach, or that a course wants."""
    return fields.List(
        fields.String(validate=validate.Length(1, 40)),
        validate=validate.Length(max=30),
        metadata={"description": "专长领域 / subjects"},
        **kwargs,  # type: ignore[arg-type]
    )


class LecturerContact(Request):
    """How a lecturer is reached; kept encrypted."""

    phone = fields.String(load_default=None, allow_none=True, validate=validate.Length(3, 40))
    email = fields.Email(load_default=None, allow_none=True, validate=validate.Length(max=120))
    fax = fields.String(load_default=None, allow_none=True, validate=validate.Length(3, 40))


class Unavailability(Request):
    """Days on which a lecturer cannot teach, both included; ``half`` null: the whole day."""

    starts_on = Day(required=True)
    ends_on = Day(required=True)
    half = fields.String(load_default=None, allow_none=True, validate=validate.OneOf(HALVES))


class LecturerId(Request):
    """Which lecturer."""

    lecturer_id = lecturer_code(required=True)


class PutLecturer(LecturerId):
    """A lecturer as registered from now on; a contact left out stays as it is."""

    name = fields.String(required=True, validate=validate.Length(1, 40))
    grade = fields.String(required=True, validate=validate.OneOf(LECTURER_GRADES))
    organisation = fields.String(required=True, validate=validate.Length(1, 100))
    post = fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 100))
    expertise = expertise(load_default=list)
    out_of_town = fields.Boolean(load_default=False)
    active = fields.Boolean(load_default=True)
    contact = fields.Nested(LecturerContact)


class PutUnavailability(LecturerId):
    """When a lecturer cannot teach, as it holds from now on."""

    unavailable = fields.List(fields.Nested(Unavailability), required=True, validate=validate.Length(max=_MOST_SPANS))


class ReportUnavailability(Request):
    """When the lecturer who asks cannot teach, as it holds from now on."""

    unavailable = fields.List(fields.Nested(Unavailability), required=True, validate=validate.Length(max=_MOST_SPANS))


class ListLecturers(Page):
    """Which lecturers to list; ``subject`` takes those whose expertise holds the word."""

    grade = fields.String(validate=validate.OneOf(LECTURER_GRADES))
    active = fields.Boolean()
    subject = fields.String(validate=validate.Length(1, 40))


class GetLecturerContact(LecturerId):
    """Whose contact is looked at, and what for; it goes into the audit log."""

    purpose = fields.String(required=True, validate=validate.Length(2, 200))


class LecturerRow(Reply):
    """A lecturer; the contact is masked."""

    lecturer_id = fields.String(required=True)
    name = fields.String(required=True)
    grade = fields.String(required=True, validate=validate.OneOf(LECTURER_GRADES))
    organisation = fields.String(required=True)
    post = fields.String(required=True, allow_none=True)
    expertise = fields.List(fields.String(), required=True)
    out_of_town = fields.Boolean(required=True)
    active = fields.Boolean(required=True)
    unavailable = fields.List(fields.Nested(Unavailability), required=True)
    phone_masked = fields.String(required=True)
    email_masked = fields.String(required=True)
    version = fields.Integer(required=True)


class Lecturer(LecturerRow):
    """One lecturer. ``contact`` is null for everybody but a service, which is about to write to them."""

    contact = fields.Nested(LecturerContact, required=True, allow_none=True)


class ContactShown(Reply):
    """A contact in full."""

    lecturer_id = fields.String(required=True)
    contact = fields.Nested(LecturerContact, required=True, allow_none=True)


class OwnRecord(Reply):
    """What the Party school keeps about the lecturer who asks."""

    lecturer_id = fields.String(required=True)
    name = fields.String(required=True)
    organisation = fields.String(required=True)
    unavailable = fields.List(fields.Nested(Unavailability), required=True)


PUT_LECTURER = Operation(
    name="put_lecturer",
    summary=Words("登记教师", "Register a lecturer"),
    kind="command",
    verb="PUT",
    path="/lecturers/{lecturer_id}",
    request=PutLecturer,
    reply=LecturerRow,
    roles=TEACHING,
    citywide=True,
    errors=(Invalid, StaleVersion),
    versioned=True,
)
LIST_LECTURERS = Operation(
    name="list_lecturers",
    summary=Words("列出师资", "List lecturers"),
    kind="query",
    verb="GET",
    path="/lecturers",
    request=ListLecturers,
    reply=page_of(LecturerRow),
    roles=READERS,
)
GET_LECTURER = Operation(
    name="get_lecturer",
    summary=Words("查看教师", "Show a lecturer"),
    kind="query",
    verb="GET",
    path="/lecturers/{lecturer_id}",
    request=LecturerId,
    reply=Lecturer,
    roles=READERS,
    errors=(NotFound,),
    versioned=True,
)
GET_LECTURER_CONTACT = Operation(
    name="get_lecturer_contact",
    summary=Words("查看教师联系方式（留痕）", "Show a lecturer's contact in full; the look is audited"),
    kind="query",
    verb="GET",
    path="/lecturers/{lecturer_id}/contact",
    request=GetLecturerContact,
    reply=ContactShown,
    roles=TEACHING,
    citywide=True,
    errors=(NotFound,),
)
PUT_UNAVAILABILITY = Operation(
    name="put_unavailability",
    summary=Words("登记教师不能授课的时间", "Set when a lecturer cannot teach"),
    kind="command",
    verb="PUT",
    path="/lecturers/{lecturer_id}/unavailability",
    request=PutUnavailability,
    reply=LecturerRow,
    roles=TEACHING,
    citywide=True,
    errors=(NotFound, Invalid, StaleVersion),
    versioned=True,
)
GET_OWN_RECORD = Operation(
    name="get_own_record",
    summary=Words("教师查看本人登记信息", "Show a lecturer's own record"),
    kind="query",
    verb="GET",
    path="/lecturer/record",
    request=Request,
    reply=OwnRecord,
    roles=frozenset({Role.LECTURER}),
    errors=(NotFound,),
)
REPORT_UNAVAILABILITY = Operation(
    name="report_unavailability",
    summary=Words("教师填报不能授课的时间", "Report when one cannot teach"),
    kind="command",
    verb="PUT",
    path="/lecturer/unavailability",
    request=ReportUnavailability,
    reply=OwnRecord,
    roles=frozenset({Role.LECTURER}),
    errors=(NotFound, Invalid),
)
OPERATIONS = (
    PUT_LECTURER,
    LIST_LECTURERS,
    GET_LECTURER,
    GET_LECTURER_CONTACT,
    PUT_UNAVAILABILITY,
    GET_OWN_RECORD,
    REPORT_UNAVAILABILITY,
)
