"""Finding passages two reports share: offline, explainable, and fast among thousands.

Winnowing (Schleimer, Wilkerson, Aiken, 2003): of the hashes of all runs of ``GRAM`` characters the least of every
``WINDOW`` neighbours is kept, so that every common run of ``GRAM + WINDOW - 1`` characters leaves one in both texts.
A sample of those, the sketch, finds candidates by an index; candidates are then compared by their texts, so every
warning can show its passages. Punctuation, spaces, width and case make no difference.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

GRAM = 15
WINDOW = 16
SAMPLE = 4
"""One in so many fingerprints goes into the sketch."""
_MOST_PLACES = 20
"""How many places of one run are tried: a text that repeats itself must not take for ever."""
SCHEME = f"winnow-{GRAM}-{WINDOW}-{SAMPLE}"
"""Names these numbers: sketches of another scheme cannot be compared."""


@dataclass(frozen=True)
class Folded:
    """A text as it is compared; ``places`` says where each of its characters stands in the text as written."""

    text: str
    places: Sequence[int]

    def written(self, original: str, start: int, end: int) -> str:
        """Return the passage from ``start`` to ``end`` (of the folded text) as it is written in ``original``."""
        return original[self.places[start] : self.places[end - 1] + 1]


@dataclass(frozen=True)
class Passage:
    """A run two folded texts share: where it starts in each, and its length in characters."""

    start: int
    other_start: int
    length: int

    @property
    def end(self) -> int:
        """Where it ends in the first text."""
        return self.start + self.length


def fold(text: str) -> Folded:
    """Return the text without what makes no difference."""
    characters: list[str] = []
    places: list[int] = []
    for place, written in enumerate(text):
        for each in unicodedata.normalize("NFKC", written).lower():
            if each.isalnum():
                characters.append(each)
                places.append(place)
    return Folded("".join(characters), places)


def fingerprints(text: str) -> dict[int, list[int]]:
    """Return the kept hashes of a folded text, each with the places it stands at."""
    coded = text.encode("utf-32-le")
    hashes = [zlib.crc32(coded[4 * at : 4 * (at + GRAM)]) for at in range(len(text) - GRAM + 1)]
    kept: dict[int, list[int]] = defaultdict(list)
    last = -1
    for begin in range(max(1, len(hashes) - WINDOW + 1)):
        window = hashes[begin : begin + WINDOW]
        if not window:
            break
        least = min(window)
        # The rightmost of equals, as the guarantee asks.
        at = begin + len(window) - 1 - window[::-1].index(least)
        if at != last:
            kept[least].append(at)
            last = at
    return dict(kept)


def sketch(prints: Iterable[int]) -> list[int]:
    """Return the sample of fingerprints by which candidates are found, sorted."""
    return sorted(each for each in set(prints) if each % SAMPLE == 0)


def passages(one: str, other: str, least: int, prints: Mapping[int, list[int]] | None = None) -> list[Passage]:
    """Return the runs of at least ``least`` characters that two folded texts share, in the order of the first text.

    No two of them overlap in the first text; of those that would the longer is kept. Runs shorter than
    ``GRAM + WINDOW - 1`` may be missed. ``prints``: the fingerprints of ``one``, where they are known already.
    """
    places = fingerprints(other)
    found: list[Passage] = []
    reached = 0
    mine = fingerprints(one) if prints is None else prints
    common = sorted((at, each) for each in mine.keys() & places.keys() for at in mine[each])
    for at, hashed in common:
        if at < reached:
            continue
        tried = [_extended(one, other, at, there) for there in places[hashed][:_MOST_PLACES]]
        longest = max(tried, key=lambda each: each.length)
        if longest.length >= least:
            found.append(longest)
            reached = longest.end
    return _apart(found)


def share(length: int, found: Iterable[Passage]) -> int:
    """Return how much of a text of ``length`` characters the passages cover, in percent, rounded down."""
    covered = reached = 0
    for passage in sorted(found, key=lambda each: (each.start, -each.length)):
        covered += max(0, passage.end - max(passage.start, reached))
        reached = max(reached, passage.end)
    return 100 * covered // length if length else 0


def compare(text: str, others: Mapping[str, str], least: int) -> dict[str, list[Passage]]:
    """Return the passages a folded text shares with each of others; those that share none are left out."""
    prints = fingerprints(text)
    found = {identifier: passages(text, other, least, prints) for identifier, other in sorted(others.items())}
    return {identifier: shared for identifier, shared in found.items() if shared}


def _extended(one: str, other: str, at: int, there: int) -> Passage:
    start, other_start = at, there
    while start and other_start and one[start - 1] == other[other_start - 1]:
        start, other_start = start - 1, other_start - 1
    length = at - start
    most = min(len(one) - start, len(other) - other_start)
    while length < most and one[start + length] == other[other_start + length]:
        length += 1
    return Passage(start, other_start, length)


def _apart(found: list[Passage]) -> list[Passage]:
    kept: list[Passage] = []
    for passage in sorted(found, key=lambda each: (-each.length, each.start)):
        if all(passage.end <= other.start or other.end <= passage.start for other in kept):
            kept.append(passage)
    return sorted(kept, key=lambda each: each.start)
