"""The new person of a replacement: read from the request, kept sealed, judged by every rule, given the seat."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.enrollment.commands.background import Background, heads_of
from services.enrollment.commands.hall import Hall
from services.enrollment.commands.nominating import (
    TEXTS,
    facts_at_filing,
    facts_of,
    new_nomination,
    open_terms,
    person_fields,
    quota_facts,
)
from services.enrollment.commands.people import People, engagements_of, id_number_of
from services.enrollment.commands.refusals import fault_of
from services.enrollment.commands.review import refuse_if_refused
from services.enrollment.contract import Ineligible, WrongState
from services.enrollment.domain.citizen_id import CitizenId, read_citizen_id
from services.enrollment.domain.eligibility import RuleVerdict, Stage, refuse_overlap
from services.enrollment.domain.nomination import Criterion, State
from services.enrollment.domain.privacy import masked_phone
from services.enrollment.domain.roster import cells
from services.enrollment.domain.wording import Refusal
from services.enrollment.queries.units import nominated_by_unit
from services.enrollment.rulebook import Rulebook
from services.enrollment.store import NOMINATIONS, REPLACEMENTS
from shared.errors import Invalid
from shared.storage import Transaction

_PURPOSE = "更换人选资格审查与录取 / a replacement is judged and admitted"


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who is to go: described in the request, or somebody accepted before (``nomination``)."""

    name: str
    citizen: CitizenId
    phone: str
    texts: Mapping[str, str]
    nomination: dict[str, Any] | None = None

    def fields(self) -> dict[str, Any]:
        """Return the fields by which a replacement keeps this person."""
        named = self.nomination is not None
        return {
            "new_nomination_id": self.nomination["_id"] if self.nomination else None,
            "new_person": {
                "name": self.name,
                "sex": self.citizen.sex,
                "phone_masked": masked_phone(self.phone),
                **{key: self.texts.get(key, "") for key in TEXTS},
            },
            "id_number": None if named else self.citizen.number,
            "phone": None if named else self.phone or None,
        }


def newcomer_of(tx: Transaction, old: Mapping[str, Any], request: Mapping[str, Any]) -> Newcomer:
    """Return the person a request describes or names. Raises ``Fault``."""
    if request["new_nomination_id"]:
        return _named(tx, old, request["new_nomination_id"])
    missing = [key for key in ("name", "id_number", "post", "rank") if not request[key].strip()]
    if missing:
        raise Invalid(
            f"请填写新人选的{'、'.join(missing)}，或用 new_nomination_id 指定已审核通过的人选",
            f"the new person needs {', '.join(missing)}, or name somebody accepted by new_nomination_id",
            fields={key: ["required"] for key in missing},
        )
    try:
        return Newcomer(
            name=cells.name_of(request["name"]),
            citizen=read_citizen_id(cells.id_text_of(request["id_number"]), tx.today),
            phone=cells.phone_of(request["phone"]),
            texts={key: cells.text_of(request[key]) if key in request else "" for key in TEXTS},
        )
    except Refusal as refusal:
        raise fault_of(refusal) from None


def stored_newcomer(tx: Transaction, row: dict[str, Any], old: Mapping[str, Any]) -> Newcomer:
    """Return the person of a stored replacement; the number is opened under audit. Raises ``Fault``."""
    if row["new_nomination_id"]:
        return _named(tx, old, row["new_nomination_id"])
    rows, person = tx.rows(REPLACEMENTS), row["new_person"]
    citizen = read_citizen_id(rows.unseal(row, "id_number", purpose=_PURPOSE), tx.today)
    phone = rows.unseal(row, "phone", purpose=_PURPOSE) or ""
    return Newcomer(person["name"], citizen, phone, {key: person.get(key, "") for key in TEXTS})


