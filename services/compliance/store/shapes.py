"""The shapes that validators of several collections are made of."""

from __future__ import annotations

from typing import Any

TEXT = {"bsonType": "string"}
TEXT_OR_NULL = {"bsonType": ["string", "null"]}
COUNT = {"bsonType": ["int", "long"], "minimum": 0}
ARRAY = {"bsonType": "array"}
FLAG = {"bsonType": "bool"}
INSTANT = {"bsonType": "date"}
INSTANT_OR_NULL = {"bsonType": ["date", "null"]}


def shape(**properties: Any) -> dict[str, Any]:
    """Return the validator of documents that have all these fields; others are let in."""
    return {"bsonType": "object", "required": sorted(properties), "properties": properties}
