"""Which training requirement a rank falls under: the five-year one of senior officials, or the annual one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.enrollment.domain.wording import Sentence
from shared.policies import Policies


class Bucket(StrEnum):
    """The two requirements of the regulation on training (《干部教育培训工作条例》)."""

    SENIOR = "senior"
    OTHERS = "others"


BUCKET_WORDS = {
    Bucket.SENIOR: Sentence("县处级以上（五年累计）", "division heads and above, over five years"),
    Bucket.OTHERS: Sentence("乡科级及以下等（每年）", "all others, every year"),
}


@dataclass(frozen=True, slots=True)
class Position:
    """The rank held from a day on, as a roster or a promotion said."""

    on: date
    rank: str


def bucket_of(rank: str, policies: Policies) -> Bucket:
    """Return the requirement a rank falls under by the limits of that day; a rank not listed falls under the annual."""
    plain = "".join(rank.split())
    return Bucket.SENIOR if plain in policies["hours.senior_ranks"].value else Bucket.OTHERS


def rank_on(positions: Iterable[Position], day: date) -> str:
    """Return the rank held on a day; before the first one known, that first one; empty when none is known."""
    known = sorted(positions, key=lambda position: position.on)
    held = [position for position in known if position.on <= day]
    return (held or known[:1] or [Position(day, "")])[-1].rank
