"""The gateway's own database: API keys, accounts, sessions and the log of events."""

from __future__ import annotations

from datetime import timedelta

from shared.context import Context
from shared.security.caller import service_caller
from shared.storage import Collection, Index, StoreSchema

_STRING = {"bsonType": "string"}
_STRINGS = {"bsonType": "array", "items": _STRING}
_INSTANT = {"bsonType": "date"}
_INSTANT_OR_NULL = {"bsonType": ["date", "null"]}

KEYS = Collection(
    "keys",
    indexes=(Index((("created_at", 1),)),),
    validator={
        "bsonType": "object",
        "required": ["digest", "label", "roles", "units", "expires_at", "created_by"],
        "properties": {
            "digest": _STRING,
            "label": _STRING,
            "roles": _STRINGS,
            "units": _STRINGS,
            "expires_at": _INSTANT,
            "revoked_at": _INSTANT_OR_NULL,
            "last_used_at": _INSTANT_OR_NULL,
        },
    },
)
ACCOUNTS = Collection(
    "accounts",
    indexes=(Index((("username", 1),), unique=True),),
    validator={
        "bsonType": "object",
        "required": ["username", "password_hash", "roles", "units", "failures", "disabled"],
        "properties": {
            "username": _STRING,
            "password_hash": _STRING,
            "roles": _STRINGS,
            "units": _STRINGS,
            "failures": {"bsonType": ["int", "long"]},
            "disabled": {"bsonType": "bool"},
            "locked_until": _INSTANT_OR_NULL,
            "failed_at": _INSTANT_OR_NULL,
        },
    },
    sealed=("totp_secret", "totp_pending"),
)
GUESSED_NAMES = Collection(
    "guessed_names",
    indexes=(Index((("kept_until", 1),), expire_after=timedelta(0)),),
    validator={
        "bsonType": "object",
        "required": ["failures", "locked_until", "failed_at", "kept_until"],
        "properties": {
            "failures": {"bsonType": ["int", "long"]},
            "locked_until": _INSTANT_OR_NULL,
            "failed_at": _INSTANT,
            "kept_until": _INSTANT,
        },
    },
)
REVOKED_LINKS = Collection(
    "revoked_links",
    validator={
        "bsonType": "object",
        "required": ["issued_until", "by"],
        "properties": {"issued_until": _INSTANT, "by": _STRING},
    },
)
SESSIONS = Collection(
    "sessions",
    indexes=(Index((("account_id", 1),)),),
    validator={
        "bsonType": "object",
        "required": ["account_id", "opened_at", "seen_at"],
        "properties": {"account_id": _STRING, "opened_at": _INSTANT, "seen_at": _INSTANT},
    },
)
EVENT_LOG = Collection(
    "event_log",
    indexes=(Index((("sequence", 1),), unique=True), Index((("type", 1), ("sequence", 1)))),
    validator={
        "bsonType": "object",
        "required": ["sequence", "type", "unit_id", "event"],
        "properties": {"sequence": {"bsonType": ["int", "long"]}, "type": _STRING, "event": {"bsonType": "object"}},
    },
)
EVENT_HEAD = Collection("event_head")

SCHEMA = StoreSchema(
    "gateway", collections=(KEYS, ACCOUNTS, GUESSED_NAMES, REVOKED_LINKS, SESSIONS, EVENT_LOG, EVENT_HEAD)
)

ITSELF = Context(caller=service_caller("gateway"))
"""The surroundings of what the gateway does for itself: looking a key up, recording a log-in."""
