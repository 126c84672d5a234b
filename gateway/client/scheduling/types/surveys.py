"""Surveys: objects of Plans and scheduling (计划与排期).

Made from the contract by ``python -m gateway.generate``: do not edit.
"""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from gateway.client.scheduling.types.parts import Text


class AnswerFields(TypedDict):
    """The answer to one question; which field counts depends on the question's kind."""

    question_id: str
    ratings: NotRequired[list[RatingFields]]
    chosen: NotRequired[list[str]]
    number: NotRequired[int | None]
    text: NotRequired[str | None]


class QuestionFields(TypedDict):
    """A question. A rating gives 1 to 5 to each theme; a choice names at most ``most`` of its options."""

    question_id: NotRequired[str | None]
    text: str
    kind: Literal["rating", "choice", "number", "text"]
    options: NotRequired[list[str]]
    most: NotRequired[int]
    required: NotRequired[bool]


class RankedTheme(TypedDict):
    """A theme with its rank, and in words how its points came about."""

    rank: int
    title: str
    points: int
    rated_by: int
    average: float | None
    chosen_by: int
    words: Text


class Ranking(TypedDict):
    """The themes by what units said so far; final once the survey is closed."""

    survey_id: str
    final: bool
    units: int
    answers: int
    themes: list[RankedTheme]


class RatingFields(TypedDict):
    """How urgently a theme is needed, from 1 to 5."""

    theme: str
    stars: int


class Survey(TypedDict):
    """A survey with its questions. ``unanswered`` are the units still to answer, as far as the caller reaches."""

    survey_id: str
    plan_id: str
    title: str
    state: Literal["draft", "open", "closed"]
    due_on: str | None
    units: int
    answers: int
    version: int
    introduction: str
    questions: list[QuestionFields]
    unit_ids: list[str]
    unanswered: list[str]
    closed_at: str | None


class SurveyAnswer(TypedDict):
    """One unit's answers."""

    survey_id: str
    unit_id: str
    answers: list[AnswerFields]
    answered_at: str
    answered_by: str
    version: int


class SurveyAnswerPage(TypedDict):
    """One page of SurveyAnswer."""

    items: list[SurveyAnswer]
    next_cursor: NotRequired[str | None]


class SurveyRow(TypedDict):
    """A survey in a list."""

    survey_id: str
    plan_id: str
    title: str
    state: Literal["draft", "open", "closed"]
    due_on: str | None
    units: int
    answers: int
    version: int


class SurveyRowPage(TypedDict):
    """One page of SurveyRow."""

    items: list[SurveyRow]
    next_cursor: NotRequired[str | None]
