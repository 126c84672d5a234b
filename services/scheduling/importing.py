"""Importing a table: read beside the event loop, judged as a whole, then all rows saved in one transaction, or none."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from services.scheduling.commands.table_imports import conclude
from services.scheduling.contract.table_imports import ImportOvertaken, NotATable
from services.scheduling.domain.import_columns import TABLES
from services.scheduling.import_workbook import Limits, annotated, read_table
from services.scheduling.limits import policy_table
from services.scheduling.queries.table_imports import errors_of
from shared.errors import Invalid
from shared.runtime import Work
from shared.spreadsheets.package import UnsafeWorkbook
from shared.storage import Transaction


def import_table(work: Work) -> dict[str, Any]:
    """Take a table over. Raises ``NotATable``; wrong rows are no fault: the reply and the file's copy tell them."""
    request = work.request
    if request["kind"] == "courses" and request["plan_id"] is None:
        raise Invalid("导入课程时请给出 plan_id（所属计划）", "give plan_id, the plan the courses belong to", fields={})
    policies = policy_table().on(work.clock.today())
    content = _content(request["file"], policies.number("import.max_bytes"))
    limits = Limits(*(policies.number(f"import.{name}") for name in ("unpacked_bytes", "cells", "rows")))
    try:
        table = work.offload(read_table, content, TABLES[request["kind"]], limits)
    except UnsafeWorkbook as refusal:
        raise NotATable(refusal.words.zh, refusal.words.en, reason=refusal.code) from None
    errors = errors_of(work.view(), request, table)
    copy = work.offload(annotated, content, table, errors)

    def body(tx: Transaction) -> dict[str, Any]:
        if errors_of(tx, request, table) != errors:
            raise ImportOvertaken(
                "核对期间所引用的校区、班次或培训方案有变动，请重新导入",
                "campuses, programmes or schemes changed while the file was looked at; import it again",
            )
        return conclude(tx, request, table, errors, copy)

    return work.transact(body)


def _content(encoded: str, most: int) -> bytes:
    try:
        content = base64.b64decode(encoded, validate=True) if len(encoded) <= most * 4 // 3 + 4 else None
    except (binascii.Error, ValueError):
        raise NotATable(
            "文件内容不是有效的base64，请通过上传功能提交", "the file is no valid base64; upload it", reason="base64"
        ) from None
    if content is None or len(content) > most:
        raise NotATable(
            f"文件超过{most >> 20} MiB，请删除图片或拆分后上传",
            f"the file is above {most >> 20} MiB; remove pictures or split it",
            reason="file-size",
        )
    return content
