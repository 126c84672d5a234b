"""Check-in: who has arrived, and who has not by the end of the days of grace."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from services.compliance.commands import travel
from services.compliance.commands.refusals import has_withdrawn, not_of_this_term, outside, refuse_frozen, row_by_row
from services.compliance.commands.weighing import dissolve_cases, open_case
from services.compliance.contract.attendance_events import TRAINEE_CHECKED_IN, TRAINEE_NOT_REPORTED
from services.compliance.domain.checkin import CheckInWindow
from services.compliance.domain.rules import broken
from services.compliance.domain.withdrawal import Case
from services.compliance.domain.wording import Refusal
from services.compliance.limits import policy_table
from services.compliance.queries.checkin import CheckInWindows
from services.compliance.store.attendance import BOOKS
from services.compliance.store.term import TERMS
from services.compliance.store.trainee import TRAINEES
from services.compliance.store.withdrawal import CASES
from shared.clock import CITY_ZONE
from shared.storage import Transaction


def check_in_trainees(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Note who has arrived, each by their own window; who checked in before stays as they are."""
    term = tx.rows(TERMS).get(request["term_id"])
    refuse_frozen(term)
    at: datetime = request["arrived_at"] or tx.now
    if at > tx.now:
        raise outside(
            f"到达时间 {at.isoformat()} 晚于当前时间，请核对", f"the arrival {at.isoformat()} lies ahead; check it"
        )
    found = tx.rows(TRAINEES).find({"term_id": term["_id"], "_id": {"$in": request["nomination_ids"]}})
    trainees = {row["_id"]: row for row in found}
    windows = CheckInWindows(tx, term)
    arrived: list[dict[str, Any]] = []

    def check_in(nomination_id: str) -> str:
        row = trainees.get(nomination_id)
        if row is None:
            raise not_of_this_term(nomination_id)
        if row["state"] != "reported":
            _arrive(tx, windows.of(row), row, at)
            arrived.append(row)
        return str(row["state"])

    report = row_by_row(request["nomination_ids"], check_in)
    tx.rows(TRAINEES).save_many(arrived)
    if arrived and term["settled"] and not term["cancelled"]:
        # Their units have to be asked for them, too.
        tx.rows(TERMS).save({**term, "settled": False})
    travel.arrived(tx, term["_id"], "out", [row["_id"] for row in arrived])
    for row in arrived:
        data = {"nomination_id": row["_id"], "term_id": row["term_id"], "unit_id": row["unit_id"]}
        tx.emit(TRAINEE_CHECKED_IN, data, subject=row["_id"])
    return report


def _arrive(tx: Transaction, window: CheckInWindow, row: dict[str, Any], at: datetime) -> None:
    if row["state"] == "withdrawn":
        raise has_withdrawn(row["_id"])
    arrival = window.arrival(at)
    if arrival == "early":
        opens = window.opens_at.astimezone(CITY_ZONE)
        raise Refusal(
            "too-early",
            f"报到自{opens:%Y-%m-%d %H:%M}开始，请届时登记",
            f"checking in opens at {opens:%Y-%m-%d %H:%M}",
        )
    if arrival == "lapsed" and not _kept(tx, row):
        raise Refusal(
            "lapsed",
            f"已超过最迟报到日{window.last_on}，入学资格由组织部决定，请先办理",
            f"the last day to report was {window.last_on}; the organisation department decides first",
        )
    if row["state"] == "not_reported":
        dissolve_cases(tx, row["term_id"], row["_id"], "not_reported")
    row |= {"state": "reported", "checked_in_at": at, "checked_in_late": arrival != "on_time"}


def _kept(tx: Transaction, row: dict[str, Any]) -> bool:
    # Who is expected again, on other days, was let in for the days before.
    mine = {"term_id": row["term_id"], "nomination_id": row["_id"], "cause": "not_reported"}
    latest = tx.rows(CASES).one(mine, [("opened_at", -1), ("_id", -1)])
    return row["state"] == "not_reported" and latest is not None and latest["state"] == "kept"


def lapse(tx: Transaction, term_id: str) -> None:
    """Announce who did not report within grace and had no leave, and open their cases."""
    term = tx.rows(TERMS).get(term_id)
    windows, source = CheckInWindows(tx, term), policy_table().on(tx.today)["report.grace_days"].source
    late = []
    for row in tx.rows(TRAINEES).find({"term_id": term_id, "state": "expected"}):
        window = windows.of(row)
        if tx.now < window.lapses_at:
            continue
        row["state"] = "not_reported"
        late.append(row)
        _announce(tx, row, window.last_on, source)
    tx.rows(TRAINEES).save_many(late)


def _announce(tx: Transaction, row: dict[str, Any], last_on: date, source: str) -> None:
    data = {"nomination_id": row["_id"], "term_id": row["term_id"], "unit_id": row["unit_id"]}
    tx.emit(TRAINEE_NOT_REPORTED, data, subject=row["_id"])
    verdict = broken(
        f"截至最迟报到日{last_on}未报到", f"not there by {last_on}, the last day of grace", source, "not_reported"
    )
    open_case(tx, row, Case("not_reported"), verdict)


def expect_again(tx: Transaction, term: dict[str, Any]) -> None:
    """Let people report anew: the term is reported for on another day.

    Who checked in does so again unless a roll that counts was taken; who did not is missed by the new days only.
    """
    book, windows = tx.rows(BOOKS).one({"_id": term["_id"]}), CheckInWindows(tx, term)
    anew = {"state": "expected", "checked_in_at": None, "checked_in_late": False}
    again = []
    for row in tx.rows(TRAINEES).find({"term_id": term["_id"], "state": {"$in": ["reported", "not_reported"]}}):
        came = row["state"] == "reported"
        expected = not (book and book["rolled"]) if came else tx.now < windows.of(row).lapses_at
        if expected:
            again.append({**row, **anew})
        if expected and not came:
            dissolve_cases(tx, term["_id"], row["_id"], "not_reported")
    tx.rows(TRAINEES).save_many(again)
