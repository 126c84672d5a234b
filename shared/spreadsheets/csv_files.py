"""Every CSV file the platform gives out is made here: nothing in it would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from shared.spreadsheets.text import harmless

CSV = "text/csv"


def csv_table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return UTF-8 with the mark that spreadsheets know; 是 and 否 for truth, an empty cell for ``None``."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([_cell(value) for value in row] for row in (heading, *rows))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str):
        return harmless(value)
    return "" if value is None else value
