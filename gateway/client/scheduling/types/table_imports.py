"""Table imports: objects of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.scheduling.types.parts import Text


class TableError(TypedDict):
    """What is wrong with one cell, or with a row where ``column`` is null; it never repeats the cell."""

    row: int
    column: str | None
    message: Text


class TableImport(TypedDict):
    """What became of a table. ``errors`` holds the first hundred; the copy of the file has them all."""

    import_id: str
    kind: Literal["lecturers", "rooms", "courses"]
    filename: str
    state: Literal["saved", "refused", "previewed"]
    rows: int
    wrong_rows: int
    added: int
    changed: int
    errors: list[TableError]
    unread_columns: NotRequired[list[str]]
    imported_at: str
    imported_by: str


class TableImportPage(TypedDict):
    """One page of TableImport."""

    items: list[TableImport]
    next_cursor: NotRequired[str | None]
