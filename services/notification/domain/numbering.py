"""The register: 发文字号 without gaps, per series of an issuer and calendar year."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_SERIES = re.compile(r"[\u4e00-\u9fff]{2,8}")


class BadSeries(ValueError):
    """Not a 机关代字: two to eight Chinese characters."""


@dataclass(frozen=True, order=True)
class LetterNumber:
    """A 发文字号 such as 江组函〔2020〕12号.

    The year stands whole in six-cornered brackets, the sequence has no leading zeros and no 第.
    Source: GB/T 9704-2012, 7.2.5.
    """

    series: str
    year: int
    sequence: int

    def __str__(self) -> str:
        return f"{self.series}〔{self.year}〕{self.sequence}号"


@dataclass(frozen=True)
class Register:
    """The last number given out in one series and year. Numbers are never given back: a void letter keeps its own."""

    series: str
    year: int
    last: int = 0

    def __post_init__(self) -> None:
        if not _SERIES.fullmatch(self.series):
            raise BadSeries(self.series)

    @property
    def key(self) -> str:
        """What names the register."""
        return f"{self.series}〔{self.year}〕"

    def take(self, count: int) -> tuple[Register, list[LetterNumber]]:
        """Return the register after giving out the next ``count`` numbers, and the numbers."""
        numbers = [LetterNumber(self.series, self.year, self.last + step) for step in range(1, count + 1)]
        return replace(self, last=self.last + count), numbers
