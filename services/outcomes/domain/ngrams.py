"""Texts as weighted pairs of characters: Chinese needs no dictionary for it, and nothing is asked of a network.

Weights are TF-IDF over one body of texts. Sums are exact (``math.fsum``), so that no order of texts changes a result.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

Vector = Mapping[str, float]

_ASKING = re.compile("请问|如何|怎样|怎么办|怎么|应当|应该|有哪些|哪些|什么|为何|是否|能否|吗|呢")
"""Words that make a question and say nothing of what it is about."""


@lru_cache(maxsize=20_000)
def pieces(text: str) -> tuple[str, ...]:
    """Return the runs of letters, digits and Chinese characters of a text, folded in width and case."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return tuple("".join(each if each.isalnum() else " " for each in folded).split())


def folded(text: str) -> str:
    """Return the text without punctuation and spaces: equal for texts that differ in nothing else."""
    return "".join(pieces(text))


def pairs(text: str) -> Counter[str]:
    """Count the pairs of neighbouring characters, asking words left out; a lone character counts as itself."""
    counted: Counter[str] = Counter()
    for piece in pieces(_ASKING.sub(" ", text)):
        counted.update([piece] if len(piece) == 1 else [piece[at : at + 2] for at in range(len(piece) - 1)])
    return counted


class Weights:
    """How much each pair tells, by how few of the texts have it."""

    def __init__(self, texts: Iterable[str]) -> None:
        counted = [set(pairs(text)) for text in texts]
        self._texts = len(counted)
        self._having = Counter(pair for each in counted for pair in each)

    def of(self, pair: str) -> float:
        """Return the weight of a pair; one that no text has weighs most."""
        return math.log((1 + self._texts) / (1 + self._having[pair])) + 1

    def having(self, pair: str) -> int:
        """Return how many texts have the pair."""
        return self._having[pair]

    def vector(self, text: str) -> Vector:
        """Return the text as a vector of length 1; empty for a text without letters."""
        raw = {pair: count * self.of(pair) for pair, count in sorted(pairs(text).items())}
        length = math.sqrt(math.fsum(value * value for value in raw.values()))
        return {pair: value / length for pair, value in raw.items()} if length else {}


def likeness(one: Vector, other: Vector) -> float:
    """Return the cosine of two vectors, 0 to 1."""
    few, many = sorted((one, other), key=len)
    return min(1.0, math.fsum(value * many[pair] for pair, value in few.items() if pair in many))


def shared_words(one: str, other: str, most: int = 5) -> tuple[str, ...]:
    """Return the longest runs of at least two characters that both texts have, longest first: what makes them alike."""
    text, where = folded(one), folded(other)
    runs: list[str] = []
    start = 0
    while start < len(text) - 1:
        end = start + 2
        if text[start:end] not in where:
            start += 1
            continue
        while end < len(text) and text[start : end + 1] in where:
            end += 1
        runs.append(text[start:end])
        start = end - 1
    return tuple(sorted(dict.fromkeys(runs), key=lambda run: (-len(run), run))[:most])
