"""Invitations of lecturers to the courses of a term."""

from __future__ import annotations

from services.scheduling.store.shapes import COUNT, DAY, INSTANT, TEXT, TEXT_OR_NULL, shape
from shared.storage import Collection, Index

INVITATIONS = Collection(
    "invitations",
    indexes=(
        Index((("term_id", 1), ("course_id", 1))),
        Index((("lecturer_id", 1), ("state", 1))),
        Index((("state", 1), ("due_on", 1))),
        Index((("retiming_id", 1),)),
    ),
    validator=shape(
        plan_id=TEXT,
        term_id=TEXT,
        course_id=TEXT,
        course_title=TEXT,
        hours=COUNT,
        lecturer_id=TEXT,
        state={"enum": ["invited", "confirmed", "declined", "lapsed", "withdrawn", "superseded"]},
        due_on=DAY,
        invited_at=INSTANT,
        substitute_id=TEXT_OR_NULL,
        instead_of=TEXT_OR_NULL,
        retiming_id=TEXT_OR_NULL,
    ),
)
