"""The service that both web applications of the gateway bench ask: one query, one command."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts import Operation, Reply, Request, ServiceContract
from shared.security.caller import Role
from shared.wording import Words

_EVERYBODY = frozenset({Role.ORGANISATION_DEPARTMENT, Role.SERVICE})


class Shelf(Request):
    """Which shelf."""

    shelf_id = fields.String(required=True)


class Row(Reply):
    """A thing on a shelf."""

    row_id = fields.String(required=True)
    title = fields.String(required=True)
    count = fields.Integer(required=True)


class Rows(Reply):
    """What is on a shelf."""

    items = fields.List(fields.Nested(Row), required=True)


class NewRow(Shelf):
    """Something to put on a shelf."""

    title = fields.String(required=True)
    count = fields.Integer(required=True, strict=True)


READ = Operation("read_shelf", Words("读", "Read"), "query", "GET", "/shelves/{shelf_id}", Shelf, Rows, _EVERYBODY)
WRITE = Operation(
    "put_row", Words("写", "Write"), "command", "POST", "/shelves/{shelf_id}/rows", NewRow, Row, _EVERYBODY
)
CONTRACT = ServiceContract("shelves", Words("书架", "Shelves"), (READ, WRITE), ())

ROWS = [{"row_id": f"row_{number}", "title": "公务员培训计划", "count": number} for number in range(20)]
