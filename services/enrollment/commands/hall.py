"""A term while its seats change: read once, counted on, saved once."""

from __future__ import annotations

from typing import Any

from services.enrollment.contract import TermCancelled
from services.enrollment.domain.eligibility import TermFacts
from services.enrollment.domain.nomination import LIVE, State
from services.enrollment.store import NOMINATIONS, SEATS, TERMS, seats_fields, seats_from, term_facts
from shared.storage import Transaction, View


class Hall:
    """The seats of one term in one transaction.

    Whoever gives, frees, holds or moves a seat saves the one document of the term, so two at once collide and the
    later one counts again.
    """

    def __init__(self, tx: Transaction, term_id: str, held: bool = False) -> None:
        """``held``: the term itself is held too, so that a cancellation at the same moment does not pass by."""
        self.tx = tx
        self.term: dict[str, Any] = tx.rows(TERMS).hold(term_id) if held else tx.rows(TERMS).get(term_id)
        self.row: dict[str, Any] = tx.rows(SEATS).get(term_id)
        self.seats = seats_from(self.row)

    @property
    def term_id(self) -> str:
        """The term."""
        return str(self.term["_id"])

    @property
    def facts(self) -> TermFacts:
        """The term as rules are told of it."""
        return term_facts(self.term)

    def require_open(self, zh: str, en: str) -> None:
        """Raise ``TermCancelled`` when the term was cancelled: ``zh``, ``en`` say what therefore cannot be done."""
        if self.term["cancelled"]:
            raise TermCancelled(f"该期已取消，{zh}", f"the term was cancelled; {en}", term_id=self.term_id)

    def taken(self) -> dict[str, int]:
        """Return the admitted of each unit by itself."""
        return count_by_unit(self.tx, self.term_id, (State.ADMITTED,))

    def waiting(self) -> dict[str, int]:
        """Return the nominations of each unit by itself that still count and have no seat."""
        return count_by_unit(self.tx, self.term_id, tuple(LIVE - {State.ADMITTED}))

    def save(self) -> dict[str, Any]:
        """Store the seats as they are now and return their document."""
        self.row = self.tx.rows(SEATS).save({**self.row, **seats_fields(self.seats)})
        return self.row


def count_by_unit(view: View, term_id: str, states: tuple[State, ...]) -> dict[str, int]:
    """Return how many nominations of a term are in these states, by unit."""
    groups = view.rows(NOMINATIONS).aggregate(
        [
            {"$match": {"term_id": term_id, "state": {"$in": sorted(states)}}},
            {"$group": {"_id": "$unit_id", "count": {"$sum": 1}}},
        ]
    )
    return {group["_id"]: group["count"] for group in groups}
