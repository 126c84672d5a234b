"""Imports of tables; the copy of the newest file of each kind is kept sealed, since it may hold contacts."""

from __future__ import annotations

from services.scheduling.store.shapes import ARRAY, COUNT, INSTANT, TEXT, shape
from shared.storage import Collection, Index

TABLE_IMPORTS = Collection(
    "table_imports",
    indexes=(Index((("kind", 1),)),),
    validator=shape(
        kind={"enum": ["lecturers", "rooms", "courses"]},
        filename=TEXT,
        state={"enum": ["saved", "refused", "previewed"]},
        rows=COUNT,
        wrong_rows=COUNT,
        added=COUNT,
        changed=COUNT,
        errors=ARRAY,
        imported_at=INSTANT,
        imported_by=TEXT,
    ),
)
TABLE_COPIES = Collection(
    "table_copies",
    indexes=(Index((("import_id", 1), ("number", 1))), Index((("kind", 1),))),
    validator=shape(import_id=TEXT, kind=TEXT, number=COUNT),
    sealed=("content",),
)
