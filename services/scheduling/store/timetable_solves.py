"""Collections: timetable solves."""

from __future__ import annotations

from services.scheduling.store.shapes import ARRAY, COUNT_OR_NULL, FLAG, INSTANT, OBJECT, TEXT, TEXT_OR_NULL, shape
from shared.storage import Collection, Index

# What a solve is about, apart from how far it is: the one is written once, the other again and again.
TIMETABLE_PROBLEMS = Collection("timetable_problems", validator=shape(problem=OBJECT))
TIMETABLE_SOLVES = Collection(
    "timetable_solves",
    indexes=(Index((("state", 1),)),),
    validator=shape(
        scheduler=TEXT,
        state={"enum": ["waiting", "running", "done", "stopped", "failed"]},
        subject_id=TEXT_OR_NULL,
        cost=COUNT_OR_NULL,
        timetable=ARRAY,
        stop_asked=FLAG,
        asked_at=INSTANT,
        heard_at=INSTANT,
    ),
)
# One document that whoever gives out turns to solve has to hold.
TIMETABLE_DESK = Collection("timetable_desk")
