"""The questions and cases a unit files for a term (O6 of the plan: filed together with the roster)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

LIMIT = 2000
"""Most questions of a set to which a unit adds by hand: against runaway calls, not a rule of training."""

_HALF_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ－", "0123456789Xx-")
_ID_NUMBER = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])")
_PHONE = re.compile(r"(?<![0-9])1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9])")


class SetIsFull(Exception):
    """Adding would pass the limit; ``size`` is what the set would have had."""

    def __init__(self, size: int) -> None:
        super().__init__(str(size))
        self.size = size


@dataclass(frozen=True)
class Question:
    """One question or case, already without identity and phone numbers."""

    question_id: str
    text: str
    kind: str
    filed_at: datetime


@dataclass(frozen=True)
class QuestionSet:
    """All that a unit filed for a term."""

    term_id: str
    unit_id: str
    items: tuple[Question, ...] = ()

    def count(self, kind: str) -> int:
        """Return how many are of a kind (``question`` or ``case``)."""
        return sum(item.kind == kind for item in self.items)

    def add(self, new: Iterable[Question], limit: int | None = None) -> QuestionSet:
        """Return the set with what is new in it; the same text (spaces and width aside) is kept once.

        Raises ``SetIsFull`` above ``limit``. What came with a roster has no limit here: the roster has its own.
        """
        seen = {(item.kind, _folded(item.text)) for item in self.items}
        items = list(self.items)
        for question in new:
            key = (question.kind, _folded(question.text))
            if key not in seen:
                seen.add(key)
                items.append(question)
        if limit is not None and len(items) > limit:
            raise SetIsFull(len(items))
        return replace(self, items=tuple(items))


def without_personal_numbers(text: str) -> str:
    """Return the text trimmed, its identity and mobile numbers masked, also when typed in full-width digits."""
    return _PHONE.sub("（电话已隐去）", _ID_NUMBER.sub("（证件号已隐去）", text.translate(_HALF_WIDTH).strip()))


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).rstrip("。？?.！!")
