"""Attendance (考勤) at one session: what a mark is, and which mark follows from the times somebody came and left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from services.compliance.domain.timetable import Session
from services.compliance.domain.wording import Sentence


class Status(StrEnum):
    """How somebody attended: 出勤、迟到、早退、请假、旷课. Exactly one holds for one person and session."""

    PRESENT = "present"
    LATE = "late"
    LEFT_EARLY = "left_early"
    LEAVE = "leave"
    ABSENT = "absent"


ATTENDED = frozenset({Status.PRESENT, Status.LATE, Status.LEFT_EARLY})
STATUS_WORDS = {
    Status.PRESENT: Sentence("出勤", "present"),
    Status.LATE: Sentence("迟到", "late"),
    Status.LEFT_EARLY: Sentence("早退", "left early"),
    Status.LEAVE: Sentence("请假", "leave"),
    Status.ABSENT: Sentence("旷课", "absent"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One person's mark at one session. ``left_early`` is set beside ``late`` when somebody was both."""

    status: Status
    left_early: bool = False

    @property
    def attended(self) -> bool:
        """Whether the session counts as attended; late or leaving early it still does, in full."""
        return self.status in ATTENDED


def mark_of(session: Session, came_at: datetime | None, left_at: datetime | None, absent_after: timedelta) -> Mark:
    """Return the mark that follows from two instants; every instant has exactly one answer.

    At the very start somebody is in time; later, up to and including ``absent_after``, late; after that, or without
    coming, absent. Whoever goes before the very end leaves early. ``left_at`` ``None``: stayed.
    """
    if came_at is None or came_at > session.starts_at + absent_after or came_at >= session.ends_at:
        return Mark(Status.ABSENT)
    early = left_at is not None and left_at < session.ends_at
    if came_at > session.starts_at:
        return Mark(Status.LATE, early)
    return Mark(Status.LEFT_EARLY if early else Status.PRESENT)


def counts(marks: Iterable[Mark]) -> dict[str, int]:
    """Return how many people have each status; somebody both late and early counts among both."""
    found: Counter[str] = Counter()
    for mark in marks:
        found[mark.status.value] += 1
        if mark.left_early and mark.status is not Status.LEFT_EARLY:
            found[Status.LEFT_EARLY.value] += 1
    return {status.value: found[status.value] for status in Status}


def missing_from(marks: Mapping[str, Mark], expected: Iterable[str]) -> list[str]:
    """Return who should be on the roll and is not."""
    return sorted(set(expected) - set(marks))
