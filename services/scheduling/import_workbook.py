"""Imported tables as workbooks: reading one safely, the copy with errors beside the rows, the blank form."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from services.scheduling.domain.import_columns import FAILED, UNCALCULATED, UNREADABLE, Cell, Column, Unusable
from services.scheduling.domain.import_rows import (
    Heading,
    HeadingMissing,
    ReadRow,
    RowError,
    example_rows,
    find_heading,
    read_rows,
    unread,
)
from shared.spreadsheets.package import UnsafeWorkbook, require_safe_workbook
from shared.spreadsheets.sheets import ERROR_VALUES, Rows, fill_merged, mark_uncalculated
from shared.spreadsheets.text import harmless
from shared.spreadsheets.weight import weigh
from shared.spreadsheets.workbooks import saved

_RESULT, _EXPLANATION = "校验结果", "校验说明"
_GOOD, _BAD = PatternFill("solid", start_color="FFE2EFDA"), PatternFill("solid", start_color="FFF8CBAD")
_HEAD = PatternFill("solid", start_color="FFD9E1F2")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_MOST_COLUMNS, _MOST_SHEETS = 50, 10
_STRAY = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a workbook is taken: bytes after unpacking, cells written down in it, rows with content."""

    unpacked_bytes: int
    cells: int
    rows: int


@dataclass(frozen=True, slots=True)
class ReadTable:
    """The table of a workbook as far as it can be read, and what is wrong in it.

    ``examples`` are rows left out, ``unread`` headings of columns that hold something and were left out; ``cells`` is
    the whole sheet.
    """

    sheet: str
    heading: Heading
    rows: Sequence[ReadRow]
    errors: Sequence[RowError]
    examples: Sequence[int]
    unread: Sequence[str]
    cells: Sequence[Sequence[Cell]]

    @property
    def results(self) -> int:
        """The column (from 1) for the results: where an earlier copy had them, or right of all that is in the table."""
        table = self.cells[self.heading.row - 1 :]
        return self.heading.strange.get(_RESULT, max(map(len, table))) + 1


def read_table(content: bytes, columns: Sequence[Column], limits: Limits) -> ReadTable:
    """Return the visible sheet with the headings wanted. Raises ``UnsafeWorkbook``."""
    require_safe_workbook(content, limits.unpacked_bytes, limits.cells)
    missing: tuple[str, ...] = ()
    tables = []
    for name, rows in _sheets(content, limits):
        try:
            heading = find_heading(columns, rows)
        except HeadingMissing as fault:
            missing = missing or fault.missing
            continue
        _clear_results(rows, heading)
        read, wrong = read_rows(columns, heading, rows)
        if len(read) > limits.rows:
            raise _too_many(limits)
        tables.append(
            ReadTable(name, heading, read, wrong, example_rows(columns, heading, rows), unread(heading, rows), rows)
        )
    if not tables:
        raise _no_heading(missing or [each.title for each in columns if each.required])
    filled = [table for table in tables if table.rows]
    if len(filled) > 1:
        raise _several(filled)
    return (filled or tables)[0]


def annotated(content: bytes, table: ReadTable, errors: Iterable[RowError]) -> bytes:
    """Return the sender's workbook with the result beside each row; formulas become their values.

    One that would fill the memory when opened as it looks comes back as the table alone, made anew from its rows.
    """
    by_row: dict[int, list[RowError]] = {}
    for each in errors:
        by_row.setdefault(each.row, []).append(each)
    book, page = _opened(content, table)
    column = table.results
    left = f"（未导入的列：{'、'.join(table.unread)}）" if table.unread else ""
    _note(page, table.heading.row, column, (_RESULT, _EXPLANATION + left), _HEAD)
    for row in table.rows:
        wrong = by_row.get(row.row, [])
        words = "；".join(f"{each.column}：{each.zh}" if each.column else each.zh for each in wrong)
        _note(page, row.row, column, ("有误" if wrong else "通过", words), _BAD if wrong else _GOOD)
    for number in table.examples:
        _note(page, number, column, ("示例", "空白表自带的示例行，未导入"), _HEAD)
    page.column_dimensions[get_column_letter(column)].width = 12
    page.column_dimensions[get_column_letter(column + 1)].width = 60
    return saved(book)


def _opened(content: bytes, table: ReadTable) -> tuple[Workbook, Worksheet]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        kept = weigh(archive).bears_layout
    if kept:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
        return book, book[table.sheet]
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = table.sheet
    for number, row in enumerate(table.cells, 1):
        for column, cell in enumerate(row, 1):
            if isinstance(cell, Unusable):
                page.cell(number, column, UNREADABLE)
            elif isinstance(cell, str | int | float | date | time | timedelta):
                page.cell(number, column, cell)
    return book, page


