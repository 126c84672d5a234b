"""The problems of one reading: each told once, quoted at bearable length, no more than somebody can work through."""

from __future__ import annotations

from dataclasses import replace

from services.scheduling.domain.notice_draft import Problem

MOST_PROBLEMS = 500
LONGEST_LINE = 1000
LONGEST_QUOTE = 100


def quoted(text: str, most: int = LONGEST_QUOTE) -> str:
    """Return text as a problem quotes it: whole, or its first ``most`` characters and ``…``."""
    return text if len(text) <= most else f"{text[:most]}…"


class ProblemList:
    """Collects what could not be read; a line may give thousands of problems that quote it, so both are bounded."""

    def __init__(self) -> None:
        self._problems: dict[Problem, None] = {}
        self._left_out = 0

    def add(self, problem: Problem) -> None:
        """Take a problem in; one that was told before, or too many, is only counted or nothing at all."""
        problem = replace(problem, text=quoted(problem.text, LONGEST_LINE))
        if problem in self._problems:
            return
        if len(self._problems) < MOST_PROBLEMS:
            self._problems[problem] = None
        else:
            self._left_out += 1

    def in_order(self) -> tuple[Problem, ...]:
        """Return them by line; after the last stands how many are not listed."""
        told = sorted(self._problems, key=lambda problem: problem.line)
        if self._left_out:
            told.append(
                Problem(
                    told[-1].line,
                    told[-1].text,
                    f"还有{self._left_out}处问题没有列出，请先改正以上各处，再重新读取",
                    f"{self._left_out} more problems are not listed; mend these first and read the notice again",
                )
            )
        return tuple(told)
