"""What a letter says, before it is worded and set."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

LetterKind = Literal["transfer", "admission"]
KINDS: tuple[LetterKind, ...] = ("transfer", "admission")


_DAYS = ("starts_on", "ends_on", "reports_on", "replace_by")


@dataclass(frozen=True)
class Contact:
    """Whom to ring; each part may be missing."""

    person: str = ""
    phone: str = ""
    fax: str = ""


@dataclass(frozen=True)
class Issuer:
    """Who issues letters of one kind: full name in the red head, name at the signature, series of its numbers."""

    kind: LetterKind
    name: str
    signature: str
    series: str
    contact: Contact = Contact()


@dataclass(frozen=True)
class Term:
    """One term of a programme, as scheduling placed it.

    ``report_hours`` and ``opens_at`` are clock times in words, empty when not fixed. ``replace_by`` is the last day to
    report a replacement (plan, part two, point 2); ``None`` when no holiday table tells which day that is.
    """

    term_id: str
    programme_title: str
    ordinal: int
    starts_on: date
    ends_on: date
    days: int
    reports_on: date
    report_hours: str
    opens_at: str
    campus_title: str
    campus_address: str
    room_title: str
    notice_days: int
    notice_in_working_days: bool
    replace_by: date | None

    @property
    def title(self) -> str:
        """Programme and ordinal in one."""
        return f"{self.programme_title}（第{self.ordinal}期）"


@dataclass(frozen=True)
class Trainee:
    """One admitted person as letters name them."""

    nomination_id: str
    name: str
    sex: str
    workplace: str
    post: str
    rank: str


@dataclass(frozen=True)
class Facts:
    """All that one letter is made from, apart from its number and date."""

    kind: LetterKind
    issuer: Issuer
    term: Term
    unit_id: str
    unit_title: str
    trainees: tuple[Trainee, ...]

    def digest(self) -> str:
        """Return a digest that changes when the term or the people change: then the letter has to be issued anew.

        A new contact, a new name of the issuer or another order of the people changes no letter that is already out.
        """
        plain = self.to_json()
        people = sorted(plain["trainees"], key=lambda trainee: str(trainee["nomination_id"]))
        said = json.dumps([plain["term"], plain["unit_id"], people], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(said.encode()).hexdigest()

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON; ``from_json`` reads it back."""
        plain: dict[str, Any] = json.loads(json.dumps(asdict(self), default=date.isoformat))
        return plain

    @staticmethod
    def from_json(plain: dict[str, Any]) -> Facts:
        """Return the facts that ``to_json`` wrote."""
        issuer, term = plain["issuer"], plain["term"]
        days = {name: term[name] and date.fromisoformat(term[name]) for name in _DAYS}
        return Facts(
            kind=plain["kind"],
            issuer=Issuer(**{**issuer, "contact": Contact(**issuer["contact"])}),
            term=Term(**{**term, **days}),
            unit_id=plain["unit_id"],
            unit_title=plain["unit_title"],
            trainees=tuple(Trainee(**trainee) for trainee in plain["trainees"]),
        )
