"""Carrying out a replacement: four steps, each taken once, resumed wherever the service died.

The seat is never free in between: from the moment the old person gives it up until the new one has it, it is held for
this replacement, and if anything refuses, the old person gets it back.
"""

from __future__ import annotations

from typing import Any

from services.enrollment.commands.announcing import announce_admitted
from services.enrollment.commands.hall import Hall
from services.enrollment.commands.leaving import announce_left, end, release_person
from services.enrollment.commands.matching import let_names_lapse
from services.enrollment.commands.newcomers import judged_newcomer, nominate_newcomer, stored_newcomer
from services.enrollment.commands.nominating import judgement, step
from services.enrollment.commands.people import People
from services.enrollment.commands.refusals import fault_of
from services.enrollment.commands.standby import entry_in_line, settle, step_out
from services.enrollment.contract import PROCESS_ADVANCED, REPLACEMENT_APPROVED, REPLACEMENT_REFUSED
from services.enrollment.domain.nomination import State as NominationState
from services.enrollment.domain.nomination import Step as NominationStep
from services.enrollment.domain.nomination import state_after
from services.enrollment.domain.replacement import State
from services.enrollment.domain.standby import State as StandbyState
from services.enrollment.domain.wording import Refusal
from services.enrollment.limits import policy_table
from services.enrollment.rulebook import Rulebook
from services.enrollment.store import NOMINATIONS, REPLACEMENTS
from shared.runtime import Work
from shared.runtime.process import ROWS, Effect, Facts, Process, Processes, Step
from shared.storage import Transaction


def refuse_replacement(tx: Transaction, row: dict[str, Any], reason_code: str, note: str) -> dict[str, Any]:
    """End a replacement without effect and tell so; the person admitted stays admitted."""
    row |= {"state": State.REFUSED.value, "open_key": None, "refused_for": reason_code}
    row = tx.rows(REPLACEMENTS).save(row)
    data = {"replacement_id": row["_id"], "nomination_id": row["old_nomination_id"], "reason_code": reason_code}
    tx.emit(REPLACEMENT_REFUSED, data | {key: row[key] for key in ("term_id", "unit_id", "late")}, subject=row["_id"])
    return row


def _begin(work: Work, facts: Facts) -> Effect:
    return lambda tx: None


def _give_up(work: Work, facts: Facts) -> Effect:
    """Everything is as before: say why, and let the unit ask for somebody else."""

    def effect(tx: Transaction) -> None:
        row = tx.rows(REPLACEMENTS).get(facts["replacement_id"])
        failure = tx.rows(ROWS).get(row["process_id"])["failure"] or {}
        row["refusal"] = {key: failure.get(key, "") for key in ("zh", "en")}
        refuse_replacement(tx, row, "rules", "")

    return effect


def _check(work: Work, facts: Facts) -> Effect:
    rules = Rulebook(work.plugins, policy_table().on(work.clock.today()))

    def effect(tx: Transaction) -> None:
        row, old = _both(tx, facts)
        hall = _open_hall(tx, row)
        verdicts = judged_newcomer(tx, rules, hall, old, stored_newcomer(tx, row, old))
        tx.rows(REPLACEMENTS).save({**row, "verdicts": judgement(verdicts)["verdicts"]})

    return effect


def _withdraw_old(work: Work, facts: Facts) -> Effect:
    def effect(tx: Transaction) -> None:
        row, old = _both(tx, facts)
        hall = _open_hall(tx, row)
        after = _after(old, NominationStep.REPLACE)
        hall.seats = hall.seats.swap_out(row["_id"], old["unit_id"])
        hall.save()
        release_person(tx, old)
        tx.rows(NOMINATIONS).save(end(tx, old, after, "replaced", ""))

    return effect


def _put_back_old(work: Work, facts: Facts) -> Effect:
    def effect(tx: Transaction) -> None:
        row, old = _both(tx, facts)
        hall = Hall(tx, row["term_id"])
        hall.seats = hall.seats.take_held(row["_id"])
        hall.save()
        people = People(tx)
        people.read([old["person_id"]])
        people.engage(people.one(old["person_id"]), old["_id"], old["term_id"], admitted=True)
        people.write()
        after = _after(old, NominationStep.REINSTATE)
        old |= {"state": after.value, "withdrawal": None, "history": [*old["history"], step(tx, after.value)]}
        tx.rows(NOMINATIONS).save(old)

    return effect


