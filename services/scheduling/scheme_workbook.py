"""A training scheme as an .xlsx workbook: its courses by module, and its budget."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from services.scheduling.domain.scheme import BUDGET_ITEMS, FORM_NAMES, scheme_of
from shared.spreadsheets.text import harmless
from shared.spreadsheets.workbooks import saved

_TOP = Alignment(wrap_text=True, vertical="top")
_HEAD = PatternFill("solid", start_color="FFD9E1F2")
_WIDTHS = (18, 44, 12, 8, 30)
Row = Sequence[str | int | Decimal]


def scheme_workbook(programme_title: str, version: Mapping[str, Any]) -> bytes:
    """Return the workbook of one version of a scheme."""
    scheme = scheme_of(version["scheme"])
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "培训方案"
    _write(page, 1, (f"“{programme_title}”培训方案（第{version['number']}版）",), Font(bold=True, size=14))
    _write(page, 2, (f"培训目标：{scheme.aims}",))
    for row in (1, 2):
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(_WIDTHS))
    courses: list[Row] = [
        (module.title, each.title, FORM_NAMES[each.form][0], each.hours, "、".join(each.expertise))
        for module in scheme.modules
        for each in module.courses
    ]
    row = _table(page, 4, ("模块", "课程", "形式", "学时", "所需专长"), [*courses, ("合计", "", "", scheme.hours, "")])
    budget: list[Row] = [(BUDGET_ITEMS[each.item][0], Decimal(each.amount)) for each in scheme.budget]
    _table(page, row + 2, ("经费项目", "金额（元）"), [*budget, ("合计", scheme.total)])
    for column, width in enumerate(_WIDTHS, 1):
        page.column_dimensions[get_column_letter(column)].width = width
    return saved(book)


def _table(page: Worksheet, row: int, heading: Row, rows: Sequence[Row]) -> int:
    _write(page, row, heading, Font(bold=True), _HEAD)
    for number, each in enumerate(rows, row + 1):
        _write(page, number, each)
    return row + len(rows)


def _write(page: Worksheet, row: int, values: Row, font: Font | None = None, fill: PatternFill | None = None) -> None:
    for column, value in enumerate(values, 1):
        cell = page.cell(row, column)
        cell.value = harmless(value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"
        elif isinstance(value, Decimal):
            cell.number_format = "#,##0.00"
        cell.alignment = _TOP
        if font is not None:
            cell.font = font
        if fill is not None:
            cell.fill = fill
