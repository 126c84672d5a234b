"""Collections of plans, their versions and the rules they keep."""

from __future__ import annotations

from services.scheduling.store.shapes import ARRAY, COUNT, COUNT_OR_NULL, INSTANT, OBJECT, TEXT, TEXT_OR_NULL, shape
from shared.storage import Collection, Index

PLANS = Collection(
    "plans",
    indexes=(Index((("year", 1),)),),
    validator=shape(
        year=COUNT_OR_NULL,
        title=TEXT_OR_NULL,
        state={"enum": ["draft", "approved"]},
        programmes=ARRAY,
        contacts=ARRAY,
        replacement_notice_days=COUNT_OR_NULL,
        replacement_day_kind=TEXT_OR_NULL,
    ),
)
# One document a plan: the rules and weights its placements keep. Apart, because they are no version of the plan.
POLICIES = Collection("policies", validator=shape(policy=OBJECT))
PLAN_VERSIONS = Collection(
    "plan_versions",
    indexes=(Index((("plan_id", 1), ("number", 1)), unique=True),),
    validator=shape(
        plan_id=TEXT,
        number=COUNT,
        state=TEXT,
        plan=OBJECT,
        changed_at=INSTANT,
        changed_by=TEXT,
        reason=TEXT_OR_NULL,
    ),
)
