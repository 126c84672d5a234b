"""What validators of the notification collections are made of."""

from __future__ import annotations

from typing import Any

TEXT = {"bsonType": "string"}
MAYBE_TEXT = {"bsonType": ["string", "null"]}


def one_of(values: tuple[str, ...]) -> dict[str, Any]:
    """Return the shape of a text that is one of a few."""
    return {"enum": list(values)}
