"""Taking a roster file: looked at, kept sealed in pieces, its import announced."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Any

from services.enrollment.commands.refusals import fault_of
from services.enrollment.contract import ROSTER_RECEIVED, NotARoster, RosterAlreadyFiled, RosterTooLarge
from services.enrollment.domain.roster.heading import find_headings
from services.enrollment.domain.sheet import ReadLimits, Unreadable
from services.enrollment.limits import policy_table, read_limits
from services.enrollment.queries.rosters import shown_roster
from services.enrollment.readers import Readers
from services.enrollment.store import ROSTER_PARTS, ROSTERS, UNITS
from shared.errors import Conflict
from shared.identifiers import new_id
from shared.runtime import Work
from shared.storage import Transaction

_PART_BYTES = 1 << 20
NO_COUNTS = {"rows": 0, "checked": 0, "filed": 0, "warned": 0, "refused": 0, "errors": 0, "questions": 0}


def file_roster(work: Work) -> dict[str, Any]:
    """Keep a roster and announce it; whatever cannot be a roster is refused before anything is kept."""
    request = work.request
    policies = policy_table().on(work.clock.today())
    content = _content(request["file"], policies.number("roster.max_bytes"))
    work.view().rows(UNITS).get(request["unit_id"])
    readers = Readers(work.plugins)
    work.offload(_look_at, readers, content, request["filename"], read_limits(policies))
    return work.transact(lambda tx: _keep(tx, request, content))


def keep_parts(tx: Transaction, import_id: str, copy: str, content: bytes) -> None:
    """Store a file sealed, in pieces a document can hold."""
    rows = tx.rows(ROSTER_PARTS)
    for number, start in enumerate(range(0, len(content), _PART_BYTES)):
        rows.insert(
            {
                "_id": f"{import_id}:{copy}:{number}",
                "import_id": import_id,
                "copy": copy,
                "number": number,
                "content": content[start : start + _PART_BYTES],
            }
        )


def _content(encoded: str, most: int) -> bytes:
    if len(encoded) > most * 4 // 3 + 4:
        raise _too_large(most)
    try:
        content = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise NotARoster(
            "文件内容不是有效的base64，请通过上传功能提交",
            "the file is not valid base64; send it as an upload",
            reason="base64",
        ) from None
    if len(content) > most:
        raise _too_large(most)
    return content


def _too_large(most: int) -> RosterTooLarge:
    return RosterTooLarge(
        f"名单文件超过{most >> 20} MiB，请删除图片或拆分后上传",
        f"the roster file is above {most >> 20} MiB; remove pictures or split it",
        reason="file-size",
        limit=most,
    )


def _look_at(readers: Readers, content: bytes, filename: str, limits: ReadLimits) -> None:
    try:
        find_headings(readers.read(content, filename, limits))
    except Unreadable as refusal:
        raise fault_of(refusal) from None


def _keep(tx: Transaction, request: dict[str, Any], content: bytes) -> dict[str, Any]:
    digest = hashlib.sha256(content).hexdigest()
    key = None if request["preview"] else f"{request['unit_id']}:{digest}"
    _refuse_double(tx, key)
    import_id = new_id("import")
    row = tx.rows(ROSTERS).insert(
        {
            "_id": import_id,
            "unit_id": request["unit_id"],
            "filename": request["filename"] or "roster",
            "sha256": digest,
            "filed_key": key,
            "preview": request["preview"],
            "plan_id": request["plan_id"],
            "state": "received",
            "problem": None,
            "counts": dict(NO_COUNTS),
            "columns": {},
            "received_at": tx.now,
            "finished_at": None,
        }
    )
    keep_parts(tx, import_id, "original", content)
    tx.emit(ROSTER_RECEIVED, {"import_id": import_id, "unit_id": request["unit_id"]}, subject=import_id)
    return shown_roster(row, [])


def _refuse_double(tx: Transaction, key: str | None) -> None:
    known = tx.rows(ROSTERS).one({"filed_key": key}) if key else None
    if known is None:
        return
    done: type[Conflict] = RosterAlreadyFiled
    raise done(
        f"本单位已报送过内容完全相同的名单（{known['_id']}），未重复导入；如有改动请上传改动后的文件",
        f"your unit has filed exactly this file before ({known['_id']}); nothing was imported again",
        import_id=known["_id"],
        state=known["state"],
    )
