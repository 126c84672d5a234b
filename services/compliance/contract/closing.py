"""Closing a term (结班归档): complete file set, archive with manifest and hashes, reopening."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from services.compliance.contract.parts import (
    CITY,
    CITY_READERS,
    ORGANISERS,
    Text,
    WrongState,
    identifier,
    must_say,
    signer,
)
from shared.contracts import Operation, Reply, Request
from shared.errors import Conflict, NotFound
from shared.security.caller import Role
from shared.wording import Words

CLOSING_STATES = ("open", "closing", "refused", "closed", "reopened")


class NotReadyToClose(Conflict):
    """Something of the term is not settled; ``details["blockers"]`` names each thing and how many there are."""

    code = "compliance.not-ready-to-close"
    title = Words("尚不能结班", "Not ready to close")


class FileSetIncomplete(Conflict):
    """The archive would lack files; ``details["missing"]`` names each with the service that gives it."""

    code = "compliance.file-set-incomplete"
    title = Words("归档材料不齐", "File set incomplete")


class CloseTerm(Request):
    """Which term."""

    term_id = identifier(required=True)
    approver = signer()


class GetClosing(Request):
    """Which term's closing."""

    term_id = identifier(required=True)


class ReopenTerm(GetClosing):
    """A closed term is opened again; its archive no longer holds, the next closing makes another edition."""

    approver = signer()
    reason = must_say("重新打开原因 / why")


class MissingFile(Reply):
    """A required line of the checklist without a file."""

    item = fields.String(required=True)
    title = fields.Nested(Text, required=True)
    service = fields.String(required=True)


class ArchivedFile(Reply):
    """One file of the archive."""

    path = fields.String(required=True)
    item = fields.String(required=True, allow_none=True)
    media_type = fields.String(required=True)
    size = fields.Integer(required=True)
    sha256 = fields.String(required=True)


class Retention(Reply):
    """How long the archive is kept; ``basis`` is ``unverified`` as long as nobody gave the archive table's class."""

    keep = fields.String(required=True, metadata={"description": "保管期限 / retention class"})
    source = fields.String(required=True)
    basis = fields.String(required=True)


class Reopening(Reply):
    """When a closed term was opened again, and why."""

    at = fields.AwareDateTime(required=True)
    approver = fields.String(required=True)
    reason = fields.String(required=True)


class Closing(Reply):
    """Where the closing of a term stands; ``missing`` and ``refusal`` say why it was refused."""

    term_id = fields.String(required=True)
    state = fields.String(required=True, validate=validate.OneOf(CLOSING_STATES))
    step = fields.String(required=True, allow_none=True)
    missing = fields.List(fields.Nested(MissingFile), required=True)
    refusal = fields.Nested(Text, required=True, allow_none=True)
    edition = fields.Integer(required=True)
    archive_id = fields.String(required=True, allow_none=True)
    sha256 = fields.String(required=True, allow_none=True)
    size = fields.Integer(required=True, allow_none=True)
    files = fields.List(fields.Nested(ArchivedFile), required=True)
    retention = fields.Nested(Retention, required=True, allow_none=True)
    closed_at = fields.AwareDateTime(required=True, allow_none=True)
    approver = fields.String(required=True, allow_none=True)
    reopenings = fields.List(fields.Nested(Reopening), required=True)
    version = fields.Integer(required=True)


class ChecklistLine(Reply):
    """One line of the checklist: ``present``, ``missing``, or ``unknown`` while the service does not answer."""

    item = fields.String(required=True)
    title = fields.Nested(Text, required=True)
    service = fields.String(required=True)
    needed = fields.Boolean(required=True, metadata={"description": "必备 / closing needs it"})
    state = fields.String(required=True, validate=validate.OneOf(("present", "missing", "unknown")))
    files = fields.Integer(required=True)


class Blocker(Reply):
    """One thing that is not settled."""

    code = fields.String(required=True)
    words = fields.Nested(Text, required=True)
    count = fields.Integer(required=True)


class Checklist(Reply):
    """What closing would find now."""

    term_id = fields.String(required=True)
    ready = fields.Boolean(required=True)
    blockers = fields.List(fields.Nested(Blocker), required=True)
    lines = fields.List(fields.Nested(ChecklistLine), required=True)
    source = fields.String(required=True)
    basis = fields.String(required=True)


class ArchiveFile(Reply):
    """The archive as a file."""

    filename = fields.String(required=True)
    media_type = fields.String(required=True)
    content = fields.String(required=True)


class Finding(Reply):
    """One file held against the manifest."""

    path = fields.String(required=True)
    holds = fields.Boolean(required=True)


class ArchiveVerdict(Reply):
    """Whether the archive is the one that was sealed."""

    archive_id = fields.String(required=True)
    holds = fields.Boolean(required=True)
    sha256 = fields.String(required=True)
    findings = fields.List(fields.Nested(Finding), required=True)


def _operation(name: str, zh: str, en: str, verb: Any, path: str, **rest: Any) -> Operation:
    kind: Any = "query" if verb == "GET" else "command"
    return Operation(name=name, summary=Words(zh, en), kind=kind, verb=verb, path=path, citywide=True, **rest)


CLOSE_TERM = _operation(
    "close_term", "结班归档", "Close a term", "POST", "/terms/{term_id}/closing",
    request=CloseTerm, reply=Closing, roles=CITY, errors=(NotFound, NotReadyToClose, WrongState), status=202,
)  # fmt: skip
GET_CLOSING = _operation(
    "get_closing", "查看结班进度", "Show the closing of a term", "GET", "/terms/{term_id}/closing",
    request=GetClosing, reply=Closing, roles=CITY_READERS, errors=(NotFound,), versioned=True,
)  # fmt: skip
GET_CLOSING_CHECKLIST = _operation(
    "get_closing_checklist", "查看归档材料清单", "Show the checklist of a closing", "GET",
    "/terms/{term_id}/closing/checklist",
    request=GetClosing, reply=Checklist, roles=CITY | {Role.AUDITOR}, errors=(NotFound,), timeout=120.0,
)  # fmt: skip
REOPEN_TERM = _operation(
    "reopen_term", "重新打开已结班次", "Reopen a closed term", "POST", "/terms/{term_id}/closing/reopening",
    request=ReopenTerm, reply=Closing, roles=ORGANISERS, errors=(NotFound, WrongState), versioned=True,
)  # fmt: skip
GET_TERM_ARCHIVE = _operation(
    "get_term_archive", "下载班次档案", "Download the archive of a term", "GET", "/terms/{term_id}/archive",
    request=GetClosing, reply=ArchiveFile, roles=CITY | {Role.AUDITOR}, errors=(NotFound,), download=True,
    timeout=60.0,
)  # fmt: skip
VERIFY_TERM_ARCHIVE = _operation(
    "verify_term_archive", "核验班次档案", "Verify the archive of a term", "GET",
    "/terms/{term_id}/archive/verification",
    request=GetClosing, reply=ArchiveVerdict, roles=CITY | {Role.AUDITOR}, errors=(NotFound,), timeout=60.0,
)  # fmt: skip

OPERATIONS = (
    CLOSE_TERM,
    GET_CLOSING,
    GET_CLOSING_CHECKLIST,
    REOPEN_TERM,
    GET_TERM_ARCHIVE,
    VERIFY_TERM_ARCHIVE,
)
