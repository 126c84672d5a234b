"""A plain table as an .xlsx workbook that a spreadsheet program opens without running anything."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from services.enrollment.rosterfiles.annotation import MEDIA_TYPE as MEDIA_TYPE
from shared.spreadsheets.text import harmless

Value = str | int | Decimal | date | None
_HEAD = PatternFill("solid", start_color="FFD9E1F2")
_BOLD = Font(bold=True)
_TITLE = Font(bold=True, size=14)
_TOP = Alignment(wrap_text=True, vertical="top")
_WIDEST, _NARROWEST = 60, 8


def table_workbook(
    title: str, heading: Sequence[str], rows: Sequence[Sequence[Value]], notes: Sequence[str] = ()
) -> bytes:
    """Return the workbook: a title, the heading, the rows, and notes below them.

    Text is written as text, never as a formula; amounts stay numbers with two decimals.
    """
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "".join(char for char in title if char not in r"\/*?:[]")[:31] or "清单"
    page.cell(1, 1, harmless(title)).font = _TITLE
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=max(1, len(heading)))
    for column, words in enumerate(heading, 1):
        cell = page.cell(2, column, words)
        cell.font, cell.fill, cell.alignment = _BOLD, _HEAD, _TOP
    for number, row in enumerate(rows, 3):
        for column, value in enumerate(row, 1):
            _write(page.cell(number, column), value)
    for number, note in enumerate(notes, len(rows) + 4):
        page.cell(number, 1, harmless(note))
    for column in range(1, len(heading) + 1):
        width = max((_width(row[column - 1]) for row in (heading, *rows)), default=0)
        page.column_dimensions[get_column_letter(column)].width = min(_WIDEST, max(_NARROWEST, width + 2))
    page.freeze_panes = "A3"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(cell: SheetCell | MergedCell, value: Value) -> None:
    if not isinstance(cell, SheetCell):
        return
    cell.alignment = _TOP
    if isinstance(value, str):
        cell.value = harmless(value)
        cell.data_type = "s"
    elif value is not None:
        cell.value = value
        if isinstance(value, Decimal):
            cell.number_format = "#,##0.00"


def _width(value: Value) -> int:
    text = "" if value is None else str(value)
    return max((sum(2 if ord(char) > 0x2E80 else 1 for char in line) for line in text.split("\n")), default=0)
