"""The delivery ledger of letters."""

from __future__ import annotations

from typing import Any

from services.notification.domain.delivery import STATES as DELIVERY_STATES
from services.notification.domain.delivery import Delivery
from shared.storage import Collection, Index

DELIVERIES = Collection(
    "deliveries",
    indexes=(
        Index((("letter_id", 1),)),
        Index((("term_id", 1), ("unit_id", 1))),
        # Only what is still under way has a time to be tried at.
        Index((("retry_at", 1),), where={"retry_at": {"$type": "date"}}),
    ),
    validator={
        "required": ["letter_id", "term_id", "unit_id", "recipient_kind", "recipient", "channel", "state", "attempts"],
        "properties": {"state": {"enum": list(DELIVERY_STATES)}, "recipient_kind": {"enum": ["unit", "trainee"]}},
    },
)

_DELIVERY_FIELDS = ("state", "attempts", "retry_at", "reason", "receipt", "delivered_at")


def delivery_row(delivery: Delivery) -> dict[str, Any]:
    """Return the fields of a delivery's state as they are stored."""
    return {name: getattr(delivery, name) for name in _DELIVERY_FIELDS}


def delivery_of(row: dict[str, Any]) -> Delivery:
    """Return the state of a stored delivery."""
    return Delivery(**{name: row[name] for name in _DELIVERY_FIELDS})
