"""Reads rosters in the old .xls."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlrd

from services.enrollment.domain.sheet import BadCell, Cell, ReadLimits, RowNote, Sheet, Unreadable, too_many_rows
from services.enrollment.rosterfiles.annotation import build_workbook
from services.enrollment.rosterfiles.container import COMPOUND, locked, refuse_unsafe_compound


class XlsRosters:
    """The reader of BIFF workbooks; the annotated copy is an .xlsx made anew."""

    def claims(self, content: bytes, filename: str) -> bool:
        """Return whether it is an OLE2 compound file."""
        return content.startswith(COMPOUND)

    def read(self, content: bytes, limits: ReadLimits) -> list[Sheet]:
        """Return the visible sheets, merged areas filled."""
        refuse_unsafe_compound(content)
        try:
            book = _opened(content)
            return _sheets(book, limits)
        except Unreadable:
            raise
        except Exception as error:  # xlrd lets struct.error, IndexError and others through on damaged files
            if "encrypted" in str(error).lower() or "password" in str(error).lower():
                raise locked() from error
            raise Unreadable(
                "broken",
                "旧版Excel文件无法读取，可能已损坏；请另存为.xlsx后重新上传",
                "the old .xls file cannot be read; save it as .xlsx and send that",
            ) from error

    def annotate(
        self,
        content: bytes,
        sheets: Sequence[Sheet],
        notes: Mapping[tuple[str, int], RowNote],
        headings: Mapping[str, int],
    ) -> bytes:
        """Return an .xlsx with the rows and the notes."""
        return build_workbook(sheets, notes, headings)


def _opened(content: bytes) -> Any:
    try:
        return xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=io.StringIO())
    except NotImplementedError:
        return xlrd.open_workbook(file_contents=content, logfile=io.StringIO())


def _sheets(book: Any, limits: ReadLimits) -> list[Sheet]:
    sheets = []
    filled = 0
    for page in book.sheets():
        if page.visibility != 0:
            continue
        rows: list[list[Cell]] = []
        for number in range(page.nrows):
            width = min(page.row_len(number), limits.columns)
            row = [_cell(page.cell(number, column), book.datemode) for column in range(width)]
            while row and row[-1] in (None, ""):
                row.pop()
            filled += bool(row)
            if filled > limits.rows:
                raise too_many_rows(limits.rows)
            rows.append(row)
        while rows and not rows[-1]:
            rows.pop()
        _fill_merged(rows, getattr(page, "merged_cells", []), limits.columns)
        sheets.append(Sheet(page.name, rows))
    return sheets


def _cell(cell: Any, datemode: int) -> Cell:
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return None
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return BadCell("error")
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return bool(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return xlrd.xldate_as_datetime(cell.value, datemode)  # type: ignore[no-any-return]
        except (ValueError, OverflowError):
            return float(cell.value)
    return cell.value  # type: ignore[no-any-return]


def _fill_merged(rows: list[list[Cell]], areas: Sequence[tuple[int, int, int, int]], columns: int) -> None:
    for top, bottom, left, right in areas:
        if top >= len(rows) or left >= len(rows[top]) or rows[top][left] in (None, ""):
            continue
        value = rows[top][left]
        for row in rows[top : min(bottom, len(rows))]:
            row.extend([None] * (min(right, columns) - len(row)))
            for column in range(left, min(right, columns)):
                row[column] = value if row[column] in (None, "") else row[column]


READER = XlsRosters()
