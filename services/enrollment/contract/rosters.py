"""Rosters: the file a unit sends, its import, and the copy with errors beside each row."""

from __future__ import annotations

from marshmallow import fields, validate

from services.enrollment.contract.parts import (
    FILERS,
    READERS,
    NotARoster,
    RosterAlreadyFiled,
    RosterNotReady,
    RosterTooLarge,
    Text,
    identifier,
    unit_path,
)
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import NotFound
from shared.wording import Words

STATES = ("received", "importing", "done", "failed")
ROW_RESULTS = ("filed", "warned", "refused", "error", "previewed")


class FileRoster(Request):
    """A unit's roster file. ``preview`` checks it and saves no nomination."""

    unit_id = unit_path(required=True)
    file = fields.String(required=True, metadata={"description": "文件内容，base64 / the file in base64"})
    filename = fields.String(load_default="", validate=validate.Length(max=200))
    plan_id = identifier(allow_none=True, load_default=None)
    preview = fields.Boolean(load_default=False)


class RosterCounts(Reply):
    """How many rows ended how. ``filed`` counts eligible nominations, ``warned`` and ``refused`` those by rule."""

    rows = fields.Integer(required=True)
    checked = fields.Integer(required=True)
    filed = fields.Integer(required=True)
    warned = fields.Integer(required=True)
    refused = fields.Integer(required=True)
    errors = fields.Integer(required=True)
    questions = fields.Integer(required=True)


class RosterProblem(Reply):
    """Why an import failed as a whole."""

    code = fields.String(required=True)
    message = fields.Nested(Text, required=True)


class Remark(Reply):
    """One remark on one cell; it never repeats personal data."""

    level = fields.String(required=True, validate=validate.OneOf(("error", "warning", "info")))
    code = fields.String(required=True)
    column = fields.String(required=True, allow_none=True)
    message = fields.Nested(Text, required=True)


class RosterRow(Reply):
    """How one row of the roster ended."""

    sheet = fields.String(required=True)
    row = fields.Integer(required=True, metadata={"description": "原文件行号 / row number in the file, from 1"})
    result = fields.String(required=True, validate=validate.OneOf(ROW_RESULTS))
    nomination_id = fields.String(required=True, allow_none=True)
    remarks = fields.List(fields.Nested(Remark), required=True)


class Roster(Reply):
    """The state of an import; ``row_errors`` holds the first hundred rows in error or refused."""

    import_id = fields.String(required=True)
    unit_id = fields.String(required=True)
    filename = fields.String(required=True)
    preview = fields.Boolean(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    problem = fields.Nested(RosterProblem, required=True, allow_none=True)
    counts = fields.Nested(RosterCounts, required=True)
    columns = fields.Dict(
        keys=fields.String(),
        values=fields.String(),
        metadata={"description": "识别出的列：字段 → 表头 / recognised columns: field → heading"},
    )
    row_errors = fields.List(fields.Nested(RosterRow), required=True)
    received_at = fields.AwareDateTime(required=True)
    finished_at = fields.AwareDateTime(required=True, allow_none=True)
    version = fields.Integer(required=True)


class ListRosters(Page):
    """Which imports to list."""

    unit_id = unit_path()
    state = fields.String(validate=validate.OneOf(STATES))


class ImportId(Request):
    """Which import."""

    import_id = identifier(required=True)


class ListRosterRows(Page):
    """Which rows of an import to list; rows that passed without a remark are only counted."""

    import_id = identifier(required=True)
    result = fields.String(validate=validate.OneOf(ROW_RESULTS))


class File(Reply):
    """A file; content in base64."""

    filename = fields.String(required=True)
    media_type = fields.String(required=True)
    content = fields.String(required=True)


FILE_ROSTER = Operation(
    name="file_roster",
    summary=Words("报送学员名单（Excel或CSV）", "File a roster (Excel or CSV)"),
    kind="command",
    verb="POST",
    path="/rosters",
    request=FileRoster,
    reply=Roster,
    roles=FILERS,
    scope="unit_id",
    errors=(NotFound, NotARoster, RosterTooLarge, RosterAlreadyFiled),
    status=202,
    timeout=60.0,
    upload="file",
)
LIST_ROSTERS = Operation(
    name="list_rosters",
    summary=Words("查询已报送的名单", "List filed rosters"),
    kind="query",
    verb="GET",
    path="/rosters",
    request=ListRosters,
    reply=page_of(Roster),
    roles=READERS,
    scope="unit_id",
)
GET_ROSTER = Operation(
    name="get_roster",
    summary=Words("查看名单导入进度与问题行", "Show an import: state, counts, rows in error"),
    kind="query",
    verb="GET",
    path="/rosters/{import_id}",
    request=ImportId,
    reply=Roster,
    roles=READERS,
    errors=(NotFound,),
    versioned=True,
)
LIST_ROSTER_ROWS = Operation(
    name="list_roster_rows",
    summary=Words("逐行查看名单中有问题或有提醒的行", "List the rows of a roster there is something to say about"),
    kind="query",
    verb="GET",
    path="/rosters/{import_id}/rows",
    request=ListRosterRows,
    reply=page_of(RosterRow),
    roles=READERS,
    errors=(NotFound,),
)
GET_ROSTER_FILE = Operation(
    name="get_roster_file",
    summary=Words("下载带校验说明的名单", "Download the roster with the result beside each row"),
    kind="query",
    verb="GET",
    path="/rosters/{import_id}/file",
    request=ImportId,
    reply=File,
    roles=FILERS,
    errors=(NotFound, RosterNotReady),
    timeout=30.0,
    download=True,
)

OPERATIONS = (FILE_ROSTER, LIST_ROSTERS, GET_ROSTER, LIST_ROSTER_ROWS, GET_ROSTER_FILE)
