"""Lecture fees: objects of Enrollment (选调与录取).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import NotRequired, TypedDict

from gateway.client.enrollment.types.fee_parts import Cited
from gateway.client.enrollment.types.parts import Text


class GivenUplift(TypedDict):
    """The written approval to pay somebody from elsewhere more, where the standard allows it."""

    document: str
    approver: str
    approved_on: str


class LectureAgreement(TypedDict):
    """What was agreed; ``rate`` is for a class hour, or a half-day where the standard counts so, after tax."""

    rate: str | None
    uplift: Uplift | None
    note: str


class LectureFee(TypedDict):
    """A statement with its sessions and what it was before."""

    lecturer_id: str
    term_id: str
    number: int
    sessions: int
    hours: str
    paid_hours: str
    amount: str
    problems: int
    reckoned_at: str
    version: int
    agreement: LectureAgreement | None
    items: list[LectureItem]
    history: list[LectureFeeBefore]


class LectureFeeBefore(TypedDict):
    """What it was before."""

    number: int
    amount: str
    at: str


class LectureFeeSummary(TypedDict):
    """What a lecturer is paid for a term, after tax; ``number`` rises whenever it was reckoned to something else."""

    lecturer_id: str
    term_id: str
    number: int
    sessions: int
    hours: str
    paid_hours: str
    amount: str
    problems: int
    reckoned_at: str
    version: int


class LectureFeeSummaryPage(TypedDict):
    """One page of LectureFeeSummary."""

    items: list[LectureFeeSummary]
    next_cursor: NotRequired[str | None]


class LectureFees(TypedDict):
    """Every statement of a lecturer."""

    items: list[LectureFee]


class LectureItem(TypedDict):
    """What one session is paid and why; with ``problem`` nothing, until a person has looked."""

    session_id: str
    title: str
    on: str
    half: str
    starts_at: str
    grade: str | None
    joint_id: str | None
    hours: str
    paid_hours: str
    amount: str
    reasons: list[Text]
    citation: Cited | None
    problem: bool


class Uplift(TypedDict):
    """The written approval behind an uplift."""

    document: str
    approver: str
    approved_on: str
