"""The timetable of a term as an .xlsx workbook in the layout it is printed and posted in (日程表)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from math import ceil
from typing import Any
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from services.scheduling.domain.scheme import FORM_NAMES
from services.scheduling.domain.timetable import HALF_NAMES
from shared.spreadsheets.text import harmless
from shared.spreadsheets.workbooks import saved

Document = Mapping[str, Any]
_COLUMNS = (
    ("日期", 13),
    ("时段", 7),
    ("时间", 13),
    ("内容", 40),
    ("形式", 10),
    ("授课教师", 26),
    ("地点", 18),
    ("学时", 6),
)
_WEEKDAYS = "一二三四五六日"
_LINE = Side(style="thin", color="FF7F7F7F")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", start_color="FFD9E1F2")
_NEW = PatternFill("solid", start_color="FFFFF2CC")
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_TITLE, _BODY, _BOLD = Font(name="黑体", size=16), Font(name="宋体", size=11), Font(name="宋体", size=11, bold=True)
_ROW_HEIGHT, _TITLE_HEIGHT, _LINE_HEIGHT = 30, 34, 15
_WHY_STALE = {
    "cancelled": "本期已取消，本表不再适用。",
    "days": "本期时间已调整，本表不再适用，请以新下达的日程表为准。",
    "room": "教室已调整，本表不再适用，请以新下达的日程表为准。",
}
_TALLEST = 409
"""Points; Excel takes no row that is higher."""


def timetable_workbook(table: Document, free_days: Iterable[date], changed: frozenset[str]) -> bytes:
    """Return the workbook of a timetable as ``get_timetable`` shows it; sessions in ``changed`` are marked.

    ``free_days`` are days of the term without teaching (周末、节假日): they stand in the table as such.
    """
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = "日程表"
    row = _head(page, table)
    first = row + 1
    row = _reporting(page, row, table)
    row = _days(page, row, table["sessions"], {day.isoformat() for day in free_days}, changed)
    _foot(page, row, table, bool(changed))
    _set_up(page, first)
    return saved(book)


def _head(page: Worksheet, table: Document) -> int:
    _wide(page, 1, f"“{table['programme_title']}”第{table['ordinal']}期日程表", _TITLE, _MIDDLE, _TITLE_HEIGHT)
    where = f"时间：{_span(table)}　　地点：{_where(table) or '待定'}　　人数：{table['capacity']}人"
    _wide(page, 2, where, _BODY, _LEFT, 22)
    for column, (words, _) in enumerate(_COLUMNS, 1):
        _put(page, 3, column, words, _BOLD, _MIDDLE).fill = _HEAD
    page.row_dimensions[3].height = 24
    return 3


def _span(table: Document) -> str:
    days = [str(each["on"]) for each in table["sessions"]]
    if _holds(table):
        days += [table["starts_on"], table["ends_on"]]
    return f"{_day(min(days))}至{_day(max(days))}" if days else "待定"


def _where(table: Document) -> str:
    rooms = dict.fromkeys(each["room_title"] for each in table["sessions"] if each["room_title"])
    if rooms and not _holds(table):
        return "、".join(rooms)
    if _is_online(table):
        return "线上举办"
    if not _holds(table):  # where the term is now is not where this table lies
        return ""
    return "　".join(filter(None, (table["campus_title"], table["room_title"], table["campus_address"])))


def _holds(table: Document) -> bool:
    return bool(table["in_force"] and not table["stale"])


def _is_online(table: Document) -> bool:
    return bool(table["delivery"] == "online")


def _reporting(page: Worksheet, row: int, table: Document) -> int:
    if not table["reports_on"] or not _holds(table) or _is_online(table):
        return row
    times = "—".join(filter(None, (table["reports_from"], table["reports_until"])))
    cells = (_dated(table["reports_on"]), "报到", times, "学员报到，领取资料", "", "", table["campus_title"] or "", "")
    _row(page, row + 1, cells, None)
    return row + 1


def _days(page: Worksheet, row: int, sessions: list[Document], free: set[str], changed: frozenset[str]) -> int:
    by_day: dict[str, list[Document]] = {day: [] for day in free}
    for each in sessions:
        by_day.setdefault(str(each["on"]), []).append(each)
    for day in sorted(by_day):
        start = row + 1
        if not by_day[day]:
            row += 1
            _row(page, row, (_dated(day), "", "", "休息（不安排课程）", "", "", "", ""), None)
        for each in by_day[day]:
            row += 1
            _row(page, row, _cells(each), _NEW if each["session_id"] in changed else None)
        _merge(page, start, row, 1)
        _merge_same(page, start, row, 2)
    return row


def _cells(each: Document) -> tuple[str | int, ...]:
    form = FORM_NAMES[each["form"]][0] + ("（合班）" if each["joint_id"] else "")
    lecturer = "\n".join(filter(None, (each["lecturer_name"], each["lecturer_organisation"])))
    if each["host"]:
        lecturer = f"{lecturer}\n主持：{each['host']}".strip()
    return (
        _dated(each["on"]),
        HALF_NAMES[each["half"]][0],
        f"{each['starts_at']}—{each['ends_at']}",
        f"【{each['module']}】{each['title']}",
        form,
        lecturer,
        each["room_title"] or "",
        each["hours"],
    )


def _foot(page: Worksheet, row: int, table: Document, marked: bool) -> None:
    word = "现行版" if table["in_force"] else "已被新版取代"
    issued = table["issued_at"].strftime("%Y-%m-%d")
    notes = [f"合计{table['total_hours']}学时。第{table['number']}版（{word}），{issued}下达。"]
    if table["reason"]:
        notes.append(f"本版说明：{table['reason']}")
    if marked:
        notes.append("带底色的课次为本版新增或调整。")
    if table["stale"]:
        notes.append(f"注意：{_WHY_STALE[table['stale_because']]}")
    for number, note in enumerate(notes, row + 1):
        _wide(page, number, note, _BODY, _LEFT, 20)


def _row(page: Worksheet, number: int, cells: tuple[str | int, ...], fill: PatternFill | None) -> None:
    lines = 1
    for column, value in enumerate(cells, 1):
        cell = _put(page, number, column, value, _BODY, _LEFT if column in (4, 6) else _MIDDLE)
        if fill is not None and column > 2:
            cell.fill = fill
        lines = max(lines, _lines(str(value), _COLUMNS[column - 1][1]))
    page.row_dimensions[number].height = min(_TALLEST, max(_ROW_HEIGHT, lines * _LINE_HEIGHT + 6))


def _lines(text: str, width: float) -> int:
    return sum(ceil(max(1, sum(map(_width, line))) / width) for line in text.split("\n"))


def _width(char: str) -> float:
    """Return the width in digits, of which a column's width is a number; a little more than two is a Chinese one."""
    return 2.2 if east_asian_width(char) in "WFA" else 1


