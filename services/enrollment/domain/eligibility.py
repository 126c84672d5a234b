"""The extension point ``eligibility_rules``: what a rule is told about a nomination and how it answers.

A rule gets no name, no identity number and no phone: it judges posts, dates, states and counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from services.enrollment.domain.conditions import Conditions
from services.enrollment.domain.wording import Refusal, Sentence
from shared.policies import Policies

API_VERSION = "1"


class Stage(StrEnum):
    """When a rule is asked: at filing, at the organisation department's review, at admission."""

    NOMINATION = "nomination"
    REVIEW = "review"
    ADMISSION = "admission"


class Ruling(StrEnum):
    """How a verdict turns out; ``FAILED`` is given by the platform when the rule itself broke."""

    PASS = "pass"  # noqa: S105 (a ruling, no password)
    WARN = "warn"
    REFUSE = "refuse"
    PENDING = "pending"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class TermFacts:
    """One term of a programme; both days belong to it."""

    term_id: str
    programme_id: str
    programme_ordinal: int
    programme_title: str
    ordinal: int
    starts_on: date
    ends_on: date

    def label(self) -> Sentence:
        """Return how people call it."""
        return Sentence(
            f"“{self.programme_title}”第{self.ordinal}期（{self.starts_on}至{self.ends_on}）",
            f"term {self.ordinal} of programme {self.programme_ordinal} ({self.starts_on} to {self.ends_on})",
        )

    def overlaps(self, other: TermFacts) -> bool:
        """Return whether the two share at least one day."""
        return self.starts_on <= other.ends_on and other.starts_on <= self.ends_on


@dataclass(frozen=True, slots=True)
class Engagement:
    """Another nomination of the same person that still counts; ``admitted`` or only nominated."""

    nomination_id: str
    term: TermFacts
    admitted: bool


@dataclass(frozen=True, slots=True)
class QuotaFacts:
    """The unit's places in the term (``None``: none allotted) and their use, this nomination not counted."""

    places: int | None
    nominated: int
    admitted: int


@dataclass(frozen=True, slots=True)
class HeadFacts:
    """People of the unit and those below it in the term; the nomination at hand is not among the admitted."""

    nominated: int
    admitted: int


@dataclass(frozen=True, slots=True)
class HoursFacts:
    """Class hours on record against those the person's rank requires, within ``span`` (a year, or five).

    ``required_days`` is null where only hours are asked; otherwise enough days meet the requirement as well.
    """

    earned: int
    required: int
    span_zh: str
    span_en: str
    source: str
    days: int = 0
    required_days: int | None = None

    @property
    def gap(self) -> int:
        """Hours still missing; never below zero, and none once the requirement is met by days."""
        if self.required_days is not None and self.days >= self.required_days:
            return 0
        return max(0, self.required - self.earned)


@dataclass(frozen=True, slots=True)
class NominationFacts:
    """Everything a rule may know. ``attested`` holds the criteria signed so far; ``id_problem`` is set when the
    identity number does not hold, ``id_warnings`` when it holds with a remark. ``conditions`` are what the programme or
    term asks; ``hours`` is null while nothing is on record."""

    stage: Stage
    today: date
    term: TermFacts
    unit_id: str
    post: str
    rank: str
    sex: str | None = None
    born_on: date | None = None
    attested: frozenset[str] = frozenset()
    others: tuple[Engagement, ...] = ()
    quota: QuotaFacts = field(default=QuotaFacts(None, 0, 0))
    id_problem: Sentence | None = None
    id_warnings: tuple[Sentence, ...] = ()
    heads: HeadFacts = field(default=HeadFacts(0, 0))
    conditions: Conditions | None = None
    closes_on: date | None = None
    hours: HoursFacts | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rule's answer: the ruling, the reason in words, and where the limit comes from."""

    ruling: Ruling
    reason: Sentence
    source: str


class EligibilityRule(Protocol):
    """What a plugin of kind ``eligibility_rules`` gives as its body: one object, no state, quick, no I/O."""

    def judge(self, facts: NominationFacts, policies: Policies) -> Verdict:
        """Return the verdict on one nomination."""


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """A verdict with the slug of the rule that gave it."""

    rule: str
    verdict: Verdict


def passed(zh: str, en: str, source: str) -> Verdict:
    """Return a verdict that lets the nomination pass."""
    return Verdict(Ruling.PASS, Sentence(zh, en), source)


def warned(zh: str, en: str, source: str) -> Verdict:
    """Return a verdict that a person should look at."""
    return Verdict(Ruling.WARN, Sentence(zh, en), source)


def refused(zh: str, en: str, source: str) -> Verdict:
    """Return a verdict that stops the nomination."""
    return Verdict(Ruling.REFUSE, Sentence(zh, en), source)


def refuse_overlap(term: TermFacts, others: Iterable[TermFacts]) -> None:
    """Raise ``Refusal`` when the person is admitted to another term that shares a day with this one."""
    for other in others:
        if other.term_id == term.term_id:
            raise Refusal("already-admitted", "该人已在本期录取", "the person is admitted to this term already")
        if other.overlaps(term):
            label = other.label()
            raise Refusal(
                "overlapping_terms",
                f"该人已录取到{label.zh}，日期重叠，不能再录取",
                f"the person is admitted to {label.en}, which shares days with this term",
            )


def broken_rule(slug: str) -> RuleVerdict:
    """Return the verdict that stands for a rule that raised: a person has to decide."""
    reason = Sentence(
        f"规则“{slug}”运行出错，未能判断，请人工核实", f"rule {slug!r} broke and could not judge; a person has to look"
    )
    return RuleVerdict(slug, Verdict(Ruling.FAILED, reason, "平台 / platform"))


def outcome_of(verdicts: Iterable[RuleVerdict]) -> str:
    """Return ``refused``, ``warned`` or ``eligible``: the gravest ruling decides; a broken rule counts as a warning."""
    rulings = {item.verdict.ruling for item in verdicts}
    if Ruling.REFUSE in rulings:
        return "refused"
    return "warned" if rulings & {Ruling.WARN, Ruling.FAILED} else "eligible"
