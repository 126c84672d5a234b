"""How alike two names are, by rapidfuzz: the share of characters in common, in order."""

from __future__ import annotations

from rapidfuzz import fuzz


def name_ratio(mine: str, other: str) -> float:
    """Return 0 to 1; 李小明 and 李晓明 are two thirds alike."""
    return float(fuzz.ratio(mine, other)) / 100
