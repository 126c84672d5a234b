"""Training schemes and their versions."""

from __future__ import annotations

from services.scheduling.store.shapes import COUNT, COUNT_OR_NULL, INSTANT, OBJECT, TEXT, TEXT_OR_NULL, shape
from shared.storage import Collection, Index

SCHEMES = Collection(
    "schemes",
    indexes=(Index((("programme_id", 1),), unique=True), Index((("plan_id", 1), ("programme_ordinal", 1)))),
    validator=shape(
        plan_id=TEXT,
        programme_id=TEXT,
        programme_ordinal=COUNT,
        programme_title=TEXT_OR_NULL,
        state={"enum": ["draft", "submitted", "approved"]},
        number=COUNT,
        in_force=COUNT_OR_NULL,
        scheme=OBJECT,
        returned_because=TEXT_OR_NULL,
    ),
)
SCHEME_VERSIONS = Collection(
    "scheme_versions",
    indexes=(Index((("scheme_id", 1), ("number", 1)), unique=True),),
    validator=shape(
        scheme_id=TEXT,
        number=COUNT,
        scheme=OBJECT,
        changed_at=INSTANT,
        changed_by=TEXT,
        reason=TEXT_OR_NULL,
    ),
)
