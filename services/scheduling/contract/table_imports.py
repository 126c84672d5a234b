"""Imports of lecturers, rooms and courses from workbooks: all rows are taken, or none and each error is told."""

from __future__ import annotations

from marshmallow import fields, validate

from services.scheduling.contract.lecturers import TEACHING
from services.scheduling.contract.parts import Text, identifier
from shared.contracts import Operation, Page, Reply, Request, page_of
from shared.errors import Conflict, Invalid, NotFound
from shared.wording import Words

KINDS = ("lecturers", "rooms", "courses")
STATES = ("saved", "refused", "previewed")


class NotATable(Invalid):
    """The file is no workbook with the headings wanted; ``details["reason"]`` is which way."""

    code = "scheduling.not-a-table"
    title = Words("无法识别的表格文件", "Not a table that can be read")


class ImportOvertaken(Conflict):
    """What the rows refer to changed while the file was looked at."""

    code = "scheduling.import-overtaken"
    title = Words("导入期间数据有变动", "Overtaken by another change")


class ImportTable(Request):
    """A table to take over. Courses need the plan; those of a programme replace its scheme's modules.

    A blank cell, or a column left out, leaves what is known of that lecturer, room or course (of the same title in the
    same module); what is new gets the defaults. Only ``put_lecturer``, ``put_room`` and ``write_scheme`` clear.
    ``preview`` checks everything and saves nothing.
    """

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    file = fields.String(required=True, metadata={"description": "文件内容，base64 / the file in base64"})
    filename = fields.String(load_default="", validate=validate.Length(max=200))
    plan_id = identifier(load_default=None, allow_none=True)
    preview = fields.Boolean(load_default=False)


class ImportId(Request):
    """Which import."""

    import_id = identifier(required=True)


class ListTableImports(Page):
    """Which imports to list."""

    kind = fields.String(validate=validate.OneOf(KINDS))


class TableForm(Request):
    """The form of which table."""

    kind = fields.String(required=True, validate=validate.OneOf(KINDS))


class TableError(Reply):
    """What is wrong with one cell, or with a row where ``column`` is null; it never repeats the cell."""

    row = fields.Integer(required=True)
    column = fields.String(required=True, allow_none=True)
    message = fields.Nested(Text, required=True)


class TableImport(Reply):
    """What became of a table. ``errors`` holds the first hundred; the copy of the file has them all.

    ``unread_columns`` are headings of filled columns that this kind of table does not know, and that were left out.
    """

    import_id = fields.String(required=True)
    kind = fields.String(required=True, validate=validate.OneOf(KINDS))
    filename = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(STATES))
    rows = fields.Integer(required=True)
    wrong_rows = fields.Integer(required=True)
    added = fields.Integer(required=True)
    changed = fields.Integer(required=True)
    errors = fields.List(fields.Nested(TableError), required=True)
    unread_columns = fields.List(fields.String(), load_default=list, dump_default=list)
    imported_at = fields.AwareDateTime(required=True)
    imported_by = fields.String(required=True)


class TableFile(Reply):
    """A workbook; content in base64."""

    filename = fields.String(required=True)
    media_type = fields.String(required=True)
    content = fields.String(required=True)


IMPORT_TABLE = Operation(
    name="import_table",
    summary=Words("从Excel导入师资、教室或课程", "Import lecturers, rooms or courses from a workbook"),
    kind="command",
    verb="POST",
    path="/table-imports",
    request=ImportTable,
    reply=TableImport,
    roles=TEACHING,
    citywide=True,
    errors=(NotFound, NotATable, ImportOvertaken),
    timeout=60.0,
    upload="file",
)
LIST_TABLE_IMPORTS = Operation(
    name="list_table_imports",
    summary=Words("列出历次表格导入", "List imports of tables"),
    kind="query",
    verb="GET",
    path="/table-imports",
    request=ListTableImports,
    reply=page_of(TableImport),
    roles=TEACHING,
    citywide=True,
)
GET_TABLE_IMPORT_FILE = Operation(
    name="get_table_import_file",
    summary=Words("下载带校验说明的表格", "Download the table with the result beside each row"),
    kind="query",
    verb="GET",
    path="/table-imports/{import_id}/file",
    request=ImportId,
    reply=TableFile,
    roles=TEACHING,
    citywide=True,
    errors=(NotFound,),
    download=True,
)
GET_TABLE_FORM = Operation(
    name="get_table_form",
    summary=Words("下载导入用的空白表", "Download the form of a table to import"),
    kind="query",
    verb="GET",
    path="/table-forms/{kind}",
    request=TableForm,
    reply=TableFile,
    roles=TEACHING,
    citywide=True,
    download=True,
)
OPERATIONS = (IMPORT_TABLE, LIST_TABLE_IMPORTS, GET_TABLE_IMPORT_FILE, GET_TABLE_FORM)
