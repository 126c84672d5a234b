"""What calendars must hear of besides new timetables: a term is cancelled, held again, on other days or elsewhere.

A term document keeps it twice: ``turns`` has the number of the timetable in force each time the term was cancelled or
held again, as releases before ``held_on`` read it; ``held_on`` has these turns and those to other days or another room,
with days and room.
"""

from __future__ import annotations

from typing import Any

from services.scheduling.situation import calendar_of
from services.scheduling.store import TERMS, TIMETABLE_VERSIONS, TIMETABLES
from services.scheduling.tabling import taught_term
from shared.calendar import WorkingCalendar
from shared.storage import Transaction, exactly

Document = dict[str, Any]


def note_cancelled(tx: Transaction, doc: Document) -> None:
    """Note in a term that is cancelled now in which version its timetable is. The caller saves it."""
    _note(tx, doc, _number_in_force(tx, doc), None, flips=True)


def note_held(tx: Transaction, doc: Document, calendar: WorkingCalendar | None = None) -> bool:
    """Note in a term that it is held again, or that sessions came to lie off its days or room, or where it is held.

    Return whether there was anything to note. The caller saves it.
    """
    if not doc["announced"] and not doc.get("turns"):  # it never had a timetable
        return False
    flips = len(doc.get("turns", ())) % 2 == 1  # it was cancelled
    number = _number_in_force(tx, doc)
    if not flips and number == 0:
        return False
    placed = doc["state"] == "placed"
    days = {day.isoformat() for day in taught_term(calendar or calendar_of(tx), doc).days} if placed else set()
    room_id = doc["room_id"] if placed else None
    if not flips and _off(tx, doc, number, days, room_id) == _off(tx, doc, number, *_known(doc, number)):
        return False
    _note(tx, doc, number, sorted(days), flips, room_id)
    return True


def note_calendar(tx: Transaction) -> None:
    """Note it in every placed term that a word on the calendar gave other days."""
    calendar = calendar_of(tx)
    for doc in tx.rows(TERMS).find({"state": "placed", "ends_on": {"$gte": tx.today.isoformat()}}, sort=[("_id", 1)]):
        if note_held(tx, doc, calendar):
            tx.rows(TERMS).save(doc)


def _note(
    tx: Transaction, doc: Document, number: int, days: list[str] | None, flips: bool, room_id: str | None = None
) -> None:
    if flips:
        doc["turns"] = [*doc.get("turns", ()), number]
    turn = {"number": number, "at": tx.now, "flips": flips, "days": days, "room_id": room_id}
    doc["held_on"] = [*doc.get("held_on", ()), turn]


def _number_in_force(tx: Transaction, doc: Document) -> int:
    timetable = tx.rows(TIMETABLES).one({"_id": exactly(doc["_id"])})
    return int(timetable["number"]) if timetable else 0


def _known(doc: Document, number: int) -> tuple[set[str] | None, str | None]:
    """Return the days and the room that calendars were last told of; ``None``: those its timetable was issued for."""
    noted = doc.get("held_on", ())
    if not noted or noted[-1]["number"] != number:
        return None, None
    return set(noted[-1]["days"] or ()), noted[-1].get("room_id")


def _off(tx: Transaction, doc: Document, number: int, days: set[str] | None, room_id: str | None) -> set[str]:
    """Return the days of sessions that lie off these days, and the former room of the term where they lie in it."""
    version = tx.rows(TIMETABLE_VERSIONS).one({"term_id": exactly(doc["_id"]), "number": exactly(number)})
    if version is None:
        return set()
    off = {each["on"] for each in version["sessions"]} - days if days is not None else set()
    former = version.get("term_room_id")
    if room_id not in (None, former) and any(each["room_id"] == former for each in version["sessions"]):
        off.add(former)
    return off
