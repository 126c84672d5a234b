"""Imported tables: finding the heading, reading the rows, and what is wrong in which cell."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.scheduling.domain.import_columns import Cell, Column, Unfit, text_of

_SEARCHED_ROWS = 20
_DECORATION = re.compile(r"[\s*＊：:]|[（(].*[）)]")


@dataclass(frozen=True, slots=True)
class Heading:
    """In which row (from 1) the headings stand, and the columns (from 0) of the fields."""

    row: int
    columns: Mapping[str, int]


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
    """Return the heading of a table. Raises ``HeadingMissing``."""
    required = [each for each in columns if each.required]
    best: dict[str, int] = {}
    for number, row in enumerate(rows[:_SEARCHED_ROWS], 1):
        titles = {_bare(cell): index for index, cell in reversed(list(enumerate(row))) if cell is not None}
        found = {each.field: titles[each.title] for each in columns if each.title in titles}
        if all(each.field in found for each in required):
            return Heading(number, found)
        if len(found) > len(best):
            best = found
    raise HeadingMissing([each.title for each in required if each.field not in best])


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
                values[column.field] = column.read(cell)
            except Unfit as unfit:
                wrong.append(RowError(number, column.title, unfit.zh, unfit.en))
        read.append(ReadRow(number, values))
    return read, wrong


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


def _is_blank(cell: Cell) -> bool:
    return cell is None or not text_of(cell)


def _bare(cell: Cell) -> str:
    return _DECORATION.sub("", text_of(cell))
