"""Completion: judged by the rules for a whole term, confirmed, and announced when there is news."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from services.compliance.commands.refusals import outside, refuse_frozen
from services.compliance.commands.study import expected_people
from services.compliance.commands.weighing import facts_of
from services.compliance.contract.closing_events import COMPLETION_DECIDED
from services.compliance.contract.completion import RollsMissing
from services.compliance.domain.attendance import Mark
from services.compliance.domain.completion import Completion, hours_of
from services.compliance.domain.rules import RuleVerdict, Ruling, Stage, Verdict
from services.compliance.domain.standing import Standing, recount, tally
from services.compliance.domain.timetable import Timetable
from services.compliance.domain.wording import Sentence
from services.compliance.queries.rolls import rolls_now
from services.compliance.queries.timetable import covered, timetable_now
from services.compliance.rulebook import Rulebook
from services.compliance.store.attendance import marks_of
from services.compliance.store.completion import COMPLETIONS, completion_of, completion_row
from services.compliance.store.term import TERMS
from services.compliance.store.trainee import TRAINEES
from shared.storage import Transaction

Row = dict[str, Any]


def decide_completion(tx: Transaction, request: Row, rules: Rulebook) -> Row:
    """Judge everybody of a term from the rolls themselves; what was confirmed and did not change stays so."""
    term = tx.rows(TERMS).get(request["term_id"])
    refuse_frozen(term)
    if tx.today < date.fromisoformat(term["ends_on"]):
        raise outside(
            f"班次{term['ends_on']}结束，结束当日起可评定结业", f"completion is judged from {term['ends_on']} on"
        )
    timetable = timetable_now(tx, term["_id"])
    trainees = tx.rows(TRAINEES).find({"term_id": term["_id"]}, sort=(("_id", 1),))
    rolls = {session_id: marks_of(row) for session_id, row in rolls_now(tx, timetable).items()}
    _require_rolls(timetable, rolls, trainees)
    known = {row["_id"]: row for row in tx.rows(COMPLETIONS).find({"term_id": term["_id"]})}
    judge = _Judge(tx, timetable, rolls, rules)
    new, changed = [], []
    for trainee in trainees:
        before = known.get(trainee["_id"])
        if before is None and trainee["state"] == "withdrawn":
            continue
        row = judge.row(trainee, before)
        if before is None:
            new.append(row)
        elif row != before:
            changed.append(row)
    tx.rows(COMPLETIONS).insert_many(new)
    tx.rows(COMPLETIONS).save_many(changed)
    return _report(tx, term["_id"], 0)


def confirm_completion(tx: Transaction, request: Row) -> Row:
    """Confirm what the rules proposed; who learns something new is announced."""
    refuse_frozen(tx.rows(TERMS).get(request["term_id"]))
    changed, news = [], 0
    for row in tx.rows(COMPLETIONS).find({"term_id": request["term_id"], "confirmed": False}, sort=(("_id", 1),)):
        completion, new = completion_of(row).confirm()
        if not completion.confirmed:
            continue
        changed.append({**row, **completion_row(completion), "confirmed_at": tx.now, "approver": request["approver"]})
        if new:
            news += 1
            _announce(tx, changed[-1])
    tx.rows(COMPLETIONS).save_many(changed)
    return _report(tx, request["term_id"], news)


class _Judge:
    """Judges one trainee after the other by what the rolls say."""

    def __init__(
        self, tx: Transaction, timetable: Timetable, rolls: dict[str, dict[str, Mark]], rules: Rulebook
    ) -> None:
        self._tx, self._timetable, self._rolls, self._rules = tx, timetable, rolls, rules
        self._standings = recount(timetable, rolls, covered(tx, timetable))
        self._marks: dict[str, dict[str, Mark]] = defaultdict(dict)
        for session_id, marks in rolls.items():
            for nomination_id, mark in marks.items():
                self._marks[nomination_id][session_id] = mark

    def row(self, trainee: Row, before: Row | None) -> Row:
        """Return the completion's row, the old one when nothing changed."""
        verdicts = self._verdicts(trainee)
        proposed = Completion.judged(verdicts, hours_of(self._timetable, self._marks[trainee["_id"]]))
        completion = proposed if before is None else completion_of(before).again(proposed)
        said = [_said(each) for each in verdicts]
        if before is not None and completion.confirmed and before["verdicts"] == said:
            return before
        kept = {"report_grade": trainee["report_grade"], "verdicts": said, "decided_at": self._tx.now}
        kept |= {"decided_by": self._tx.caller.subject, **completion_row(completion)}
        if before is not None:
            confirmed = {name: before[name] if completion.confirmed else None for name in ("confirmed_at", "approver")}
            return {**before, **kept, **confirmed}
        whose = {"_id": trainee["_id"], "term_id": trainee["term_id"], "unit_id": trainee["unit_id"]}
        return {**whose, **kept, "confirmed_at": None, "approver": None}

    def _verdicts(self, trainee: Row) -> list[RuleVerdict]:
        if trainee["state"] == "withdrawn":
            reason = Sentence("已退出本期", "no longer takes part in the term")
            return [RuleVerdict("withdrawn", Verdict(Ruling.BROKEN, reason, "平台 / platform"))]
        figures = tally(self._standings.get(trainee["_id"], Standing()), self._timetable, self._rolls)
        return self._rules.judge(facts_of(trainee, figures, Stage.COMPLETION))


def _said(item: RuleVerdict) -> Row:
    verdict = item.verdict
    ruling = {"rule": item.rule, "ruling": verdict.ruling.value}
    return {**ruling, "reason": verdict.reason.plain(), "source": verdict.source}


def _require_rolls(timetable: Timetable, rolls: dict[str, dict[str, Mark]], trainees: list[Row]) -> None:
    missing = []
    for session in timetable.ordered:
        people = expected_people(trainees, session.on.isoformat())
        if any(row["_id"] not in rolls.get(session.session_id, {}) for row in people):
            missing.append(session)
    if missing:
        first = missing[0]
        raise RollsMissing(
            f"有{len(missing)}次课考勤未登记完整（如{first.on}《{first.title}》），请补齐后再评定",
            f"{len(missing)} sessions have no complete roll (on {first.on} the first); take them before judging",
            session_ids=[session.session_id for session in missing],
        )


def _announce(tx: Transaction, row: Row) -> None:
    data = {name: row[name] for name in ("term_id", "unit_id", "hours_attended", "total_hours", "days")}
    told = {"nomination_id": row["_id"], "completed": row["outcome"] == "completed", "decided_on": tx.today}
    tx.emit(COMPLETION_DECIDED, {**told, **data}, subject=row["_id"])


def _report(tx: Transaction, term_id: str, news: int) -> Row:
    rows = tx.rows(COMPLETIONS).find({"term_id": term_id})
    found = Counter(row["outcome"] for row in rows)
    sums = {name: found[name] for name in ("completed", "not_completed", "pending")}
    return {"term_id": term_id, **sums, "confirmed": sum(row["confirmed"] for row in rows), "news": news}