def _admit_new(work: Work, facts: Facts) -> Effect:
    rules = Rulebook(work.plugins, policy_table().on(work.clock.today()))

    def effect(tx: Transaction) -> Facts:
        row, old = _both(tx, facts)
        hall = _open_hall(tx, row)
        newcomer = stored_newcomer(tx, row, old)
        verdicts = judged_newcomer(tx, rules, hall, old, newcomer)
        hall.seats = hall.seats.take_held(row["_id"])
        entry = entry_in_line(tx, newcomer.nomination["_id"]) if newcomer.nomination else None
        if entry is not None:
            step_out(hall, entry, StandbyState.ADMITTED, "")
        settle(hall)
        new = nominate_newcomer(tx, row, old, newcomer, verdicts)
        after = NominationState.ADMITTED.value
        new |= {"state": after, "admitted_at": tx.now, "replaces": old["_id"]}
        new["history"] = [*new["history"], step(tx, after)]
        rows = tx.rows(NOMINATIONS)
        new = rows.insert(new) if newcomer.nomination is None else rows.save(new)
        return {"new_nomination_id": new["_id"], "named": newcomer.nomination is not None}

    return effect


def _take_out_new(work: Work, facts: Facts) -> Effect:
    def effect(tx: Transaction) -> None:
        row, _ = _both(tx, facts)
        new = tx.rows(NOMINATIONS).get(facts["new_nomination_id"])
        hall = Hall(tx, row["term_id"])
        hall.seats = hall.seats.swap_out(row["_id"], new["unit_id"])
        hall.save()
        if facts["named"]:
            people = People(tx)
            people.read([new["person_id"]])
            people.engage(people.one(new["person_id"]), new["_id"], new["term_id"])
            people.write()
            back = NominationState.ACCEPTED.value
            new |= {"state": back, "admitted_at": None, "history": [*new["history"], step(tx, back)]}
        else:
            release_person(tx, new)
            new = end(tx, new, NominationState.WITHDRAWN, "other", "") | {"admitted_at": None}
        tx.rows(NOMINATIONS).save(new)

    return effect


def _announce(work: Work, facts: Facts) -> Effect:
    def effect(tx: Transaction) -> None:
        row, old = _both(tx, facts)
        new = tx.rows(NOMINATIONS).get(facts["new_nomination_id"])
        tx.rows(NOMINATIONS).save({**old, "replaced_by": new["_id"]})
        row |= {"state": State.APPROVED.value, "open_key": None, "new_nomination_id": new["_id"]}
        row = tx.rows(REPLACEMENTS).save(row)
        let_names_lapse(tx, old["_id"])
        announce_left(tx, old, was_admitted=True)
        announce_admitted(tx, row["term_id"], [new])
        data = {key: row[key] for key in ("term_id", "unit_id", "old_nomination_id", "reason_code", "late")}
        data |= {"replacement_id": row["_id"], "new_nomination_id": new["_id"]}
        tx.emit(REPLACEMENT_APPROVED, data, subject=row["_id"])

    return effect


def _both(tx: Transaction, facts: Facts) -> tuple[dict[str, Any], dict[str, Any]]:
    row = tx.rows(REPLACEMENTS).get(facts["replacement_id"])
    return row, tx.rows(NOMINATIONS).get(row["old_nomination_id"])


def _open_hall(tx: Transaction, row: dict[str, Any]) -> Hall:
    # Held: a cancellation of the term at this moment must not pass by.
    hall = Hall(tx, row["term_id"], held=True)
    hall.require_open("不能更换人选", "nobody can be replaced")
    return hall


def _after(row: dict[str, Any], how: NominationStep) -> NominationState:
    try:
        return state_after(row["state"], how)
    except Refusal as refusal:
        raise fault_of(refusal, nomination_id=row["_id"]) from None


REPLACEMENT = Process(
    "replacement",
    (
        Step("begin", _begin, undo=_give_up),
        Step("check", _check),
        Step("withdraw_old", _withdraw_old, undo=_put_back_old),
        Step("admit_new", _admit_new, undo=_take_out_new),
        Step("announce", _announce),
    ),
)
PROCESSES = Processes(PROCESS_ADVANCED, (REPLACEMENT,))
"""The long processes of enrollment."""
