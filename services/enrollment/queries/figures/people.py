"""Figures of people: the funnel by unit, who nominated in time, replacements by cause."""

from __future__ import annotations

from collections import Counter, defaultdict

from services.enrollment.domain.nomination import LEFT, State
from services.enrollment.domain.replacement import REASONS
from services.enrollment.domain.replacement import State as ReplacementState
from services.enrollment.queries.figures.shape import Row, Year, figure
from services.enrollment.store import NOMINATIONS, REPLACEMENTS
from shared.storage import View


def funnel(view: View, year: Year) -> Row:
    """Of those nominated, how many were accepted and admitted, by unit; ``left`` had a seat and gave it up."""
    by_unit: dict[str, Counter[str]] = defaultdict(Counter)
    for row in year.rows(NOMINATIONS, ("unit_id", "state", "admitted_at", "order")):
        found = by_unit[row["unit_id"]]
        seated = row["admitted_at"] is not None
        found["nominated"] += 1
        found["refused"] += row["state"] == State.REFUSED
        found["withdrawn"] += row["state"] == State.WITHDRAWN and not seated
        found["accepted"] += seated or bool(row["order"])
        found["admitted"] += seated
        found["left"] += seated and row["state"] in LEFT
    keys = ("nominated", "refused", "withdrawn", "accepted", "admitted", "left")
    rows = [year.unit(unit) | {key: found[key] for key in keys} for unit, found in sorted(by_unit.items())]
    total = sum(row["admitted"] - row["left"] for row in rows)
    return figure("nominations", ("推荐与录取", "nominated and admitted"), "people", total, ("unit", *keys), rows)


def punctuality(view: View, year: Year) -> Row:
    """Who was nominated before nominations closed, by unit; a term without a closing day knows nobody late."""
    by_unit: dict[str, Counter[str]] = defaultdict(Counter)
    for row in year.rows(NOMINATIONS, ("unit_id", "late")):
        by_unit[row["unit_id"]]["late" if row["late"] else "in_time"] += 1
    keys = ("in_time", "late")
    rows = [year.unit(unit) | {key: found[key] for key in keys} for unit, found in sorted(by_unit.items())]
    total = sum(row["in_time"] + row["late"] for row in rows)
    share = round(100 * sum(row["in_time"] for row in rows) / total, 1) if total else None
    return figure("punctuality", ("按时推荐", "nominated in time"), "percent", share, ("unit", *keys), rows)


def replacements(view: View, year: Year) -> Row:
    """Replacements by their cause, in time and late."""
    by_cause: dict[str, Counter[str]] = defaultdict(Counter)
    for row in year.rows(REPLACEMENTS, ("reason_code", "state", "late")):
        by_cause[row["reason_code"]][_ending(row)] += 1
    keys = ("approved", "late_approved", "refused", "late_refused", "cancelled", "pending")
    rows: list[Row] = [
        {"cause": REASONS[code].zh} | {key: found[key] for key in keys} for code, found in sorted(by_cause.items())
    ]
    done = sum(row["approved"] + row["late_approved"] for row in rows)
    return figure("replacements", ("更换人选", "replacements"), "people", done, ("cause", *keys), rows)


def _ending(row: Row) -> str:
    state = row["state"]
    if state in (ReplacementState.APPROVED, ReplacementState.REFUSED):
        return f"late_{state}" if row["late"] else str(state)
    return "cancelled" if state == ReplacementState.CANCELLED else "pending"
