"""What rosters said of people, for comparing, and the questions whether two records are of one person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.enrollment.domain.same_person import Face
from services.enrollment.store.shapes import ARRAY, INSTANT, TEXT, shape
from shared.storage import Collection, Index

MATCH_STATES = ("open", "same", "different", "lapsed")
FACES = Collection(
    "faces",
    indexes=(Index((("born_on", 1),)), Index((("plain_names", 1),))),
    validator=shape(plain_names=ARRAY, born_on=TEXT, unit_ids=ARRAY, workplaces=ARRAY, phones=ARRAY),
)
PERSON_MATCHES = Collection(
    "person_matches",
    indexes=(Index((("state", 1), ("_id", 1))),),
    validator=shape(
        kind={"enum": ["numbers", "names"]},
        state={"enum": list(MATCH_STATES)},
        person_ids=ARRAY,
        nomination_ids=ARRAY,
        reasons=ARRAY,
        found_at=INSTANT,
    ),
)


def face_from(row: Mapping[str, Any]) -> Face:
    """Return what is compared of a stored face."""
    return Face(
        names=tuple(row["plain_names"]),
        born_on=date.fromisoformat(row["born_on"]),
        sex=row["sex"],
        unit_ids=tuple(row["unit_ids"]),
        workplaces=tuple(row["workplaces"]),
        phones=tuple(row["phones"]),
    )
