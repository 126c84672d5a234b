"""Invitations: objects of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.scheduling.types.parts import Text


class CandidateRow(TypedDict):
    """A lecturer for a course. ``fee`` is the most the hours may cost, in yuan after tax."""

    lecturer_id: str
    name: str
    organisation: str
    grade: Literal["intermediate", "associate", "full", "academician"]
    suitable: bool
    score: int
    fee: str | None
    grounds: list[GroundRow]


class CourseProposals(TypedDict):
    """A course with its candidates, best first; nobody is proposed for self-study."""

    course_id: str
    title: str
    form: Literal["lecture", "discussion", "field", "self_study"]
    hours: int
    invitation_id: str | None
    invited_id: str | None
    invitation_state: str | None
    candidates: list[CandidateRow]


class GroundRow(TypedDict):
    """One ground of a proposal; points add up to the score, ``bars``: because of it the lecturer does not suit."""

    code: str
    points: int
    bars: bool
    words: Text


class Invitation(TypedDict):
    """An invitation of a lecturer to a course of a term."""

    invitation_id: str
    plan_id: str
    term_id: str
    programme_title: str
    ordinal: int
    starts_on: str | None
    ends_on: str | None
    campus_title: str | None
    campus_address: str | None
    course_id: str
    course_title: str
    hours: int
    lecturer_id: str
    lecturer_name: str
    state: Literal["invited", "confirmed", "declined", "lapsed", "withdrawn", "superseded"]
    due_on: str
    invited_at: str
    answered_at: str | None
    reason: str | None
    substitute_id: str | None
    instead_of: str | None
    retiming_id: str | None
    version: int


class InvitationPage(TypedDict):
    """One page of Invitation."""

    items: list[Invitation]
    next_cursor: NotRequired[str | None]


class OwnInvitations(TypedDict):
    """The invitations of the lecturer who asks, newest first."""

    items: list[Invitation]


class Proposals(TypedDict):
    """Proposals for a term by the scheme in force; ``budget_left`` is what it has left for lecturers, in yuan."""

    term_id: str
    budget_left: str | None
    items: list[CourseProposals]


class Substitute(TypedDict):
    """A colleague who could be named instead."""

    lecturer_id: str
    name: str
    organisation: str


class Substitutes(TypedDict):
    """Colleagues who could be named instead."""

    items: list[Substitute]
