"""Every workbook the platform gives out is saved here: nothing in it would run."""

from __future__ import annotations

import io

from openpyxl import Workbook

from shared.spreadsheets.text import harmless

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def saved(book: Workbook) -> bytes:
    """Return the bytes of a workbook in which every text is text, whoever put it there."""
    for page in book.worksheets:
        # Not iter_rows: it makes a cell for each place up to the farthest, and a sender chose how far that is.
        for cell in page._cells.values():
            if isinstance(cell.value, str):
                cell.value = harmless(cell.value)
                cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
