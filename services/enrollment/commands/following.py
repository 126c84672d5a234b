"""What follows a term that has other days: deadlines, the day places go back, and engagements that now overlap."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from services.enrollment.commands import standby
from services.enrollment.commands.dossiers import retake_snapshot
from services.enrollment.commands.hall import Hall
from services.enrollment.commands.nominating import open_terms
from services.enrollment.commands.people import engagements_of
from services.enrollment.commands.places import reopen_places
from services.enrollment.commands.replacements import follow_deadline
from services.enrollment.contract import OVERLAPS_FOUND
from services.enrollment.domain.nomination import LIVE, State
from services.enrollment.domain.replacement import State as ReplacementState
from services.enrollment.domain.standby import IN_LINE
from services.enrollment.domain.standby import State as StandbyState
from services.enrollment.limits import policy_table
from services.enrollment.store import (
    CONDITIONS,
    NOMINATIONS,
    OVERLAPS,
    PEOPLE,
    REPLACEMENTS,
    SEATS,
    STANDBY,
    TERMS,
    closing_day,
    term_facts,
)
from shared.errors import Unavailable
from shared.storage import Transaction, exactly

Doc = dict[str, Any]


def follow_days(tx: Transaction, before: Doc, after: Doc) -> None:
    """Let everything counted from a term's days follow them; nothing happens when they are the same.

    Who waits for a term that was cancelled, and who is engaged twice, follows with its reinstatement.
    """
    if (before["starts_on"], before["ends_on"]) == (after["starts_on"], after["ends_on"]):
        return
    follow_deadline(tx, after)
    _move_release(tx, after["_id"], _days_between(before["starts_on"], after["starts_on"]))
    _move_closing(tx, after["_id"], _days_between(before["starts_on"], after["starts_on"]))
    _retake_snapshots(tx, after)
    if not before["cancelled"]:
        _follow_line(tx, after["_id"])
        _report_overlaps(tx, after)


def follow_cancellation(tx: Transaction, term_id: str) -> None:
    """End what waits for a term that will not be held: requests for a replacement, and everybody in line."""
    replacements = tx.rows(REPLACEMENTS)
    for row in replacements.find({"term_id": term_id, "state": ReplacementState.REQUESTED.value}):
        ended = {"state": ReplacementState.CANCELLED.value, "open_key": None, "ended_with_term": True}
        replacements.save({**row, **ended})
    entries = tx.rows(STANDBY).find({"term_id": term_id, "state": {"$in": sorted(IN_LINE)}})
    if entries:
        hall = Hall(tx, term_id)
        for entry in entries:
            standby.step_out(hall, {**entry, "ended_with_term": True}, StandbyState.REMOVED, "")
        hall.save()


def follow_reinstatement(tx: Transaction, term: Doc) -> None:
    """A cancelled term will be held after all: what ended with it goes on, of people who are still as they were then.

    Those in line have their places of then; an offer that ended is made anew, and so is offered what became free
    meanwhile. Until now the term engaged nobody: whom another on its days engages as well is found here.
    """
    ended = {"term_id": term["_id"], "ended_with_term": True}
    replacements = tx.rows(REPLACEMENTS)
    asked = replacements.find({**ended, "state": ReplacementState.CANCELLED.value})
    seated = _in_state(tx, [row["old_nomination_id"] for row in asked], State.ADMITTED)
    for row in asked:
        old = row["old_nomination_id"]
        if old in seated and replacements.one({"open_key": old}) is None:
            again = {"state": ReplacementState.REQUESTED.value, "open_key": old, "ended_with_term": False}
            replacements.save({**row, **again})
    follow_deadline(tx, term)
    entries = tx.rows(STANDBY).find({**ended, "state": StandbyState.REMOVED.value})
    waiting = _in_state(tx, [entry["_id"] for entry in entries], State.ACCEPTED)
    for entry in entries:
        if entry["_id"] in waiting:
            standby.mark(tx, {**entry, "ended_with_term": False}, StandbyState.WAITING, "")
    _follow_line(tx, term["_id"])
    _report_overlaps(tx, term)


def _in_state(tx: Transaction, nomination_ids: list[str], state: State) -> set[str]:
    wanted = {"_id": {"$in": nomination_ids}, "state": state.value}
    return {row["_id"] for row in tx.rows(NOMINATIONS).find(wanted, fields=())}


def on_retiming(tx: Transaction, news: Doc) -> None:
    """Terms were retimed together: what waited for those cancelled ends, what units gave back for old dates is theirs.

    Source of the rule on places: ``quota.reopen_on_retiming``. The new days themselves come by ``term.moved``.
    """
    for each in news["terms"]:
        if each["outcome"] == "cancelled":
            _end_cancelled(tx, each["term_id"], news["retiming_id"])
    if not policy_table().on(tx.today)["quota.reopen_on_retiming"].value:
        return
    for each in news["terms"]:
        if each["outcome"] == "moved":
            _reopen(tx, each, news["retiming_id"])


def _end_cancelled(tx: Transaction, term_id: str, retiming_id: str) -> None:
    term = tx.rows(TERMS).one({"_id": exactly(term_id)})
    if term is None or not (term["cancelled"] or (term.get("cancelled_by_retiming") or "") >= retiming_id):
        # The cancellation first: until then somebody could join the line again.
        raise Unavailable(
            "尚未收到该期的取消，稍后重试",
            "the term's cancellation has not arrived yet; try again",
            term_id=term_id,
        )
    if term["cancelled"]:  # or it was placed again since
        follow_cancellation(tx, term_id)


def _reopen(tx: Transaction, each: Doc, retiming_id: str) -> None:
    before, after = str(each["starts_on_before"]), str(each["starts_on"])
    term = tx.rows(TERMS).one({"_id": exactly(each["term_id"])})
    as_before = term is not None and term["starts_on"] == before != after
    if term is None or (as_before and (term.get("moved_by_retiming") or "") < retiming_id):
        # The new days first: places given back for the old ones would be released again at once.
        raise Unavailable(
            "尚未收到该期的新日期，稍后重试",
            "the term's new days have not arrived yet; try again",
            term_id=each["term_id"],
        )
    if as_before:  # moved back since: what was released for these days stays so
        return
    hall = Hall(tx, each["term_id"])
    released_on = reopen_places(hall)
    if released_on is not None:
        hall.row["release_on"] = (released_on + _days_between(before, term["starts_on"])).isoformat()
        standby.settle(hall)


def _move_release(tx: Transaction, term_id: str, shift: timedelta) -> None:
    row = tx.rows(SEATS).one({"_id": term_id})
    if row is not None and row["release_on"]:
        moved = date.fromisoformat(row["release_on"]) + shift
        tx.rows(SEATS).save({**row, "release_on": moved.isoformat()})


def _move_closing(tx: Transaction, term_id: str, shift: timedelta) -> None:
    row = tx.rows(CONDITIONS).one({"_id": term_id})
    closes_on = closing_day(row) if row else None
    if row is not None and closes_on is not None:
        tx.rows(CONDITIONS).save({**row, "nominations_close_on": (closes_on + shift).isoformat()})


def _follow_line(tx: Transaction, term_id: str) -> None:
    """Count offers anew; what is free is offered to those in line, who may join again now."""
    if tx.rows(STANDBY).find({"term_id": term_id, "state": {"$in": sorted(IN_LINE)}}, fields=("_id",)):
        hall = Hall(tx, term_id)
        standby.follow_days(hall, "班次时间调整 / the term was moved")
        standby.settle(hall)


def _retake_snapshots(tx: Transaction, term: Doc) -> None:
    """Whoever holds another post on the new first day is shown with that one."""
    rows = tx.rows(NOMINATIONS)
    live = rows.find({"term_id": term["_id"], "state": {"$in": sorted(LIVE)}})
    rows.save_many([row for row in live if row["posts"] and retake_snapshot(row, term, tx.today)])


def _report_overlaps(tx: Transaction, term: Doc) -> None:
    """Find people of the term who are now engaged twice on a day; they keep what they have until a person decides."""
    found = list(_overlapping(tx, term))
    if not found:
        return
    known = {row["_id"] for row in tx.rows(OVERLAPS).find({"_id": {"$in": [row["_id"] for row in found]}})}
    tx.rows(OVERLAPS).insert_many(row for row in found if row["_id"] not in known)
    keys = ("nomination_id", "unit_id", "other_nomination_id", "other_unit_id", "other_term_id", "both_admitted")
    data = {"term_id": term["_id"], "overlaps": [{key: row[key] for key in keys} for row in found]}
    tx.emit(OVERLAPS_FOUND, data, subject=term["_id"])


def _overlapping(tx: Transaction, term: Doc) -> Iterator[Doc]:
    rows = tx.rows(NOMINATIONS).find({"term_id": term["_id"], "state": {"$in": sorted(LIVE)}})
    people = {
        row["_id"]: row for row in tx.rows(PEOPLE).find({"_id": {"$in": sorted({row["person_id"] for row in rows})}})
    }
    terms, here = open_terms(tx), term_facts(term)
    pairs = [
        (row, other)
        for row in rows
        for other in engagements_of(people[row["person_id"]], terms, but=row["_id"])
        if other.term.term_id != here.term_id and other.term.overlaps(here)
    ]
    others = {
        row["_id"]: row
        for row in tx.rows(NOMINATIONS).find({"_id": {"$in": sorted({other.nomination_id for _, other in pairs})}})
    }
    for row, other in pairs:
        twin = others[other.nomination_id]
        yield {
            "_id": ":".join(sorted((row["_id"], twin["_id"]))),
            "term_id": term["_id"],
            "nomination_id": row["_id"],
            "unit_id": row["unit_id"],
            "other_nomination_id": twin["_id"],
            "other_unit_id": twin["unit_id"],
            "other_term_id": twin["term_id"],
            "both_admitted": other.admitted and row["state"] == State.ADMITTED,
            "found_at": tx.now,
        }


def _days_between(first: str, last: str) -> timedelta:
    return date.fromisoformat(last) - date.fromisoformat(first)
