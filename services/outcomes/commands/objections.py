"""Objections of authors to their grades: an internal step, decided by the Party school."""

from __future__ import annotations

from typing import Any

from services.outcomes import contract
from services.outcomes.commands.deadlines import keep_report
from services.outcomes.commands.reviews import Chooses, conclude
from services.outcomes.commands.states import stepped
from services.outcomes.limits import policy_table
from services.outcomes.queries.reports import report_within_reach, shown_whole
from services.outcomes.store.reports import REPORTS, report_from
from shared.storage import Transaction


def object_to_grade(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Object to one's grade, once, within the days there are for it."""
    row = report_within_reach(tx, request["report_id"])
    days = policy_table().on(tx.today).number("report.objection_days")
    report = stepped(lambda: report_from(row).object(request["reason"], tx.today, days))
    return shown_whole(tx, keep_report(tx, row, report))


def decide_objection(tx: Transaction, request: dict[str, Any], assigner: Chooses) -> dict[str, Any]:
    """Decide on an objection; upheld, somebody who has not reviewed the report reviews it, too."""
    row = tx.rows(REPORTS).get(request["report_id"])
    report = stepped(lambda: report_from(row).decide(request["upheld"], request["answer"], tx.today))
    saved = keep_report(tx, row, report)
    if request["upheld"]:
        conclude(tx, row["_id"], assigner)
    told = {"report_id": row["_id"], **{key: row[key] for key in ("nomination_id", "term_id", "unit_id")}}
    tx.emit(contract.OBJECTION_DECIDED, {**told, "upheld": request["upheld"]}, subject=row["_id"])
    return shown_whole(tx, saved)
