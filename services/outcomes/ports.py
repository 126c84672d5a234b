"""The extension point of outcomes: who reviews a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class ReviewTask:
    """A report that needs reviewers; nothing in it says who wrote it.

    ``words`` are its topic and title; ``conflicting`` the reviewers who must not have it: those who serve where its
    author does, and those who have it, had it, or declined it.
    """

    report_id: str
    words: str
    conflicting: frozenset[str]


@dataclass(frozen=True)
class PanelMember:
    """A reviewer; ``open`` counts the reviews of the term they still have to return."""

    lecturer_id: str
    expertise: tuple[str, ...]
    open: int


class Reviewers(Protocol):
    """Chooses who reviews a report (``diaoxun.reviewers``)."""

    def choose(self, task: ReviewTask, panel: Sequence[PanelMember], count: int) -> Sequence[str]:
        """Return up to ``count`` different members of the panel, none of ``task.conflicting``: fewer when it has no
        more. The same task, panel and count give the same answer, whatever order the panel is in."""


def allowed(task: ReviewTask, panel: Sequence[PanelMember]) -> list[PanelMember]:
    """Return those of the panel who may review the report."""
    return [member for member in panel if member.lecturer_id not in task.conflicting]
