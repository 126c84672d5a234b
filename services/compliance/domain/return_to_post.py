"""Return to post (返岗): what a unit confirms after a term, and when it is overdue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from services.compliance.domain.wording import Refusal


class AtPost(StrEnum):
    """Whether somebody is back: ``not_back`` is what the unit says, with a reason."""

    EXPECTED = "expected"
    BACK = "back"
    NOT_BACK = "not_back"


@dataclass(frozen=True, slots=True)
class Returner:
    """One person of a unit."""

    nomination_id: str
    state: AtPost = AtPost.EXPECTED
    returned_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Return:
    """The people of one unit and term who come back; ``escalated`` counts the steps announced so far."""

    people: tuple[Returner, ...]
    ended_on: date
    due_on: date
    escalated: int = 0

    @property
    def confirmed(self) -> bool:
        """Whether everybody is back."""
        return bool(self.people) and all(each.state is AtPost.BACK for each in self.people)

    @property
    def outstanding(self) -> tuple[str, ...]:
        """Who is not known to be back."""
        return tuple(each.nomination_id for each in self.people if each.state is not AtPost.BACK)

    def late(self, today: date) -> bool:
        """Return whether it was, or would be, confirmed late: after the due day, or somebody came back after it."""
        return today > self.due_on or any(each.returned_on and each.returned_on > self.due_on for each in self.people)

    def confirm(self, said: Returner, today: date) -> Return:
        """Return it with the unit's word on one person.

        Raises ``Refusal`` for somebody else's person, a day that lies ahead or before the term's end, and for
        somebody not back without a reason.
        """
        if said.nomination_id not in {each.nomination_id for each in self.people}:
            raise Refusal(
                "not-found",
                f"返岗名单中没有 {said.nomination_id}",
                f"{said.nomination_id} is not on the list of this return",
            )
        if said.state is AtPost.BACK and not (said.returned_on and self.ended_on <= said.returned_on <= today):
            raise Refusal(
                "returned-on",
                f"返岗日期应在{self.ended_on}至{today}之间",
                f"the day of return lies between {self.ended_on} and {today}",
            )
        if said.state is not AtPost.BACK and not said.note.strip():
            raise Refusal("reason-needed", "未返岗的请写明原因 note", "say in note why somebody is not back")
        kept = (said if each.nomination_id == said.nomination_id else each for each in self.people)
        return replace(self, people=tuple(kept))

    def joined(self, people: Iterable[Returner]) -> Return:
        """Return it with those who are not on its list yet."""
        listed = {each.nomination_id for each in self.people}
        return replace(self, people=(*self.people, *(each for each in people if each.nomination_id not in listed)))

    def without(self, nomination_id: str) -> Return:
        """Return it without somebody who left the term."""
        return replace(self, people=tuple(each for each in self.people if each.nomination_id != nomination_id))

    def step_due(self, today: date, steps: Sequence[date]) -> int:
        """Return which step of the escalation is due and not announced, counted from 1; 0 when none is.

        Of several steps passed since it was looked at last, the highest: each is announced once at most.
        """
        passed = sum(day <= today for day in steps)
        return passed if self.outstanding and passed > self.escalated else 0
