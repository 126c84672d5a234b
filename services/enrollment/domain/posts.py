"""Post and rank over time: hours required and conditions go by what somebody held on the first day of the training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PostHeld:
    """A post with its rank, held from a day on."""

    post: str
    rank: str
    workplace: str
    since: date


def held_on(posts: Sequence[PostHeld], day: date) -> PostHeld:
    """Return what was held on a day; before the first known day, the first known. Of one day the later word counts.

    Source: required hours depend on the rank at the time of training, so a promotion afterwards changes nothing.
    """
    before = [held for held in posts if held.since <= day]
    return max(reversed(before), key=lambda held: held.since) if before else min(posts, key=lambda held: held.since)
