"""Taking and correcting the roll of a session: one roll, one book, one event."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.compliance.commands.refusals import outside
from services.compliance.commands.roll_call import RollCall
from services.compliance.commands.study import Study, expected_people
from services.compliance.contract.attendance_events import ATTENDANCE_RECORDED
from services.compliance.domain.attendance import Mark, counts, missing_from
from services.compliance.domain.timetable import Session
from services.compliance.domain.wording import Refusal
from services.compliance.queries.rolls import is_held_on, roll_on
from services.compliance.rulebook import Rulebook
from services.compliance.store.attendance import ROLLS, mark_row, marks_of, roll_id
from services.compliance.store.trainee import TRAINEES
from shared.clock import CITY_ZONE
from shared.errors import NotFound
from shared.storage import Transaction


def record_attendance(tx: Transaction, request: dict[str, Any], rules: Rulebook) -> dict[str, Any]:
    """Take the roll, or correct it; every row that cannot stand is reported and left as it was."""
    study = Study(tx, request["term_id"], rules)
    session = _session(study, request["session_id"])
    _refuse_other_days(study, session)
    _refuse_early(tx, study, session)
    sheet = _Sheet(study, session, roll_on(tx, study.term_id, session.session_id, session.on))
    if sheet.row is not None:
        tx.expect(sheet.row)
    trainees = {row["_id"]: row for row in tx.rows(TRAINEES).find({"term_id": study.term_id})}
    expected = {row["_id"]: row for row in expected_people(trainees.values(), session.on.isoformat())}
    call = RollCall(session, rules.policies, tx.now, dict(sheet.marks))
    items = [_named(sheet, call, given, trainees, request["reason"]) for given in request["marks"]]
    if request["others"] is not None:
        _others(sheet, call, expected, request)
    return sheet.close(expected, items)


def _session(study: Study, session_id: str) -> Session:
    session = study.timetable.by_id.get(session_id)
    if session is None:
        raise NotFound(
            f"现行日程表（第{study.timetable.version}版）中没有课次 {session_id}",
            f"the timetable (version {study.timetable.version}) has no session {session_id!r}",
            session_id=session_id,
        )
    return session


def _refuse_other_days(study: Study, session: Session) -> None:
    if not is_held_on(study.term, session.on):
        first, last = study.term["starts_on"], study.term["ends_on"]
        raise outside(
            f"“{session.title}”排在{session.on}，该期已改到{first}至{last}，请待新的日程表下达后点名",
            f"this session lies on {session.on} and the term is held from {first} to {last} now; "
            "its roll waits for the new timetable",
        )


def _refuse_early(tx: Transaction, study: Study, session: Session) -> None:
    opens = session.starts_at - timedelta(minutes=study.rules.policies.number("attendance.opens_minutes_before"))
    if tx.now < opens:
        local = opens.astimezone(CITY_ZONE)
        raise outside(
            f"“{session.title}”自{local:%Y-%m-%d %H:%M}起可以点名",
            f"the roll of this session opens at {local:%Y-%m-%d %H:%M}",
            opens_at=opens.isoformat(),
        )


def _named(
    sheet: _Sheet, call: RollCall, given: dict[str, Any], trainees: dict[str, dict[str, Any]], reason: str
) -> dict[str, Any]:
    nomination_id, problem = given["nomination_id"], None
    trainee = trainees.get(nomination_id)
    try:
        mark = call.named(given, trainee, sheet.study.standing(nomination_id), reason)
        sheet.set(nomination_id, str((trainee or {})["unit_id"]), mark, given["note"], reason)
    except Refusal as refusal:
        problem = {"code": refusal.code, "message": refusal.sentence.plain()}
    stands = sheet.marks.get(nomination_id)
    status = None if stands is None else stands.status.value
    return {"nomination_id": nomination_id, "done": problem is None, "status": status, "problem": problem}


def _others(sheet: _Sheet, call: RollCall, expected: dict[str, dict[str, Any]], request: dict[str, Any]) -> None:
    named = {given["nomination_id"] for given in request["marks"]}
    for nomination_id, trainee in expected.items():
        if nomination_id not in named and nomination_id not in sheet.marks:
            mark = call.other(request["others"], trainee, sheet.study.standing(nomination_id))
            sheet.set(nomination_id, trainee["unit_id"], mark, "", request["reason"])


class _Sheet:
    """The roll of one session while it is being written."""

    def __init__(self, study: Study, session: Session, row: dict[str, Any] | None) -> None:
        self.study, self.session, self.row = study, session, row
        self.marks: dict[str, Mark] = marks_of(row)
        self._entries = {each["nomination_id"]: each for each in (row or {"marks": []})["marks"]}
        self._corrections: list[dict[str, Any]] = []
        self._changed = False

    def set(self, nomination_id: str, unit_id: str, mark: Mark, note: str, reason: str) -> None:
        """Set one mark, keep what it was, and change the person's sums."""
        tx, before = self.study.tx, self.marks.get(nomination_id)
        if before == mark:
            return
        if before is not None:
            change = {"before": before.status.value, "after": mark.status.value, "reason": reason}
            who = {"nomination_id": nomination_id, "by": tx.caller.subject, "at": tx.now}
            self._corrections.append({**who, **change})
        self.marks[nomination_id] = mark
        self._entries[nomination_id] = mark_row(nomination_id, unit_id, mark, note)
        standing = self.study.standing(nomination_id).marked(self.session, before, mark)
        self.study.put(nomination_id, unit_id, standing)
        self._changed = True

    def close(self, expected: dict[str, dict[str, Any]], items: list[dict[str, Any]]) -> dict[str, Any]:
        """Store the roll and the book, tell of a complete roll, and return the report."""
        missing = missing_from(self.marks, expected)
        figures = counts(self.marks.values())
        if self._changed:
            self._store(not missing)
            if not missing:
                named = {"term_id": self.study.term_id, "session_id": self.session.session_id}
                self.study.tx.emit(ATTENDANCE_RECORDED, {**named, **figures}, subject=self.session.session_id)
        return {
            "term_id": self.study.term_id,
            "session_id": self.session.session_id,
            "complete": not missing,
            "missing": missing,
            "counts": figures,
            "items": items,
            "version": (self.row or {"version": 0})["version"],
        }

    def _store(self, complete: bool) -> None:
        study, session, rows = self.study, self.session, self.study.tx.rows(ROLLS)
        kept = {
            "marks": [self._entries[nomination_id] for nomination_id in sorted(self._entries)],
            "complete": complete,
            "taken_by": study.tx.caller.subject,
        }
        if self.row is None:
            on = session.on.isoformat()
            said = {"title": session.title, "on": on, "half": session.half, "hours": session.hours}
            named = {"term_id": study.term_id, "session_id": session.session_id, "taken_at": study.tx.now}
            # The first keeps the name it always had: the release before this one, side by side with it, knows no other.
            _id = roll_id(study.term_id, session.session_id)
            if rows.one({"_id": _id}) is not None:
                _id = roll_id(study.term_id, session.session_id, on)
            self.row = rows.insert({"_id": _id, **named, **said, **kept, "corrections": self._corrections})
        else:
            kept["corrections"] = [*self.row["corrections"], *self._corrections]
            self.row = rows.save({**self.row, **kept})
        if session.session_id not in study.rolled:
            study.rolled = [*study.rolled, session.session_id]
        study.write()
