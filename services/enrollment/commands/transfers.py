"""Places that change hands: each transfer is a record with its cause, and the term's sums hold after it."""

from __future__ import annotations

from functools import partial
from typing import Any

from services.enrollment.commands.hall import Hall
from services.enrollment.commands.places import Cause, announce_transfer, move, moved, transfer_record
from services.enrollment.commands.refusals import fault_of
from services.enrollment.commands.standby import settle
from services.enrollment.contract import (
    PLACES_DECLINED,
    PLACES_REQUESTED,
    TransferDecided,
)
from services.enrollment.domain.transfers import CAUSES, Kind, State, is_due, unused, who_consents
from services.enrollment.domain.wording import Refusal
from services.enrollment.queries.transfers import shown_transfer
from services.enrollment.queries.units import shown_quotas
from services.enrollment.store import PLACE_TRANSFERS, SEATS, UNITS, release_day
from shared.errors import Forbidden, NotFound
from shared.runtime import Work
from shared.security.caller import Role
from shared.storage import Transaction

_NO_TRANSFER = ("不能调剂名额", "no places can change hands")


def return_places(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Give places back to the unit that gave them, or to the city."""
    hall = _open_hall(tx, request["term_id"])
    unit_id: str = request["unit_id"]
    above = hall.seats.above(unit_id)
    row = move(hall, Kind.RETURNED, unit_id, above.unit_id if above else None, request["places"], _cause(request))
    settle(hall)
    return shown_transfer(row)


def borrow_places(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Ask another unit for places; they move at once when an organiser asks who reaches the unit that consents."""
    hall = _open_hall(tx, request["term_id"])
    giver, taker = request["lender_id"], request["unit_id"]
    for unit_id in (giver, taker):
        tx.rows(UNITS).get(unit_id)
    consent_of = who_consents(hall.seats, giver, taker)
    if Role.ORGANISATION_DEPARTMENT in tx.caller.roles and tx.caller.reaches(consent_of):
        row = move(hall, Kind.BORROWED, giver, taker, request["places"], _cause(request))
        settle(hall)
        return shown_transfer(row)
    moved(hall, giver, taker, request["places"])
    row = tx.rows(PLACE_TRANSFERS).insert(
        transfer_record(tx, hall.term_id, Kind.BORROWED, giver, taker, request["places"], _cause(request))
        | {"state": State.ASKED.value, "consent_of": consent_of}
    )
    data = {"transfer_id": row["_id"], "term_id": hall.term_id, "from_unit_id": giver, "to_unit_id": taker}
    tx.emit(PLACES_REQUESTED, data | {"consent_of": consent_of, "places": row["places"]}, subject=hall.term_id)
    return shown_transfer(row)


def decide_places(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Consent to a borrowing, decline it, or take one's own request back."""
    row = tx.rows(PLACE_TRANSFERS).get(request["transfer_id"])
    decision: str = request["decision"]
    _require_party(tx, row, decision)
    tx.expect(row)
    if row["state"] != State.ASKED:
        raise TransferDecided(
            f"该名额借用已办结（{row['state']}），不能再次答复",
            f"this request for places is {row['state']} and cannot be answered again",
            state=row["state"],
        )
    row |= {"decided_at": tx.now, "decided_by": tx.caller.subject, "decision_note": request["note"]}
    if decision == "consent":
        hall = _open_hall(tx, row["term_id"])
        hall.seats = moved(hall, row["from_unit_id"], row["to_unit_id"], row["places"])
        row["state"] = State.DONE.value
        row = tx.rows(PLACE_TRANSFERS).save(row)
        settle(hall)
        announce_transfer(tx, row)
        return shown_transfer(row)
    row["state"] = (State.CANCELLED if decision == "cancel" else State.DECLINED).value
    row = tx.rows(PLACE_TRANSFERS).save(row)
    data = {"transfer_id": row["_id"], **{key: row[key] for key in ("term_id", "from_unit_id", "to_unit_id")}}
    tx.emit(PLACES_DECLINED, data | {"cancelled": decision == "cancel"}, subject=row["term_id"])
    return shown_transfer(row)


def schedule_release(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Set the day unused places of a term go back to the city by themselves."""
    hall = _open_hall(tx, request["term_id"])
    day = request["release_on"]
    row = tx.rows(SEATS).save({**hall.row, "release_on": day.isoformat() if day else None})
    return shown_quotas(tx, row)


def release_places(work: Work) -> None:
    """Take back the unused places of every term whose day has come; one transaction a term."""
    rows = work.view().rows(SEATS).find({"release_on": {"$type": "string"}})
    for row in rows:
        if is_due(release_day(row), work.clock.today()):
            work.step(f"release-{row['_id']}", partial(_release, term_id=row["_id"]))
    work.transact(lambda tx: None)


def _release(tx: Transaction, term_id: str) -> None:
    hall = Hall(tx, term_id)
    if hall.term["cancelled"] or not is_due(release_day(hall.row), tx.today):
        return
    taken = hall.taken()
    for unit_id, places in unused(hall.seats, hall.waiting()).items():
        move(hall, Kind.RELEASED, unit_id, None, places, Cause("unused", hall.row["release_on"]), taken)
    hall.row["release_on"] = None
    settle(hall)


def _open_hall(tx: Transaction, term_id: str) -> Hall:
    hall = Hall(tx, term_id)
    hall.require_open(*_NO_TRANSFER)
    return hall


def _cause(request: dict[str, Any]) -> Cause:
    if request["cause_code"] == "other" and not request["note"].strip():
        raise fault_of(
            Refusal(
                "note-needed",
                f"原因选“{CAUSES['other'].zh}”时请在 note 中写明",
                "the cause 'other' needs a note that says what it is",
            )
        )
    return Cause(request["cause_code"], request["note"])


def _require_party(tx: Transaction, row: dict[str, Any], decision: str) -> None:
    caller = tx.caller
    involved = [unit for unit in (row["from_unit_id"], row["to_unit_id"], row["consent_of"]) if unit]
    if not any(caller.reaches(unit) for unit in involved):
        raise NotFound(
            f"没有编号为“{row['_id']}”的名额调剂，请核对编号",
            f"there is no transfer of places {row['_id']!r}; check the identifier",
            id=row["_id"],
        )
    party = row["to_unit_id"] if decision == "cancel" else row["consent_of"]
    if party is None or caller.reaches(party):
        return
    raise Forbidden(
        f"须由单位“{party}”或组织部门办理",
        f"this is for unit {party!r} or the organisation department",
        unit_id=party,
    )
