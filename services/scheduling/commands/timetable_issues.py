"""Issuing timetables: judged together, kept as versions that never change, and told with what changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.scheduling.commands.timetable_drafts import placed_term, timetable_of
from services.scheduling.commands.timetable_waiting import wait_for
from services.scheduling.contract.timetable_drafts import TimetableBroken
from services.scheduling.contract.timetable_events import TIMETABLE_ISSUED
from services.scheduling.domain.timetable import Session, Table, table_of, table_wire, total_hours
from services.scheduling.domain.timetable_check import check
from services.scheduling.domain.timetable_diff import Difference, differences, lecturers_concerned
from services.scheduling.domain.wire import to_wire
from services.scheduling.queries.timetable_drafts import breach_row, draft_of
from services.scheduling.queries.timetables import Names
from services.scheduling.store import LECTURERS, ROOMS, SESSIONS, TIMETABLE_VERSIONS, TIMETABLES
from services.scheduling.tabling import issued_table, setting_of
from shared.storage import Transaction, exactly

Document = dict[str, Any]
_TOLD = (
    "session_id", "course_id", "module", "title", "form", "on", "half", "starts_at", "ends_at", "hours", "lecturer_id",
    "room_id", "joint_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Issue:
    """A table to issue: its term, the term's timetable document, and the table.

    ``of_draft``: it is the term's draft, which ends with it; a draft of something else stays.
    """

    term: Document
    doc: Document
    table: Table
    of_draft: bool = True


def issue_timetables(tx: Transaction, request: dict[str, Any]) -> Document:
    """Issue the drafts of some terms together, or none when one breaks a rule."""
    wanted = []
    for term_id in dict.fromkeys(request["term_ids"]):
        term, doc = placed_term(tx, term_id), draft_of(tx, term_id)
        wanted.append(Issue(term, doc, table_of(doc["draft"]["sessions"])))
    return {"items": issue(tx, wanted, request["reason"])}


def issue(
    tx: Transaction, wanted: list[Issue], reason: str | None, judged: bool = True, retiming_id: str | None = None
) -> list[Document]:
    """Issue tables; return what became of each. Raises ``TimetableBroken``, then nothing is issued.

    ``judged`` is false only where a table goes back to a place that was held for it all the while. ``retiming_id``
    says that a retiming issues them and tells everybody by itself.
    """
    _hold(tx, wanted)
    if judged:
        refuse_broken(tx, wanted)
    return [_issued(tx, each, reason, retiming_id) for each in wanted]


def refuse_broken(tx: Transaction, wanted: list[Issue]) -> None:
    """Raise ``TimetableBroken`` when the tables break a hard rule, together or against what others hold."""
    tables: Mapping[str, Table] = {each.term["_id"]: each.table for each in wanted}
    found = check(setting_of(tx, [each.term for each in wanted], tables.values()), tables)
    if found:
        raise TimetableBroken(
            f"日程表有{len(found)}处违反排课规则：{'；'.join(each.zh for each in found[:5])}"
            f"{'等' if len(found) > 5 else ''}。请调整后再下达",
            f"the timetable breaks {len(found)} rules: {'; '.join(each.en for each in found[:5])}; put it right first",
            breaches=[breach_row(each) for each in found],
        )


def drop_sessions(tx: Transaction, term_id: str) -> None:
    """Free the lecturers and rooms of a term that will not be held; its issued versions stay as they were."""
    for doc in tx.rows(SESSIONS).find({"term_id": exactly(term_id)}):
        tx.rows(SESSIONS).remove(doc)


def hold_sessions_again(tx: Transaction, term: Document, days: Collection[date] | None = None) -> None:
    """Let the issued timetable of a term hold lecturers and rooms again that was cancelled and is held after all.

    With ``days``, the term's, only where all of it lies on them. What others took meanwhile shows in drafts of both.
    """
    table = issued_table(tx, term["_id"], timetable_of(tx, term)["number"])
    if table and (days is None or all(each.on in days for each in table)):
        _replace_sessions(tx, term, table)


def _hold(tx: Transaction, wanted: list[Issue]) -> None:
    # Two tables that clash share a lecturer or a room: whoever issues the second must see the first.
    for collection, name in ((LECTURERS, "lecturer_id"), (ROOMS, "room_id")):
        ids = {getattr(session, name) for each in wanted for session in each.table} - {None}
        known = {doc["_id"] for doc in tx.rows(collection).find({"_id": {"$in": sorted(ids)}}, fields=("_id",))}
        for id in sorted(known):
            tx.rows(collection).hold(id)


def _issued(tx: Transaction, issue: Issue, reason: str | None, retiming_id: str | None) -> Document:
    doc = issue.doc
    before = issued_table(tx, doc["_id"], doc["number"])
    found = differences(before, issue.table)
    if found or doc["number"] == 0:
        doc["number"] += 1
        _keep_version(tx, issue, len(found), reason)
        _tell(tx, issue, found, retiming_id)
    # Also where nothing is new: the sessions of a term that was to go, or to move, had been dropped.
    _replace_sessions(tx, issue.term, issue.table)
    if issue.of_draft:
        wait_for(tx, doc, None)
        doc["draft"] = None
    (tx.rows(TIMETABLES).save if "version" in doc else tx.rows(TIMETABLES).insert)(doc)
    return {
        "term_id": doc["_id"],
        "number": doc["number"],
        "total_hours": total_hours(issue.table),
        "changed": len(found),
        "affected_lecturer_ids": lecturers_concerned(found),
    }


def _keep_version(tx: Transaction, issue: Issue, changed: int, reason: str | None) -> None:
    doc, table = issue.doc, issue.table
    tx.rows(TIMETABLE_VERSIONS).insert(
        {
            "_id": f"{doc['_id']}.{doc['number']:06}",
            "term_id": doc["_id"],
            "number": doc["number"],
            "total_hours": total_hours(table),
            "sessions": table_wire(table),
            "term_room_id": issue.term["room_id"],
            "changed": changed,
            "issued_at": tx.now,
            "issued_by": tx.caller.subject,
            "reason": reason,
        }
    )


def _replace_sessions(tx: Transaction, term: Document, table: Table) -> None:
    rows = tx.rows(SESSIONS)
    known = {doc["_id"]: doc for doc in rows.find({"term_id": exactly(term["_id"])})}
    wanted = {each.session_id: _row(term, each) for each in table}
    for id in sorted(known.keys() - wanted.keys()):
        rows.remove(known[id])
    rows.insert_many([wanted[id] for id in sorted(wanted.keys() - known.keys())])
    kept = sorted(wanted.keys() & known.keys())
    rows.save_many([{**known[id], **wanted[id]} for id in kept if known[id]["session"] != wanted[id]["session"]])


def _row(term: Document, session: Session) -> Document:
    return {
        "_id": session.session_id,
        "term_id": term["_id"],
        "plan_id": term["plan_id"],
        "on": session.on.isoformat(),
        "hours": session.hours,
        "lecturer_id": session.lecturer_id,
        "room_id": session.room_id,
        "joint_id": session.joint_id,
        "session": to_wire(session),
    }


def _tell(tx: Transaction, issue: Issue, found: list[Difference], retiming_id: str | None) -> None:
    names = Names(tx, issue.table)
    sessions = []
    for each in issue.table:
        row = names.row(each)
        sessions.append(
            {
                **{name: row[name] for name in _TOLD},
                "lecturer_grade": names.grade(each),
                "room_title": row["room_title"],
            }
        )
    data = {
        "term_id": issue.term["_id"],
        "plan_id": issue.term["plan_id"],
        "timetable_version": issue.doc["number"],
        "total_hours": total_hours(issue.table),
        "sessions": sessions,
        "changed_session_ids": [each.session_id for each in found],
        "affected_lecturer_ids": lecturers_concerned(found),
        "retiming_id": retiming_id,
    }
    tx.emit(TIMETABLE_ISSUED, data, subject=issue.term["_id"])
