"""The report of a year as a workbook: an overview, then a sheet a figure with its rows."""

from __future__ import annotations

from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gateway.report.year import Chapter, Figure, YearReport
from shared.spreadsheets.text import harmless
from shared.spreadsheets.workbooks import saved

_HEAD = PatternFill("solid", start_color="FFEDE7DA")
_TITLE, _BOLD, _LINK, _SOFT = Font(bold=True, size=14), Font(bold=True), Font(color="FF2C5F8D"), Font(color="FF5A6573")
_TOP = Alignment(wrap_text=True, vertical="top")
_NARROWEST, _WIDEST = 10, 48
_FORBIDDEN = str.maketrans("", "", r"\/*?:[]'")


def year_workbook(report: YearReport) -> bytes:
    """Return the workbook."""
    book = Workbook()
    overview = book.active
    assert isinstance(overview, Worksheet)
    overview.title = "总览"
    taken = {overview.title}
    lines = 1
    _say(overview, lines, 1, f"{report.title} · 年度报告", _TITLE)
    for column, words in enumerate(("部分", "数据", "数值", "单位", "明细表"), 1):
        cell = _say(overview, 3, column, words, _BOLD)
        cell.fill = _HEAD
    lines = 4
    for chapter in report.chapters:
        if chapter.state != "told":
            _say(overview, lines, 1, chapter.title)
            _say(overview, lines, 2, _ABSENT[chapter.state], _SOFT)
            lines += 1
        for figure in chapter.figures:
            _line(overview, lines, chapter, figure, _sheet(book, figure, taken))
            lines += 1
    for letter, width in zip("ABCDE", (26, 34, 12, 8, 26), strict=True):
        overview.column_dimensions[letter].width = width
    overview.freeze_panes = "A4"
    return saved(book)


_ABSENT = {"away": "该服务暂时无法取得数据，请稍后重新下载", "closed": "您的角色或管辖范围不能查看这部分数据"}


def _line(page: Worksheet, number: int, chapter: Chapter, figure: Figure, sheet: str) -> None:
    _say(page, number, 1, chapter.title)
    _say(page, number, 2, figure.title)
    _say(page, number, 3, figure.value)
    _say(page, number, 4, figure.unit)
    link = _say(page, number, 5, sheet, _LINK)
    link.hyperlink = f"#'{sheet}'!A1"


def _sheet(book: Workbook, figure: Figure, taken: set[str]) -> str:
    title = _free(figure.title.translate(_FORBIDDEN)[:28] or figure.key, taken)
    page = book.create_sheet(title)
    _say(page, 1, 1, f"{figure.title}：{figure.value_text} {figure.unit}".rstrip(), _TITLE)
    for column, (key, words) in enumerate(figure.columns, 1):
        cell = _say(page, 2, column, words, _BOLD)
        cell.fill = _HEAD
        for number, row in enumerate(figure.rows, 3):
            _say(page, number, column, row.get(key))
        texts = [words, *(str(row.get(key) or "") for row in figure.rows)]
        width = max(sum(2 if ord(char) > 0x2E80 else 1 for char in text) for text in texts) + 3
        page.column_dimensions[get_column_letter(column)].width = min(_WIDEST, max(_NARROWEST, width))
    if not figure.rows:
        _say(page, 3, 1, "暂无数据", _SOFT)
    page.freeze_panes = "B3"
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    return title


def _free(title: str, taken: set[str]) -> str:
    found, number = title, 1
    while found.lower() in {each.lower() for each in taken}:
        number += 1
        found = f"{title[:26]}{number}"
    taken.add(found)
    return found


def _say(page: Worksheet, row: int, column: int, value: Any, font: Font | None = None) -> Cell:
    cell = page.cell(row, column)
    assert not isinstance(cell, MergedCell)
    if isinstance(value, int | float):
        cell.value = value
    elif value is not None:
        cell.value = harmless(str(value))
        cell.data_type = "s"
    if row > 2:
        cell.alignment = _TOP
    if font is not None:
        cell.font = font
    return cell
