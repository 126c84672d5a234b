"""The read model of terms."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.enrollment.domain.eligibility import TermFacts
from services.enrollment.store.shapes import COUNT, FLAG, TEXT, shape
from shared.storage import Collection, Index

TERMS = Collection(
    "terms",
    indexes=(Index((("plan_id", 1), ("programme_ordinal", 1), ("ordinal", 1))),),
    validator=shape(
        plan_id=TEXT,
        programme_id=TEXT,
        programme_ordinal=COUNT,
        programme_title=TEXT,
        ordinal=COUNT,
        starts_on=TEXT,
        ends_on=TEXT,
        cancelled=FLAG,
        source_version=COUNT,
    ),
)


def term_facts(row: dict[str, Any]) -> TermFacts:
    """Return the term of a stored row."""
    return TermFacts(
        term_id=row["_id"],
        programme_id=row["programme_id"],
        programme_ordinal=row["programme_ordinal"],
        programme_title=row["programme_title"],
        ordinal=row["ordinal"],
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_on=date.fromisoformat(row["ends_on"]),
    )
