"""Reads rosters in .xlsx."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from datetime import time, timedelta
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from services.enrollment.domain.sheet import (
    BadCell,
    Cell,
    ReadLimits,
    RowNote,
    Sheet,
    Unreadable,
    stray_cell,
    too_many_rows,
    too_many_sheets,
)
from services.enrollment.rosterfiles.annotation import annotate_workbook, build_workbook
from services.enrollment.rosterfiles.container import ZIP, open_package

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell [^>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!"})
_LAST_ROW = 1_048_576
_KEPT_LAYOUT_BYTES = 40 << 20


class XlsxRosters:
    """The reader of Office Open XML workbooks."""

    def claims(self, content: bytes, filename: str) -> bool:
        """Return whether it is a zip archive."""
        return content.startswith(ZIP)

    def read(self, content: bytes, limits: ReadLimits) -> list[Sheet]:
        """Return the visible sheets, merged areas filled, formulas as their last results."""
        archive = open_package(content, limits)
        try:
            return list(_sheets(content, archive, limits))
        except Unreadable:
            raise
        except (
            zipfile.BadZipFile,
            InvalidFileException,
            KeyError,
            ValueError,
            TypeError,
            AttributeError,
            OSError,
        ) as e:
            raise _unreadable() from e
        except Exception as error:  # XML parsers and defusedxml raise types of their own
            raise _unreadable() from error

    def annotate(
        self,
        content: bytes,
        sheets: Sequence[Sheet],
        notes: Mapping[tuple[str, int], RowNote],
        headings: Mapping[str, int],
    ) -> bytes:
        """Return the unit's own workbook with notes; a bloated one is made anew from its rows."""
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            bloated = sum(part.file_size for part in archive.infolist()) > _KEPT_LAYOUT_BYTES
        if bloated:
            return build_workbook(sheets, notes, headings)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return annotate_workbook(content, sheets, notes, headings)


def _sheets(content: bytes, archive: zipfile.ZipFile, limits: ReadLimits) -> list[Sheet]:
    sheets: list[Sheet] = []
    left = limits.rows
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        pages: list[Any] = [page for page in book.worksheets if page.sheet_state == "visible"]
        if len(pages) > limits.sheets:
            raise too_many_sheets(limits.sheets)
        for page in pages:
            raw = archive.read(page._worksheet_path)
            formulas = _formulas(content, page.title, limits) if _FORMULA.search(raw) else set()
            rows, filled = _rows(page, limits, left)
            left -= filled
            _mark_formulas(rows, formulas)
            _fill_merged(rows, _MERGED.findall(raw), limits.columns)
            sheets.append(Sheet(page.title, rows))
        book.close()
    return sheets


def _rows(page: Any, limits: ReadLimits, left: int) -> tuple[list[list[Cell]], int]:
    page.reset_dimensions()
    rows: list[list[Cell]] = []
    filled = 0
    for number, values in enumerate(page.iter_rows(max_col=limits.columns, values_only=True), 1):
        if number > _LAST_ROW:
            break
        row = _trimmed(values)
        if not row:
            continue
        filled += 1
        if filled > left:
            raise too_many_rows(limits.rows)
        if number > limits.furthest_row:
            raise stray_cell(number)
        rows.extend([] for _ in range(number - len(rows) - 1))
        rows.append(row)
    return rows, filled


def _cell(value: Any) -> Cell:
    if isinstance(value, str) and value in _ERRORS:
        return BadCell("error")
    if isinstance(value, (time, timedelta)):
        return str(value)
    cell: Cell = value
    return cell


def _trimmed(values: Sequence[Any]) -> list[Cell]:
    filled = len(values) - values.count(None)
    row: list[Cell] = []
    for value in values:
        if not filled:
            break
        row.append(value if value is None else _cell(value))
        filled -= value is not None
    while row and (row[-1] is None or (isinstance(row[-1], str) and not row[-1].strip())):
        row.pop()
    return row


def _formulas(content: bytes, title: str, limits: ReadLimits) -> set[tuple[int, int]]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    page = book[title]
    page.reset_dimensions()
    found: set[tuple[int, int]] = set()
    for number, row in enumerate(page.iter_rows(max_col=limits.columns), 1):
        if number > _LAST_ROW:
            break
        found.update((number - 1, index) for index, cell in enumerate(row) if getattr(cell, "data_type", "") == "f")
    book.close()
    return found


def _mark_formulas(rows: list[list[Cell]], formulas: set[tuple[int, int]]) -> None:
    for row, column in formulas:
        if row < len(rows):
            cells = rows[row]
            cells.extend([None] * (column + 1 - len(cells)))
            if cells[column] is None:
                cells[column] = BadCell("formula")


def _fill_merged(rows: list[list[Cell]], areas: list[bytes], columns: int) -> None:
    budget = len(rows) * columns  # areas do not overlap in a sound file; in a forged one they might, without end
    for area in areas:
        left, top, right, bottom = (int(edge or 0) for edge in range_boundaries(area.decode()))
        if not 1 <= top <= len(rows) or left > len(rows[top - 1]) or rows[top - 1][left - 1] is None:
            continue
        value = rows[top - 1][left - 1]
        right, bottom = min(right, columns), min(bottom, len(rows))
        budget -= (right - left + 1) * (bottom - top + 1)
        if budget < 0:
            return
        for row in rows[top - 1 : bottom]:
            row.extend([None] * (right - len(row)))
            row[left - 1 : right] = [value if cell is None else cell for cell in row[left - 1 : right]]


def _unreadable() -> Unreadable:
    return Unreadable(
        "broken",
        "文件内部结构有误，无法读取；请用Excel打开另存后重新上传",
        "the workbook cannot be read; open it in Excel, save it again and send that",
    )


READER = XlsxRosters()
