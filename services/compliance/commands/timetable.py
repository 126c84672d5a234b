"""The read model of timetables: every new version counts everybody's hours anew."""

from __future__ import annotations

from typing import Any

from services.compliance.commands.study import Study
from services.compliance.domain.standing import Standing, recount
from services.compliance.domain.timetable import Timetable
from services.compliance.queries.rolls import rolls_now
from services.compliance.queries.timetable import covered
from services.compliance.rulebook import Rulebook
from services.compliance.store.attendance import BOOKS, marks_of
from services.compliance.store.leave import LEAVES, leave_of
from services.compliance.store.term import TERMS
from services.compliance.store.timetable import TIMETABLES, timetable_of
from services.compliance.store.trainee import TRAINEES
from shared.errors import Unavailable
from shared.storage import Transaction
from shared.storage.canonical import plain

_KEPT = ("session_id", "title", "on", "half", "starts_at", "ends_at", "hours", "form", "room_title")


def record_timetable(tx: Transaction, data: dict[str, Any], rules: Rulebook) -> None:
    """A timetable was issued: keep its sessions, unless a newer version is known, and judge everybody on it."""
    rows = tx.rows(TIMETABLES)
    known = rows.one({"_id": data["term_id"]})
    if known is not None and known["timetable_version"] >= data["timetable_version"]:
        return
    term = tx.rows(TERMS).one({"_id": data["term_id"]})
    if term is None:
        raise Unavailable(
            f"尚未收到班次 {data['term_id']} 的排期信息，稍后自动重试",
            f"term {data['term_id']} has not been announced yet; this will be tried again",
            term_id=data["term_id"],
        )
    sessions = [{name: plain(session[name]) for name in _KEPT} for session in data["sessions"]]
    total = sum(session["hours"] for session in sessions)
    version = {"timetable_version": data["timetable_version"], "total_hours": total}
    kept = {"plan_id": data["plan_id"], **version, "sessions": sessions}
    issue = {**version, "sessions": len(sessions), "at": tx.now}
    if known is None:
        saved = rows.insert({"_id": data["term_id"], **kept, "history": [issue]})
        tx.rows(BOOKS).insert({"_id": data["term_id"], **version, "rolled": [], "people": [], "history": []})
    else:
        saved = rows.save({**known, **kept, "history": [*known["history"], issue]})
    if not term["frozen"]:
        count_anew(tx, timetable_of(saved), rules)


def follow_days(tx: Transaction, term_id: str, rules: Rulebook) -> None:
    """Count everybody anew when other rolls count than did: the term has other days, and some were taken off these."""
    row = tx.rows(TIMETABLES).one({"_id": term_id})
    if row is None or tx.rows(TERMS).get(term_id)["frozen"]:
        return
    timetable = timetable_of(row)
    if rolls_now(tx, timetable).keys() != set(tx.rows(BOOKS).get(term_id)["rolled"]):
        count_anew(tx, timetable, rules)


def count_anew(tx: Transaction, timetable: Timetable, rules: Rulebook) -> None:
    """Count everybody's hours from rolls and leave on this timetable, and keep what they were before."""
    study = Study(tx, timetable.term_id, rules)
    if study.book["people"]:
        study.book["history"] = [*study.book["history"], _kept_of(tx, study.book)]
    rolls = {session_id: marks_of(row) for session_id, row in rolls_now(tx, timetable).items()}
    standings = recount(timetable, rolls, covered(tx, timetable))
    units = {row["_id"]: row["unit_id"] for row in tx.rows(TRAINEES).find({"term_id": timetable.term_id})}
    study.rolled = sorted(rolls)
    # Also who was in the book and has nothing left: the only session they attended may have fallen away.
    known = standings.keys() | {row["nomination_id"] for row in study.book["people"]}
    for nomination_id in sorted(known & units.keys()):
        study.put(nomination_id, units[nomination_id], standings.get(nomination_id, Standing()))
    study.book |= {"timetable_version": timetable.version, "total_hours": timetable.total_hours}
    study.write()
    _measure_leaves(tx, timetable)


def _kept_of(tx: Transaction, book: dict[str, Any]) -> dict[str, Any]:
    leave = [{name: row[name] for name in ("nomination_id", "leave_hours")} for row in book["people"] if row["covered"]]
    return {name: book[name] for name in ("timetable_version", "total_hours")} | {"until": tx.now, "leave": leave}


def _measure_leaves(tx: Transaction, timetable: Timetable) -> None:
    rows = tx.rows(LEAVES)
    changed = []
    for row in rows.find({"term_id": timetable.term_id, "state": {"$in": ["requested", "granted"]}}):
        sessions = leave_of(row).sessions(timetable)
        hours, halves = sum(session.hours for session in sessions), timetable.half_days(sessions)
        if (row["hours"], row["half_days"]) != (hours, halves):
            changed.append({**row, "hours": hours, "half_days": halves})
    rows.save_many(changed)
