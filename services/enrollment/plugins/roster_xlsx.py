"""Reads rosters in .xlsx."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from datetime import time, timedelta
from typing import Any

from openpyxl import load_workbook
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
from shared.spreadsheets.sheets import ERROR_VALUES, LAST_ROW, fill_merged, mark_uncalculated
from shared.spreadsheets.weight import weigh

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
            kept = sum(part.file_size for part in archive.infolist()) <= _KEPT_LAYOUT_BYTES
            kept = kept and weigh(archive).bears_layout
        if not kept:
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
            rows, filled = _rows(page, limits, left)
            left -= filled
            mark_uncalculated(rows, content, page.title, raw, limits.columns, BadCell("formula"))
            fill_merged(rows, raw, limits.columns)
            sheets.append(Sheet(page.title, rows))
        book.close()
    return sheets


def _rows(page: Any, limits: ReadLimits, left: int) -> tuple[list[list[Cell]], int]:
    page.reset_dimensions()
    rows: list[list[Cell]] = []
    filled = 0
    for number, values in enumerate(page.iter_rows(max_col=limits.columns, values_only=True), 1):
        if number > LAST_ROW:
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
    if isinstance(value, str) and value in ERROR_VALUES:
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


def _unreadable() -> Unreadable:
    return Unreadable(
        "broken",
        "文件内部结构有误，无法读取；请用Excel打开另存后重新上传",
        "the workbook cannot be read; open it in Excel, save it again and send that",
    )


READER = XlsxRosters()
