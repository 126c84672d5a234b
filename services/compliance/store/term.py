"""The read model of scheduling's terms in the database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from services.compliance.domain.checkin import CheckInWindow
from services.compliance.store.shapes import COUNT, FLAG, TEXT, TEXT_OR_NULL, shape
from shared.clock import CITY_ZONE
from shared.policies import Policies
from shared.storage import Collection, Index, Transaction

TERMS = Collection(
    "terms",
    indexes=(Index((("plan_id", 1), ("starts_on", 1))), Index((("settled", 1), ("starts_on", 1)))),
    validator=shape(
        plan_id=TEXT_OR_NULL,
        programme_title=TEXT,
        term_ordinal=COUNT,
        starts_on=TEXT,
        ends_on=TEXT,
        reports_on=TEXT,
        term_version=COUNT,
        cancelled=FLAG,
        frozen=FLAG,
        settled=FLAG,
    ),
)
"""``frozen``: being closed, or closed. ``settled``: the timer has nothing more to do for it."""


def hold_term(tx: Transaction, term_id: str) -> dict[str, Any] | None:
    """Return a term that nobody else moves or cancels until this transaction ends; ``None`` if it is not known yet."""
    rows = tx.rows(TERMS)
    return None if rows.one({"_id": term_id}) is None else rows.hold(term_id)


def clock_time(on: date, text: str) -> datetime:
    """Return the instant of a local ``HH:MM`` on a day in the city."""
    return datetime.combine(on, time.fromisoformat(text), CITY_ZONE)


def check_in_window(
    term: dict[str, Any], admitted_on: date, policies: Policies, leave: Iterable[tuple[date, date]]
) -> CheckInWindow:
    """Return when somebody admitted on that day, with that leave, may check in to a term, by the limits in force."""
    reports_on = date.fromisoformat(term["reports_on"])
    until = term["reports_until"]
    return CheckInWindow.of(
        reports_on=reports_on,
        on_time_until=None if until is None else clock_time(reports_on, until),
        admitted_on=admitted_on,
        early_days=policies.number("report.early_days"),
        grace_days=policies.number("report.grace_days"),
        zone=CITY_ZONE,
        leave=leave,
    )
