"""What a parser that reads row by row leaves out of a sheet: merged areas, formulas that have no result."""

from __future__ import annotations

import io
import re
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

ERROR_VALUES = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"})
"""What stands in a cell whose formula has failed."""
LAST_ROW = 1_048_576
Rows = list[list[Any]]
"""Row by row from the first; ``None`` is a blank cell, and a row ends where nothing follows in it."""
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^<>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")


def fill_merged(rows: Rows, sheet_xml: bytes, columns: int) -> None:
    """Give the blank cells of merged areas the value of the first one, as far as there are rows and ``columns``."""
    budget = len(rows) * columns  # areas do not overlap in a sound file; in a forged one they might, without end
    for area in _MERGED.findall(sheet_xml):
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


def mark_uncalculated(rows: Rows, content: bytes, title: str, sheet_xml: bytes, columns: int, mark: object) -> None:
    """Put ``mark`` into every cell with a formula of which the workbook keeps no result."""
    if not _FORMULA.search(sheet_xml):
        return
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    page: Any = book[title]
    page.reset_dimensions()
    for number, cells in enumerate(page.iter_rows(max_col=columns), 1):
        if number > min(len(rows), LAST_ROW):
            break
        for index, cell in enumerate(cells):
            if getattr(cell, "data_type", "") == "f":
                row = rows[number - 1]
                row.extend([None] * (index + 1 - len(row)))
                if row[index] is None:
                    row[index] = mark
    book.close()
