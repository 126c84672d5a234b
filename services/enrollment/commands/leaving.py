"""Somebody no longer goes: the seat is freed, the person released, what hung on it ended, everybody told."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.enrollment.commands.hall import Hall
from services.enrollment.commands.matching import let_names_lapse
from services.enrollment.commands.nominating import step
from services.enrollment.commands.people import People
from services.enrollment.commands.standby import entry_in_line, settle, step_out
from services.enrollment.contract import NOMINATION_WITHDRAWN
from services.enrollment.domain.nomination import State, Step, state_after
from services.enrollment.domain.replacement import State as ReplacementState
from services.enrollment.domain.standby import State as StandbyState
from services.enrollment.store import NOMINATIONS, REPLACEMENTS
from shared.storage import Transaction


def leave(
    tx: Transaction, row: dict[str, Any], how: Step, reason_code: str, note: str, at: datetime | None = None
) -> dict[str, Any]:
    """End a nomination, from ``at`` or now on, and return it as stored.

    Raises ``Refusal`` when its state does not allow the step.
    """
    after = state_after(row["state"], how)
    was_admitted = row["state"] == State.ADMITTED
    if was_admitted:
        hall = Hall(tx, row["term_id"])
        hall.seats = hall.seats.give_back(row["unit_id"])
        settle(hall)
        _end_replacement(tx, row["_id"])
    else:
        leave_line(tx, row)
    release_person(tx, row)
    let_names_lapse(tx, row["_id"])
    row = end(tx, row, after, reason_code, note, at)
    row = tx.rows(NOMINATIONS).save(row)
    announce_left(tx, row, was_admitted)
    return row


def leave_line(tx: Transaction, row: dict[str, Any]) -> None:
    """Take somebody off standby whose nomination no longer stands; a seat held for them is offered to the next."""
    entry = entry_in_line(tx, row["_id"]) if row["state"] == State.ACCEPTED else None
    if entry is not None:
        hall = Hall(tx, row["term_id"])
        step_out(hall, entry, StandbyState.REMOVED, "")
        settle(hall)


def end(
    tx: Transaction, row: dict[str, Any], state: State, reason_code: str, note: str, at: datetime | None = None
) -> dict[str, Any]:
    """Return the nomination as it is once ended, with why; not stored yet."""
    row["withdrawal"] = {"reason_code": reason_code, "note": note, "at": at or tx.now}
    row["state"] = state.value
    row["history"] = [*row["history"], step(tx, state.value)]
    return row


def release_person(tx: Transaction, row: dict[str, Any]) -> None:
    """Let the person be nominated elsewhere."""
    people = People(tx)
    people.read([row["person_id"]])
    people.release(people.one(row["person_id"]), row["_id"])
    people.write()


def announce_left(tx: Transaction, row: dict[str, Any], was_admitted: bool) -> None:
    """Tell that somebody no longer goes."""
    data = {key: row[key] for key in ("term_id", "unit_id")} | {"nomination_id": row["_id"]}
    data |= {"reason_code": row["withdrawal"]["reason_code"], "was_admitted": was_admitted}
    tx.emit(NOMINATION_WITHDRAWN, data, subject=row["_id"])


def _end_replacement(tx: Transaction, nomination_id: str) -> None:
    """Cancel a request that waits; one being carried out finds the trainee gone and turns round by itself."""
    rows = tx.rows(REPLACEMENTS)
    pending = rows.one({"open_key": nomination_id, "state": ReplacementState.REQUESTED.value})
    if pending is not None:
        rows.save({**pending, "state": ReplacementState.CANCELLED.value, "open_key": None})
