"""Evaluations: objects of Outcomes (成果运用).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import TypedDict


class Counted(TypedDict):
    """The answer was counted."""

    session_id: str
    counted: bool


class CriterionMean(TypedDict):
    """The mean of a criterion, 1 to 5; null while there are too few answers to hide anybody."""

    criterion: str
    zh: str
    en: str
    mean: str | None


class Evaluations(TypedDict):
    """The sessions of a term somebody answered about."""

    term_id: str
    least: int
    sessions: list[SessionEvaluation]


class Points(TypedDict):
    """One criterion's points, 5 the best."""

    criterion: str
    points: int


class SessionEvaluation(TypedDict):
    """What trainees think of a session. ``shown``: there are at least ``least`` answers, else nothing is told."""

    session_id: str
    session_title: str
    lecturer_id: str | None
    answers: int
    shown: bool
    criteria: list[CriterionMean]
    comments: list[str]
