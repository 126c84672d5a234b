"""The read models of terms, timetables and rosters: what other services announce."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.outcomes.store.terms import ROSTERS, TERMS, TIMETABLES
from shared.errors import Unavailable
from shared.identifiers import new_id
from shared.storage import Transaction
from shared.storage.canonical import plain

_KEPT = ("plan_id", "programme_title", "ordinal", "starts_on", "ends_on")
_OF_A_SESSION = ("session_id", "module", "title", "form", "on", "half", "lecturer_id")


def record_term(tx: Transaction, data: dict[str, Any]) -> None:
    """A term was placed or moved: keep it, unless something newer about it is known already."""
    rows = tx.rows(TERMS)
    known = rows.one({"_id": data["term_id"]})
    if known is not None and data["version"] <= known["term_version"]:
        return
    facts = {key: value for key, value in plain(data).items() if key in _KEPT}
    facts |= {"term_version": data["version"], "cancelled": False}
    if known is None:
        rows.insert({"_id": data["term_id"], **facts})
    else:
        rows.save({**known, **facts, **_deadline_moved(known, facts["ends_on"])})


def _deadline_moved(known: dict[str, Any], ends_on: str) -> dict[str, str]:
    # A day set by hand keeps its distance from the term's end.
    if not known.get("reports_due_on"):
        return {}
    later = date.fromisoformat(ends_on) - date.fromisoformat(known["ends_on"])
    return {"reports_due_on": (date.fromisoformat(known["reports_due_on"]) + later).isoformat()}


def cancel_term(tx: Transaction, data: dict[str, Any]) -> None:
    """A term was cancelled, unless it was placed again since. Raises ``Unavailable`` before its placing is known.

    Its reports are not expected any more: they are told of anew once it is held after all, on the same day too.
    """
    known = tx.rows(TERMS).one({"_id": data["term_id"]})
    if known is None:
        # Events of two types may overtake each other; the retry ladder brings this one again.
        raise Unavailable(
            f"尚未收到“{data['term_id']}”的排期，稍后自动重试",
            f"the placing of {data['term_id']!r} has not arrived yet; this is tried again",
            term_id=data["term_id"],
        )
    after = {**known, "reports_told": None}
    if data["version"] > known["term_version"]:
        after |= {"term_version": data["version"], "cancelled": True}
    tx.rows(TERMS).save(after)


def record_timetable(tx: Transaction, data: dict[str, Any]) -> None:
    """A version of a timetable was issued: keep it, unless a newer one is known already."""
    rows = tx.rows(TIMETABLES)
    known = rows.one({"_id": data["term_id"]})
    if known is not None and data["timetable_version"] <= known["timetable_version"]:
        return
    sessions = [{key: session[key] for key in _OF_A_SESSION} for session in plain(data)["sessions"]]
    facts = {"timetable_version": data["timetable_version"], "sessions": sessions}
    if known is None:
        rows.insert({"_id": data["term_id"], **facts})
    else:
        rows.save({**known, **facts})


def record_roster(tx: Transaction, data: dict[str, Any]) -> None:
    """People of a unit were admitted to a term; who was withdrawn already, by news that came first, stays out."""
    row = _roster(tx, data)
    admitted = {*row["nomination_ids"], *data["nomination_ids"]} - set(row["withdrawn_ids"])
    _keep(tx, row, sorted(admitted), row["withdrawn_ids"])


def drop_trainee(tx: Transaction, data: dict[str, Any]) -> None:
    """Somebody no longer goes."""
    if not data["was_admitted"]:
        return
    row = _roster(tx, data)
    left = [each for each in row["nomination_ids"] if each != data["nomination_id"]]
    _keep(tx, row, left, sorted({*row["withdrawn_ids"], data["nomination_id"]}))


def _roster(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    place = {"term_id": data["term_id"], "unit_id": data["unit_id"]}
    return tx.rows(ROSTERS).one(place) or {**place, "nomination_ids": [], "withdrawn_ids": []}


def _keep(tx: Transaction, row: dict[str, Any], nomination_ids: list[str], withdrawn_ids: list[str]) -> None:
    after = {**row, "nomination_ids": nomination_ids, "withdrawn_ids": withdrawn_ids}
    if "_id" not in row:
        tx.rows(ROSTERS).insert({"_id": new_id("roster"), **after})
    elif after != row:
        tx.rows(ROSTERS).save(after)
