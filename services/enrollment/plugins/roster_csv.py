"""Reads rosters as comma, tab or semicolon separated text in UTF-8, UTF-16 or GB 18030."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Mapping, Sequence

from services.enrollment.domain.sheet import Cell, ReadLimits, RowNote, Sheet, Unreadable, too_many_rows
from services.enrollment.rosterfiles.annotation import build_workbook
from services.enrollment.rosterfiles.container import COMPOUND, ZIP, refuse_strangers

_LONGEST_CELL = 10_000
_SAMPLED_LINES = 20


class CsvRosters:
    """The reader of text tables; the annotated copy is an .xlsx made anew."""

    def claims(self, content: bytes, filename: str) -> bool:
        """Return whether it is neither kind of workbook: what is not text either is refused when read."""
        return not content.startswith((ZIP, COMPOUND))

    def read(self, content: bytes, limits: ReadLimits) -> list[Sheet]:
        """Return one sheet with the rows of the text."""
        refuse_strangers(content)
        text = decoded(content)
        rows: list[list[Cell]] = []
        filled = 0
        try:
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False):
                cells: list[Cell] = [value[:_LONGEST_CELL] or None for value in row[: limits.columns]]
                while cells and (cells[-1] is None or not str(cells[-1]).strip()):
                    cells.pop()
                filled += bool(cells)
                if filled > limits.rows:
                    raise too_many_rows(limits.rows)
                rows.append(cells)
        except csv.Error as error:
            raise _not_text() from error
        return [Sheet("名单", rows)]

    def annotate(
        self,
        content: bytes,
        sheets: Sequence[Sheet],
        notes: Mapping[tuple[str, int], RowNote],
        headings: Mapping[str, int],
    ) -> bytes:
        """Return an .xlsx with the rows and the notes."""
        return build_workbook(sheets, notes, headings)


def decoded(content: bytes) -> str:
    """Return the text of a file in UTF-8 (with or without mark), UTF-16 with mark, or GB 18030 (GBK)."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise _not_text()


def _delimiter(text: str) -> str:
    lines = [line for line in text.splitlines()[: _SAMPLED_LINES * 2] if line.strip()][:_SAMPLED_LINES]
    return max(",\t;", key=lambda sign: sum(line.count(sign) for line in lines))


def _not_text() -> Unreadable:
    return Unreadable(
        "not-excel",
        "文件既不是Excel，也不是UTF-8或GBK编码的文本表格；请上传.xlsx、.xls或.csv文件",
        "the file is neither Excel nor a text table in UTF-8 or GBK; send .xlsx, .xls or .csv",
    )


READER = CsvRosters()
