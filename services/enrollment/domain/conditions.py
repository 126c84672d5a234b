"""What the organisation department asks of nominations for a programme or a term: ranks, posts, heads a unit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Conditions:
    """Conditions with where they come from; ``None`` or empty leaves a thing open.

    ``lowest`` and ``highest`` are level codes of the rank table; ``posts`` are words of which a post should hold one;
    ``head_cap`` is the most people of one unit in one term;
    ``closes_on`` is the last day of nominations.
    """

    lowest: str | None = None
    highest: str | None = None
    posts: tuple[str, ...] = ()
    head_cap: int | None = None
    closes_on: date | None = None
    source: str = ""

    def narrowed_by(self, other: Conditions | None) -> Conditions:
        """Return these with what the other, of the single term, says instead."""
        if other is None:
            return self
        return replace(
            self,
            lowest=other.lowest or self.lowest,
            highest=other.highest or self.highest,
            posts=other.posts or self.posts,
            head_cap=self.head_cap if other.head_cap is None else other.head_cap,
            closes_on=other.closes_on or self.closes_on,
            source=other.source or self.source,
        )
