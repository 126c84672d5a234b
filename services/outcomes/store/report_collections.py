"""Collections of reports; their documents are made when they are asked for."""

from __future__ import annotations

from shared.storage import Collection, Index

REPORT_COLLECTIONS = Collection(
    "report_collections",
    indexes=(Index((("term_id", 1),)), Index((("plan_id", 1),))),
    validator={
        "bsonType": "object",
        "required": ["_id", "version", "title", "report_ids", "credited", "compiled_at"],
        "properties": {"report_ids": {"bsonType": "array"}},
    },
)
