"""Reports that nobody handed in: once the last day of grace has passed they count as not passed, and are told so."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from services.outcomes.commands.deadlines import expect_reports, keep_report
from services.outcomes.commands.reviews import tell_grade
from services.outcomes.domain.report import Report, State
from services.outcomes.limits import policy_table
from services.outcomes.queries.terms import report_due_on
from services.outcomes.store.reports import REPORTS, report_from
from services.outcomes.store.terms import ROSTERS, TERMS
from shared.runtime import Work
from shared.storage import Transaction


def look_at_deadlines(work: Work) -> None:
    """Grade what can no longer be handed in, term by term; announce the reports that are due from now on."""
    view, today = work.view(), work.clock.today()
    late_days = timedelta(days=policy_table().on(today).number("report.late_days"))
    unfinished = {"state": State.DRAFTING.value, "graded": None}
    drafted = {row["term_id"] for row in view.rows(REPORTS).find(unfinished, fields=("term_id",))}
    for term in view.rows(TERMS).find({"cancelled": False}):
        due_on = report_due_on(term)
        looked_at = term.get("reports_lapsed") == due_on.isoformat() and term["_id"] not in drafted
        if due_on + late_days < today and not looked_at:
            work.step(f"lapse-{term['_id']}", partial(_lapse, term_id=term["_id"]))
    work.transact(expect_reports)


def _lapse(tx: Transaction, term_id: str) -> None:
    term = tx.rows(TERMS).get(term_id)
    due_on, late_days = report_due_on(term), policy_table().on(tx.today).number("report.late_days")
    known = {row["nomination_id"]: row for row in tx.rows(REPORTS).find({"term_id": term_id})}
    for roster in tx.rows(ROSTERS).find({"term_id": term_id}):
        for nomination_id in roster["nomination_ids"]:
            row = known.get(nomination_id)
            report = report_from(row) if row else Report(nomination_id, term_id, roster["unit_id"])
            if report.lapses(tx.today, due_on, late_days):
                tell_grade(tx, keep_report(tx, row, report.lapsed(tx.today)))
    if term.get("reports_lapsed") != due_on.isoformat():
        tx.rows(TERMS).save({**term, "reports_lapsed": due_on.isoformat()})
