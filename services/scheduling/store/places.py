"""Collections of campuses, rooms, blackouts and calendar days."""

from __future__ import annotations

from typing import Any

from services.scheduling.store.shapes import ARRAY, COUNT, DAY, FLAG, TEXT, shape
from shared.storage import Collection, Index

CAMPUSES = Collection("campuses", validator=shape(title=TEXT, district=TEXT, beds=COUNT))
# What campuses written before these were kept mean by leaving them out.
CAMPUS_SINCE: dict[str, Any] = {"dormitories": []}
ROOMS = Collection(
    "rooms",
    indexes=(Index((("campus_id", 1),)),),
    validator=shape(title=TEXT, campus_id=TEXT, capacity=COUNT, kind=TEXT),
)
BLACKOUTS = Collection(
    "blackouts",
    validator=shape(title=TEXT, starts_on=DAY, ends_on=DAY, districts=ARRAY, campus_ids=ARRAY),
)
CALENDAR_DAYS = Collection("calendar_days", validator=shape(day=DAY, working=FLAG, reason=TEXT))
# What others were told of these days last.
CALENDAR_TOLD = Collection("calendar_told", validator=shape(number=COUNT, days=ARRAY))
