"""What rules are told beside the nomination itself: conditions of the programme, heads of the unit, hours on record."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any

from services.enrollment.domain.conditions import Conditions
from services.enrollment.domain.eligibility import HeadFacts, HoursFacts, NominationFacts, TermFacts
from services.enrollment.domain.hours_ledger import Person, standing_on
from services.enrollment.domain.hours_rank import Position
from services.enrollment.domain.organisation import lies_in
from services.enrollment.limits import policy_table
from services.enrollment.store import CONDITIONS, HOURS_LEDGERS, conditions_from, credit_from
from shared.storage import View


class Background:
    """Read once for the terms and people at hand, asked for each nomination."""

    def __init__(self, view: View, terms: Iterable[TermFacts]) -> None:
        self._view = view
        self._ledgers: dict[str, dict[str, Any]] = {}
        self._policies = cache(policy_table().on)
        scopes = {scope for term in terms for scope in (term.term_id, term.programme_id)}
        found = view.rows(CONDITIONS).find({"_id": {"$in": sorted(scopes)}})
        self._conditions = {row["_id"]: conditions_from(row) for row in found}

    def read_people(self, person_ids: Iterable[str]) -> None:
        """Read the hours on record of these people."""
        ids = sorted(set(person_ids))
        found = self._view.rows(HOURS_LEDGERS).find({"_id": {"$in": ids}}) if ids else []
        self._ledgers |= {row["_id"]: row for row in found}

    def hours(self, person_id: str | None, rank: str, term: TermFacts) -> HoursFacts | None:
        """Return the hours on record for the year of the term against those the rank requires; read people before.

        Hours credited count, those a person only expects from other terms do not. ``None``: nothing is on record.
        """
        ledger = self._ledgers.get(person_id) if person_id else None
        if ledger is None:
            return None
        day = term.starts_on
        credits = tuple(credit_from(entry) for entry in ledger["entries"])
        standing = standing_on(Person((Position(day, rank),), credits), day, self._policies)
        return HoursFacts(
            standing.hours,
            standing.required_hours,
            standing.span.zh,
            standing.span.en,
            standing.citation.source,
            standing.days,
            standing.required_days,
        )

    def complete(self, facts: NominationFacts, heads: HeadFacts, person_id: str | None) -> NominationFacts:
        """Return the facts with conditions, heads and hours; ``person_id`` is null for somebody not known before."""
        return dataclasses.replace(
            facts,
            conditions=self._of(facts.term),
            closes_on=self.closes_on(facts.term),
            heads=heads,
            hours=self.hours(person_id, facts.rank or facts.post, facts.term),
        )

    def closes_on(self, term: TermFacts) -> date | None:
        """Return the last day of nominations for a term, ``None`` when none is set."""
        conditions = self._of(term)
        return conditions.closes_on if conditions else None

    def is_late(self, term: TermFacts, on: date) -> bool:
        """Return whether a nomination that reaches a term on that day comes after nominations closed."""
        closes_on = self.closes_on(term)
        return closes_on is not None and on > closes_on

    def _of(self, term: TermFacts) -> Conditions | None:
        wide, narrow = self._conditions.get(term.programme_id), self._conditions.get(term.term_id)
        return wide.narrowed_by(narrow) if wide else narrow


def heads_of(unit_id: str, nominated: Mapping[str, int], admitted: Mapping[str, int] | None = None) -> HeadFacts:
    """Return how many people of a unit and those below it are nominated and admitted; counts are by unit."""
    return HeadFacts(
        sum(count for other, count in nominated.items() if lies_in(other, unit_id)),
        sum(count for other, count in (admitted or {}).items() if lies_in(other, unit_id)),
    )
