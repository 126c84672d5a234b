"""Imported tables as workbooks: reading one safely, the copy with errors beside the rows, the blank form."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from services.scheduling.domain.import_columns import Cell, Column
from services.scheduling.domain.import_rows import (
    Heading,
    HeadingMissing,
    ReadRow,
    RowError,
    example_rows,
    find_heading,
    read_rows,
)
from shared.spreadsheets.package import UnsafeWorkbook, require_safe_workbook
from shared.spreadsheets.text import harmless
from shared.spreadsheets.workbooks import saved

_RESULT, _EXPLANATION = "校验结果", "校验说明"
_GOOD, _BAD = PatternFill("solid", start_color="FFE2EFDA"), PatternFill("solid", start_color="FFF8CBAD")
_HEAD = PatternFill("solid", start_color="FFD9E1F2")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_MOST_COLUMNS = 50
_STRAY = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a workbook is taken: bytes after unpacking, rows with content."""

    unpacked_bytes: int
    rows: int


@dataclass(frozen=True, slots=True)
class ReadTable:
    """The table of a workbook as far as it can be read, and what is wrong in it; ``examples`` are rows left out."""

    sheet: str
    heading: Heading
    rows: Sequence[ReadRow]
    errors: Sequence[RowError]
    examples: Sequence[int]


def read_table(content: bytes, columns: Sequence[Column], limits: Limits) -> ReadTable:
    """Return the first visible sheet with the headings wanted. Raises ``UnsafeWorkbook``."""
    require_safe_workbook(content, limits.unpacked_bytes)
    missing: tuple[str, ...] = ()
    for name, rows in _sheets(content, limits):
        try:
            heading = find_heading(columns, rows)
        except HeadingMissing as fault:
            missing = missing or fault.missing
            continue
        read, wrong = read_rows(columns, heading, rows)
        if len(read) > limits.rows:
            raise _too_many(limits)
        return ReadTable(name, heading, read, wrong, example_rows(columns, heading, rows))
    named = "、".join(f"“{each}”" for each in missing or [each.title for each in columns if each.required])
    raise UnsafeWorkbook(
        "columns-missing",
        f"没有找到完整的表头，缺少{named}列；请使用本平台提供的空白表",
        f"no complete heading: the columns {named} are missing; use the blank form",
    )


def annotated(content: bytes, table: ReadTable, errors: Iterable[RowError]) -> bytes:
    """Return the sender's workbook with the result beside each row; formulas become their values."""
    by_row: dict[int, list[RowError]] = {}
    for each in errors:
        by_row.setdefault(each.row, []).append(each)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
    page = book[table.sheet]
    column = page.max_column + 1
    _note(page, table.heading.row, column, (_RESULT, _EXPLANATION), _HEAD)
    for row in table.rows:
        wrong = by_row.get(row.row, [])
        words = "；".join(f"{each.column}：{each.zh}" if each.column else each.zh for each in wrong)
        _note(page, row.row, column, ("有误" if wrong else "通过", words), _BAD if wrong else _GOOD)
    for number in table.examples:
        _note(page, number, column, ("示例", "空白表自带的示例行，未导入"), _HEAD)
    page.column_dimensions[get_column_letter(column)].width = 12
    page.column_dimensions[get_column_letter(column + 1)].width = 60
    return saved(book)


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


def _sheets(content: bytes, limits: Limits) -> Iterable[tuple[str, list[tuple[Cell, ...]]]]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            pages = [page for page in book.worksheets if page.sheet_state == "visible"]
            sheets = [(page.title, _rows(page, limits)) for page in pages[:10]]
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


def _rows(page: Worksheet, limits: Limits) -> list[tuple[Cell, ...]]:
    page.reset_dimensions()  # type: ignore[attr-defined]
    rows: list[tuple[Cell, ...]] = []
    for row in page.iter_rows(max_col=_MOST_COLUMNS, values_only=True):
        rows.append(tuple(row))
        if len(rows) > _STRAY * limits.rows + 100:
            raise _too_many(limits)
    return rows


def _note(page: Worksheet, row: int, column: int, words: tuple[str, str], fill: PatternFill) -> None:
    for offset, text in enumerate(words):
        cell = page.cell(row, column + offset)
        if isinstance(cell, SheetCell):  # a merged area has no cell to write into
            cell.value = harmless(text)
            cell.data_type = "s"
            cell.fill, cell.alignment = fill, _WRAPPED


def _too_many(limits: Limits) -> UnsafeWorkbook:
    return UnsafeWorkbook(
        "rows",
        f"表格超过{limits.rows}行，请拆分后分别导入，并删除表格下方多余的行",
        f"the table has more than {limits.rows} rows; split it, and delete what lies below it",
    )
