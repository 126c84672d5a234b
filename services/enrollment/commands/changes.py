"""Correcting a nomination that came back, and withdrawing one."""

from __future__ import annotations

from typing import Any

from services.enrollment.commands.background import Background
from services.enrollment.commands.climbing import step_down
from services.enrollment.commands.leaving import leave
from services.enrollment.commands.matching import compare_corrected, let_names_lapse
from services.enrollment.commands.nominating import (
    TEXTS,
    Places,
    announce_filed,
    facts_at_filing,
    judgement,
    open_terms,
    person_fields,
    step,
)
from services.enrollment.commands.people import People, engagements_of, id_number_of
from services.enrollment.commands.refusals import fault_of
from services.enrollment.contract import Ineligible, TermCancelled
from services.enrollment.domain.citizen_id import CitizenId, read_citizen_id
from services.enrollment.domain.eligibility import RuleVerdict, Ruling
from services.enrollment.domain.nomination import State, Step, state_after
from services.enrollment.domain.roster import cells
from services.enrollment.domain.wording import Refusal
from services.enrollment.queries.nominations import shown_nomination
from services.enrollment.rulebook import Rulebook
from services.enrollment.store import NOMINATIONS
from shared.errors import Forbidden
from shared.security.caller import Role
from shared.storage import Transaction

_PURPOSE = "修改推荐时重新校验 / checked again when a nomination is corrected"


def correct_nomination(tx: Transaction, request: dict[str, Any], rules: Rulebook) -> dict[str, Any]:
    """Change a nomination and file it again: judged anew, its attestations void. What a rule refuses is not saved.

    Whether it is late follows the term: one filed for another term is late when it reaches that one after its closing.
    """
    row = tx.rows(NOMINATIONS).get_within_reach(request["nomination_id"])
    tx.expect(row)
    try:
        after = state_after(row["state"], Step.CORRECT)
        name = cells.name_of(request["name"]) if "name" in request else row["name"]
        citizen = read_citizen_id(
            cells.id_text_of(request["id_number"])
            if "id_number" in request
            else id_number_of(tx, row["person_id"], _PURPOSE),
            tx.today,
        )
        phone = cells.phone_of(request["phone"]) if "phone" in request else _phone(tx, row)
    except Refusal as refusal:
        raise fault_of(refusal) from None
    texts = {key: cells.text_of(request[key]) if key in request else row[key] for key in TEXTS}
    term_id: str = request.get("term_id") or row["term_id"]
    fields = person_fields(name, citizen, term_id, phone, texts)
    people = People(tx)
    people.read([row["person_id"]])
    people.read_numbers([citizen.number])
    before, person = people.one(row["person_id"]), people.with_number(citizen.number)
    verdicts, late = _judge(tx, rules, row, person, fields["term_id"], citizen, texts)
    if term_id != row["term_id"]:
        row["late"] = late
    people.release(before, row["_id"])
    people.engage(person, row["_id"], fields["term_id"])
    people.write()
    if (row["person_id"], row["name"]) != (person["_id"], name):
        let_names_lapse(tx, row["_id"])
    row |= fields | judgement(verdicts)
    row |= {
        "person_id": person["_id"],
        "attestations": [],
        "posts": [],
        "state": after.value,
        "snapshot_on": tx.today.isoformat(),
    }
    step_down(row)
    row["history"] = [*row["history"], step(tx, after.value)]
    row = tx.rows(NOMINATIONS).save(row)
    compare_corrected(tx, row)
    announce_filed(tx, [row])
    return shown_nomination(tx, row)


def withdraw_nomination(tx: Transaction, request: dict[str, Any]) -> dict[str, Any]:
    """Withdraw a nomination; of somebody admitted only the organisation department does, and the seat becomes free."""
    row = tx.rows(NOMINATIONS).get_within_reach(request["nomination_id"])
    tx.expect(row)
    if row["state"] == State.ADMITTED:
        _require_organiser(tx)
    try:
        return shown_nomination(tx, leave(tx, row, Step.WITHDRAW, request["reason_code"], request["note"]))
    except Refusal as refusal:
        raise fault_of(refusal, nomination_id=row["_id"]) from None


def _judge(
    tx: Transaction,
    rules: Rulebook,
    row: dict[str, Any],
    person: dict[str, Any],
    term_id: str,
    citizen: CitizenId,
    texts: dict[str, str],
) -> tuple[list[RuleVerdict], bool]:
    terms = open_terms(tx)
    if term_id not in terms:
        raise TermCancelled(
            f"没有编号为“{term_id}”的期，或该期已取消，请另选一期",
            f"there is no term {term_id!r}, or it was cancelled; choose another",
            term_id=term_id,
        )
    places = Places(tx, row["unit_id"], [term_id])
    background = Background(tx, [terms[term_id]])
    background.read_people([person["_id"]])
    others = engagements_of(person, terms, but=row["_id"])
    quota = places.facts(term_id)
    facts = facts_at_filing(tx.today, terms[term_id], row["unit_id"], citizen, texts, others, quota)
    verdicts = rules.judge(background.complete(facts, places.heads(term_id), person["_id"]))
    against = [item for item in verdicts if item.verdict.ruling is Ruling.REFUSE]
    if against:
        raise Ineligible(
            "修改后仍不符合条件，未保存：" + "；".join(item.verdict.reason.zh for item in against),
            "still not eligible, nothing was saved: " + "; ".join(item.verdict.reason.en for item in against),
            rules=[item.rule for item in against],
        )
    return verdicts, background.is_late(terms[term_id], tx.today)


def _phone(tx: Transaction, row: dict[str, Any]) -> str:
    phone: str | None = tx.rows(NOMINATIONS).unseal(row, "phone", purpose=_PURPOSE)
    return phone or ""


def _require_organiser(tx: Transaction) -> None:
    if Role.ORGANISATION_DEPARTMENT not in tx.caller.roles:
        raise Forbidden(
            "该学员已录取，请向组织部门申请更换人选或退出，由组织部门办理",
            "this person is admitted; ask the organisation department to replace or withdraw them",
        )
