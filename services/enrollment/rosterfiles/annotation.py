"""The copy that goes back to the unit: its own layout, and beside each row what became of it."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from services.enrollment.domain.sheet import BadCell, Cell, RowNote, Sheet
from shared.spreadsheets.text import harmless
from shared.spreadsheets.workbooks import saved

RESULT, EXPLANATION = "校验结果", "校验说明"
_FILLS = {
    "good": PatternFill("solid", start_color="FFE2EFDA"),
    "warn": PatternFill("solid", start_color="FFFFF2CC"),
    "bad": PatternFill("solid", start_color="FFF8CBAD"),
    "head": PatternFill("solid", start_color="FFD9E1F2"),
}
_WRAPPED = Alignment(wrap_text=True, vertical="top")


def annotate_workbook(
    content: bytes, sheets: Sequence[Sheet], notes: Mapping[tuple[str, int], RowNote], headings: Mapping[str, int]
) -> bytes:
    """Return an .xlsx with notes in two new columns; fonts, widths and merged areas stay, formulas become values."""
    book = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
    for sheet in sheets:
        if sheet.name not in headings or sheet.name not in book.sheetnames:
            continue
        page = book[sheet.name]
        width = max((len(row) for row in sheet.rows), default=0)
        _write_notes(page, sheet.name, width, notes, headings[sheet.name])
    return saved(book)


def build_workbook(
    sheets: Sequence[Sheet], notes: Mapping[tuple[str, int], RowNote], headings: Mapping[str, int]
) -> bytes:
    """Return an .xlsx made anew from the rows, for files whose own format is not written back."""
    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    for sheet in sheets:
        page = book.create_sheet(sheet.name[:31] or "名单")
        for number, row in enumerate(sheet.rows, 1):
            for column, value in enumerate(row, 1):
                _put(page, number, column, value)
        width = max((len(row) for row in sheet.rows), default=0)
        for column in range(1, width + 1):
            page.column_dimensions[get_column_letter(column)].width = 16
        if sheet.name in headings:
            _write_notes(page, sheet.name, width, notes, headings[sheet.name])
    return saved(book)


def _put(page: Worksheet, row: int, column: int, value: Cell) -> None:
    if value is None or value == "":
        return
    if isinstance(value, BadCell):
        value = "#错误"
    if isinstance(value, str):
        _write_text(page, row, column, value)
    elif isinstance(value, (int, float, bool, date, datetime)):
        page.cell(row, column).value = value


def _write_text(page: Worksheet, row: int, column: int, text: str) -> SheetCell | None:
    cell = page.cell(row, column)
    if not isinstance(cell, SheetCell):  # inside a merged area
        return None
    cell.value = harmless(text)
    cell.data_type = "s"
    return cell


def _write_notes(
    page: Worksheet, name: str, width: int, notes: Mapping[tuple[str, int], RowNote], heading: int
) -> None:
    for offset, (title, wide) in enumerate(((RESULT, 14), (EXPLANATION, 70)), 1):
        head = _write_text(page, heading, width + offset, title)
        if head is not None:
            head.fill, head.font = _FILLS["head"], Font(bold=True)
        page.column_dimensions[get_column_letter(width + offset)].width = wide
    for (sheet, row), note in notes.items():
        if sheet != name:
            continue
        for offset, text in enumerate((note.result, note.explanation), 1):
            cell = _write_text(page, row, width + offset, text)
            if cell is not None:
                cell.fill = _FILLS[note.tone]
                cell.alignment = _WRAPPED