def _put(page: Worksheet, row: int, column: int, value: str | int, font: Font, alignment: Alignment) -> Any:
    cell = page.cell(row, column)
    cell.value = harmless(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
    cell.font, cell.alignment, cell.border = font, alignment, _BOX
    return cell


def _wide(page: Worksheet, row: int, text: str, font: Font, alignment: Alignment, least: int) -> None:
    cell = page.cell(row, 1)
    cell.value = harmless(text)
    cell.data_type = "s"
    cell.font, cell.alignment = font, alignment
    page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(_COLUMNS))
    size = font.size / _BODY.size
    more = _lines(text, sum(width for _, width in _COLUMNS) / size) - 1
    page.row_dimensions[row].height = min(_TALLEST, least + more * _LINE_HEIGHT * size)


def _merge(page: Worksheet, first: int, last: int, column: int) -> None:
    if last > first:
        page.merge_cells(start_row=first, start_column=column, end_row=last, end_column=column)


def _merge_same(page: Worksheet, first: int, last: int, column: int) -> None:
    start = first
    for row in range(first + 1, last + 2):
        if row > last or page.cell(row, column).value != page.cell(start, column).value:
            _merge(page, start, row - 1, column)
            start = row


def _set_up(page: Worksheet, first: int) -> None:
    for column, (_, width) in enumerate(_COLUMNS, 1):
        page.column_dimensions[get_column_letter(column)].width = width
    page.freeze_panes = f"A{first}"
    page.print_title_rows = "1:3"
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9  # A4
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.2, footer=0.3)
    page.print_options.horizontalCentered = True
    assert page.oddFooter is not None
    page.oddFooter.center.text = "第&P页，共&N页"


def _dated(day: str) -> str:
    return f"{_day(day)}\n星期{_WEEKDAYS[date.fromisoformat(str(day)).weekday()]}"


def _day(day: str) -> str:
    found = date.fromisoformat(str(day))
    return f"{found.month}月{found.day}日"
