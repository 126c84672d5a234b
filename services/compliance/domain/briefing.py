"""The briefing (纪律提醒) a unit owes the people it sends to a term."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta


class BriefingIsClosed(Exception):
    """The briefing is cancelled, or everybody was briefed already; ``state`` says which."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


@dataclass(frozen=True, slots=True)
class PersonalWord:
    """One trainee's own acknowledgement; ``points_sha256`` says of which text."""

    nomination_id: str
    at: datetime
    late: bool
    points_sha256: str


@dataclass(frozen=True)
class Briefing:
    """Who has to be briefed for one term by one unit, who was, and who said so personally."""

    term_id: str
    unit_id: str
    to_brief: frozenset[str] = frozenset()
    briefed: frozenset[str] = frozenset()
    withdrawn: frozenset[str] = frozenset()
    starts_on: date | None = None
    cancelled: bool = False
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    late: bool = False
    personal: tuple[PersonalWord, ...] = ()

    @property
    def state(self) -> str:
        """``cancelled`` (also when all withdrew), ``acknowledged`` (nobody left to brief) or ``opened``."""
        if self.cancelled or (self.withdrawn and not self.to_brief):
            return "cancelled"
        return "acknowledged" if self.acknowledged_by and self.to_brief <= self.briefed else "opened"

    @property
    def acknowledged_personally(self) -> frozenset[str]:
        """Who of those on it said so personally."""
        return self.to_brief & {word.nomination_id for word in self.personal}

    @property
    def complete(self) -> bool:
        """Whether the unit signed for everybody and everybody said so too."""
        return self.state == "acknowledged" and self.acknowledged_personally == self.to_brief

    def asks_anew(self, before: Briefing) -> bool:
        """Whether it is open, and was not, or is for more people or another day than ``before``."""
        more = self.starts_on != before.starts_on or not self.to_brief <= before.to_brief
        return self.state == "opened" and (before.state != "opened" or more)

    def due_on(self, days_before: int) -> date | None:
        """The last day for it, or ``None`` while the term's dates are unknown here."""
        return None if self.starts_on is None else self.starts_on - timedelta(days=days_before)

    def with_trainees(self, nomination_ids: frozenset[str]) -> Briefing:
        """Return the briefing with more people; newcomers open it again, who has withdrawn stays out."""
        return replace(self, to_brief=(self.to_brief | nomination_ids) - self.withdrawn)

    def without(self, nomination_id: str) -> Briefing:
        """Return the briefing without somebody who withdrew, whichever of the two news came first."""
        gone = frozenset({nomination_id})
        return replace(
            self, to_brief=self.to_brief - gone, briefed=self.briefed - gone, withdrawn=self.withdrawn | gone
        )

    def with_term(self, starts_on: date) -> Briefing:
        """Return the briefing of a term that is held, from this day on; it holds again if it was cancelled."""
        return replace(self, starts_on=starts_on, cancelled=False)

    def cancel(self) -> Briefing:
        """Return the briefing of a term that will not take place."""
        return replace(self, cancelled=True)

    def acknowledge(self, signer: str, at: datetime, today: date) -> Briefing:
        """Return the briefing signed for everybody now on it; after the opening day it counts as late.

        Raises ``BriefingIsClosed`` when nothing is open.
        """
        if self.state != "opened":
            raise BriefingIsClosed(self.state)
        late = self.late or (self.starts_on is not None and today >= self.starts_on)
        return replace(self, briefed=self.to_brief, acknowledged_by=signer, acknowledged_at=at, late=late)

    def acknowledge_personally(self, nomination_id: str, at: datetime, today: date, points_sha256: str) -> Briefing:
        """Return the briefing with one trainee's own word; saying it again changes nothing.

        Raises ``BriefingIsClosed`` when it was cancelled, and ``LookupError`` for somebody who is not on it.
        """
        if self.state == "cancelled":
            raise BriefingIsClosed(self.state)
        if nomination_id not in self.to_brief:
            raise LookupError(nomination_id)
        if nomination_id in self.acknowledged_personally:
            return self
        late = self.starts_on is not None and today >= self.starts_on
        return replace(self, personal=(*self.personal, PersonalWord(nomination_id, at, late, points_sha256)))
