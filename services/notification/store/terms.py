"""What this service knows of terms."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.notification.domain.facts import Term
from shared.storage import Collection

TERMS = Collection("terms", validator={"required": ["starts_on", "ends_on", "term_version", "cancelled"]})


def term_of(row: dict[str, Any]) -> Term:
    """Return a stored term as letters need it."""
    return Term(
        term_id=row["_id"],
        programme_title=row["programme_title"],
        ordinal=row["ordinal"],
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_on=date.fromisoformat(row["ends_on"]),
        days=row["days"],
        reports_on=date.fromisoformat(row["reports_on"]),
        report_hours=row["report_hours"],
        opens_at=row["opens_at"],
        campus_title=row["campus_title"],
        campus_address=row["campus_address"],
        room_title=row["room_title"],
        notice_days=row["notice_days"],
        notice_in_working_days=row["notice_in_working_days"],
        replace_by=row["replace_by"] and date.fromisoformat(row["replace_by"]),
    )
