"""A plain table as an .xlsx workbook that a spreadsheet program opens without running anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from math import ceil

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from shared.spreadsheets.text import harmless
from shared.spreadsheets.workbooks import saved

Value = str | int | Decimal | date | None
_HEAD = PatternFill("solid", start_color="FFD9E1F2")
_BOLD = Font(bold=True)
_TITLE = Font(bold=True, size=14)
_TOP = Alignment(wrap_text=True, vertical="top")
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LINE = Side(style="thin", color="FF808080")
_FRAME = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_WIDEST, _NARROWEST = 44, 8
_TITLE_HEIGHT, _LINE_HEIGHT = 30, 15


def table_workbook(
    title: str, heading: Sequence[str], rows: Sequence[Sequence[Value]], notes: Sequence[str] = ()
) -> bytes:
    """Return the workbook: a title, the heading, the rows, and notes below them.

    Text is written as text, never as a formula; amounts stay numbers with two decimals. Printed it is as wide as a
    sheet of A4 laid across, with the title and the heading on each page.
    """
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "".join(char for char in title if char not in r"\/*?:[]")[:31] or "清单"
    page.cell(1, 1, harmless(title)).font = _TITLE
    page.cell(1, 1).alignment = _MIDDLE
    page.row_dimensions[1].height = _TITLE_HEIGHT
    page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=max(1, len(heading)))
    for column, words in enumerate(heading, 1):
        cell = page.cell(2, column, words)
        cell.font, cell.fill, cell.alignment, cell.border = _BOLD, _HEAD, _MIDDLE, _FRAME
    for number, row in enumerate(rows, 3):
        for column, value in enumerate(row, 1):
            _write(page.cell(number, column), value)
    for number, note in enumerate(notes, len(rows) + 4):
        page.cell(number, 1, harmless(note))
    widths = []
    for column in range(1, len(heading) + 1):
        width = max((_width(row[column - 1]) for row in (heading, *rows)), default=0)
        widths.append(min(_WIDEST, max(_NARROWEST, width + 2)))
        page.column_dimensions[get_column_letter(column)].width = widths[-1]
    for number, row in enumerate(rows, 3):
        # Not every program makes a row as high as its wrapped text.
        lines = max(ceil(_width(value) / (width - 1)) for value, width in zip(row, widths, strict=True))
        page.row_dimensions[number].height = _LINE_HEIGHT * max(1, lines)
    page.freeze_panes = "A3"
    _lay_out(page)
    return saved(book)


def _lay_out(page: Worksheet) -> None:
    page.page_setup.orientation, page.page_setup.paperSize = page.ORIENTATION_LANDSCAPE, page.PAPERSIZE_A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_options.horizontalCentered = True
    page.print_title_rows = "1:2"
    page.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("第&P页，共&N页"))


def _write(cell: SheetCell | MergedCell, value: Value) -> None:
    if not isinstance(cell, SheetCell):
        return
    cell.alignment, cell.border = _TOP, _FRAME
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
