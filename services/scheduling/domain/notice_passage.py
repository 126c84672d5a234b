"""A run of the notice's lines as one text without spaces that still knows which line each character came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from services.scheduling.domain.notice_draft import Problem
from services.scheduling.domain.numerals import plain

Report = Callable[[Problem], None]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the notice: number from 1, and text with half-width digits."""

    number: int
    text: str


class Passage:
    """Lines run together; ``text`` has no spaces at all, so that wrapped and badly typed lines read the same."""

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        parts = ["".join(plain(line.text).split()) for line in lines]
        self.text = "".join(parts)
        self._ends = list(accumulate(map(len, parts)))

    def line_at(self, offset: int) -> Line:
        """Return the line that the character at ``offset`` stands in."""
        if not self.text:
            return self.lines[0]
        return self.lines[bisect_right(self._ends, min(offset, len(self.text) - 1))]

    def problem(self, offset: int, zh: str, en: str) -> Problem:
        """Return a problem that points at the line of ``offset``."""
        line = self.line_at(offset)
        return Problem(line.number, line.text.strip(), zh, en)

    def without(self, pattern: re.Pattern[str]) -> Passage:
        """Return the passage with every match struck out, offsets unchanged."""
        other = Passage(self.lines)
        other.text = pattern.sub(lambda match: "\n" * len(match.group()), self.text)
        return other
