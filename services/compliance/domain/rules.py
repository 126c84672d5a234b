"""The extension point ``compliance_rules``: what a rule is told about a trainee and how it answers.

A rule knows no name, no unit and no health: it judges hours, counts, a grade and sanctions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from services.compliance.domain.wording import Sentence
from shared.policies import Policies

API_VERSION = "1"


class Stage(StrEnum):
    """When a rule is asked: while the term runs, after every change, and when completion is decided."""

    STUDY = "study"
    COMPLETION = "completion"


class Ruling(StrEnum):
    """How a verdict turns out; ``FAILED`` is given by the platform when the rule itself broke."""

    MET = "met"
    BROKEN = "broken"
    PENDING = "pending"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class TraineeFacts:
    """Everything a rule may know.

    Hours are class hours on the current timetable; ``report_passed`` is ``None`` while no report is graded;
    ``sanctions`` are the steps in force, by the names of the policy ``conduct.ladder``.
    """

    stage: Stage
    total_hours: int
    attended_hours: int
    leave_hours: int
    absent_hours: int
    absent_half_days: int
    checked_in: bool
    report_passed: bool | None = None
    sanctions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rule's answer: the ruling, the reason in words, and where the limit comes from.

    ``withdraws`` is the reason code under which a broken rule calls for withdrawal (退学): it opens a case, which the
    organisation department decides. ``None``: a broken rule only stands against completion.
    """

    ruling: Ruling
    reason: Sentence
    source: str
    withdraws: str | None = None


class ComplianceRule(Protocol):
    """What a plugin of kind ``compliance_rules`` gives as its body: one object, no state, quick, no I/O."""

    stages: frozenset[Stage]

    def judge(self, facts: TraineeFacts, policies: Policies) -> Verdict:
        """Return the verdict on one trainee; it is asked at the rule's stages only."""


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """A verdict with the slug of the rule that gave it."""

    rule: str
    verdict: Verdict


def met(zh: str, en: str, source: str) -> Verdict:
    """Return a verdict that nothing stands against."""
    return Verdict(Ruling.MET, Sentence(zh, en), source)


def broken(zh: str, en: str, source: str, withdraws: str | None = None) -> Verdict:
    """Return a verdict that stands against completion, and calls for withdrawal when a reason code is given."""
    return Verdict(Ruling.BROKEN, Sentence(zh, en), source, withdraws)


def pending(zh: str, en: str, source: str) -> Verdict:
    """Return a verdict that waits for a fact."""
    return Verdict(Ruling.PENDING, Sentence(zh, en), source)


def broken_rule(slug: str) -> RuleVerdict:
    """Return the verdict that stands for a rule that raised: a person has to look."""
    reason = Sentence(
        f"规则“{slug}”运行出错，未能判断，请人工核实", f"rule {slug!r} broke and could not judge; a person has to look"
    )
    return RuleVerdict(slug, Verdict(Ruling.FAILED, reason, "平台 / platform"))


def outcome_of(verdicts: Iterable[RuleVerdict]) -> str:
    """Return ``completed``, ``not_completed`` or ``pending``; a rule that broke itself keeps it pending."""
    rulings = {item.verdict.ruling for item in verdicts}
    if Ruling.BROKEN in rulings:
        return "not_completed"
    return "pending" if rulings & {Ruling.PENDING, Ruling.FAILED} else "completed"
