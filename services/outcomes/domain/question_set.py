"""The questions and cases a unit files for a term (O6 of the plan: filed together with the roster)."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from services.outcomes.domain.classification import marking
from services.outcomes.domain.personal_data import without_personal_numbers

WITHHELD = "（内容带有密级标志，未予保存；请按保密规定另行报送）"

LIMIT = 2000
"""Most questions of a set to which a unit adds by hand: against runaway calls, not a rule of training."""


class SetIsFull(Exception):
    """Adding would pass the limit; ``size`` is what the set would have had."""

    def __init__(self, size: int) -> None:
        super().__init__(str(size))
        self.size = size


@dataclass(frozen=True)
class Question:
    """One question or case, without identity and phone numbers.

    ``mark`` tells whether the same text is filed again, also after names in it were masked. ``screened``: names of
    the unit's people are masked. ``withheld``: it bore a security marking and its text was not kept.
    """

    question_id: str
    text: str
    kind: str
    filed_at: datetime
    mark: str
    screened: bool = False
    withheld: bool = False


def question_of(question_id: str, text: str, kind: str, filed_at: datetime) -> Question:
    """Return a question as it is filed: trimmed, numbers masked; without its text when it bears a marking."""
    masked = without_personal_numbers(text)
    mark = hashlib.sha256(_folded(masked).encode()).hexdigest()[:24]
    if marking(text):
        return Question(question_id, WITHHELD, kind, filed_at, mark, screened=True, withheld=True)
    return Question(question_id, masked, kind, filed_at, mark)


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
        seen = {(item.kind, item.mark) for item in self.items}
        items = list(self.items)
        for question in new:
            key = (question.kind, question.mark)
            if key not in seen:
                seen.add(key)
                items.append(question)
        if limit is not None and len(items) > limit:
            raise SetIsFull(len(items))
        return replace(self, items=tuple(items))

    @property
    def pending(self) -> bool:
        """Whether names in some of it have still to be masked."""
        return not all(item.screened for item in self.items)

    def screen(self, texts: Mapping[str, str]) -> QuestionSet:
        """Return the set with the masked texts, by question."""
        return replace(
            self,
            items=tuple(
                replace(item, text=texts[item.question_id], screened=True)
                if item.question_id in texts and not item.screened
                else item
                for item in self.items
            ),
        )


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).rstrip("。？?.！!")
