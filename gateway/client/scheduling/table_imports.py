"""Table imports of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal

from gateway.client.scheduling.types.table_imports import TableImport, TableImportPage
from gateway.client.wire import UNSET, Caller, Download, Unset, given


class TableImportsCalls(Caller):
    """计划与排期 / Plans and scheduling: table imports."""

    def import_table(
        self,
        *,
        kind: Literal["lecturers", "rooms", "courses"],
        file: bytes,
        filename: str | Unset = UNSET,
        plan_id: str | Unset | None = UNSET,
        preview: bool | Unset = UNSET,
        idempotency_key: str | None = None,
    ) -> TableImport:
        """从Excel导入师资、教室或课程 / Import lecturers, rooms or courses from a workbook."""
        return self._wire.send(
            TableImport,
            "POST",
            "/table-imports",
            given(kind=kind, file=file, filename=filename, plan_id=plan_id, preview=preview),
            idempotency_key=idempotency_key,
            upload="file",
        )

    def list_table_imports(
        self,
        *,
        cursor: str | Unset = UNSET,
        limit: int | Unset = UNSET,
        kind: Literal["lecturers", "rooms", "courses"] | Unset = UNSET,
    ) -> TableImportPage:
        """列出历次表格导入 / List imports of tables."""
        return self._wire.send(TableImportPage, "GET", "/table-imports", given(cursor=cursor, limit=limit, kind=kind))

    def get_table_import_file(self, *, import_id: str) -> Download:
        """下载带校验说明的表格 / Download the table with the result beside each row."""
        return self._wire.download("GET", "/table-imports/{import_id}/file", given(import_id=import_id))

    def get_table_form(self, *, kind: Literal["lecturers", "rooms", "courses"]) -> Download:
        """下载导入用的空白表 / Download the form of a table to import."""
        return self._wire.download("GET", "/table-forms/{kind}", given(kind=kind))
