"""Lecture fees (讲课费) of one lecturer: every session of every term together.

A lecture given to several classes at once is paid once, and a half-day is paid for as many hours as the standard
allows, whichever terms it served. Both need all of a lecturer's sessions at hand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.enrollment.domain.fee_standard import Citation, LectureCharge, Taught
from services.enrollment.domain.wording import Refusal, Sentence

HALVES = ("morning", "afternoon", "evening")
NOTHING = Citation("", "", "design")


@dataclass(frozen=True, slots=True)
class Session:
    """One session a lecturer is named for, in class hours. ``joint_id`` ties one lecture to several terms."""

    session_id: str
    term_id: str
    title: str
    on: date
    half: str
    starts_at: str
    hours: Decimal
    grade: str | None
    joint_id: str | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was agreed with a lecturer for a term: a fee below the cap, an uplift approved in writing, or both."""

    rate_fen: int | None = None
    uplifted: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """What one session is paid, after tax; ``problem`` says why a person has to look, and then nothing is paid."""

    session: Session
    amount_fen: int
    paid_hours: Decimal
    reasons: tuple[Sentence, ...]
    citation: Citation
    problem: bool = False


Reckoning = Callable[[str, Taught], LectureCharge]
"""Asks the standard of a term (by its id) what was taught is paid. Raises ``Refusal``."""


def items_of(
    sessions: Iterable[Session], agreements: Mapping[str, Agreement], reckon: Reckoning
) -> dict[str, list[Item]]:
    """Return what each session is paid, by term, in the order they were taught.

    A joint lecture is paid by the first of its terms whose standard can reckon it.
    """
    items: dict[str, list[Item]] = {}
    joint: dict[str, Session] = {}
    hours: dict[tuple[date, str], Decimal] = {}
    for session in sorted(sessions, key=_order):
        paid_before = joint.get(session.joint_id) if session.joint_id else None
        if paid_before is not None:
            item = _paid_elsewhere(session, paid_before)
        else:
            half = (session.on, session.half)
            item = _paid(session, agreements.get(session.term_id, Agreement()), hours.get(half, Decimal(0)), reckon)
            hours[half] = hours.get(half, Decimal(0)) + item.paid_hours
            if session.joint_id and not item.problem:
                joint[session.joint_id] = session
        items.setdefault(session.term_id, []).append(item)
    return items


def _order(session: Session) -> tuple[date, int, str, str, str]:
    return (session.on, HALVES.index(session.half), session.starts_at, session.term_id, session.session_id)


def _paid(session: Session, agreement: Agreement, hours_before: Decimal, reckon: Reckoning) -> Item:
    if session.grade is None:
        return _problem(session, Sentence("教师职称未登记，无法核定讲课费", "the lecturer's grade is not known"))
    taught = Taught(session.on, session.grade, session.hours, hours_before, agreement.rate_fen, agreement.uplifted)
    try:
        charge = reckon(session.term_id, taught)
    except Refusal as refusal:
        return _problem(session, refusal.sentence)
    return Item(session, charge.amount_fen, charge.paid_hours, charge.reasons, charge.citation)


def _paid_elsewhere(session: Session, first: Session) -> Item:
    words = Sentence(
        f"合班授课，已随{first.on}{first.starts_at}同一讲课核定一次，不重复计发",
        f"one lecture to several classes, paid once with that of {first.on} {first.starts_at}",
    )
    return Item(session, 0, Decimal(0), (words,), NOTHING)


def _problem(session: Session, words: Sentence) -> Item:
    return Item(session, 0, Decimal(0), (words,), NOTHING, problem=True)
