"""Changing a draft session by session; a joint lecture changes in the drafts of all its terms."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from services.scheduling.commands.timetable_drafts import keep_draft, placed_term, timetable_of
from services.scheduling.domain.timetable import Session, Table, table_of, times_of
from services.scheduling.domain.timetable_edit import changed, followed, replaced, swapped
from services.scheduling.queries.timetable_drafts import draft_on_days, draft_reply, session_of
from services.scheduling.store import LECTURERS, ROOMS, SESSIONS, TERMS, TIMETABLES
from services.scheduling.tabling import issued_table, teaching_limits
from shared.errors import Invalid, NotFound
from shared.identifiers import new_id
from shared.storage import Collection, Transaction, exactly

Document = dict[str, Any]
_FIELDS = ("title", "module", "form", "on", "half", "starts_at", "ends_at", "hours", "lecturer_id", "room_id", "host")


def add_session(tx: Transaction, request: dict[str, Any]) -> Document:
    """Add a session to a draft."""
    doc = draft_on_days(tx, request["term_id"])
    tx.expect(doc)
    given = _given(tx, request)
    limits = teaching_limits(given["on"])
    length = limits.half_day_hours if given["form"] == "field" else min(given["hours"], limits.half_day_hours)
    starts_at, ends_at = times_of(given["half"], 0, length, limits.half_day_hours, limits.half_times)
    made = Session(
        **{
            "session_id": new_id("session"),
            "course_id": request["course_id"] or new_id("extra"),
            "starts_at": starts_at,
            "ends_at": ends_at,
            **given,
        }
    )
    return draft_reply(tx, _keep(tx, doc, (*_table(doc), made)))


def change_session(tx: Transaction, request: dict[str, Any]) -> Document:
    """Change a session of a draft."""
    doc = draft_on_days(tx, request["term_id"])
    tx.expect(doc)
    table = _table(doc)
    session = session_of(table, request["session_id"])
    given = _given(tx, request)
    after = changed(session, given, teaching_limits(given.get("on", session.on)))
    if request["apart"]:
        after = dataclasses.replace(after, joint_id=None)
    _keep(tx, doc, replaced(table, after))
    also = let_follow(tx, [doc["_id"]], after) if after.joint_id else []
    return draft_reply(tx, doc, also)


def remove_session(tx: Transaction, request: dict[str, Any]) -> Document:
    """Remove a session from a draft; of a joint lecture only this term's part goes."""
    doc = draft_on_days(tx, request["term_id"])
    tx.expect(doc)
    table = _table(doc)
    session = session_of(table, request["session_id"])
    return draft_reply(tx, _keep(tx, doc, tuple(each for each in table if each != session)))


def swap_sessions(tx: Transaction, request: dict[str, Any]) -> Document:
    """Let two sessions of a draft change places."""
    doc = draft_on_days(tx, request["term_id"])
    tx.expect(doc)
    table = _table(doc)
    one, other = (session_of(table, request[name]) for name in ("session_id", "other_id"))
    after = swapped(table, one, other, teaching_limits(max(one.on, other.on)))
    _keep(tx, doc, after)
    also = []
    for session in after:
        if session.joint_id and session not in table:
            also += let_follow(tx, [doc["_id"]], session)
    return draft_reply(tx, doc, sorted(set(also)))


def join_sessions(tx: Transaction, request: dict[str, Any]) -> Document:
    """Make sessions of several drafts one joint lecture, at the time and place of the first."""
    wanted = request["sessions"]
    if len({each["term_id"] for each in wanted}) < len(wanted):
        raise Invalid(
            "合班课每期只能有一个课次，请核对各期",
            "a joint lecture has one session a term; check the terms",
            term_ids=[each["term_id"] for each in wanted],
        )
    first = draft_on_days(tx, wanted[0]["term_id"])
    lead = session_of(_table(first), wanted[0]["session_id"])
    leading = dataclasses.replace(lead, joint_id=lead.joint_id or new_id("joint"))
    _keep(tx, first, replaced(_table(first), leading))
    for each in wanted[1:]:
        doc = draft_on_days(tx, each["term_id"])
        table = _table(doc)
        mine = dataclasses.replace(session_of(table, each["session_id"]), joint_id=leading.joint_id)
        _keep(tx, doc, followed(replaced(table, mine), leading))
    let_follow(tx, [first["_id"]], leading)
    return draft_reply(tx, first, [each["term_id"] for each in wanted[1:]])


def let_follow(tx: Transaction, term_ids: Iterable[str], leading: Session) -> list[str]:
    """Bring a joint lecture in line in other terms than these; one without a draft gets one of what it has issued.

    What was drafted for a term that is cancelled now stays as it was.
    """
    joint = exactly(leading.joint_id)
    drafting = tx.rows(TIMETABLES).find({"draft.sessions.joint_id": joint})
    issued = tx.rows(SESSIONS).find({"joint_id": joint})
    others = ({doc["_id"] for doc in drafting} | {doc["term_id"] for doc in issued}) - set(term_ids)
    held = tx.rows(TERMS).find({"_id": {"$in": sorted(others)}, "state": "placed"}, fields=())
    also = sorted(doc["_id"] for doc in held)
    for other_id in also:
        doc = timetable_of(tx, placed_term(tx, other_id))
        table = _table(doc) if doc["draft"] else issued_table(tx, other_id, doc["number"])
        _keep(tx, doc, followed(table, leading))
    return also


def _keep(tx: Transaction, doc: Document, table: Table) -> Document:
    left_out = doc["draft"]["left_out"] if doc["draft"] else []
    return keep_draft(tx, doc, table, left_out)


def _table(doc: Document) -> Table:
    return table_of(doc["draft"]["sessions"])


def _given(tx: Transaction, request: dict[str, Any]) -> Document:
    given = {name: request[name] for name in _FIELDS if name in request}
    _need(tx, LECTURERS, given.get("lecturer_id"), "教师", "lecturer")
    _need(tx, ROOMS, given.get("room_id"), "教室", "room")
    return given


def _need(tx: Transaction, collection: Collection, id: str | None, zh: str, en: str) -> None:
    if id is not None and tx.rows(collection).one({"_id": exactly(id)}) is None:
        raise NotFound(f"没有编号为“{id}”的{zh}，请先登记", f"there is no {en} {id!r}; register it first", id=id)
