"""Setting the city's own calendar days, and telling others of them."""

from __future__ import annotations

from typing import Any

from services.scheduling.commands.announcing import hold_every_campus
from services.scheduling.commands.places import put_place, remove_place
from services.scheduling.commands.turns import note_calendar
from services.scheduling.contract.calendar_events import CALENDAR_CHANGED
from services.scheduling.store import CALENDAR_DAYS, CALENDAR_TOLD
from shared.storage import Transaction

Document = dict[str, Any]
_CITY = "city"
_SAID = ("day", "working", "reason")


def put_calendar_day(tx: Transaction, request: dict[str, Any]) -> Document:
    """Set the city's own word on a day."""
    hold_every_campus(tx)
    reply = put_place(tx, CALENDAR_DAYS, "day", request, keep_key=True)
    note_calendar(tx)
    announce_calendar(tx)
    return reply


def clear_calendar_day(tx: Transaction, request: dict[str, Any]) -> Document:
    """Go back to the published table for a day."""
    hold_every_campus(tx)
    reply = remove_place(tx, CALENDAR_DAYS, "day", request["day"].isoformat())
    note_calendar(tx)
    announce_calendar(tx)
    return reply


def repeat_calendar(tx: Transaction) -> None:
    """Tell of the city's own days once a day, under the number they have: who listens only since then learns them."""
    announce_calendar(tx)
    told = tx.rows(CALENDAR_TOLD).one({"_id": _CITY})
    if told is not None and told.get("told_on") != tx.today.isoformat():
        _tell(tx, told)


def announce_calendar(tx: Transaction) -> None:
    """Tell of the city's own days when they are not what others were told last, nor ever told of."""
    rows = tx.rows(CALENDAR_TOLD)
    told = rows.one({"_id": _CITY})
    days = [{name: doc[name] for name in _SAID} for doc in tx.rows(CALENDAR_DAYS).find(sort=[("_id", 1)])]
    if days == (told["days"] if told else []):
        return
    now = {"number": told["number"] + 1 if told else 1, "days": days}
    if told is None:
        _tell(tx, rows.insert({"_id": _CITY, **now}))
    else:
        _tell(tx, {**told, **now})


def _tell(tx: Transaction, told: Document) -> None:
    tx.rows(CALENDAR_TOLD).save({**told, "told_on": tx.today.isoformat()})
    tx.emit(CALENDAR_CHANGED, {"days": told["days"], "version": told["number"]}, subject=_CITY)
