"""A term's timetable (日程表) as a page to print."""

from __future__ import annotations

from marshmallow import fields, validate

from services.notification.contract.parts import READERS, identifier
from shared.contracts import Operation, Reply, Request
from shared.errors import NotFound, Unavailable
from shared.security.caller import Role
from shared.wording import Words


class TimetableFileId(Request):
    """Whose timetable, in which version; the one in force unless given."""

    term_id = identifier(required=True)
    number = fields.Integer(
        strict=True, validate=validate.Range(1, 1_000_000), metadata={"description": "版本号 / number of the version"}
    )


class TimetableFile(Reply):
    """The PDF of a timetable."""

    filename = fields.String(required=True)
    media_type = fields.String(required=True)
    content = fields.String(required=True, metadata={"description": "base64"})


class TimetableNotPrintable(Unavailable):
    """A character of the timetable is in no font at hand; ``details["characters"]`` names them."""

    code = "notification.timetable-not-printable"
    title = Words("日程表无法排版", "Timetable cannot be set")


GET_TIMETABLE_FILE = Operation(
    name="get_timetable_file",
    summary=Words("下载日程表（PDF）", "Download a timetable as PDF"),
    kind="query",
    verb="GET",
    path="/terms/{term_id}/timetable/print",
    request=TimetableFileId,
    reply=TimetableFile,
    roles=READERS | {Role.TRAINEE, Role.LECTURER},
    errors=(NotFound, TimetableNotPrintable),
    download=True,
    timeout=20.0,
)

OPERATIONS = (GET_TIMETABLE_FILE,)
