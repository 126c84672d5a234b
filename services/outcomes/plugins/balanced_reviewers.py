"""Whoever has least to do reviews next; of those with as much to do, whoever knows most about the matter."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from services.outcomes.ports import PanelMember, Reviewers, ReviewTask, allowed


class BalancedReviewers:
    """Chooses by load, then expertise, then by a draw that is the same for the same report."""

    def choose(self, task: ReviewTask, panel: Sequence[PanelMember], count: int) -> list[str]:
        """Return the reviewers, the first choice first."""
        ranked = sorted(allowed(task, panel), key=lambda member: _rank(task, member))
        return [member.lecturer_id for member in ranked[:count]]


def _rank(task: ReviewTask, member: PanelMember) -> tuple[int, int, str]:
    known = sum(word in task.words for word in member.expertise)
    drawn = hashlib.sha256(f"{task.report_id}/{member.lecturer_id}".encode()).hexdigest()
    return member.open, -known, drawn


REVIEWERS: Reviewers = BalancedReviewers()
