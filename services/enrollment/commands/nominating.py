"""From an entry to a nomination: the facts a rule is told, and the document that is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from datetime import date
from typing import Any

from services.enrollment.commands.background import heads_of
from services.enrollment.contract import NOMINATIONS_FILED
from services.enrollment.domain.citizen_id import CitizenId
from services.enrollment.domain.eligibility import (
    Engagement,
    HeadFacts,
    NominationFacts,
    QuotaFacts,
    RuleVerdict,
    Ruling,
    Stage,
    TermFacts,
    outcome_of,
)
from services.enrollment.domain.nomination import State
from services.enrollment.domain.organisation import lies_in
from services.enrollment.domain.privacy import masked_phone
from services.enrollment.domain.seats import Seats
from services.enrollment.queries.units import nominated_by_unit
from services.enrollment.store import SEATS, TERMS, seats_from, term_facts
from shared.identifiers import new_id
from shared.storage import Transaction, View

TEXTS = ("ethnicity", "political_status", "education", "workplace", "post", "rank", "diet", "remark")


def open_terms(view: View) -> dict[str, TermFacts]:
    """Return every term that was not cancelled, by id."""
    return {row["_id"]: term_facts(row) for row in view.rows(TERMS).find({"cancelled": False})}


class Places:
    """Quotas of one unit in several terms, counted on while a roster is filed."""

    def __init__(self, view: View, unit_id: str, term_ids: Sequence[str]) -> None:
        ids = sorted(set(term_ids))
        self._unit_id = unit_id
        self._seats = {row["_id"]: seats_from(row) for row in view.rows(SEATS).find({"_id": {"$in": ids}})}
        self._nominated = nominated_by_unit(view, ids)

    def copy(self) -> Places:
        """Return a copy to count on in a transaction that may be tried again."""
        twin = copy(self)
        twin._nominated = {term_id: dict(units) for term_id, units in self._nominated.items()}
        return twin

    def facts(self, term_id: str) -> QuotaFacts:
        """Return the nearest allotment at or above the unit, and its use."""
        return quota_facts(self._seats.get(term_id), self._unit_id, self._nominated.get(term_id, {}))

    def heads(self, term_id: str) -> HeadFacts:
        """Return how many people of the unit and those below it are nominated for the term."""
        return heads_of(self._unit_id, self._nominated.get(term_id, {}))

    def count(self, term_id: str) -> None:
        """Count one more nomination of the unit."""
        units = self._nominated.setdefault(term_id, {})
        units[self._unit_id] = units.get(self._unit_id, 0) + 1


def quota_facts(seats: Seats | None, unit_id: str, nominated: Mapping[str, int]) -> QuotaFacts:
    """Return what a rule is told about the unit's places."""
    allotment = seats.allotment_for(unit_id) if seats else None
    root = allotment.unit_id if allotment else unit_id
    used = sum(count for unit, count in nominated.items() if lies_in(unit, root))
    if allotment is None:
        return QuotaFacts(None, used, 0)
    return QuotaFacts(allotment.places, used, allotment.admitted)


def facts_at_filing(
    today: date,
    term: TermFacts,
    unit_id: str,
    citizen: CitizenId,
    texts: Mapping[str, str],
    others: tuple[Engagement, ...],
    quota: QuotaFacts,
) -> NominationFacts:
    """Return what the rules are told when a nomination is filed or filed again."""
    return NominationFacts(
        stage=Stage.NOMINATION,
        today=today,
        term=term,
        unit_id=unit_id,
        post=texts.get("post", ""),
        rank=texts.get("rank", ""),
        sex=citizen.sex,
        born_on=citizen.born_on,
        others=others,
        quota=quota,
        id_warnings=citizen.warnings,
    )


def facts_of(
    row: Mapping[str, Any],
    stage: Stage,
    today: date,
    term: TermFacts,
    others: tuple[Engagement, ...],
    quota: QuotaFacts,
) -> NominationFacts:
    """Return what the rules are told about a stored nomination."""
    return NominationFacts(
        stage=stage,
        today=today,
        term=term,
        unit_id=row["unit_id"],
        post=row["post"],
        rank=row["rank"],
        sex=row["sex"],
        born_on=date.fromisoformat(row["born_on"]),
        attested=frozenset(item["criterion"] for item in row["attestations"]),
        others=others,
        quota=quota,
    )


def new_nomination(
    tx: Transaction,
    unit_id: str,
    import_id: str | None,
    person_id: str,
    fields: Mapping[str, Any],
    verdicts: Sequence[RuleVerdict],
) -> dict[str, Any]:
    """Return the document of a new nomination; refused by a rule, it is kept in the state ``refused``."""
    judged = judgement(verdicts)
    state = State.REFUSED if judged["outcome"] == "refused" else State.FILED
    return {
        "_id": new_id("nom"),
        "person_id": person_id,
        "unit_id": unit_id,
        "import_id": import_id,
        **fields,
        **judged,
        "state": state.value,
        "order": "",
        "late": False,
        "attestations": [],
        "posts": [],
        "review": None,
        "reviews": [],
        "ladder": [],
        "passed": [],
        "awaits": None,
        "snapshot_on": tx.today.isoformat(),
        "history": [step(tx, state.value)],
        "filed_at": tx.now,
        "admitted_at": None,
    }


def person_fields(name: str, citizen: CitizenId, term_id: str, phone: str, texts: Mapping[str, str]) -> dict[str, Any]:
    """Return the fields of a nomination that come from the unit; post and rank are the snapshot of that day."""
    return {
        "term_id": term_id,
        "name": name,
        "sex": citizen.sex,
        "born_on": citizen.born_on.isoformat(),
        "phone": phone or None,
        "phone_masked": masked_phone(phone),
        **{key: texts.get(key, "") for key in TEXTS},
    }


def judgement(verdicts: Sequence[RuleVerdict]) -> dict[str, Any]:
    """Return verdicts and their outcome as they are stored."""
    return {
        "outcome": outcome_of(verdicts),
        "needs_human": any(item.verdict.ruling is Ruling.FAILED for item in verdicts),
        "verdicts": [
            {
                "rule": item.rule,
                "ruling": item.verdict.ruling.value,
                "reason": item.verdict.reason.plain(),
                "source": item.verdict.source,
            }
            for item in verdicts
        ],
    }


def step(tx: Transaction, state: str) -> dict[str, Any]:
    """Return a row of a nomination's history."""
    return {"state": state, "at": tx.now, "by": tx.caller.subject}


def announce_filed(tx: Transaction, rows: Iterable[Mapping[str, Any]]) -> None:
    """Tell of nominations filed: one event a term and unit."""
    for (term_id, unit_id), some in by_term_and_unit(rows):
        nominations = [{"nomination_id": row["_id"], "outcome": row["outcome"]} for row in some]
        data = {"term_id": term_id, "unit_id": unit_id, "nominations": nominations}
        tx.emit(NOMINATIONS_FILED, data, subject=term_id)


def by_term_and_unit(
    rows: Iterable[Mapping[str, Any]],
) -> Iterator[tuple[tuple[str, str], list[Mapping[str, Any]]]]:
    """Yield (term, unit) and its nominations, in order."""
    groups: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["term_id"], row["unit_id"]].append(row)
    yield from sorted(groups.items())
