"""Reading rosters and how their import went."""

from __future__ import annotations

import base64
from pathlib import PurePath
from typing import Any

from services.enrollment.contract import RosterNotReady
from services.enrollment.store import ROSTER_PARTS, ROSTER_ROWS, ROSTERS
from shared.spreadsheets.workbooks import XLSX
from shared.storage import View, subtree

_SHOWN_ERRORS = 100


def shown_roster(row: dict[str, Any], errors: list[dict[str, Any]]) -> dict[str, Any]:
    """Return an import as the contract shows it."""
    shown = {key: row[key] for key in ("unit_id", "filename", "preview", "state", "problem", "counts", "columns")}
    shown |= {key: row[key] for key in ("received_at", "finished_at", "version")}
    return {"import_id": row["_id"], **shown, "row_errors": errors}


def list_rosters(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List imports within reach, the latest first, without their rows; a unit brings those below it too."""
    rows = view.rows(ROSTERS)
    given = {"state": request["state"]} if request.get("state") else {}
    below = subtree(request["unit_id"]) if request.get("unit_id") else {}
    found, cursor = rows.page(
        {"$and": [rows.reach(), given, below]}, request.get("cursor"), request["limit"], sort="-_id"
    )
    return {"items": [shown_roster(row, []) for row in found], "next_cursor": cursor}


def get_roster(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Show one import with its first rows in error."""
    row = view.rows(ROSTERS).get_within_reach(request["import_id"])
    condition = {"import_id": row["_id"], "result": {"$in": ["error", "refused"]}}
    errors = view.rows(ROSTER_ROWS).find(condition, sort=(("_id", 1),), limit=_SHOWN_ERRORS)
    return shown_roster(row, [_shown_row(each) for each in errors])


def list_roster_rows(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """List how the rows of an import ended."""
    roster = view.rows(ROSTERS).get_within_reach(request["import_id"])
    condition = {"import_id": roster["_id"]} | ({"result": request["result"]} if request.get("result") else {})
    found, cursor = view.rows(ROSTER_ROWS).page(condition, request.get("cursor"), request["limit"])
    return {"items": [_shown_row(row) for row in found], "next_cursor": cursor}


def get_roster_file(view: View, request: dict[str, Any]) -> dict[str, Any]:
    """Return the copy with the result beside each row; it holds identity numbers, so the view is audited."""
    roster = view.rows(ROSTERS).get_within_reach(request["import_id"])
    content = roster_content(
        view, roster["_id"], "annotated", "下载带校验说明的名单 / download of the annotated roster"
    )
    if not content:
        raise RosterNotReady(
            f"名单处理状态为“{roster['state']}”，暂无带校验说明的文件，请处理完成后再下载",
            f"the import is {roster['state']!r} and has no annotated copy; come back when it is done",
            state=roster["state"],
        )
    return {
        "filename": f"{PurePath(roster['filename']).stem}-校验结果.xlsx",
        "media_type": XLSX,
        "content": base64.b64encode(content).decode(),
    }


def roster_content(view: View, import_id: str, copy: str, purpose: str) -> bytes:
    """Return a stored file, empty when there is none; its opening is audited with the purpose."""
    rows = view.rows(ROSTER_PARTS)
    parts = rows.find({"import_id": import_id, "copy": copy}, sort=(("number", 1),))
    return b"".join(rows.unseal_many(parts, "content", purpose)) if parts else b""


def _shown_row(row: dict[str, Any]) -> dict[str, Any]:
    return {key: row[key] for key in ("sheet", "row", "result", "nomination_id", "remarks")}