def blank_form(title: str, columns: Sequence[Column], choices: Mapping[str, str]) -> bytes:
    """Return the form to fill in: headings with what is required, and one row as an example."""
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = title
    for number, column in enumerate(columns, 1):
        head = page.cell(1, number, f"{column.title}{'*' if column.required else ''}")
        head.font, head.fill = Font(bold=True), _HEAD
        sample = page.cell(2, number, column.example or None)
        sample.number_format = "@"
        page.column_dimensions[get_column_letter(number)].width = 18
    notes = [
        "带*的列必填；第2行为示例，保持原样则不会导入。",
        "其他单元格留空，即保留已登记的内容；需要清空的，请在平台上修改。",
        *(f"{name}：{words}" for name, words in choices.items()),
    ]
    explained = book.create_sheet("填写说明")
    for number, note in enumerate(notes, 1):
        explained.cell(number, 1, note)
    explained.column_dimensions["A"].width = 90
    page.freeze_panes = "A2"
    return saved(book)


def _sheets(content: bytes, limits: Limits) -> Iterable[tuple[str, Rows]]:
    try:
        with warnings.catch_warnings(), zipfile.ZipFile(io.BytesIO(content)) as archive:
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            pages: list[Any] = [page for page in book.worksheets if page.sheet_state == "visible"]
            sheets = []
            for page in pages[:_MOST_SHEETS]:
                rows, source = _rows(page, limits), archive.read(page._worksheet_path)
                mark_uncalculated(rows, content, page.title, source, _MOST_COLUMNS, UNCALCULATED)
                fill_merged(rows, source, _MOST_COLUMNS)
                sheets.append((page.title, rows))
            book.close()
    except UnsafeWorkbook:
        raise
    except Exception as error:  # XML parsers and defusedxml raise types of their own
        raise UnsafeWorkbook(
            "broken",
            "文件内部结构有误，无法读取；请用Excel打开另存后重新上传",
            "the workbook cannot be read; open it in Excel, save it again and send that",
        ) from error
    return sheets


def _rows(page: Any, limits: Limits) -> Rows:
    page.reset_dimensions()
    rows: Rows = []
    for cells in page.iter_rows(max_col=_MOST_COLUMNS, values_only=True):
        row = [FAILED if isinstance(cell, str) and cell in ERROR_VALUES else cell for cell in cells]
        while row and (row[-1] is None or row[-1] == ""):
            row.pop()
        rows.append(row)
        if len(rows) > _STRAY * limits.rows + 100:
            raise _too_many(limits)
    return rows


def _clear_results(rows: Rows, heading: Heading) -> None:
    """Blank what an earlier copy says of the rows: it is told anew."""
    for title in (_RESULT, _EXPLANATION):
        if title in heading.strange:
            index = heading.strange[title]
            for row in rows[heading.row :]:
                row[index : index + 1] = [None] if index < len(row) else []


def _note(page: Worksheet, row: int, column: int, words: tuple[str, str], fill: PatternFill) -> None:
    for offset, text in enumerate(words):
        cell = page.cell(row, column + offset)
        if isinstance(cell, SheetCell):  # a merged area has no cell to write into
            cell.value = harmless(text)
            cell.data_type = "s"
            cell.fill, cell.alignment = fill, _WRAPPED


def _no_heading(missing: Sequence[str]) -> UnsafeWorkbook:
    named = "、".join(f"“{each}”" for each in missing)
    return UnsafeWorkbook(
        "columns-missing",
        f"没有找到完整的表头，缺少{named}列；请使用本平台提供的空白表",
        f"no complete heading: the columns {named} are missing; use the blank form",
    )


def _several(tables: Sequence[ReadTable]) -> UnsafeWorkbook:
    named = "、".join(f"“{each.sheet}”" for each in tables)
    return UnsafeWorkbook(
        "several-sheets",
        f"工作表{named}都是可导入的表格，不知以哪张为准；请合为一张，或分别存为文件后导入",
        f"the sheets {named} can all be imported; put them into one, or save each as a file of its own",
    )


def _too_many(limits: Limits) -> UnsafeWorkbook:
    return UnsafeWorkbook(
        "rows",
        f"表格超过{limits.rows}行，请拆分后分别导入，并删除表格下方多余的行",
        f"the table has more than {limits.rows} rows; split it, and delete what lies below it",
    )
