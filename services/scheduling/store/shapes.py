"""The shapes that validators are made of."""

from __future__ import annotations

from typing import Any

TEXT = {"bsonType": "string"}
TEXT_OR_NULL = {"bsonType": ["string", "null"]}
DAY = {"bsonType": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
DAY_OR_NULL = {"bsonType": ["string", "null"]}
COUNT = {"bsonType": ["int", "long"], "minimum": 0}
COUNT_OR_NULL = {"bsonType": ["int", "long", "null"]}
ARRAY = {"bsonType": "array"}
FLAG = {"bsonType": "bool"}
INSTANT = {"bsonType": "date"}
OBJECT = {"bsonType": "object"}


def shape(**properties: Any) -> dict[str, Any]:
    """Return the validator of a document that has all of these fields, and may have others."""
    return {"bsonType": "object", "required": sorted(properties), "properties": properties}
