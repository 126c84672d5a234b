"""Carrying out a retiming: six steps, each taken once, resumed wherever the service died.

New places are held before anything moves, old ones until everybody is told: nobody can take either in between, so
what refuses at any step puts the terms back where they were. What could not be brought back is what others were asked
meanwhile: invitations of a cancelled term stay withdrawn, and are made again by hand.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from services.scheduling.commands.announcing import (
    hold_every_campus,
    put_on_calendar,
    review_places,
    save_placed,
)
from services.scheduling.commands.invitations import ask_again, restore_asked
from services.scheduling.commands.retiming_places import (
    as_seen,
    carry_out,
    could_be_taken,
    hold_place,
    let_go,
    lies_where_put,
    mark,
    narrowed,
    overtaken,
    refuse_taken,
    set_blackout,
)
from services.scheduling.commands.timetable_drafts import refit_draft, timetable_of
from services.scheduling.commands.timetable_issues import Issue, drop_sessions, hold_sessions_again, issue
from services.scheduling.commands.year_versions import keep_year
from services.scheduling.contract.process_events import PROCESS_ADVANCED
from services.scheduling.contract.retiming_events import RETIMING_ANNOUNCED
from services.scheduling.domain.retiming import Move
from services.scheduling.domain.timetable_fill import mended
from services.scheduling.domain.wire import from_wire, to_wire
from services.scheduling.retiming_tables import retimed_tables
from services.scheduling.situation import Situation, calendar_of
from services.scheduling.store import BLACKOUTS, PROCESSES, RETIMINGS, TERMS
from services.scheduling.tabling import issued_table, setting_of, taught_term
from shared.runtime import Work
from shared.runtime.process import Effect, Facts, Process, Processes, Step
from shared.storage import Transaction, exactly

Document = dict[str, Any]
KIND = "retiming"


def moves_of(doc: Document) -> list[Move]:
    """Return what a retiming means to do."""
    return [from_wire(Move, each) for each in doc["moves"]]


def _begin(work: Work, facts: Facts) -> Effect:
    return lambda tx: None


def _give_up(work: Work, facts: Facts) -> Effect:
    def effect(tx: Transaction) -> None:
        doc = tx.rows(RETIMINGS).get(facts["retiming_id"])
        failure = tx.rows(PROCESSES).get(doc["process_id"])["failure"] or {}
        tx.rows(RETIMINGS).save(
            {**doc, "state": "refused", "failure": {key: failure.get(key, "") for key in ("zh", "en")}}
        )

    return effect


def _reserve(work: Work, facts: Facts) -> Effect:
    def effect(tx: Transaction) -> Facts:
        doc, moves = _both(tx, facts)
        set_now = set_blackout(tx, doc["blackout"])
        terms = {move.term_id: as_seen(tx, move) for move in moves}
        refuse_taken(tx, doc, moves, terms)
        for move in moves:
            if move.outcome == "moved":
                hold_place(tx, doc["_id"], move.term_id, move.after)
            mark(tx, terms[move.term_id], "postponed", doc)
        return {"blackout_set": set_now}

    return effect


def _release(work: Work, facts: Facts) -> Effect:
    def effect(tx: Transaction) -> None:
        doc, moves = _both(tx, facts)
        let_go(tx, doc["_id"])
        if facts.get("blackout_set"):
            hold_every_campus(tx)
            rows = tx.rows(BLACKOUTS)
            found = rows.one({"_id": exactly(doc["blackout"]["blackout_id"])})
            if found is not None:
                rows.remove(found)
        for move in moves:
            term = tx.rows(TERMS).get(move.term_id)
            if term.get("retiming_id") == doc["_id"]:
                mark(tx, term, "notified", None)
        review_places(tx)

    return effect


def _move(work: Work, facts: Facts) -> Effect:
    def effect(tx: Transaction) -> None:
        doc, moves = _both(tx, facts)
        terms = {move.term_id: as_seen(tx, move) for move in moves}
        let_go(tx, doc["_id"])
        situation = Situation(tx, doc["_id"])
        keep_year(tx, doc["plan_id"], doc["reason"], doc["asked_by"])
        for move in moves:
            carry_out(tx, situation, doc, move, terms[move.term_id])
        for move in moves:
            if move.shifts and could_be_taken(tx, situation, terms[move.term_id], move.before):
                hold_place(tx, doc["_id"], move.term_id, move.before)
        review_places(tx)

    return effect


def _move_back(work: Work, facts: Facts) -> Effect:
    def effect(tx: Transaction) -> None:
        doc, moves = _both(tx, facts)
        let_go(tx, doc["_id"])
        situation = Situation(tx, doc["_id"])
        keep_year(tx, doc["plan_id"], "统一调整撤回 / retiming taken back", doc["asked_by"])
        for move in moves:
            term = tx.rows(TERMS).get(move.term_id)
            if lies_where_put(term, move):
                term |= {"delivery": "campus", "state": "placed", "pinned": doc["pinned"][move.term_id]}
                if move.after is not None and "windows" in doc:  # one begun by the release before has none
                    term = narrowed(term, doc["windows"][move.term_id], move.after)
                put_on_calendar(situation, term, move.before.of(move.term_id))
                save_placed(tx, term, doc["_id"])
                if move.after is None:
                    hold_sessions_again(tx, term)
        review_places(tx)

    return effect


def _follow(work: Work, facts: Facts) -> Effect:
    def effect(tx: Transaction) -> Facts:
        doc, moves = _both(tx, facts)
        staying = [move for move in moves if move.after is not None]
        made, numbers = retimed_tables(tx, staying), {}
        for each in made:
            drop_sessions(tx, each.term_id)
        for each in made:
            term = tx.rows(TERMS).get(each.term_id)
            timetable = timetable_of(tx, term)
            numbers[each.term_id] = timetable["number"]
            issue(tx, [Issue(term, timetable, each.after, of_draft=False)], doc["reason"], retiming_id=doc["_id"])
        for move in staying:
            term = tx.rows(TERMS).get(move.term_id)
            if move.leaves_place and timetable_of(tx, term)["draft"]:
                refit_draft(tx, term, _days(tx, {**term, **to_wire(move.before)}), (move.before.room_id,))
        return {"numbers_before": numbers}

    return effect


def _follow_back(work: Work, facts: Facts) -> Effect:
    def effect(tx: Transaction) -> None:
        doc, moves = _both(tx, facts)
        for move in moves:
            term, number = tx.rows(TERMS).get(move.term_id), facts["numbers_before"].get(move.term_id)
            if not lies_where_put(term, move):
                continue
            was = {**term, **to_wire(move.before), "delivery": "campus"}
            if number is not None:
                _issue_back(tx, doc, term, was, number)
            if move.leaves_place and timetable_of(tx, term)["draft"]:
                taught = taught_term(calendar_of(tx), term)
                refit_draft(tx, was, taught.days, (taught.room_id,))

    return effect


def _ask(work: Work, facts: Facts) -> Effect:
    def effect(tx: Transaction) -> None:
        doc, moves = _both(tx, facts)
        for move in moves:
            if move.shifts:
                ask_again(tx, tx.rows(TERMS).get(move.term_id), doc["_id"])

    return effect


def _ask_back(work: Work, facts: Facts) -> Effect:
    return lambda tx: restore_asked(tx, facts["retiming_id"])


def _announce(work: Work, facts: Facts) -> Effect:
    def effect(tx: Transaction) -> None:
        doc, moves = _both(tx, facts)
        for move in moves:
            term = tx.rows(TERMS).get(move.term_id)
            if not lies_where_put(term, move):
                raise overtaken(term)
            if move.outcome != "cancelled":
                mark(tx, term, "online" if move.outcome == "online" else "rescheduled", doc)
        let_go(tx, doc["_id"])
        tx.rows(RETIMINGS).save({**doc, "state": "done", "announced_at": tx.now})
        concerned = {row["term_id"]: [each["lecturer_id"] for each in row["lecturers"]] for row in doc["rows"]}
        data = {name: doc[name] for name in ("plan_id", "reason_code", "reason")}
        tx.emit(
            RETIMING_ANNOUNCED,
            {"retiming_id": doc["_id"], **data, "terms": [_told(move, concerned) for move in moves]},
            subject=doc["_id"],
        )

    return effect


RETIMING = Process(
    KIND,
    (
        Step("begin", _begin, _give_up),
        Step("reserve", _reserve, _release),
        Step("move_terms", _move, _move_back),
        Step("reissue_timetables", _follow, _follow_back),
        Step("ask_lecturers_again", _ask, _ask_back),
        Step("announce", _announce),
    ),
)
PROCESSES_OF_SCHEDULING = Processes(PROCESS_ADVANCED, (RETIMING,))


def _both(tx: Transaction, facts: Facts) -> tuple[Document, list[Move]]:
    doc = tx.rows(RETIMINGS).get(facts["retiming_id"])
    return doc, moves_of(doc)


def _issue_back(tx: Transaction, doc: Document, term: Document, was: Document, number: int) -> None:
    # The old place was held all the while; a lecturer may have been asked for elsewhere, and is left open then.
    old = issued_table(tx, term["_id"], number)
    setting = setting_of(tx, [was], [old])
    table = mended(old, setting.terms[term["_id"]].days, setting.limits, setting.blocks)
    # Nobody was told of the new table yet; of one that could not be brought back whole they have to hear.
    quiet = doc["_id"] if table == old else None
    again = Issue(term, timetable_of(tx, term), table, of_draft=False)
    issue(tx, [again], None, judged=False, retiming_id=quiet)


def _days(tx: Transaction, term: Document) -> tuple[date, ...]:
    return taught_term(calendar_of(tx), term).days


def _told(move: Move, concerned: dict[str, list[str]]) -> Document:
    return {
        "term_id": move.term_id,
        "outcome": move.outcome,
        "starts_on_before": move.before.starts_on,
        "ends_on_before": move.before.ends_on,
        "starts_on": move.after.starts_on if move.after else None,
        "ends_on": move.after.ends_on if move.after else None,
        "lecturer_ids": concerned.get(move.term_id, []),
    }
