"""Moving places within a term: the sums hold after it, and a record with its cause is kept."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from services.enrollment.commands.hall import Hall
from services.enrollment.commands.refusals import fault_of
from services.enrollment.contract import PLACES_TRANSFERRED
from services.enrollment.domain.seats import Seats
from services.enrollment.domain.transfers import Kind, State, move_places
from services.enrollment.domain.wording import Refusal
from services.enrollment.store import PLACE_TRANSFERS
from shared.identifiers import new_id
from shared.storage import Transaction


class Cause(NamedTuple):
    """Why places move: a code, and what somebody added to it."""

    code: str
    note: str = ""


def reopen_places(hall: Hall) -> date | None:
    """Give units back what was released from them, as far as the city still has it; the caller settles the hall.

    Return the day it had been released on, ``None`` when there was nothing to give back.
    """
    rows = hall.tx.rows(PLACE_TRANSFERS)
    released = rows.find({"term_id": hall.term_id, "kind": Kind.RELEASED.value}, sort=(("_id", 1),))
    taken, released_on = hall.taken(), None
    for row in released:
        if row.get("reopened"):
            continue
        places = min(row["places"], hall.seats.pool)
        if places:
            move(hall, Kind.REOPENED, None, row["from_unit_id"], places, Cause("retimed"), taken)
        released_on = date.fromisoformat(row["note"])
        rows.save({**row, "reopened": True})
    return released_on


def move(
    hall: Hall,
    kind: Kind,
    giver: str | None,
    taker: str | None,
    places: int,
    cause: Cause,
    taken: dict[str, int] | None = None,
) -> dict[str, Any]:
    """Move places in the hall, keep the record and announce it; the caller saves the hall. Raises ``Fault``."""
    hall.seats = moved(hall, giver, taker, places, taken)
    tx = hall.tx
    record = transfer_record(tx, hall.term_id, kind, giver, taker, places, cause)
    row = tx.rows(PLACE_TRANSFERS).insert(record | {"decided_at": tx.now, "decided_by": tx.caller.subject})
    announce_transfer(tx, row)
    return row


def moved(hall: Hall, giver: str | None, taker: str | None, places: int, taken: dict[str, int] | None = None) -> Seats:
    """Return the seats as they would be with places moved; nothing is kept. Raises ``Fault``."""
    try:
        return move_places(hall.seats, giver, taker, places, hall.taken() if taken is None else taken)
    except Refusal as refusal:
        raise fault_of(refusal, term_id=hall.term_id) from None


def transfer_record(
    tx: Transaction, term_id: str, kind: Kind, giver: str | None, taker: str | None, places: int, cause: Cause
) -> dict[str, Any]:
    """Return the document of a transfer made now; not stored yet."""
    return {
        "_id": new_id("transfer"),
        "term_id": term_id,
        "kind": kind.value,
        "state": State.DONE.value,
        "from_unit_id": giver,
        "to_unit_id": taker,
        "places": places,
        "cause_code": cause.code,
        "note": cause.note,
        "consent_of": None,
        "asked_at": tx.now,
        "asked_by": tx.caller.subject,
        "decided_at": None,
        "decided_by": None,
        "decision_note": "",
    }


def announce_transfer(tx: Transaction, row: dict[str, Any]) -> None:
    """Tell that places changed hands."""
    data = {key: row[key] for key in ("term_id", "from_unit_id", "to_unit_id", "places")} | {"cause": row["kind"]}
    tx.emit(PLACES_TRANSFERRED, data, subject=row["term_id"])
