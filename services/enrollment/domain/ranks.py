"""Ranks (职务层次、职级) in their order, read from what rosters write.

The table is data (policy ``rank.levels``): which names stand for which level.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services.enrollment.domain.wording import Sentence

_NOISE = re.compile(r"[\s（）()、，,/·]+")


@dataclass(frozen=True, slots=True)
class Level:
    """One level; a higher ``order`` is a higher rank."""

    code: str
    order: int
    title: Sentence


class RankTable:
    """Levels and the names that stand for them."""

    def __init__(self, levels: Mapping[str, Level], names: Mapping[str, Level]) -> None:
        self.levels = dict(levels)
        # The longest name first: 副调研员 must not be read as 调研员.
        self._names = sorted(names.items(), key=lambda pair: -len(pair[0]))

    @classmethod
    def from_plain(cls, rows: Iterable[Mapping[str, Any]]) -> RankTable:
        """Build the table from a policy's value, the lowest level first."""
        levels, names = {}, {}
        for order, row in enumerate(rows, 1):
            level = Level(row["code"], order, Sentence(row["zh"], row["en"]))
            levels[level.code] = level
            names.update(dict.fromkeys((row["zh"], *row["names"]), level))
        return cls(levels, names)

    def level_of(self, text: str) -> Level | None:
        """Return the highest level a text names, ``None`` when it names none that is known."""
        rest = _NOISE.sub("|", unicodedata.normalize("NFKC", text))
        found: list[Level] = []
        for name, level in self._names:
            if name in rest:
                found.append(level)
                rest = rest.replace(name, "|")
        return max(found, key=lambda level: level.order, default=None)
