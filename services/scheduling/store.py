"""MongoDB collections of the scheduling service."""

from __future__ import annotations

from typing import Any

from shared.storage import Collection, Index, StoreSchema

_TEXT = {"bsonType": "string"}
_TEXT_OR_NULL = {"bsonType": ["string", "null"]}
_DAY = {"bsonType": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_DAY_OR_NULL = {"bsonType": ["string", "null"]}
_COUNT = {"bsonType": ["int", "long"], "minimum": 0}
_COUNT_OR_NULL = {"bsonType": ["int", "long", "null"]}
_ARRAY = {"bsonType": "array"}
_FLAG = {"bsonType": "bool"}
_INSTANT = {"bsonType": "date"}
_OBJECT = {"bsonType": "object"}


def _shape(**properties: Any) -> dict[str, Any]:
    return {"bsonType": "object", "required": sorted(properties), "properties": properties}


PLANS = Collection(
    "plans",
    indexes=(Index((("year", 1),)),),
    validator=_shape(
        year=_COUNT_OR_NULL,
        title=_TEXT_OR_NULL,
        state={"enum": ["draft", "approved"]},
        programmes=_ARRAY,
        contacts=_ARRAY,
        replacement_notice_days=_COUNT_OR_NULL,
        replacement_day_kind=_TEXT_OR_NULL,
    ),
)
# One document a plan: the rules and weights its placements keep. Apart, because they are no version of the plan.
POLICIES = Collection("policies", validator=_shape(policy=_OBJECT))
PLAN_VERSIONS = Collection(
    "plan_versions",
    indexes=(Index((("plan_id", 1), ("number", 1)), unique=True),),
    validator=_shape(
        plan_id=_TEXT,
        number=_COUNT,
        state=_TEXT,
        plan=_OBJECT,
        changed_at=_INSTANT,
        changed_by=_TEXT,
        reason=_TEXT_OR_NULL,
    ),
)
TERMS = Collection(
    "terms",
    indexes=(
        Index((("plan_id", 1), ("programme_ordinal", 1), ("ordinal", 1))),
        Index((("programme_id", 1), ("ordinal", 1)), unique=True),
        Index((("state", 1), ("starts_on", 1))),
    ),
    validator=_shape(
        plan_id=_TEXT,
        programme_id=_TEXT,
        programme_ordinal=_COUNT,
        programme_title=_TEXT,
        kind=_TEXT,
        ordinal=_COUNT,
        state={"enum": ["planned", "placed", "cancelled"]},
        days=_COUNT,
        capacity=_COUNT,
        window_starts_on=_DAY,
        window_ends_on=_DAY,
        target=_DAY,
        starts_on=_DAY_OR_NULL,
        ends_on=_DAY_OR_NULL,
        reports_on=_DAY_OR_NULL,
        room_id=_TEXT_OR_NULL,
        pinned=_FLAG,
        due=_FLAG,
        announced=_FLAG,
        districts=_ARRAY,
    ),
)
CAMPUSES = Collection("campuses", validator=_shape(title=_TEXT, district=_TEXT, beds=_COUNT))
ROOMS = Collection(
    "rooms",
    indexes=(Index((("campus_id", 1),)),),
    validator=_shape(title=_TEXT, campus_id=_TEXT, capacity=_COUNT, kind=_TEXT),
)
BLACKOUTS = Collection(
    "blackouts",
    validator=_shape(title=_TEXT, starts_on=_DAY, ends_on=_DAY, districts=_ARRAY, campus_ids=_ARRAY),
)
CALENDAR_DAYS = Collection("calendar_days", validator=_shape(day=_DAY, working=_FLAG, reason=_TEXT))
PLACEMENTS = Collection(
    "placements",
    indexes=(Index((("plan_id", 1), ("state", 1))),),
    validator=_shape(
        plan_id=_TEXT,
        scheduler=_TEXT,
        state={"enum": ["running", "done", "failed"]},
        policy=_OBJECT,
        again=_FLAG,
        placed=_ARRAY,
        unplaced=_ARRAY,
        asked_at=_INSTANT,
    ),
)
# One document a term: the nominations that have a seat in it, as enrollment tells.
ADMISSIONS = Collection("admissions", validator=_shape(nomination_ids=_ARRAY))

SCHEMA = StoreSchema(
    "scheduling",
    collections=(
        PLANS,
        POLICIES,
        PLAN_VERSIONS,
        TERMS,
        CAMPUSES,
        ROOMS,
        BLACKOUTS,
        CALENDAR_DAYS,
        PLACEMENTS,
        ADMISSIONS,
    ),
)
