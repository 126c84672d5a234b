"""What is said about a timetable: rules it breaks and costs it pays, each with its reason in words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

HARD = (
    "lecture_missing",
    "lecture_unknown",
    "slot_invalid",
    "pin_moved",
    "course_clash",
    "lecturer_clash",
    "term_clash",
    "room_clash",
    "room_needed",
    "room_kind",
    "room_seats",
    "lecturer_hours",
    "course_unavailable",
    "lecturer_unavailable",
    "term_unavailable",
    "room_unavailable",
)
SOFT = ("overflow", "min_days", "isolated", "course_rooms", "term_rooms", "order", "fresh", "lecturer_days")


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule broken (``cost`` 0, ``rule`` of ``HARD``) or one cost paid (``rule`` of ``SOFT``), and why."""

    rule: str
    cost: int
    zh: str
    en: str
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything there is to say about one timetable."""

    violations: tuple[Finding, ...]
    charges: tuple[Finding, ...]

    @property
    def feasible(self) -> bool:
        """Whether no hard rule is broken."""
        return not self.violations

    @property
    def cost(self) -> int:
        """The sum of all charges."""
        return sum(each.cost for each in self.charges)

    @property
    def costs(self) -> dict[str, int]:
        """The sum of the charges of each soft rule."""
        found = dict.fromkeys(SOFT, 0)
        for each in self.charges:
            found[each.rule] += each.cost
        return found

    @property
    def broken(self) -> dict[str, int]:
        """How often each hard rule is broken; only those that are."""
        return dict(Counter(each.rule for each in self.violations))
