"""The lines of a fee order: what is charged for each person, anew whenever dates or people change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from services.enrollment.domain.fee_departure import Departure, kept_charge
from services.enrollment.domain.fee_scope import FeeChoice
from services.enrollment.domain.fee_standard import Charge, Citation, Stay
from services.enrollment.domain.money import shown
from services.enrollment.domain.wording import Sentence
from shared.policies import Policies, Policy


@dataclass(frozen=True, slots=True)
class Course:
    """A term as fees see it; ``reports_on`` is the day people arrive, ``None`` when it was never announced.

    ``free_days`` lie within it and have no training.
    """

    starts_on: date
    reports_on: date | None
    training_days: int
    cancelled: bool = False
    free_days: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who was admitted, and how they left if they did."""

    nomination_id: str
    departure: Departure | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What is charged for one person, in fen, with the reasons in words and where they come from.

    ``of_cancelled``: reckoned while the term was cancelled.
    """

    nomination_id: str
    amount_fen: int
    days: int
    departure: Departure | None
    standard: str
    fee_class: str
    reasons: tuple[Sentence, ...]
    citation: Citation
    of_cancelled: bool = False

    @property
    def charged(self) -> bool:
        """Whether the person still takes part."""
        return self.departure is None


@dataclass(frozen=True, slots=True)
class DueRule:
    """When an order is due: so many days from the day of reporting, or after an assessment that came later."""

    days_from_reporting: int
    days_after_late_assessment: int


def stay_of(course: Course, choice: FeeChoice) -> Stay:
    """Return the days a term asks of one person; the edition of its first day counts."""
    arrival = 0 if course.reports_on is None else max(0, (course.starts_on - course.reports_on).days)
    return Stay(course.starts_on, choice.fee_class, course.training_days, arrival, choice.departure_days)


def line_of(
    seat: Seat,
    course: Course,
    choice: FeeChoice,
    charge: Callable[[Stay], Charge],
    policies: Policies,
    before: Line | None,
) -> Line:
    """Return somebody's line.

    What was settled when they left stays, also when the term's dates move afterwards; only a cancellation, the end of
    one, or another reason for leaving is reckoned anew. Raises ``Refusal`` where the standard refuses.
    """
    stay = stay_of(course, choice)
    if course.cancelled:
        given = _cancelled(policies["fee.refund.cancelled"], charge(stay))
    elif seat.departure is None:
        given = charge(stay)
    elif before is not None and _settled(before, seat.departure):
        return before
    else:
        policy = policies[f"fee.refund.{seat.departure.kind}"]
        given = kept_charge(policy, seat.departure, course.starts_on, stay, charge, course.free_days)
    return Line(
        nomination_id=seat.nomination_id,
        amount_fen=given.amount_fen,
        days=given.days,
        departure=seat.departure,
        standard=choice.standard,
        fee_class=choice.fee_class,
        reasons=given.reasons,
        citation=given.citation,
        of_cancelled=course.cancelled,
    )


def due_day(rule: DueRule, course: Course, today: date) -> date:
    """Return the day an order assessed today is due."""
    anchor = course.reports_on or course.starts_on
    due = anchor + timedelta(days=rule.days_from_reporting)
    return due if due >= today else today + timedelta(days=rule.days_after_late_assessment)


def _settled(before: Line, departure: Departure) -> bool:
    return before.departure is not None and before.departure.settles(departure) and not before.of_cancelled


def _cancelled(policy: Policy, full: Charge) -> Charge:
    keep = 0 if policy.value["keep"] == "none" else full.amount_fen
    words = Sentence(
        f"班次已取消，计{shown(keep)}元（默认规则，未核实）",
        f"the term was cancelled, {shown(keep)} yuan (a default, unverified)",
    )
    return Charge(keep, full.days if keep else 0, (words,), Citation("", policy.source, policy.basis))
