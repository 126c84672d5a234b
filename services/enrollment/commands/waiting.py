"""What people do with standby lists: join, re-order, answer an offer, leave; and the tick that lets offers lapse."""

from __future__ import annotations

from functools import partial
from typing import Any

from services.enrollment.commands.admission import Admission
from services.enrollment.commands.bulk import read_within_reach, row_by_row
from services.enrollment.commands.hall import Hall
from services.enrollment.commands.refusals import fault_of
from services.enrollment.commands.standby import append, entry_in_line, lapse, settle, step_out
from services.enrollment.contract import Ineligible
from services.enrollment.domain.nomination import STATE_WORDS
from services.enrollment.domain.nomination import State as NominationState
from services.enrollment.domain.standby import Line, State, refuse_unless_offered, reordered
from services.enrollment.domain.wording import Refusal
from services.enrollment.queries.standby import list_standby, shown_entry
from services.enrollment.rulebook import Rulebook
from services.enrollment.store import NOMINATIONS, REORDERINGS, STANDBY, due_day
from shared.errors import Forbidden
from shared.identifiers import new_id
from shared.runtime import Work
from shared.security.caller import Role
from shared.storage import Transaction


def join_standby(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Put accepted people at the end of their unit's list, or of the city's; a free seat is offered at once."""
    hall = _open_hall(tx, request["term_id"])
    line = Line(request["line"])
    if line is Line.CITY:
        _require_citys_organiser(tx)
    rows = read_within_reach(tx, request["nomination_ids"])

    def put(row: dict[str, Any]) -> None:
        _refuse_unfit(hall, row)
        append(hall, row, line)

    report = row_by_row(rows, put)
    settle(hall)
    return report


def reorder_standby(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Put a list into another order and keep who did so and why."""
    hall = _open_hall(tx, request["term_id"])
    unit_id = request["unit_id"]
    if unit_id is None:
        _require_citys_organiser(tx)
    mine = {"line": Line.CITY.value} if unit_id is None else {"line": Line.UNIT.value, "unit_id": unit_id}
    rows = tx.rows(STANDBY)
    waiting = rows.find({"term_id": hall.term_id, "state": State.WAITING.value, **mine})
    waiting.sort(key=lambda row: (row["position"], row["_id"]))
    before = [row["_id"] for row in waiting]
    try:
        positions = reordered(before, request["nomination_ids"])
    except Refusal as refusal:
        raise fault_of(refusal, waiting=before) from None
    rows.save_many(row | {"position": positions[row["_id"]]} for row in waiting)
    tx.rows(REORDERINGS).insert(
        {
            "_id": new_id("reordering"),
            "term_id": hall.term_id,
            "unit_id": unit_id,
            "before": before,
            "after": request["nomination_ids"],
            "reason": request["reason"],
            "by": tx.caller.subject,
            "at": tx.now,
        }
    )
    settle(hall)
    shown = {"term_id": hall.term_id, "ended": False, "line": mine["line"]}
    return list_standby(tx, shown | ({"unit_id": unit_id} if unit_id else {}))


def answer_standby(tx: Transaction, request: dict[str, Any], rules: Rulebook) -> dict[str, Any]:
    """Accept an offer, which admits the person by all rules, or decline it, and the next in line is offered the seat.

    The day is checked here, against the service's clock: an offer past its day is over before any timer says so.
    """
    entry = tx.rows(STANDBY).get_within_reach(request["nomination_id"])
    tx.expect(entry)
    hall = Hall(tx, entry["term_id"], held=True)
    hall.require_open("不能递补", "nobody can be admitted")
    try:
        refuse_unless_offered(entry["state"], due_day(entry), tx.today)
        if not request["accept"]:
            entry = step_out(hall, entry, State.DECLINED, request["note"])
            settle(hall)
            return shown_entry(tx, entry)
    except Refusal as refusal:
        raise fault_of(refusal, nomination_id=entry["_id"]) from None
    entry = step_out(hall, entry, State.ADMITTED, request["note"])
    admission = Admission(hall, rules)
    row = tx.rows(NOMINATIONS).get(entry["_id"])
    admission.read([row])
    try:
        admission.admit(row)
    except Refusal as refusal:
        raise Ineligible(
            f"不能递补：{refusal.sentence.zh}", f"cannot be admitted: {refusal.sentence.en}", rules=[refusal.code]
        ) from None
    admission.write()
    return shown_entry(tx, entry)


def leave_standby(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Take somebody off the list; the nomination stays accepted."""
    entry = tx.rows(STANDBY).get_within_reach(request["nomination_id"])
    tx.expect(entry)
    if entry_in_line(tx, entry["_id"]) is None:
        raise fault_of(Refusal("no-offer", "该人选不在候补名单中", "this person is not on standby"))
    hall = Hall(tx, entry["term_id"])
    entry = step_out(hall, entry, State.REMOVED, request["reason"])
    settle(hall)
    return shown_entry(tx, entry)


def lapse_offers(work: Work) -> None:
    """Let offers lapse that nobody answered in time, and offer the seats to the next; one transaction a term."""
    offered = work.view().rows(STANDBY).find({"state": State.OFFERED.value}, fields=("term_id", "due_on"))
    today = work.clock.today().isoformat()
    for term_id in sorted({row["term_id"] for row in offered if row["due_on"] < today}):
        work.step(f"lapse-{term_id}", partial(_lapse, term_id=term_id))
    work.transact(lambda tx: None)


def _lapse(tx: Transaction, term_id: str) -> None:
    hall = Hall(tx, term_id)
    lapse(hall)
    settle(hall)


def _refuse_unfit(hall: Hall, row: dict[str, Any]) -> None:
    if row["term_id"] != hall.term_id:
        raise Refusal("wrong-term", "该推荐不是报名本期的", "the nomination is for another term")
    if row["state"] != NominationState.ACCEPTED:
        words = STATE_WORDS[NominationState(row["state"])]
        raise Refusal(
            "wrong-state",
            f"只有审核通过、尚未录取的人选可以候补，该推荐{words.zh}",
            f"only accepted people without a seat wait for one; this nomination is {words.en}",
        )


def _open_hall(tx: Transaction, term_id: str) -> Hall:
    hall = Hall(tx, term_id, held=True)
    hall.require_open("不再候补", "nobody waits for it")
    return hall


def _require_citys_organiser(tx: Transaction) -> None:
    if Role.ORGANISATION_DEPARTMENT not in tx.caller.roles or not tx.caller.reaches_whole_city():
        raise Forbidden(
            "全市候补名单由市级组织部门管理，请将人选列入本单位候补名单",
            "the city's list is kept by the city's organisation department; put people on their unit's own",
        )
