"""A nomination on the review ladder: which step it waits for, and whether the caller's word is that step's."""

from __future__ import annotations

from datetime import date
from typing import Any

from services.enrollment.domain.ladder import CITY_ROLE, Ladder, Rung, awaited, not_yours
from services.enrollment.domain.nomination import State
from services.enrollment.limits import policy_table
from shared.security.caller import Role
from shared.storage import Transaction


def review_ladder(today: date) -> Ladder:
    """Return the ladder in force."""
    return Ladder.from_plain(policy_table().on(today)["review.ladder"].value)


def enter_ladder(row: dict[str, Any], ladder: Ladder) -> None:
    """Put an attested nomination at the foot of the ladder; the steps stay those of that day."""
    row["ladder"] = list(ladder.steps_of(row["unit_id"]))
    row["passed"] = []
    row["awaits"] = row["ladder"][0]


def rung_of(row: dict[str, Any], ladder: Ladder) -> Rung:
    """Return the step a decision on the nomination is now: the one it waits for, or the last once it was accepted."""
    steps = tuple(row["ladder"]) or ladder.steps_of(row["unit_id"])
    if row["state"] == State.ACCEPTED:
        return ladder.rung(steps[-1])
    return ladder.rung(awaited(steps, row["passed"]) or steps[-1])


def require_decider(tx: Transaction, row: dict[str, Any], rung: Rung) -> None:
    """Raise ``Refusal`` unless the step is the caller's: neither a unit nor the city decides in another's place."""
    decider = rung.decider(row["unit_id"])
    if rung.role == CITY_ROLE:
        mine = Role.ORGANISATION_DEPARTMENT in tx.caller.roles
    else:
        mine = Role.UNIT in tx.caller.roles and decider is not None and tx.caller.reaches(decider)
    if not mine:
        raise not_yours(rung, decider)


def climb(row: dict[str, Any], rung: Rung) -> bool:
    """Note that a step said yes; return whether it was the last."""
    row["passed"] = [*row["passed"], rung.step]
    row["awaits"] = awaited(tuple(row["ladder"]), row["passed"])
    return row["awaits"] is None


def step_down(row: dict[str, Any]) -> None:
    """Take a nomination off the ladder that was returned, refused or corrected: it climbs again from the foot."""
    row |= {"ladder": [], "passed": [], "awaits": None}
