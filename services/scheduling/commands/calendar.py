"""Setting the city's own calendar days, and telling others of them."""

from __future__ import annotations

from typing import Any

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
    reply = put_place(tx, CALENDAR_DAYS, "day", request, keep_key=True)
    note_calendar(tx)
    announce_calendar(tx)
    return reply


def clear_calendar_day(tx: Transaction, request: dict[str, Any]) -> Document:
    """Go back to the published table for a day."""
    reply = remove_place(tx, CALENDAR_DAYS, "day", request["day"].isoformat())
    note_calendar(tx)
    announce_calendar(tx)
    return reply


def announce_calendar(tx: Transaction) -> None:
    """Tell of the city's own days when they are not what others were told last, nor ever told of."""
    rows = tx.rows(CALENDAR_TOLD)
    told = rows.one({"_id": _CITY})
    days = [{name: doc[name] for name in _SAID} for doc in tx.rows(CALENDAR_DAYS).find(sort=[("_id", 1)])]
    if days == (told["days"] if told else []):
        return
    number = told["number"] + 1 if told else 1
    if told is None:
        rows.insert({"_id": _CITY, "number": number, "days": days})
    else:
        rows.save({**told, "number": number, "days": days})
    tx.emit(CALENDAR_CHANGED, {"days": days, "version": number}, subject=_CITY)
