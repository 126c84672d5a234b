"""Files for the archive of a term: the one operation by which every service gives what it keeps of a term."""

from __future__ import annotations

from functools import cache

from marshmallow import fields, validate

from shared.contracts.operation import Operation
from shared.contracts.schema import Reply, Request
from shared.security.caller import Role
from shared.wording import Words


class ExportFiles(Request):
    """Which term's files."""

    term_id = fields.String(required=True, validate=validate.Length(1, 80))


class ExportedFile(Reply):
    """One file; ``content`` is base64.

    ``name`` is unique among the service's files, may hold ``/`` for folders, and names no person.
    ``item`` names the line of the closing checklist the file belongs to: ``scheme``, ``timetable`` (scheduling),
    ``roster``, ``fees``, ``replacements`` (enrollment), ``letters``, ``certificates`` (notification), ``questions``,
    ``reports``, ``proposals`` (outcomes). A file of no line is archived all the same.
    """

    name = fields.String(required=True, validate=validate.Length(1, 200))
    media_type = fields.String(required=True)
    content = fields.String(required=True)
    item = fields.String(load_default=None, allow_none=True)


class ExportedFiles(Reply):
    """Everything a service has for the archive of one term; empty when it has nothing."""

    files = fields.List(fields.Nested(ExportedFile), required=True)


@cache
def files_export(service: str) -> Operation:
    """Return the operation ``export_<service>_files``; only services may ask it, since files name people."""
    return Operation(
        name=f"export_{service}_files",
        summary=Words("导出一期的归档文件", "Export the files of a term for its archive"),
        kind="query",
        verb="GET",
        path=f"/terms/{{term_id}}/files/{service}",
        request=ExportFiles,
        reply=ExportedFiles,
        roles=frozenset({Role.SERVICE}),
        timeout=60.0,
    )
