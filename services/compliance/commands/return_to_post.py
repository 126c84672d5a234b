"""Return to post: asked of the units when a term ends, confirmed by them, escalated when they do not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any

from services.compliance.commands import travel
from services.compliance.commands.refusals import fault_of
from services.compliance.contract.travel_events import (
    RETURN_CANCELLED,
    RETURN_CONFIRMED,
    RETURN_DUE,
    RETURN_OVERDUE,
)
from services.compliance.domain.return_to_post import AtPost, Return, Returner
from services.compliance.domain.wording import Refusal
from services.compliance.limits import policy_table
from services.compliance.queries.return_to_post import shown_return
from services.compliance.store.return_to_post import RETURNS, return_of, return_row
from services.compliance.store.trainee import TRAINEES
from shared.city_calendar import calendar_of
from shared.identifiers import new_id
from shared.storage import Transaction


def ask_for_returns(tx: Transaction, term: dict[str, Any]) -> None:
    """Ask each unit who is back: once, and again when somebody of its checked in since or what it was asked is void.

    Who never checked in has nothing to come back from.
    """
    rows = tx.rows(RETURNS)
    known = {row["unit_id"]: row for row in rows.find({"term_id": term["_id"]})}
    by_unit: dict[str, list[Returner]] = defaultdict(list)
    for trainee in tx.rows(TRAINEES).find({"term_id": term["_id"], "state": "reported"}, sort=(("_id", 1),)):
        by_unit[trainee["unit_id"]].append(Returner(trainee["_id"]))
    ended_on = date.fromisoformat(term["ends_on"])
    due_on = calendar_of(tx).add_working_days(ended_on, policy_table().on(tx.today).number("return.working_days"))
    for unit_id, people in sorted(by_unit.items()):
        row = known.get(unit_id)
        if row is None or row["state"] == "cancelled":
            _ask(tx, term["_id"], unit_id, row, Return(tuple(people), ended_on, due_on))
        elif (joined := return_of(row).joined(people)) != return_of(row):
            _ask(tx, term["_id"], unit_id, row, joined)


def _ask(tx: Transaction, term_id: str, unit_id: str, row: dict[str, Any] | None, found: Return) -> None:
    unsaid = {"state": "open", "confirmed_by": None, "confirmed_at": None, "late": False}
    if row is None:
        whose = {"_id": new_id("return"), "term_id": term_id, "unit_id": unit_id}
        row = tx.rows(RETURNS).insert({**whose, **return_row(found), **unsaid})
    else:
        # What a unit confirmed of its others stays said.
        again = unsaid if row["state"] == "cancelled" else {"state": "open"}
        row = tx.rows(RETURNS).save({**row, **return_row(found), **again})
    tx.emit(RETURN_DUE, {**_named(row, found.outstanding), "due_on": found.due_on}, subject=row["_id"])


def void_returns(tx: Transaction, term_id: str) -> None:
    """Take back what units were asked: the term moved, they are asked again when it is over."""
    for row in tx.rows(RETURNS).find({"term_id": term_id, "state": "open"}):
        tx.rows(RETURNS).save({**row, "state": "cancelled"})
        tx.emit(RETURN_CANCELLED, _whose(row), subject=row["_id"])


def confirm_return(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Take the unit's word on its people; with the last one back the return is confirmed."""
    row = tx.rows(RETURNS).get_within_reach(request["return_id"])
    tx.expect(row)
    if row["state"] != "open":
        raise fault_of(
            Refusal("return-closed", "该返岗确认已办结", "this return was settled already"), state=row["state"]
        )
    found = return_of(row)
    try:
        for said in request["people"]:
            where = AtPost.BACK if said["back"] else AtPost.NOT_BACK
            day = (said["returned_on"] or tx.today) if said["back"] else None
            found = found.confirm(Returner(said["nomination_id"], where, day, said["note"]), tx.today)
    except Refusal as refusal:
        raise fault_of(refusal, return_id=row["_id"]) from None
    word = {"confirmed_by": request["signer"], "confirmed_at": tx.now, "late": found.late(tx.today)}
    state = "confirmed" if found.confirmed else "open"
    saved = tx.rows(RETURNS).save({**row, **return_row(found), **word, "state": state})
    back = [each.nomination_id for each in found.people if each.state is AtPost.BACK]
    travel.arrived(tx, row["term_id"], "back", back)
    if found.confirmed:
        tx.emit(RETURN_CONFIRMED, {**_named(row, back), "late": word["late"]}, subject=row["_id"])
    return shown_return(tx, saved)


def escalate(tx: Transaction, return_id: str) -> dict[str, Any]:
    """Announce a return that is overdue, each step of the escalation once."""
    row = tx.rows(RETURNS).get(return_id)
    if row["state"] != "open":
        return {}
    found = return_of(row)
    steps = policy_table().on(tx.today)["return.escalation_working_days"].value
    calendar = calendar_of(tx)
    step = found.step_due(tx.today, [calendar.add_working_days(found.due_on, int(days)) for days in steps])
    if step:
        tx.rows(RETURNS).save({**row, **return_row(replace(found, escalated=step))})
        data = {**_named(row, found.outstanding), "due_on": found.due_on, "step": step}
        tx.emit(RETURN_OVERDUE, data, subject=row["_id"])
    return {}


def drop_returner(tx: Transaction, term_id: str, unit_id: str, nomination_id: str) -> None:
    """Take somebody who left the term off the unit's return; what is left of it may be settled by that."""
    row = tx.rows(RETURNS).one({"term_id": term_id, "unit_id": unit_id})
    if row is None or row["state"] != "open":
        return
    found = return_of(row).without(nomination_id)
    state = "cancelled" if not found.people else "confirmed" if found.confirmed else "open"
    tx.rows(RETURNS).save({**row, **return_row(found), "state": state})
    if state == "cancelled":
        tx.emit(RETURN_CANCELLED, _whose(row), subject=row["_id"])
    elif state == "confirmed":
        # Whoever was outstanding left: how late the unit was is what its last word was.
        back = [each.nomination_id for each in found.people]
        tx.emit(RETURN_CONFIRMED, {**_named(row, back), "late": row["late"]}, subject=row["_id"])


def _whose(row: dict[str, Any]) -> dict[str, Any]:
    return {"return_id": row["_id"], "term_id": row["term_id"], "unit_id": row["unit_id"]}


def _named(row: dict[str, Any], nomination_ids: Any) -> dict[str, Any]:
    return {**_whose(row), "nomination_ids": list(nomination_ids)}
