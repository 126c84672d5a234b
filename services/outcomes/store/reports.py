"""Reports, their topics, their files in sealed pieces, and what makes them comparable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from services.outcomes.domain.report import Extension, Grade, Objection, Report, State, Submission, Version
from shared.storage import Collection, Index, Transaction, View

_PART_BYTES = 1 << 20

TOPICS = Collection(
    "topics",
    indexes=(Index((("term_id", 1), ("_id", 1))),),
    validator={
        "bsonType": "object",
        "required": ["_id", "version", "term_id", "title", "state", "chosen"],
        "properties": {"state": {"enum": ["proposed", "approved", "declined"]}},
    },
)
REPORTS = Collection(
    "reports",
    indexes=(
        Index((("nomination_id", 1),), unique=True),
        Index((("term_id", 1), ("_id", 1))),
        Index((("unit_id", 1), ("_id", 1))),
        Index((("graded", 1), ("state", 1))),
    ),
    validator={
        "bsonType": "object",
        "required": ["_id", "version", "nomination_id", "term_id", "unit_id", "state", "versions"],
        "properties": {"state": {"enum": [state.value for state in State]}, "versions": {"bsonType": "array"}},
    },
)
REPORT_PARTS = Collection(
    "report_parts",
    indexes=(Index((("report_id", 1), ("copy", 1))),),
    validator={
        "bsonType": "object",
        "required": ["_id", "version", "report_id", "copy", "number", "content"],
        "properties": {"content": {"bsonType": "string"}},
    },
    sealed=("content",),
)
"""``copy``: ``<version>/original``, ``<version>/text`` or ``<version>/blind``; ``number`` orders its pieces."""

PREPARATIONS = Collection(
    "preparations",
    indexes=(Index((("sketch", 1),)),),
    validator={
        "bsonType": "object",
        "required": ["_id", "version", "number", "scheme", "sketch", "blind_title", "blind_kind"],
        "properties": {"sketch": {"bsonType": "array"}},
    },
)
"""One a report, by its identifier: what preparing the version put forward came to. The sketch finds what is alike."""

SIMILARITIES = Collection(
    "similarities",
    indexes=(Index((("source_ids", 1),)),),
    validator={
        "bsonType": "object",
        "required": ["_id", "version", "percent", "source_ids", "passages", "checked_at"],
        "properties": {"passages": {"bsonType": "string"}, "source_ids": {"bsonType": "array"}},
    },
    sealed=("passages",),
)


def report_fields(report: Report) -> dict[str, Any]:
    """Return a report as it is stored, without ``_id`` and ``version``."""
    fields = asdict(report)
    return {**fields, "state": report.state.value, "graded": report.grade.grade if report.grade else None}


def report_from(row: Mapping[str, Any]) -> Report:
    """Return the report of a stored row."""
    return Report(
        nomination_id=row["nomination_id"],
        term_id=row["term_id"],
        unit_id=row["unit_id"],
        state=State(row["state"]),
        topic_id=row["topic_id"],
        versions=tuple(Version(**each) for each in row["versions"]),
        submission=_submission(row["submission"]),
        extension=_dated(Extension, row["extension"], "due_on"),
        similarity=row["similarity"],
        grade=_grade(row["grade"]),
        objection=_dated(Objection, row["objection"], "filed_on", "decided_on"),
        note=row["note"],
    )


def keep_copy(tx: Transaction, report_id: str, copy: str, content: bytes) -> None:
    """Store a file sealed, in pieces a document can hold; what stood there before is replaced."""
    rows = tx.rows(REPORT_PARTS)
    for former in rows.find({"report_id": report_id, "copy": copy}):
        rows.remove(former)
    rows.insert_many(
        {
            "_id": f"{report_id}/{copy}/{number}",
            "report_id": report_id,
            "copy": copy,
            "number": number,
            "content": content[start : start + _PART_BYTES],
        }
        for number, start in enumerate(range(0, max(len(content), 1), _PART_BYTES))
    )


def copy_of(view: View, report_id: str, copy: str, purpose: str) -> bytes:
    """Return a stored file; its opening is audited with the purpose. Empty when there is none."""
    rows = view.rows(REPORT_PARTS)
    parts = rows.find({"report_id": report_id, "copy": copy}, sort=(("number", 1),))
    return b"".join(rows.unseal_many(parts, "content", purpose)) if parts else b""


def _dated(made: Any, row: Mapping[str, Any] | None, *days: str) -> Any:
    if row is None:
        return None
    return made(**{**row, **{day: _day(row[day]) for day in days}})


def _day(value: Any) -> date | None:
    # A row that was just written still holds the day itself, one that was read its text.
    return date.fromisoformat(value) if isinstance(value, str) else value


def _submission(row: Mapping[str, Any] | None) -> Submission | None:
    found: Submission | None = _dated(Submission, row, "due_on")
    return found


def _grade(row: Mapping[str, Any] | None) -> Grade | None:
    if row is None:
        return None
    total = None if row["total"] is None else Decimal(row["total"])
    found: Grade = _dated(Grade, {**row, "total": total}, "graded_on")
    return found
