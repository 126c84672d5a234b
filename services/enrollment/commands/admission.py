"""Admission: seats of one term, given in review order, never one too many."""

from __future__ import annotations

from typing import Any

from services.enrollment.commands.announcing import announce_admitted
from services.enrollment.commands.nominating import facts_of, open_terms, quota_facts, step
from services.enrollment.commands.people import People, engagements_of
from services.enrollment.commands.refusals import problem_of
from services.enrollment.commands.review import refuse_if_refused
from services.enrollment.contract import TermCancelled
from services.enrollment.domain.eligibility import QuotaFacts, Stage, refuse_overlap
from services.enrollment.domain.nomination import State, Step, state_after
from services.enrollment.domain.seats import Seats
from services.enrollment.domain.wording import Refusal
from services.enrollment.queries.units import nominated_by_unit
from services.enrollment.rulebook import Rulebook
from services.enrollment.store import NOMINATIONS, SEATS, TERMS, seats_fields, seats_from
from shared.errors import NotFound
from shared.storage import Transaction

_REVIEW_ORDER = (("order", 1), ("_id", 1))


def admit_term(tx: Transaction, request: dict[str, Any], rules: Rulebook) -> dict[str, Any]:
    """Give the term's free seats to accepted people within reach, in review order; return who got one, and why not."""
    # Held, not only read: a cancellation at the same moment meets this admission instead of passing it by.
    term = tx.rows(TERMS).hold(request["term_id"])
    if term["cancelled"]:
        raise TermCancelled(
            "该期已取消，不能录取", "the term was cancelled; nobody can be admitted", term_id=term["_id"]
        )
    seats_row = tx.rows(SEATS).get(term["_id"])
    hall = _Hall(tx, rules, term["_id"], seats_from(seats_row))
    named = request["nomination_ids"]
    waiting = _accepted(tx, term["_id"]) if named is None else _named(tx, term["_id"], named)
    hall.people.read(row["person_id"] for row in waiting)
    left_out = []
    for row in waiting:
        try:
            hall.admit(row)
        except Refusal as refusal:
            left_out.append({"nomination_id": row["_id"], "unit_id": row["unit_id"], "problem": problem_of(refusal)})
    if hall.admitted:
        # The seats first: two admissions at once collide here, and the later one counts again.
        tx.rows(SEATS).save({**seats_row, **seats_fields(hall.seats)})
        hall.people.write()
        tx.rows(NOMINATIONS).save_many(hall.admitted)
        announce_admitted(tx, term["_id"], hall.admitted)
    return {
        "term_id": term["_id"],
        "admitted": [row["_id"] for row in hall.admitted],
        "left_out": left_out,
        "capacity": hall.seats.capacity,
        "seats_left": hall.seats.left,
    }


class _Hall:
    """The term while seats are given."""

    def __init__(self, tx: Transaction, rules: Rulebook, term_id: str, seats: Seats) -> None:
        self._tx, self._rules = tx, rules
        self._terms = open_terms(tx)
        self._term = self._terms[term_id]
        self._nominated = nominated_by_unit(tx, [term_id]).get(term_id, {})
        self.seats = seats
        self.people = People(tx)
        self.admitted: list[dict[str, Any]] = []

    def admit(self, row: dict[str, Any]) -> None:
        """Give a seat to an accepted nomination, or raise ``Refusal``.

        Capacity, quota and overlap are held here whatever rules are installed or switched off.
        """
        after = state_after(row["state"], Step.ADMIT)
        person = self.people.one(row["person_id"])
        others = engagements_of(person, self._terms, but=row["_id"], admitted_only=True)
        refuse_overlap(self._term, [other.term for other in others])
        taken = self.seats.take(row["unit_id"])
        facts = facts_of(row, Stage.ADMISSION, self._tx.today, self._term, others, self._quota(row["unit_id"]))
        refuse_if_refused(self._rules.judge(facts))
        self.seats = taken
        self.people.engage(person, row["_id"], self._term.term_id, admitted=True)
        row |= {"state": after.value, "admitted_at": self._tx.now}
        row["history"] = [*row["history"], step(self._tx, after.value)]
        self.admitted.append(row)

    def _quota(self, unit_id: str) -> QuotaFacts:
        return quota_facts(self.seats, unit_id, self._nominated)


def _accepted(tx: Transaction, term_id: str) -> list[dict[str, Any]]:
    rows = tx.rows(NOMINATIONS)
    accepted = {"term_id": term_id, "state": State.ACCEPTED.value}
    return rows.find({"$and": [accepted, rows.reach()]}, sort=_REVIEW_ORDER)


def _named(tx: Transaction, term_id: str, nomination_ids: list[str]) -> list[dict[str, Any]]:
    wanted, rows = set(nomination_ids), tx.rows(NOMINATIONS)
    named = {"_id": {"$in": sorted(wanted)}, "term_id": term_id}
    found = rows.find({"$and": [named, rows.reach()]}, sort=_REVIEW_ORDER)
    missing = sorted(wanted - {row["_id"] for row in found})
    if missing:
        raise NotFound(
            f"有{len(missing)}份推荐不存在、不是报名本期的或不属于本单位（如{missing[0]}），整批未录取，请核对后重试",
            f"{len(missing)} nominations do not exist, are not for this term or not your unit's ({missing[0]} …);"
            " nobody was admitted",
            nomination_ids=missing[:50],
        )
    return found
