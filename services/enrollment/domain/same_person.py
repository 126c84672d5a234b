"""Whether two records may be of one person: a score with its reasons. A person decides; a score joins nobody."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.enrollment.domain.organisation import lies_in
from services.enrollment.domain.wording import Sentence

NameRatio = Callable[[str, str], float]
"""How alike two plain names are, from 0 to 1."""
_NOT_READ = "·-'’ "


@dataclass(frozen=True, slots=True)
class Face:
    """What rosters said of somebody besides the identity number; ``names`` are plain ones, ``phones`` masked ones."""

    names: tuple[str, ...]
    born_on: date
    sex: str | None
    unit_ids: tuple[str, ...]
    workplaces: tuple[str, ...]
    phones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """What each likeness counts; from ``least`` on a person is asked. Names below ``name_ratio`` are not alike."""

    least: int
    name: int
    name_ratio: float
    born_on: int
    birth_figures: int
    unit: int
    workplace: int
    phone: int

    @classmethod
    def from_plain(cls, value: Mapping[str, Any]) -> Weights:
        """Return the weights a policy holds; the ratio is a percentage there."""
        counts = {key: int(value[key]) for key in cls.__slots__ if key != "name_ratio"}
        return cls(**counts, name_ratio=int(value["name_percent"]) / 100)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two faces are, and why."""

    score: int
    reasons: tuple[Sentence, ...]


def plain_name(name: str, variants: Mapping[str, str]) -> str:
    """Return a name without dots, spaces and case, each character in its usual form (詠 as 咏)."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return "".join(variants.get(each, each) for each in text if each not in _NOT_READ)


def variants_from(groups: Iterable[str]) -> dict[str, str]:
    """Return usual forms by character; each group is one character's forms, the usual one first."""
    return {form: group[0] for group in groups for form in group[1:]}


def likeness(mine: Face, other: Face, weights: Weights, ratio: NameRatio) -> Likeness:
    """Return how alike two people with different identity numbers are; nothing is alike without a likeness of names."""
    share = max(ratio(name, its) for name in mine.names for its in other.names)
    if share < weights.name_ratio or (mine.sex and other.sex and mine.sex != other.sex):
        return Likeness(0, ())
    score = round(weights.name * share)
    reasons = [_name_words(share), *_birth_words(mine.born_on, other.born_on)]
    score += weights.born_on if mine.born_on == other.born_on else 0
    score += weights.birth_figures if _one_slip(mine.born_on, other.born_on) else 0
    for same, weight, words in (
        (_share_unit(mine.unit_ids, other.unit_ids), weights.unit, Sentence("同一单位", "the same unit")),
        (_common(mine.workplaces, other.workplaces), weights.workplace, Sentence("工作单位相同", "the same workplace")),
        (_common(mine.phones, other.phones), weights.phone, Sentence("手机号前后段相同", "phones alike as masked")),
    ):
        if same:
            score += weight
            reasons.append(words)
    return Likeness(score, tuple(reasons))


def _name_words(share: float) -> Sentence:
    if share == 1:
        return Sentence("姓名相同（含异体字、间隔号写法）", "the same name, variant forms counted as one")
    return Sentence(f"姓名相近（{round(share * 100)}%）", f"names {round(share * 100)} % alike")


def _birth_words(mine: date, other: date) -> list[Sentence]:
    if mine == other:
        return [Sentence("出生日期相同", "born on the same day")]
    if _one_slip(mine, other):
        return [Sentence("出生日期只差一处笔误", "dates of birth one slip apart")]
    return []


def _one_slip(mine: date, other: date) -> bool:
    """Whether two different dates differ by one figure, or by day and month exchanged."""
    if mine == other:
        return False
    exchanged = (mine.year, mine.month, mine.day) == (other.year, other.day, other.month)
    return exchanged or sum(a != b for a, b in zip(f"{mine:%Y%m%d}", f"{other:%Y%m%d}", strict=True)) == 1


def _share_unit(mine: Iterable[str], others: Iterable[str]) -> bool:
    its = tuple(others)
    return any(lies_in(unit, other) or lies_in(other, unit) for unit in mine for other in its)


def _common(mine: Iterable[str], others: Iterable[str]) -> bool:
    return bool(set(filter(None, mine)) & set(filter(None, others)))
