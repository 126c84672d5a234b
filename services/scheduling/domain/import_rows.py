"""Imported tables: finding the heading, reading the rows, and what is wrong in which cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from services.scheduling.domain.import_columns import TAKEN_FOR_A_DAY, Cell, Column, Unfit, Unusable, text_of

_SEARCHED_ROWS = 20
_DECORATION = re.compile(r"[\s*＊：:]|[（(].*[）)]")


@dataclass(frozen=True, slots=True)
class Heading:
    """In which row (from 1) the headings stand, and the columns (from 0) of the fields.

    ``strange`` are the columns of headings that fill no field.
    """

    row: int
    columns: Mapping[str, int]
    strange: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with one cell, or with a whole row where ``column`` is ``None``; rows count from 1."""

    row: int
    column: str | None
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class ReadRow:
    """One row with its values by field; blank cells are left out."""

    row: int
    values: Mapping[str, Any]


class HeadingMissing(ValueError):
    """No row has all the headings a table needs; ``missing`` are those that the likeliest row lacks."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing = tuple(missing)


def find_heading(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> Heading:
    """Return the heading of a table; of one drawn over several rows, merged, the lowest. Raises ``HeadingMissing``."""
    required = [each for each in columns if each.required]
    best: Mapping[str, int] = {}
    found: Heading | None = None
    for number, row in enumerate(rows[:_SEARCHED_ROWS], 1):
        heading = _heading(columns, number, row)
        if all(each.field in heading.columns for each in required):
            found = heading
        elif found is not None:
            break
        elif len(heading.columns) > len(best):
            best = heading.columns
    if found is None:
        raise HeadingMissing([each.title for each in required if each.field not in best])
    return found


def _heading(columns: Sequence[Column], number: int, row: Sequence[Cell]) -> Heading:
    titles = {_bare(cell): index for index, cell in reversed(list(enumerate(row))) if not _is_blank(cell)}
    found = {}
    for each in columns:
        written = next((title for title in (each.title, *each.also) if title in titles), None)
        if written is not None:
            found[each.field] = titles[written]
    taken = set(found.values())
    return Heading(number, found, {title: index for title, index in titles.items() if title and index not in taken})


def read_rows(
    columns: Sequence[Column], heading: Heading, rows: Sequence[Sequence[Cell]]
) -> tuple[list[ReadRow], list[RowError]]:
    """Return every filled row below the heading as far as it can be read, and all that is wrong in them.

    The example of the blank form is no row, wherever it was left.
    """
    read, wrong = [], []
    for number, row in enumerate(rows[heading.row :], heading.row + 1):
        if all(_is_blank(cell) for cell in row) or _is_example(columns, heading, row):
            continue
        values: dict[str, Any] = {}
        for column in columns:
            index = heading.columns.get(column.field)
            cell = row[index] if index is not None and index < len(row) else None
            if _is_blank(cell):
                if column.required:
                    wrong.append(RowError(number, column.title, "未填写", "is empty"))
                continue
            try:
                values[column.field] = column.read(_usable(cell))
            except Unfit as unfit:
                wrong.append(RowError(number, column.title, unfit.zh, unfit.en))
        read.append(ReadRow(number, values))
    return read, wrong


def unread(heading: Heading, rows: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    """Return the headings, in their order, of columns that hold something and fill no field."""
    below = rows[heading.row :]
    filled = {
        title: index
        for title, index in heading.strange.items()
        if any(index < len(row) and not _is_blank(row[index]) for row in below)
    }
    return tuple(sorted(filled, key=lambda title: filled[title]))


def example_rows(columns: Sequence[Column], heading: Heading, rows: Sequence[Sequence[Cell]]) -> list[int]:
    """Return the rows in which the example of the blank form was left as it was."""
    below = enumerate(rows[heading.row :], heading.row + 1)
    return [number for number, row in below if _is_example(columns, heading, row)]


def doubled(rows: Iterable[ReadRow], column: Column) -> list[RowError]:
    """Return the rows whose key stands in an earlier row already."""
    first: dict[Any, int] = {}
    wrong = []
    for each in rows:
        key = each.values.get(column.field)
        if key is not None and first.setdefault(key, each.row) != each.row:
            other = first[key]
            wrong.append(RowError(each.row, column.title, f"与第{other}行重复", f"the same as in row {other}"))
    return wrong


def _is_example(columns: Sequence[Column], heading: Heading, row: Sequence[Cell]) -> bool:
    cells = {
        column: row[index] if index < len(row) else None
        for column in columns
        if (index := heading.columns.get(column.field)) is not None
    }
    return all(("" if cell is None else text_of(cell)) == column.example for column, cell in cells.items())


def _usable(cell: Cell) -> Cell:
    # A day as a spreadsheet keeps it is no longer what was written: a room "3-12" has become the twelfth of March.
    found = TAKEN_FOR_A_DAY if isinstance(cell, date | time | timedelta) else cell
    if isinstance(found, Unusable):
        raise Unfit(found.zh, found.en)
    return found


def _is_blank(cell: Cell) -> bool:
    return cell is None or not text_of(cell)


def _bare(cell: Cell) -> str:
    return _DECORATION.sub("", text_of(cell))
