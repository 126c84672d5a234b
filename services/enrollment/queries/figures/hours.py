"""Figures of class hours: what is still missing, by unit."""

from __future__ import annotations

from services.enrollment.queries.figures.shape import Row, Year, figure
from services.enrollment.queries.hours import Ledgers
from services.enrollment.queries.hours_by_unit import unit_sums
from services.enrollment.store import HOURS_LEDGERS
from shared.storage import View


def gap(view: View, year: Year) -> Row:
    """Hours that people still miss today, and would miss with the terms they are admitted to, by unit.

    The ledger is a person's, not a plan's: it holds whatever was credited, from every year that is asked for.
    """
    sums = unit_sums(view, Ledgers(view, view.rows(HOURS_LEDGERS).find({}))) if year.terms else []
    keys = ("people", "met", "short", "gap_hours", "forecast_gap_hours")
    rows = [year.unit(row["unit_id"]) | {key: row[key] for key in keys} for row in sums]
    total = sum(row["gap_hours"] for row in rows)
    return figure("hours_gap", ("学时缺口", "class hours missing"), "hours", total, ("unit", *keys), rows)
