"""Standby: whoever frees a seat settles the hall, and the first in line is offered it."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.enrollment.commands.deadlines import offer_due
from services.enrollment.commands.hall import Hall
from services.enrollment.commands.places import Cause, move
from services.enrollment.contract import STANDBY_ANSWERED, STANDBY_LAPSED, STANDBY_OFFERED
from services.enrollment.domain.standby import IN_LINE, Line, State, next_offer
from services.enrollment.domain.transfers import Kind
from services.enrollment.domain.wording import Refusal
from services.enrollment.limits import policy_table
from services.enrollment.store import STANDBY, standby_from
from shared.city_calendar import calendar_of
from shared.clock import CITY_ZONE
from shared.storage import Transaction


def settle(hall: Hall) -> dict[str, Any]:
    """Offer what is free to those in line, then store the seats and return their document.

    An offered seat is held: nobody else gets it until the offer is answered or lapses.
    """
    due = None if hall.term["cancelled"] else _due(hall)
    if due is not None:
        _offer(hall, due)
    return hall.save()


def append(hall: Hall, row: dict[str, Any], line: Line) -> None:
    """Put somebody at the end of a list; the caller settles the hall. Raises ``Refusal``."""
    tx, rows = hall.tx, hall.tx.rows(STANDBY)
    before = rows.one({"_id": row["_id"]})
    if before is not None and before["state"] in IN_LINE:
        raise Refusal("on-standby", "该人选已在候补名单中", "this person is on standby already")
    mates = {"term_id": hall.term_id, "line": line.value}
    mates |= {"unit_id": row["unit_id"]} if line is Line.UNIT else {}
    position = max((other["position"] for other in rows.find(mates, fields=("position",))), default=0) + 1
    entry = {
        "term_id": hall.term_id,
        "unit_id": row["unit_id"],
        "line": line.value,
        "position": position,
        "joined_at": tx.now,
        "offered_at": None,
        "due_on": None,
        "ended_with_term": False,
    }
    if before is not None:
        mark(tx, before | entry, State.WAITING, "")
        return
    history = [{"state": State.WAITING.value, "at": tx.now, "by": tx.caller.subject, "note": ""}]
    rows.insert({"_id": row["_id"], **entry, "state": State.WAITING.value, "history": history})


def entry_in_line(tx: Transaction, nomination_id: str) -> dict[str, Any] | None:
    """Return somebody's entry while they wait or have an offer."""
    row = tx.rows(STANDBY).one({"_id": nomination_id})
    return row if row is not None and row["state"] in IN_LINE else None


def step_out(hall: Hall, entry: dict[str, Any], state: State, note: str) -> dict[str, Any]:
    """End somebody's waiting; the seat an offer held is free again. The caller settles the hall."""
    hall.seats = hall.seats.let_go(entry["_id"])
    return mark(hall.tx, entry, state, note)


def mark(tx: Transaction, entry: dict[str, Any], state: State, note: str) -> dict[str, Any]:
    """Store where somebody on standby stands now, with who, when and why; tell when an offer of theirs was answered."""
    if entry["state"] == State.OFFERED and state not in {State.OFFERED, State.LAPSED}:
        tx.emit(STANDBY_ANSWERED, {**_who(entry), "state": state.value}, subject=entry["_id"])
    entry |= {"state": state.value}
    entry["due_on"] = entry["due_on"] if state is State.OFFERED else None
    entry["history"] = [*entry["history"], {"state": state.value, "at": tx.now, "by": tx.caller.subject, "note": note}]
    return tx.rows(STANDBY).save(entry)


def lapse(hall: Hall) -> None:
    """End the offers of a term nobody answered by their day; the caller settles the hall."""
    for entry in _offered(hall):
        if entry["due_on"] < hall.tx.today.isoformat():
            _lapse(hall, entry)


def follow_days(hall: Hall, why: str) -> None:
    """Let offers that stand be answered by the day that follows from the days now; the caller settles the hall.

    An offer that was over stays so, and none stands where nobody can join the term any more. ``why`` is kept with
    each that is due on another day now.
    """
    lapse(hall)
    for entry in _offered(hall):
        due = _due(hall, entry["offered_at"].astimezone(CITY_ZONE).date())
        if due is None:
            _lapse(hall, entry)
        elif due.isoformat() != entry["due_on"]:
            _tell_offer(hall.tx, entry, due, why)


def _offered(hall: Hall) -> list[dict[str, Any]]:
    return hall.tx.rows(STANDBY).find({"term_id": hall.term_id, "state": State.OFFERED.value})


def _lapse(hall: Hall, entry: dict[str, Any]) -> None:
    step_out(hall, entry, State.LAPSED, "")
    hall.tx.emit(STANDBY_LAPSED, _who(entry), subject=entry["_id"])


def _due(hall: Hall, offered_on: date | None = None) -> date | None:
    policies = policy_table().on(hall.tx.today)
    return offer_due(hall.term, hall.tx.today, policies, calendar_of(hall.tx), offered_on)


def _offer(hall: Hall, due: date) -> None:
    tx = hall.tx
    rows = {row["_id"]: row for row in tx.rows(STANDBY).find({"term_id": hall.term_id, "state": State.WAITING.value})}
    while offer := next_offer(hall.seats, [standby_from(row) for row in rows.values()]):
        if offer.from_city:
            move(hall, Kind.STANDBY, None, offer.unit_id, 1, Cause("standby", offer.nomination_id))
        hall.seats = hall.seats.hold(offer.nomination_id, offer.unit_id)
        _tell_offer(tx, rows.pop(offer.nomination_id) | {"offered_at": tx.now}, due, "")


def _tell_offer(tx: Transaction, entry: dict[str, Any], due: date, note: str) -> None:
    mark(tx, entry | {"due_on": due.isoformat()}, State.OFFERED, note)
    tx.emit(STANDBY_OFFERED, {**_who(entry), "due_on": due}, subject=entry["_id"])


def _who(entry: dict[str, Any]) -> dict[str, Any]:
    return {"nomination_id": entry["_id"], **{key: entry[key] for key in ("term_id", "unit_id")}}
