"""The read model of admitted people: what enrollment and outcomes announce of them."""

from __future__ import annotations

from typing import Any

from services.compliance.commands import briefing, health, travel
from services.compliance.commands.return_to_post import drop_returner
from services.compliance.commands.weighing import dissolve_cases
from services.compliance.store.term import TERMS, hold_term
from services.compliance.store.trainee import TRAINEES, new_trainee
from shared.errors import Unavailable
from shared.storage import Transaction


def admit_roster(tx: Transaction, data: dict[str, Any]) -> None:
    """People of a unit were admitted: keep them, and open the unit's briefing."""
    rows = tx.rows(TRAINEES)
    known = {row["_id"] for row in rows.find({"_id": {"$in": data["nomination_ids"]}}, fields=("_id",))}
    rows.insert_many(
        new_trainee(nomination_id, data["term_id"], data["unit_id"], tx.today.isoformat(), "expected")
        for nomination_id in dict.fromkeys(data["nomination_ids"])
        if nomination_id not in known
    )
    term = hold_term(tx, data["term_id"])
    if term is not None and term["settled"] and not term["cancelled"]:
        # Somebody joined late: the timer has to look at the term again.
        tx.rows(TERMS).save({**term, "settled": False})
    briefing.open_briefing(tx, data, term)


def drop_trainee(tx: Transaction, data: dict[str, Any]) -> None:
    """Somebody withdrew; who was never admitted concerns nobody here. The news may come before the admission's."""
    if not data["was_admitted"]:
        return
    rows = tx.rows(TRAINEES)
    row = rows.one({"_id": data["nomination_id"]})
    if row is None:
        gone = new_trainee(data["nomination_id"], data["term_id"], data["unit_id"], tx.today.isoformat(), "withdrawn")
        rows.insert(gone)
    elif row["state"] != "withdrawn":
        rows.save({**row, "state": "withdrawn"})
    dissolve_cases(tx, data["term_id"], data["nomination_id"])
    travel.drop_passenger(tx, data["term_id"], data["nomination_id"])
    drop_returner(tx, data["term_id"], data["unit_id"], data["nomination_id"])
    health.follow_withdrawal(tx, data["term_id"], data["nomination_id"])
    briefing.drop_trainee(tx, data)


def note_grade(tx: Transaction, data: dict[str, Any], event_id: str) -> None:
    """A report was graded, or graded anew: completion will be judged by it, unless something said later is known."""
    _note_report(tx, data["nomination_id"], data["passed"], data["grade"], event_id)


def drop_grade(tx: Transaction, data: dict[str, Any], event_id: str) -> None:
    """A report that had counted as missing may still come: nothing is known of it, unless something said later is."""
    _note_report(tx, data["nomination_id"], None, None, event_id)


def _note_report(tx: Transaction, nomination_id: str, passed: bool | None, grade: str | None, event_id: str) -> None:
    rows = tx.rows(TRAINEES)
    row = rows.one({"_id": nomination_id})
    if row is None:
        raise Unavailable(
            f"尚未收到学员 {nomination_id} 的录取信息，稍后自动重试",
            f"nothing is known of trainee {nomination_id} yet; this will be tried again",
            nomination_id=nomination_id,
        )
    if (row.get("graded_by") or "") > event_id:
        return
    rows.save({**row, "report_passed": passed, "report_grade": grade, "graded_by": event_id})
