"""Travel batches in the database."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.compliance.domain.travel import Batch, Passenger, Whereabouts
from services.compliance.store.shapes import ARRAY, FLAG, INSTANT, INSTANT_OR_NULL, TEXT, shape
from shared.storage import Collection, Index

BATCHES = Collection(
    "travel_batches",
    indexes=(
        Index((("term_id", 1), ("leg", 1))),
        # Only a batch that somebody is waited for of has an instant to look at.
        Index((("alarm_at", 1),), where={"alarm_at": {"$type": "date"}}),
    ),
    validator=shape(
        term_id=TEXT,
        unit_id=TEXT,
        leg={"enum": ["out", "back"]},
        passengers=ARRAY,
        departs_at=INSTANT,
        arrives_by=INSTANT,
        alarm_at=INSTANT_OR_NULL,
        cancelled=FLAG,
    ),
)
"""``former`` is set on a batch that had set out for days the term is not held on any more."""

_FIELDS = ("nomination_id", "unit_id", "departed_at", "arrived_at", "was_missing", "note")


def batch_row(batch: Batch, grace: timedelta) -> dict[str, Any]:
    """Return the fields of a batch's life as they are stored; ``missing`` says whether an alarm stands."""
    people = batch.passengers
    return {
        "leg": batch.leg,
        "departs_at": batch.departs_at,
        "arrives_by": batch.arrives_by,
        "cancelled": batch.cancelled,
        "alarm_at": batch.alarm_at(grace),
        "missing": any(each.whereabouts is Whereabouts.MISSING for each in people),
        "passengers": [
            {**{name: getattr(each, name) for name in _FIELDS}, "whereabouts": each.whereabouts.value}
            for each in people
        ],
    }


def batch_of(row: dict[str, Any]) -> Batch:
    """Return the batch of a stored row."""
    people = (Passenger(**{**each, "whereabouts": Whereabouts(each["whereabouts"])}) for each in row["passengers"])
    return Batch(row["leg"], row["departs_at"], row["arrives_by"], tuple(people), row["cancelled"])
