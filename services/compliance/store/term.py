"""The read model of scheduling's terms in the database."""

from shared.storage import Collection

TERMS = Collection(
    "terms",
    validator={"bsonType": "object", "required": ["_id", "version", "starts_on", "term_version", "cancelled"]},
)
