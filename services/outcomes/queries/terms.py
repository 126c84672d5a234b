"""What is worked out from the read model of terms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from services.outcomes.limits import policy_table


def report_due_on(term: Mapping[str, Any]) -> date:
    """Return the last day in time for a term's reports: as it was set, else by the limit in force when it ends."""
    if term.get("reports_due_on"):
        return date.fromisoformat(term["reports_due_on"])
    ends_on = date.fromisoformat(term["ends_on"])
    return ends_on + timedelta(days=policy_table().on(ends_on).number("report.due_days_after_end"))


def term_label(term: Mapping[str, Any]) -> str:
    """Return what people call a term."""
    return f"{term['programme_title']}第{term['ordinal']}期"
