"""Admission: seats of one term, given in review order, never one too many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from services.enrollment.commands.announcing import announce_admitted
from services.enrollment.commands.background import Background, heads_of
from services.enrollment.commands.hall import Hall
from services.enrollment.commands.nominating import facts_of, open_terms, quota_facts, step
from services.enrollment.commands.people import People, engagements_of
from services.enrollment.commands.refusals import problem_of
from services.enrollment.commands.review import refuse_if_refused
from services.enrollment.commands.standby import append
from services.enrollment.domain.eligibility import Stage, refuse_overlap
from services.enrollment.domain.nomination import State, Step, state_after
from services.enrollment.domain.standby import IN_LINE, Line
from services.enrollment.domain.wording import Refusal
from services.enrollment.queries.units import nominated_by_unit
from services.enrollment.rulebook import Rulebook
from services.enrollment.store import NOMINATIONS, STANDBY
from shared.errors import NotFound
from shared.storage import Transaction

_NO_SEAT = frozenset({"term-full", "quota-used", "no-quota"})
_REVIEW_ORDER = (("order", 1), ("_id", 1))


def admit_term(tx: Transaction, request: dict[str, Any], rules: Rulebook) -> dict[str, Any]:
    """Give the term's free seats to accepted people within reach, in review order; return who got one, and why not."""
    # Held, not only read: a cancellation at the same moment meets this admission instead of passing it by.
    hall = Hall(tx, request["term_id"], held=True)
    hall.require_open("不能录取", "nobody can be admitted")
    named = request["nomination_ids"]
    waiting = _accepted(tx, hall.term_id) if named is None else _named(tx, hall.term_id, named)
    admission = Admission(hall, rules)
    admission.read(waiting)
    left_out = []
    for row in waiting:
        try:
            admission.admit(row)
        except Refusal as refusal:
            if request["standby_left_out"] and refusal.code in _NO_SEAT:
                append(hall, row, Line.UNIT)
            left_out.append({"nomination_id": row["_id"], "unit_id": row["unit_id"], "problem": problem_of(refusal)})
    if admission.admitted:
        admission.write()
    return {
        "term_id": hall.term_id,
        "admitted": [row["_id"] for row in admission.admitted],
        "left_out": left_out,
        "capacity": hall.seats.capacity,
        "seats_left": hall.seats.left,
    }


class Admission:
    """A hall while its seats are given to people."""

    def __init__(self, hall: Hall, rules: Rulebook) -> None:
        self._hall, self._tx, self._rules = hall, hall.tx, rules
        self._terms = open_terms(self._tx)
        self._term = self._terms[hall.term_id]
        self._nominated = nominated_by_unit(self._tx, [hall.term_id]).get(hall.term_id, {})
        self._taken = Counter(hall.taken())
        self._background = Background(self._tx, [self._term])
        self._people = People(self._tx)
        self._in_line = {
            row["_id"]
            for row in self._tx.rows(STANDBY).find(
                {"term_id": hall.term_id, "state": {"$in": sorted(IN_LINE)}}, fields=("_id",)
            )
        }
        self.admitted: list[dict[str, Any]] = []

    def read(self, rows: Iterable[Mapping[str, Any]]) -> None:
        """Read the people behind these nominations, before any of them is admitted."""
        ids = [row["person_id"] for row in rows]
        self._people.read(ids)
        self._background.read_people(ids)

    def admit(self, row: dict[str, Any]) -> None:
        """Give a seat to an accepted nomination, or raise ``Refusal``.

        Capacity, quota, overlap and the order of standby are held here whatever rules are installed or switched off.
        """
        after = state_after(row["state"], Step.ADMIT)
        if row["_id"] in self._in_line:
            raise Refusal(
                "on-standby",
                "该人选在候补名单中，有空余名额时按顺序递补",
                "this person is on standby and is offered a seat in turn",
            )
        person = self._people.one(row["person_id"])
        others = engagements_of(person, self._terms, but=row["_id"], admitted_only=True)
        refuse_overlap(self._term, [other.term for other in others])
        taken = self._hall.seats.take(row["unit_id"])
        quota = quota_facts(self._hall.seats, row["unit_id"], self._nominated)
        facts = facts_of(row, Stage.ADMISSION, self._tx.today, self._term, others, quota)
        heads = heads_of(row["unit_id"], self._nominated, self._taken)
        refuse_if_refused(self._rules.judge(self._background.complete(facts, heads, row["person_id"])))
        self._hall.seats = taken
        self._people.engage(person, row["_id"], self._term.term_id, admitted=True)
        row |= {"state": after.value, "admitted_at": self._tx.now}
        row["history"] = [*row["history"], step(self._tx, after.value)]
        self._taken[row["unit_id"]] += 1
        self.admitted.append(row)

    def write(self) -> None:
        """Store seats, people and nominations, and tell who was admitted."""
        # The seats first: two admissions at once collide here, and the later one counts again.
        self._hall.save()
        self._people.write()
        self._tx.rows(NOMINATIONS).save_many(self.admitted)
        announce_admitted(self._tx, self._hall.term_id, self.admitted)


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
