"""What every plugin that assigns reviewers has to hold, built in or from elsewhere; the conformance kit runs it."""

from __future__ import annotations

import random
from typing import Any

from services.outcomes.ports import PanelMember, ReviewTask, allowed
from shared.plugins import Manifest


def check_reviewers(reviewers: Any, manifest: Manifest) -> None:
    """Ask for reviewers of many reports, with panels too small and empty ones too."""
    chance = random.Random(20200601)  # noqa: S311 - test data, always the same
    for number in range(200):
        panel = [
            PanelMember(f"lecturer_{each}", tuple(chance.sample(["乡村振兴", "财政", "医改"], 1)), chance.randint(0, 5))
            for each in range(chance.randint(0, 8))
        ]
        conflicting = frozenset(member.lecturer_id for member in panel if chance.random() < 0.3)
        task = ReviewTask(f"report_{number}", "推进乡村振兴的财政支持", conflicting)
        _check(reviewers, manifest, task, panel, chance.randint(1, 3), chance)


def _check(
    reviewers: Any, manifest: Manifest, task: ReviewTask, panel: list[PanelMember], count: int, chance: random.Random
) -> None:
    chosen = list(reviewers.choose(task, panel, count))
    able = {member.lecturer_id for member in allowed(task, panel)}
    assert len(set(chosen)) == len(chosen), f"{manifest.key} names a reviewer twice: {chosen}"
    assert set(chosen) <= able, f"{manifest.key} names {set(chosen) - able}, who may not review it"
    expected = min(count, len(able))
    assert len(chosen) == expected, f"{manifest.key} names {len(chosen)} reviewers where {expected} could be had"
    shuffled = list(panel)
    chance.shuffle(shuffled)
    assert list(reviewers.choose(task, shuffled, count)) == chosen, f"{manifest.key} depends on the panel's order"
