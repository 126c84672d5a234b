"""The review ladder (逐级审核): which steps a nomination passes, and whose word each step is.

The steps are data (policy ``review.ladder``). A step of a unit at a level applies to nominations from below that level
only: a district does not review itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from services.enrollment.domain.wording import Refusal, Sentence

CITY_ROLE = "organisation_department"


@dataclass(frozen=True, slots=True)
class Rung:
    """One step. ``level`` is the depth in the tree of the unit that decides: 1 the city, 2 a district or department."""

    step: str
    role: Literal["unit", "organisation_department"]
    title: Sentence
    level: int = 1

    def applies_to(self, unit_id: str) -> bool:
        """Return whether a nomination of the unit passes this step."""
        return self.role == CITY_ROLE or _depth(unit_id) > self.level

    def decider(self, unit_id: str) -> str | None:
        """Return the unit whose word this step is for a nomination of the unit, ``None``: the city's."""
        return None if self.role == CITY_ROLE else ".".join(unit_id.split(".")[: self.level])


@dataclass(frozen=True, slots=True)
class Ladder:
    """All steps, the first to decide first."""

    rungs: tuple[Rung, ...]

    @classmethod
    def from_plain(cls, rows: Iterable[Mapping[str, Any]]) -> Ladder:
        """Build the ladder from a policy's value. Raises ``ValueError`` when it does not end with the city."""
        rungs = tuple(
            Rung(row["step"], row["role"], Sentence(row["zh"], row["en"]), int(row.get("level", 1))) for row in rows
        )
        if not rungs or rungs[-1].role != CITY_ROLE:
            raise ValueError("the last step of the review ladder is the organisation department's")
        if len({rung.step for rung in rungs}) != len(rungs):
            raise ValueError("two steps of the review ladder have one name")
        return cls(rungs)

    def steps_of(self, unit_id: str) -> tuple[str, ...]:
        """Return the steps a nomination of the unit passes, in order."""
        return tuple(rung.step for rung in self.rungs if rung.applies_to(unit_id))

    def rung(self, step: str) -> Rung:
        """Return a step by its name; one that was taken off the ladder since is the last step's."""
        return next((rung for rung in self.rungs if rung.step == step), self.rungs[-1])


def awaited(steps: tuple[str, ...], accepted: Iterable[str]) -> str | None:
    """Return the first step that has not said yes, ``None`` when all have."""
    done = set(accepted)
    return next((step for step in steps if step not in done), None)


def not_yours(rung: Rung, decider: str | None) -> Refusal:
    """Return the refusal for somebody who decides on a step that is not theirs."""
    who_zh = f"（{decider}）" if decider else ""
    return Refusal(
        "not-your-step",
        f"该推荐现由“{rung.title.zh}”{who_zh}审核，不能越级或代为审核",
        f"the nomination waits for {rung.title.en}{f' ({decider})' if decider else ''}; nobody else decides this step",
    )


def _depth(unit_id: str) -> int:
    return unit_id.count(".") + 1
