"""Tables as text for the archive: UTF-8 with a mark that spreadsheets know, nothing in them a spreadsheet would run."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

MEDIA_TYPE = "text/csv"
_RUN = ("=", "+", "-", "@", "\t", "\r")


def table(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a table; a text that begins as a formula would is given an apostrophe, empty cells for ``None``."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heading)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str) and value.startswith(_RUN):
        return f"'{value}"
    return value
