"""The extension point ``importers``: what a reader of roster files gives, and how it refuses a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from services.enrollment.domain.wording import Refusal

API_VERSION = "1"


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell without a usable value: ``formula`` (never calculated) or ``error`` (``#N/A`` and the like)."""

    kind: str


Cell = str | int | float | bool | date | datetime | BadCell | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``rows[i]`` is row ``i + 1`` of the file; merged areas are filled with their first value."""

    name: str
    rows: Sequence[Sequence[Cell]]


class Unreadable(Refusal):
    """The file is no roster a reader can take; nothing of it is kept."""


class AboveLimit(Unreadable):
    """The file is larger than the limits allow."""


@dataclass(frozen=True, slots=True)
class ReadLimits:
    """How much a reader takes: bytes after unpacking, rows with content, sheets, columns (more are left out)."""

    unpacked_bytes: int
    rows: int
    columns: int
    sheets: int

    @property
    def furthest_row(self) -> int:
        """The last row that may hold anything; a cell far below the table is a slip, and costs memory."""
        return 5 * self.rows + 1000


@dataclass(frozen=True, slots=True)
class RowNote:
    """What is written beside one row: a short result, an explanation, and a colour (``good``, ``warn``, ``bad``)."""

    result: str
    explanation: str
    tone: str


class RosterReader(Protocol):
    """What a plugin of kind ``importers`` gives as its body: one object without state; it runs in a worker thread."""

    def claims(self, content: bytes, filename: str) -> bool:
        """Return whether the file is of this reader's kind, by its content; the name may lie."""

    def read(self, content: bytes, limits: ReadLimits) -> list[Sheet]:
        """Return the visible sheets. Raises ``Unreadable`` (or ``AboveLimit``) with words for the sender."""

    def annotate(
        self,
        content: bytes,
        sheets: Sequence[Sheet],
        notes: Mapping[tuple[str, int], RowNote],
        headings: Mapping[str, int],
    ) -> bytes:
        """Return an xlsx copy with two columns of notes; keys are (sheet, row from 1), headings map sheet to row."""


def too_many_rows(limit: int) -> AboveLimit:
    """Return the refusal of a file with more rows than allowed."""
    return AboveLimit(
        "rows",
        f"名单超过{limit}行，请拆分为几个文件分别报送",
        f"the roster has more than {limit} rows; split it into several files",
    )


def too_many_sheets(limit: int) -> AboveLimit:
    """Return the refusal of a workbook with more visible sheets than allowed."""
    return AboveLimit(
        "sheets",
        f"工作簿的工作表超过{limit}个，请只保留学员名单所在的工作表",
        f"the workbook has more than {limit} sheets; keep the roster's only",
    )


def stray_cell(row: int) -> AboveLimit:
    """Return the refusal of a sheet with content far below its table."""
    return AboveLimit(
        "stray-row",
        f"第{row}行有远离名单的内容，请删除名单下方多余的行后重新上传",
        f"row {row} has content far below the table; delete the rows below the roster and send it again",
    )
