"""Completion: judged by the rules for a whole term, confirmed, and announced when there is news."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from services.compliance.commands.refusals import outside, refuse_frozen
from services.compliance.commands.study import expected_people
from services.compliance.contract.closing_events import COMPLETION_DECIDED
from services.compliance.contract.completion import CompletionOutdated, RollsMissing
from services.compliance.domain.attendance import Mark
from services.compliance.domain.completion import Completion, Outcome
from services.compliance.domain.rules import RuleVerdict, Ruling, TraineeFacts, Verdict
from services.compliance.domain.timetable import Timetable
from services.compliance.domain.wording import Sentence
from services.compliance.queries.grounds import Grounds, outdated
from services.compliance.queries.timetable import timetable_now
from services.compliance.rulebook import Rulebook
from services.compliance.store.completion import COMPLETIONS, WITHDRAWN, completion_of, completion_row, facts_row
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
    grounds = Grounds(tx, timetable)
    _require_rolls(timetable, grounds.rolls, trainees)
    known = {row["_id"]: row for row in tx.rows(COMPLETIONS).find({"term_id": term["_id"]})}
    judge = _Judge(tx, grounds, rules)
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
    """Confirm what the rules proposed; who learns something new is announced.

    Raises ``CompletionOutdated`` when something of it no longer holds. What is pending stays so, whatever became known.
    """
    refuse_frozen(tx.rows(TERMS).get(request["term_id"]))
    proposed = {"term_id": request["term_id"], "confirmed": False, "outcome": {"$ne": Outcome.PENDING.value}}
    rows = tx.rows(COMPLETIONS).find(proposed, sort=(("_id", 1),))
    _require_current(outdated(tx, request["term_id"], rows))
    changed, news = [], 0
    for row in rows:
        completion, new = completion_of(row).confirm()
        changed.append({**row, **completion_row(completion), "confirmed_at": tx.now, "approver": request["approver"]})
        if new:
            news += 1
            _announce(tx, changed[-1])
    tx.rows(COMPLETIONS).save_many(changed)
    return _report(tx, request["term_id"], news)


class _Judge:
    """Judges one trainee after the other by what the rolls say."""

    def __init__(self, tx: Transaction, grounds: Grounds, rules: Rulebook) -> None:
        self._tx, self._grounds, self._rules = tx, grounds, rules

    def row(self, trainee: Row, before: Row | None) -> Row:
        """Return the completion's row, the old one when nothing changed."""
        facts = self._grounds.facts(trainee)
        verdicts = self._verdicts(trainee, facts)
        proposed = Completion.judged(verdicts, self._grounds.hours(trainee))
        completion = proposed if before is None else completion_of(before).again(proposed)
        said = [_said(each) for each in verdicts]
        kept = {"report_grade": trainee["report_grade"], "facts": facts_row(facts)}
        if before is not None and completion.confirmed and before["verdicts"] == said:
            return {**before, **kept}
        kept |= {"verdicts": said, "decided_at": self._tx.now, "decided_by": self._tx.caller.subject}
        kept |= completion_row(completion)
        if before is not None:
            confirmed = {name: before[name] if completion.confirmed else None for name in ("confirmed_at", "approver")}
            return {**before, **kept, **confirmed}
        whose = {"_id": trainee["_id"], "term_id": trainee["term_id"], "unit_id": trainee["unit_id"]}
        return {**whose, **kept, "confirmed_at": None, "approver": None}

    def _verdicts(self, trainee: Row, facts: TraineeFacts) -> list[RuleVerdict]:
        if trainee["state"] == "withdrawn":
            reason = Sentence("已退出本期", "no longer takes part in the term")
            return [RuleVerdict(WITHDRAWN, Verdict(Ruling.BROKEN, reason, "平台 / platform"))]
        return self._rules.judge(facts)


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


def _require_current(nomination_ids: list[str]) -> None:
    if nomination_ids:
        raise CompletionOutdated(
            f"有{len(nomination_ids)}名学员评定后情况有变（考勤、请假、成绩、处理或退出），请由市委党校重新评定后再确认",
            f"{len(nomination_ids)} trainees stand otherwise than when they were judged;"
            " have the Party school judge the term anew before confirming",
            nomination_ids=nomination_ids,
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
