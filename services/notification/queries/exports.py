"""What notification gives for the archive of a term: both registers, and the transfer letters that hold."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from services.notification.queries.letters import KIND_ZH, filename
from services.notification.store import CERTIFICATES, FILES, LETTERS, TERMS
from shared.clock import CITY_ZONE
from shared.spreadsheets.csv_files import CSV, csv_table
from shared.storage import View, exactly

Row = dict[str, Any]
_LETTER_STATES = {
    "registered": "已编号",
    "printed": "待签发",
    "issued": "已发出",
    "unprintable": "未能生成",
    "void": "作废",
}
_CERTIFICATE_STATES = {"registered": "已编号", "issued": "有效", "unprintable": "未能生成", "revoked": "已撤销"}
_ACKNOWLEDGED = {"awaited": "待回执", "received": "已回执", "overdue": "逾期未回执"}


def export_notification_files(view: View, request: Row) -> Row:
    """Return the files of a term; none for a term that is not known here."""
    term_id = request["term_id"]
    if view.rows(TERMS).one({"_id": exactly(term_id)}) is None:
        return {"files": []}
    letters = view.rows(LETTERS).find({"term_id": exactly(term_id)}, [("series", 1), ("year", 1), ("sequence", 1)])
    files = [_table("发文登记表.csv", "letters", _LETTER_HEADING, _letter_lines(letters))]
    files += _transfer_letters(view, letters)
    files.append(_table("结业证书登记表.csv", "certificates", _CERTIFICATE_HEADING, _certificate_lines(view, term_id)))
    return {"files": files}


_LETTER_HEADING = (
    "文号", "类别", "成文日期", "标题", "单位", "人数", "状态", "替代文号", "被替代文号", "作废原因", "回执", "SHA-256",
)  # fmt: skip


def _letter_lines(letters: Sequence[Row]) -> Iterable[Sequence[object]]:
    numbers = {row["_id"]: row["number"] for row in letters}
    for row in letters:
        acknowledged = row["acknowledgement"]["state"] if row["acknowledgement"] else ""
        yield (
            row["number"],
            KIND_ZH[row["kind"]],
            row["issued_on"],
            row["title"],
            row["unit_title"],
            row["trainees"],
            _LETTER_STATES[row["state"]],
            numbers.get(row["supersedes"]),
            numbers.get(row["superseded_by"]),
            row["void_reason"],
            _ACKNOWLEDGED.get(acknowledged, acknowledged),
            row["sha256"],
        )


def _transfer_letters(view: View, letters: Sequence[Row]) -> list[Row]:
    held = {
        row["_id"]: row
        for row in letters
        if row["kind"] == "transfer" and row["superseded_by"] is None and row["state"] == "issued"
    }
    stored = view.rows(FILES).find({"_id": {"$in": list(held)}}, [("_id", 1)])
    pdfs = view.rows(FILES).unseal_many(stored, "pdf", purpose="archive a term")
    named = ((held[file["_id"]], pdf) for file, pdf in zip(stored, pdfs, strict=True))
    return [
        _file(f"选调函/{filename(row['kind'], row['number'])}", "application/pdf", pdf, "letters") for row, pdf in named
    ]


_CERTIFICATE_HEADING = (
    "证书编号", "发证日期", "姓名", "单位编号", "学时", "状态", "撤销日期", "撤销原因", "校验码", "签名文本",
)  # fmt: skip


def _certificate_lines(view: View, term_id: str) -> Iterable[Sequence[object]]:
    rows = view.rows(CERTIFICATES)
    found = rows.find({"term_id": exactly(term_id)}, [("series", 1), ("year", 1), ("sequence", 1)])
    said = rows.unseal_many(found, "said", purpose="archive a term")
    signed = rows.unseal_many(found, "signed", purpose="archive a term")
    for row, plain, text in zip(found, said, signed, strict=True):
        yield (
            row["serial"],
            row["issued_on"],
            plain["name"],
            row["unit_id"],
            row["hours"],
            _CERTIFICATE_STATES[row["state"]],
            _day(row["revoked_at"]),
            row["reason"],
            row["code"],
            text,
        )


def _day(instant: datetime | None) -> str:
    return instant.astimezone(CITY_ZONE).date().isoformat() if instant else ""


def _table(name: str, item: str, heading: Sequence[str], lines: Iterable[Sequence[object]]) -> Row:
    return _file(name, CSV, csv_table(heading, lines), item)


def _file(name: str, media_type: str, content: bytes, item: str) -> Row:
    return {"name": name, "media_type": media_type, "content": base64.b64encode(content).decode(), "item": item}
