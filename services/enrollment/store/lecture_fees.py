"""Lecture fees: the issued timetables, a book a lecturer, a statement a lecturer and term."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from services.enrollment.domain.lecture_fee import Agreement, Item, Session
from services.enrollment.store.fees import citation_fields
from services.enrollment.store.shapes import ARRAY, COUNT, TEXT, shape
from shared.storage import Collection, Index

# One document a term: the version that holds, and whom it named.
LECTURE_TABLES = Collection(
    "lecture_tables", validator=shape(timetable_version=COUNT, total_hours=COUNT, lecturer_ids=ARRAY)
)
# One document a lecturer: two terms that share a lecture or a half-day meet in it.
LECTURE_BOOKS = Collection("lecture_books", validator=shape(sessions=ARRAY, agreements={"bsonType": "object"}))
LECTURE_STATEMENTS = Collection(
    "lecture_statements",
    indexes=(
        Index((("lecturer_id", 1), ("term_id", 1)), unique=True),
        Index((("term_id", 1), ("_id", 1))),
    ),
    validator=shape(
        lecturer_id=TEXT, term_id=TEXT, number=COUNT, items=ARRAY, amount_fen=COUNT, problems=COUNT, history=ARRAY
    ),
)


def session_fields(session: Session) -> dict[str, Any]:
    """Return a session as it is stored."""
    return {
        "session_id": session.session_id,
        "term_id": session.term_id,
        "title": session.title,
        "on": session.on.isoformat(),
        "half": session.half,
        "starts_at": session.starts_at,
        "hours": str(session.hours),
        "grade": session.grade,
        "joint_id": session.joint_id,
    }


def session_from(row: Mapping[str, Any]) -> Session:
    """Return the session of a stored one."""
    return Session(
        session_id=row["session_id"],
        term_id=row["term_id"],
        title=row["title"],
        on=date.fromisoformat(row["on"]),
        half=row["half"],
        starts_at=row["starts_at"],
        hours=Decimal(row["hours"]),
        grade=row["grade"],
        joint_id=row["joint_id"],
    )


def agreement_from(row: Mapping[str, Any]) -> Agreement:
    """Return the agreement of a stored one."""
    return Agreement(row["rate_fen"], row["uplift"] is not None)


def item_fields(item: Item) -> dict[str, Any]:
    """Return what a session is paid as it is stored."""
    session = {key: value for key, value in session_fields(item.session).items() if key != "term_id"}
    return {
        **session,
        "amount_fen": item.amount_fen,
        "paid_hours": str(item.paid_hours),
        "reasons": [reason.plain() for reason in item.reasons],
        "citation": citation_fields(item.citation) if item.citation.source else None,
        "problem": item.problem,
    }
