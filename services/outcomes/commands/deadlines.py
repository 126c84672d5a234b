"""When reports are due: by the limits, by a day set for a term, or by a later day granted to one trainee."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from services.outcomes import contract
from services.outcomes.commands.states import stepped
from services.outcomes.domain.report import NOT_SUBMITTED, Extension, Report
from services.outcomes.limits import policy_table
from services.outcomes.queries.people import place_of
from services.outcomes.queries.reports import shown_whole
from services.outcomes.queries.terms import report_due_on
from services.outcomes.store.reports import REPORTS, report_fields, report_from
from services.outcomes.store.terms import TERMS
from shared.errors import Invalid
from shared.identifiers import new_id
from shared.storage import Transaction


def set_report_deadline(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Set the day a term's reports are due; nobody who is in time today can be made late by it."""
    term = tx.rows(TERMS).get(request["term_id"])
    if request["due_on"] < tx.today:
        raise Invalid(
            f"提交期限 {request['due_on']} 已过（今天是 {tx.today}），请设定今天或以后的日期",
            f"{request['due_on']} has passed (today is {tx.today}); set today or a later day",
            fields={"due_on": ["in the past"]},
        )
    saved = tx.rows(TERMS).save({**term, "reports_due_on": request["due_on"].isoformat()})
    expect_reports(tx)
    late_days = policy_table().on(tx.today).number("report.late_days")
    due_on = report_due_on(saved)
    return {"term_id": term["_id"], "due_on": due_on, "late_until": due_on + timedelta(days=late_days)}


def extend_report_deadline(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Grant one trainee a later day, by a named approver."""
    place = place_of(tx, request["nomination_id"])
    row = tx.rows(REPORTS).one({"nomination_id": place.nomination_id})
    report = report_from(row) if row else Report(place.nomination_id, place.term_id, place.unit_id)
    later = Extension(request["due_on"], request["reason"], request["approver"])
    report = stepped(lambda: report.extended(later))
    tx.note(place.nomination_id, "extend report deadline", due_on=request["due_on"], approver=request["approver"])
    return shown_whole(tx, keep_report(tx, row, report))


def keep_report(tx: Transaction, row: dict[str, Any] | None, report: Report) -> dict[str, Any]:
    """Store a report, new or changed, and return its row; that it does not count as missing any more is told."""
    if row is None:
        return tx.rows(REPORTS).insert({"_id": new_id("report"), **report_fields(report)})
    saved = tx.rows(REPORTS).save({**row, **report_fields(report)})
    if row.get("graded") == NOT_SUBMITTED and report.grade is None:
        whose = {name: row[name] for name in ("nomination_id", "term_id", "unit_id")}
        tx.emit(contract.REPORT_REOPENED, {"report_id": row["_id"], **whose}, subject=row["_id"])
    return saved


def expect_reports(tx: Transaction) -> None:
    """Announce the reports of every term that has begun, once for each day they are due.

    Reports that had counted as missing and may come by that day are open again.
    """
    for term in tx.rows(TERMS).find({"cancelled": False}):
        due_on = report_due_on(term)
        begun = date.fromisoformat(term["starts_on"]) <= tx.today
        if begun and term.get("reports_told") != due_on.isoformat():
            tx.rows(TERMS).save({**term, "reports_told": due_on.isoformat()})
            tx.emit(contract.REPORTS_EXPECTED, {"term_id": term["_id"], "due_on": due_on}, subject=term["_id"])
            _reopen_reports(tx, term["_id"], due_on)


def _reopen_reports(tx: Transaction, term_id: str, due_on: date) -> None:
    late_days = policy_table().on(tx.today).number("report.late_days")
    for row in tx.rows(REPORTS).find({"term_id": term_id, "graded": NOT_SUBMITTED}):
        report = report_from(row)
        if report.reopens(tx.today, due_on, late_days):
            keep_report(tx, row, report.reopened())