def judged_newcomer(
    tx: Transaction, rules: Rulebook, hall: Hall, old: Mapping[str, Any], newcomer: Newcomer
) -> list[RuleVerdict]:
    """Return every rule's verdict on the new person in the old one's seat. Raises ``Ineligible`` when one refuses.

    Overlapping terms and a person replacing themselves are refused whatever rules are installed or switched off.
    """
    people = People(tx)
    people.read_numbers([newcomer.citizen.number])
    person = people.known(newcomer.citizen.number) or {"_id": None, "engagements": []}
    mine = newcomer.nomination["_id"] if newcomer.nomination else None
    terms = open_terms(tx)
    others = engagements_of(person, terms, but=mine)
    seats = hall.seats
    taken = Counter(hall.taken())
    if old["state"] == State.ADMITTED:
        seats = seats.swap_out("judged", old["unit_id"])
        taken[old["unit_id"]] -= 1
    background = Background(tx, [hall.facts])
    background.read_people([person["_id"]] if person["_id"] else [])
    nominated = nominated_by_unit(tx, [hall.term_id]).get(hall.term_id, {})
    quota = quota_facts(seats, old["unit_id"], nominated)
    if newcomer.nomination is not None:
        facts = facts_of(newcomer.nomination, Stage.ADMISSION, tx.today, hall.facts, others, quota)
    else:
        filed = facts_at_filing(tx.today, hall.facts, old["unit_id"], newcomer.citizen, newcomer.texts, others, quota)
        facts = dataclasses.replace(filed, stage=Stage.ADMISSION, attested=frozenset(Criterion))
    try:
        if person["_id"] == old["person_id"]:
            raise Refusal("same-person", "新人选与原人选是同一人", "the new person is the one to be replaced")
        refuse_overlap(hall.facts, [other.term for other in others if other.admitted])
        verdicts = rules.judge(background.complete(facts, heads_of(old["unit_id"], nominated, taken), person["_id"]))
        refuse_if_refused(verdicts)
    except Refusal as refusal:
        raise Ineligible(
            f"新人选不符合条件：{refusal.sentence.zh}",
            f"the new person is not eligible: {refusal.sentence.en}",
            rules=[refusal.code],
        ) from None
    return verdicts


def nominate_newcomer(
    tx: Transaction, row: Mapping[str, Any], old: Mapping[str, Any], newcomer: Newcomer, verdicts: list[RuleVerdict]
) -> dict[str, Any]:
    """Return the nomination by which the new person goes, not stored yet; the person is engaged and stored."""
    people = People(tx)
    people.read_numbers([newcomer.citizen.number])
    person = people.with_number(newcomer.citizen.number)
    nomination = newcomer.nomination
    if nomination is None:
        fields = person_fields(newcomer.name, newcomer.citizen, old["term_id"], newcomer.phone, newcomer.texts)
        nomination = new_nomination(tx, old["unit_id"], None, person["_id"], fields, verdicts)
        nomination["attestations"] = _attested(row, tx.caller.subject, row["requested_at"])
    people.engage(person, nomination["_id"], old["term_id"], admitted=True)
    people.write()
    return nomination


def _named(tx: Transaction, old: Mapping[str, Any], nomination_id: str) -> Newcomer:
    named = tx.rows(NOMINATIONS).get_within_reach(nomination_id)
    fits = (named["term_id"], named["unit_id"]) == (old["term_id"], old["unit_id"])
    if not fits or named["state"] != State.ACCEPTED:
        raise WrongState(
            "指定的人选须是本单位推荐到同一期、已审核通过且尚未录取的人选，请核对",
            "the nomination named must be of the same unit and term, accepted and without a seat; check it",
            nomination_id=named["_id"],
        )
    citizen = read_citizen_id(id_number_of(tx, named["person_id"], _PURPOSE), tx.today)
    phone = tx.rows(NOMINATIONS).unseal(named, "phone", purpose=_PURPOSE) or ""
    return Newcomer(named["name"], citizen, phone, {key: named[key] for key in TEXTS}, named)


def _attested(row: Mapping[str, Any], by: str, at: datetime) -> list[dict[str, Any]]:
    signed = {"signer": row["signer"], "signer_post": row["signer_post"], "signed_at": at, "by": by}
    return [{"criterion": criterion.value, **signed} for criterion in Criterion]
