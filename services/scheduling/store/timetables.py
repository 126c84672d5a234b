"""Timetables of terms: the draft at hand, the versions issued, and the sessions that hold."""

from __future__ import annotations

from services.scheduling.store.shapes import ARRAY, COUNT, DAY, INSTANT, TEXT, TEXT_OR_NULL, shape
from shared.storage import Collection, Index

# One document a term, _id is the term's.
TIMETABLES = Collection(
    "timetables",
    validator=shape(plan_id=TEXT, number=COUNT, draft={"bsonType": ["object", "null"]}, solve_id=TEXT_OR_NULL),
)
TIMETABLE_VERSIONS = Collection(
    "timetable_versions",
    indexes=(
        Index((("term_id", 1), ("number", 1)), unique=True),
        # Feeds ask in which terms somebody ever taught, or a room was ever used.
        Index((("sessions.lecturer_id", 1), ("term_id", 1))),
        Index((("sessions.room_id", 1), ("term_id", 1))),
    ),
    validator=shape(
        term_id=TEXT,
        number=COUNT,
        total_hours=COUNT,
        sessions=ARRAY,
        changed=COUNT,
        issued_at=INSTANT,
        issued_by=TEXT,
        reason=TEXT_OR_NULL,
    ),
)
# The sessions of the versions in force: what other terms, lecturers and rooms meet.
SESSIONS = Collection(
    "sessions",
    indexes=(
        Index((("term_id", 1),)),
        Index((("on", 1),)),
        Index((("lecturer_id", 1), ("on", 1))),
        Index((("room_id", 1), ("on", 1))),
        Index((("joint_id", 1),)),
    ),
    validator=shape(
        term_id=TEXT,
        plan_id=TEXT,
        on=DAY,
        hours=COUNT,
        lecturer_id=TEXT_OR_NULL,
        room_id=TEXT_OR_NULL,
        joint_id=TEXT_OR_NULL,
        session={"bsonType": "object"},
    ),
)
# One document a solve that makes drafts: which sessions its lectures stand for.
ARRANGEMENTS = Collection("arrangements", validator=shape(term_ids=ARRAY, sittings={"bsonType": "object"}))
