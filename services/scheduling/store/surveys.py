"""Needs surveys and their answers."""

from __future__ import annotations

from services.scheduling.store.shapes import ARRAY, COUNT, DAY_OR_NULL, INSTANT, TEXT, shape
from shared.storage import Collection, Index

SURVEYS = Collection(
    "surveys",
    indexes=(Index((("plan_id", 1),)), Index((("state", 1), ("due_on", 1)))),
    validator=shape(
        plan_id=TEXT,
        title=TEXT,
        introduction=TEXT,
        state={"enum": ["draft", "open", "closed"]},
        questions=ARRAY,
        unit_ids=ARRAY,
        due_on=DAY_OR_NULL,
        answers=COUNT,
    ),
)
SURVEY_ANSWERS = Collection(
    "survey_answers",
    indexes=(Index((("survey_id", 1), ("unit_id", 1)), unique=True),),
    validator=shape(survey_id=TEXT, unit_id=TEXT, answers=ARRAY, answered_at=INSTANT, answered_by=TEXT),
)
