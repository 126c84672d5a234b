"""Question sets as documents."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from services.outcomes.domain.question_set import Question, QuestionSet
from shared.storage import Collection, Index

QUESTION_SETS = Collection(
    "question_sets",
    indexes=(
        Index((("term_id", 1), ("unit_id", 1)), unique=True),
        Index((("unit_id", 1), ("_id", 1))),
        Index((("pending", 1),), where={"pending": True}),
    ),
    validator={
        "bsonType": "object",
        "required": ["_id", "version", "term_id", "unit_id", "items", "roster_complete"],
        "properties": {
            "term_id": {"bsonType": "string"},
            "unit_id": {"bsonType": "string"},
            "items": {"bsonType": "array"},
            "roster_complete": {"bsonType": "bool"},
            "pending": {"bsonType": "bool"},
        },
    },
)


def to_row(questions: QuestionSet) -> dict[str, Any]:
    """Return the fields of a question set as they are stored; ``pending``: names have still to be masked."""
    return {
        "term_id": questions.term_id,
        "unit_id": questions.unit_id,
        "items": [asdict(item) for item in questions.items],
        "roster_complete": bool(questions.items),
        "pending": questions.pending,
    }


def from_row(row: dict[str, Any]) -> QuestionSet:
    """Return the question set of a stored row."""
    return QuestionSet(row["term_id"], row["unit_id"], tuple(Question(**item) for item in row["items"]))
