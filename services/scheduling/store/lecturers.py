"""The register of lecturers."""

from __future__ import annotations

from services.scheduling.store.shapes import ARRAY, FLAG, TEXT, TEXT_OR_NULL, shape
from shared.storage import Collection

LECTURERS = Collection(
    "lecturers",
    validator=shape(
        name=TEXT,
        grade=TEXT,
        organisation=TEXT,
        post=TEXT_OR_NULL,
        expertise=ARRAY,
        out_of_town=FLAG,
        active=FLAG,
        unavailable=ARRAY,
        phone_masked=TEXT,
        email_masked=TEXT,
    ),
    sealed=("contact",),
)
