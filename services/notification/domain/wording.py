"""Words of official letters: dates, periods, and where a title may be broken."""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import lru_cache
from itertools import combinations

# Before these a title breaks without tearing a word apart; everything else is a last resort.
_BREAK_BEFORE = (
    "和",
    "与",
    "及",
    "专题",
    "培训",
    "研讨",
    "学员",
    "（",
    "《",
    "“",
    "推进",
    "发展",
    "战略",
    "建设",
    "同志",
)
_BREAK_AFTER = ("参加", "关于", "）", "》", "”", "、")
_TORN = 40.0
_SHAPED_LINES = 3
"""Up to so many lines every way to break is weighed as a whole; above it there are too many ways."""


def long_date(day: date) -> str:
    """Return a date as letters write it: 2020年5月11日, no leading zeros. Source: GB/T 9704-2012, 7.3.5.4."""
    return f"{day.year}年{day.month}月{day.day}日"


def short_date(day: date) -> str:
    """Return a date whose year is clear from the text before: 5月11日."""
    return f"{day.month}月{day.day}日"


def period(first: date, last: date) -> str:
    """Return a span of days, the year only where it is needed."""
    if first == last:
        return long_date(first)
    return f"{long_date(first)}至{short_date(last) if first.year == last.year else long_date(last)}"


def printable(text: str) -> str:
    """Return text without control and zero-width characters, white space at its ends removed."""
    return "".join(char for char in text if unicodedata.category(char) not in {"Cc", "Cf"}).strip()


def full_post(workplace: str, post: str) -> str:
    """Return unit and post in one, without naming the unit twice."""
    return post if not workplace or post.startswith(workplace) else workplace + post


def width(text: str) -> float:
    """Return the width in full-width characters; ASCII letters and digits take about half of one."""
    return sum(0.55 if char.isascii() else 1.0 for char in text)


def broken_title(title: str, widest: float = 19.0) -> list[str]:
    """Return a title in as few lines as fit, broken at words and shaped as a trapezoid or rhombus.

    ``widest`` in full-width characters. Source of the shape: GB/T 9704-2012, 7.3.1.
    """
    lines = 1
    while width(title) > widest * lines:
        lines += 1
    for count in range(lines, lines + 3):
        shaped = _best(title, count, widest)
        if shaped:
            return shaped
    return [title]


title_lines = lru_cache(maxsize=512)(broken_title)
"""``broken_title`` for titles that come again and again."""


def _best(title: str, count: int, widest: float) -> list[str]:
    if count > _SHAPED_LINES:
        return _best_of_many(title, count, widest)
    best, least = [], float("inf")
    for cuts in combinations(range(2, len(title) - 1), count - 1):
        parts = _parts(title, cuts)
        widths = [width(part) for part in parts]
        if max(widths) > widest:
            continue
        cost = _cost(title, cuts, widths)
        if cost < least:
            best, least = parts, cost
    return best


def _best_of_many(title: str, count: int, widest: float) -> list[str]:
    """Return the best way by what each line and each cut costs by itself, found line by line."""
    mean, whole = width(title) / count, len(title)
    reached: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for left in range(count - 1, -1, -1):
        further: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, cuts) in reached.items():
            line = 0.0
            for end in range(start + 1, whole + 1):
                line += width(title[end - 1])
                if line > widest:
                    break
                if not (2 <= end < whole - 1 if left else end == whole):
                    continue
                dearer = cost + (line - mean) ** 2 / count + (_torn(title, end) if left else 0.0)
                if end not in further or dearer < further[end][0]:
                    further[end] = dearer, (*cuts, end)
        reached = further
    if whole not in reached:
        return []
    return _parts(title, reached[whole][1][:-1])


def _parts(title: str, cuts: tuple[int, ...]) -> list[str]:
    return [title[start:end] for start, end in zip((0, *cuts), (*cuts, len(title)), strict=True)]


def _cost(title: str, cuts: tuple[int, ...], widths: list[float]) -> float:
    mean = sum(widths) / len(widths)
    uneven = sum((each - mean) ** 2 for each in widths) / len(widths)
    same = 4.0 if len(widths) > 1 and max(widths) - min(widths) < 1.0 else 0.0
    hourglass = 30.0 if len(widths) == 3 and widths[1] < min(widths[0], widths[2]) else 0.0
    return sum(_torn(title, cut) for cut in cuts) + uneven + same + hourglass


def _torn(title: str, cut: int) -> float:
    torn = 0.0 if title.startswith(_BREAK_BEFORE, cut) or title.endswith(_BREAK_AFTER, 0, cut) else _TORN
    # A closing mark or particle must not begin a line, nor an opening mark end one.
    return torn + (_TORN * 4 if title[cut] in "）》”、的" or title[cut - 1] in "（《“" else 0.0)
