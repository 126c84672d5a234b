"""Putting questions that ask the same together, the same way whatever order they came in.

Star clustering: of all questions not yet placed the one with most near neighbours becomes the middle of a cluster and
takes those of them not yet placed. So every member is near the question that stands for it, never only near a
neighbour's neighbour. After Aslam, Pelekhov and Rus, "The Star Clustering Algorithm" (2004).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.outcomes.domain.ngrams import Vector, Weights, folded, likeness

_OFTEN = 50
"""A pair of characters that more texts than this, and more than a third of them, have brings nobody together alone."""


@dataclass(frozen=True)
class Star:
    """A cluster: the identifier of the text that stands for it, and of all that belong to it, that one first."""

    middle: str
    members: tuple[str, ...]


def stars(texts: Mapping[str, str], nearness: float) -> list[Star]:
    """Return a partition of ``texts`` (text by identifier); ``nearness`` is the least cosine to the middle, 0 to 1.

    Texts that differ in spaces and punctuation only count as one and stay together.
    """
    same: dict[str, list[str]] = defaultdict(list)
    for identifier in sorted(texts):
        same[folded(texts[identifier])].append(identifier)
    keys = sorted(same)
    near = _neighbours(keys, nearness)
    placed: set[str] = set()
    found = []
    for key in sorted(keys, key=lambda key: (-sum(len(same[other]) for other in near[key]) - len(same[key]), key)):
        if key not in placed:
            taken = [key, *sorted(near[key] - placed)]
            placed.update(taken)
            members = tuple(identifier for each in taken for identifier in same[each])
            found.append(Star(same[key][0], members))
    return sorted(found, key=lambda star: star.middle)


def nearest(texts: Mapping[str, str], middles: Mapping[str, str], nearness: float) -> dict[str, str]:
    """Return, for each of ``texts`` that is near enough to one of ``middles``, the identifier of the nearest."""
    weights = Weights([*texts.values(), *middles.values()])
    vectors = {identifier: weights.vector(text) for identifier, text in middles.items()}
    found = {}
    for identifier, text in texts.items():
        mine = weights.vector(text)
        ranked = sorted((-likeness(mine, vector), middle) for middle, vector in vectors.items())
        if ranked and -ranked[0][0] >= nearness:
            found[identifier] = ranked[0][1]
    return found


def _neighbours(keys: Sequence[str], nearness: float) -> dict[str, set[str]]:
    weights = Weights(keys)
    vectors = {key: weights.vector(key) for key in keys}
    near: dict[str, set[str]] = {key: set() for key in keys}
    for key, candidates in _candidates(vectors, weights):
        for other in candidates:
            if likeness(vectors[key], vectors[other]) >= nearness:
                near[key].add(other)
                near[other].add(key)
    return near


def _candidates(vectors: Mapping[str, Vector], weights: Weights) -> Iterator[tuple[str, set[str]]]:
    """Yield each text with those after it that share a telling pair of characters."""
    often = max(_OFTEN, len(vectors) // 3)
    seen: dict[str, list[str]] = defaultdict(list)
    for key, vector in vectors.items():
        telling = [pair for pair in vector if weights.having(pair) <= often]
        yield key, {other for pair in telling for other in seen[pair]}
        for pair in telling:
            seen[pair].append(key)
