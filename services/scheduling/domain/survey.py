"""A needs survey (需求调研): its questions, what an answer must hold, and the themes ranked by what units said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["rating", "choice", "number", "text"]
HIGHEST = 5
"""Ratings go from 1 (hardly needed) to 5 (urgently needed)."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``options`` are the themes that a rating rates and a choice chooses from.

    ``most`` is how many of them a choice may name.
    """

    question_id: str
    text: str
    kind: Kind
    options: tuple[str, ...] = ()
    most: int = 3
    required: bool = True


@dataclass(frozen=True, slots=True)
class Rating:
    """How urgently a unit needs a theme."""

    theme: str
    stars: int


@dataclass(frozen=True, slots=True)
class Answer:
    """A unit's answer to one question; which field counts depends on the question's kind."""

    question_id: str
    ratings: tuple[Rating, ...] = ()
    chosen: tuple[str, ...] = ()
    number: int | None = None
    text: str | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said."""
        return not (self.ratings or self.chosen or self.text) and self.number is None


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with one answer."""

    question_id: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme with its rank. ``points`` are those it is ranked by; the words say how they came about.

    ``rated_by`` units gave it ``average`` of 5 (tenths); ``chosen_by`` units named it among their choices.
    """

    rank: int
    title: str
    points: int
    rated_by: int
    average_tenths: int
    chosen_by: int
    zh: str
    en: str


def is_open(state: str, due_on: date, today: date) -> bool:
    """Return whether answers are taken: to the end of the last day, in the city's time."""
    return state == "open" and today <= due_on


def flaws_of_questions(questions: Iterable[Question]) -> list[Flaw]:
    """Return what is wrong with the questions themselves."""
    found = []
    for each in questions:
        if each.kind in ("rating", "choice") and len(each.options) < 2:
            found.append(
                Flaw(each.question_id, f"“{each.text}”至少要有两个选项", f"{each.text!r} needs at least two options")
            )
        if len(set(each.options)) < len(each.options):
            found.append(Flaw(each.question_id, f"“{each.text}”的选项有重复", f"{each.text!r} has doubled options"))
    return found


def flaws_of_answers(questions: Iterable[Question], answers: Iterable[Answer]) -> list[Flaw]:
    """Return what is wrong with a unit's answers; empty when they can be taken."""
    known = {each.question_id: each for each in questions}
    given = {each.question_id: each for each in answers}
    found = [
        Flaw(id, f"问卷中没有编号为“{id}”的问题", f"the survey has no question {id!r}")
        for id in given
        if id not in known
    ]
    for id, question in known.items():
        if id not in given or given[id].is_empty:
            if question.required:
                found.append(Flaw(id, f"“{question.text}”必须回答", f"{question.text!r} has to be answered"))
        else:
            found += _wrong(question, given[id])
    return found


def rank_themes(questions: Iterable[Question], units: Iterable[Iterable[Answer]]) -> list[Theme]:
    """Return the themes of all ratings and choices, the most wanted first.

    A theme gets the ratings that units gave it, and the highest rating for each unit that chose it among a few. The
    sum is what it is ranked by: what many need a little may go before what one needs a lot. Themes with the same sum
    stand in the order of the questions.
    """
    order: list[str] = []
    rated: dict[str, list[int]] = {}
    chosen: dict[str, int] = {}
    given = [{each.question_id: each for each in answers} for answers in units]
    for question in questions:
        if question.kind not in ("rating", "choice"):
            continue
        for option in question.options:
            if option not in rated:
                order.append(option)
                rated[option], chosen[option] = [], 0
        for answer in (answers[question.question_id] for answers in given if question.question_id in answers):
            for rating in answer.ratings:
                rated[rating.theme].append(rating.stars)
            for theme in answer.chosen:
                chosen[theme] += 1
    points = {title: sum(rated[title]) + HIGHEST * chosen[title] for title in order}
    ranked = sorted(order, key=lambda title: (-points[title], order.index(title)))
    return [
        _theme(rank, title, points[title], rated[title], chosen[title], len(given))
        for rank, title in enumerate(ranked, 1)
    ]


def _theme(rank: int, title: str, points: int, stars: list[int], chosen: int, units: int) -> Theme:
    tenths = round(10 * sum(stars) / len(stars)) if stars else 0
    average = f"{tenths // 10}.{tenths % 10}"
    zh, en = [], []
    if stars:
        zh.append(f"{len(stars)}个单位评分，平均{average}分，合计{sum(stars)}分")
        en.append(f"rated by {len(stars)} units at {average} on average, {sum(stars)} together")
    if chosen:
        zh.append(f"{chosen}个单位列为急需，每次计{HIGHEST}分")
        en.append(f"chosen by {chosen} units, {HIGHEST} each")
    if not zh:
        zh.append(f"{units}个单位均未提及")
        en.append(f"named by none of {units} units")
    return Theme(
        rank,
        title,
        points,
        len(stars),
        tenths,
        chosen,
        f"{'；'.join(zh)}；共{points}分",
        f"{'; '.join(en)}; {points} points",
    )


def _wrong(question: Question, answer: Answer) -> list[Flaw]:
    themes = [each.theme for each in answer.ratings] + list(answer.chosen)
    strange = sorted(set(themes) - set(question.options))
    if strange or len(set(themes)) < len(themes):
        words = (
            f"“{question.text}”请从给定选项中选择，不得重复",
            f"{question.text!r} takes different ones of its options",
        )
        return [Flaw(question.question_id, *words)]
    given = {"rating": answer.ratings, "choice": answer.chosen, "number": answer.number, "text": answer.text}
    if given[question.kind] in (None, (), "") or sum(value not in (None, (), "") for value in given.values()) > 1:
        name, name_en = _WANTED[question.kind]
        words = (
            f"“{question.text}”应{name}，不接受其他形式的回答",
            f"{question.text!r} takes {name_en} and nothing else",
        )
        return [Flaw(question.question_id, *words)]
    if len(answer.chosen) > question.most:
        words = f"“{question.text}”最多选{question.most}项", f"{question.text!r} takes at most {question.most} options"
        return [Flaw(question.question_id, *words)]
    return []


_WANTED = {
    "rating": (f"按主题评1至{HIGHEST}分", f"ratings from 1 to {HIGHEST}"),
    "choice": ("选择选项", "options"),
    "number": ("填数字", "a number"),
    "text": ("填文字", "a text"),
}
