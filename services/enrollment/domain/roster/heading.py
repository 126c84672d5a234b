"""Finding the heading rows of a sheet: titles may stand above, and one heading may span up to three rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.enrollment.domain.roster.columns import REQUIRED, TITLES, field_of
from services.enrollment.domain.sheet import Cell, Sheet, Unreadable

_SEARCHED_ROWS = 40
_TALLEST = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """Where a sheet's data begin and which column holds which field (columns from 0)."""

    sheet: str
    first_data_row: int
    last_row: int
    columns: dict[str, int]
    labels: dict[str, str]
    title: str


def find_heading(sheet: Sheet) -> Heading | None:
    """Return the heading with the most recognised fields, or ``None`` when no row looks like one.

    Of several with as many fields the flattest wins, so that a title above is no part of it; then the first.
    """
    best: Heading | None = None
    best_rank = (0, 0)
    searched = sheet.rows[:_SEARCHED_ROWS]
    for top in range(len(searched)):
        if not any(_label(cell) for cell in searched[top]):
            continue
        for height in range(1, min(_TALLEST, len(searched) - top) + 1):
            columns, labels = _columns(searched[top : top + height])
            if (len(columns), -height) > best_rank:
                best_rank = (len(columns), -height)
                title = " ".join(dict.fromkeys(_label(cell) for row in searched[:top] for cell in row if _label(cell)))
                best = Heading(sheet.name, top + height, top + height, columns, labels, title)
    if best is None or len(best.columns) < 2 or not any(field in best.columns for field in REQUIRED):
        return None
    return best


def find_headings(sheets: Sequence[Sheet]) -> list[tuple[Sheet, Heading]]:
    """Return every sheet that is a roster with its heading, or raise ``Unreadable`` saying what is missing."""
    found = [(sheet, heading) for sheet in sheets if (heading := find_heading(sheet)) is not None]
    whole = [pair for pair in found if all(field in pair[1].columns for field in REQUIRED)]
    if whole:
        return whole
    if found:
        heading = found[0][1]
        missing = "、".join(f"“{TITLES[field]}”" for field in REQUIRED if field not in heading.columns)
        raise Unreadable(
            "columns-missing",
            f"工作表“{heading.sheet}”第{heading.last_row}行的表头缺少{missing}列，请补上后重新报送",
            f"the heading in row {heading.last_row} of sheet {heading.sheet!r} lacks the columns {missing}; add them",
        )
    raise Unreadable(
        "no-heading",
        f"前{_SEARCHED_ROWS}行内没有找到含“姓名”“身份证号”的表头，请使用学员名单表格，并确认文件不是空表或其他材料",
        f"no heading with 姓名 (name) and 身份证号 (ID number) in the first {_SEARCHED_ROWS} rows; "
        "send the roster table, not an empty sheet or another paper",
    )


def repeats_heading(cells: Sequence[Cell], heading: Heading) -> bool:
    """Return whether a row is the heading once more, as long printed lists have it on each page."""
    hits = sum(
        1
        for field, column in heading.columns.items()
        if column < len(cells) and field_of(_label(cells[column])) == field
    )
    return hits >= 2


def _columns(rows: Sequence[Sequence[Cell]]) -> tuple[dict[str, int], dict[str, str]]:
    columns: dict[str, int] = {}
    labels: dict[str, str] = {}
    for column in range(max(len(row) for row in rows)):
        parts = [_label(row[column]) for row in rows if column < len(row)]
        # The lowest label is the most exact one: a group's title stands above it.
        for label in [*reversed(parts), "".join(dict.fromkeys(parts))]:
            field = field_of(label) if label else None
            if field is not None:
                if field not in columns:
                    columns[field], labels[field] = column, label
                break
    return columns, labels


def _label(cell: Cell) -> str:
    return cell.strip() if isinstance(cell, str) else ""
