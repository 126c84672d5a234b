"""The people behind nominations: one document a person."""

from __future__ import annotations

from services.enrollment.store.shapes import ARRAY, TEXT, shape
from shared.storage import Collection, Index

PEOPLE = Collection(
    "people",
    indexes=(Index((("id_number_blind", 1),), unique=True),),
    validator=shape(id_number=TEXT, engagements=ARRAY),
    sealed=("id_number",),
    blind=("id_number",),
)
