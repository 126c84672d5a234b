"""What stays charged for somebody who no longer takes part (更换、退出、退学).

Neither the plan nor a published standard sets a rule: the rows ``fee.refund.*`` of the policy table are the platform's
defaults, shown as unverified, and a city replaces them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from services.enrollment.domain.fee_standard import Charge, Citation, Stay
from services.enrollment.domain.money import share, shown
from services.enrollment.domain.wording import Sentence
from shared.policies import Policy


class DepartureKind(StrEnum):
    """Why somebody does not take part any more; each has its own row ``fee.refund.<kind>``."""

    REPLACED = "replaced"
    BEFORE_OPENING = "before_opening"
    AFTER_OPENING = "after_opening"
    EXPELLED = "expelled"
    NOT_REPORTED = "not_reported"


DEPARTURE_WORDS = {
    DepartureKind.REPLACED: Sentence("更换人选", "replaced"),
    DepartureKind.BEFORE_OPENING: Sentence("开班前退出", "withdrawn before opening"),
    DepartureKind.AFTER_OPENING: Sentence("开班后退出", "withdrawn after opening"),
    DepartureKind.EXPELLED: Sentence("退学", "withdrawn by decision"),
    DepartureKind.NOT_REPORTED: Sentence("逾期未报到", "did not report"),
}
_BY_REASON = {
    "replaced": DepartureKind.REPLACED,
    "expelled": DepartureKind.EXPELLED,
    "not-reported": DepartureKind.NOT_REPORTED,
}


@dataclass(frozen=True, slots=True)
class Departure:
    """Somebody's leaving: the last day they could take part, and why."""

    on: date
    kind: DepartureKind

    def settles(self, other: Departure) -> bool:
        """Return whether this is the same leaving: a term that moves afterwards does not change what it was."""
        by_date = {DepartureKind.BEFORE_OPENING, DepartureKind.AFTER_OPENING}
        return self.on == other.on and (self.kind is other.kind or {self.kind, other.kind} <= by_date)


def departure_of(reason_code: str, on: date, starts_on: date) -> Departure:
    """Return the departure behind a withdrawal. From the first day of the course on it is one after opening."""
    by_date = DepartureKind.AFTER_OPENING if on >= starts_on else DepartureKind.BEFORE_OPENING
    return Departure(on, _BY_REASON.get(reason_code, by_date))


def kept_charge(
    policy: Policy,
    departure: Departure,
    starts_on: date,
    stay: Stay,
    charge: Callable[[Stay], Charge],
    free_days: frozenset[date] = frozenset(),
) -> Charge:
    """Return what stays charged after a departure; ``charge`` is the standard's own reckoning.

    The policy's value is ``{"keep": …}``: ``none``, ``all``, ``days_begun`` (the days up to the departure, by the
    standard's own steps) or ``percent`` with ``percent``. ``free_days`` of the term have no training: none of them is
    a day begun.
    """
    why = DEPARTURE_WORDS[departure.kind]
    full = charge(stay)
    begun = min(stay.training_days, _days_begun(starts_on, departure.on, free_days))
    kept, what = _kept(policy.value, begun, stay, full, charge)
    words = Sentence(
        f"{why.zh}（{departure.on}）：{what.zh}，计{shown(kept.amount_fen)}元{_doubt_zh(policy)}",
        f"{why.en} ({departure.on}): {what.en}, {shown(kept.amount_fen)} yuan{_doubt_en(policy)}",
    )
    return Charge(kept.amount_fen, kept.days, (words,), Citation("", policy.source, policy.basis))


def _kept(
    rule: Mapping[str, Any],
    begun: int,
    stay: Stay,
    full: Charge,
    charge: Callable[[Stay], Charge],
) -> tuple[Charge, Sentence]:
    keep = rule["keep"]
    if keep == "all":
        return full, Sentence("费用不退", "nothing is given back")
    if keep == "percent":
        percent = int(rule["percent"])
        part = replace(full, amount_fen=share(full.amount_fen, percent))
        return part, Sentence(f"保留{percent}%", f"{percent} % is kept")
    if keep == "days_begun":
        part = charge(replace(stay, training_days=begun, departure_days=0))
        return part, Sentence(f"按已参加的{part.days}天计收", f"the {part.days} days begun are charged")
    if keep != "none":
        raise ValueError(f"a refund rule keeps none, all, days_begun or percent, not {keep!r}")
    return replace(full, amount_fen=0, days=0), Sentence("费用全部退还或转移", "all of it goes back or moves on")


def _days_begun(starts_on: date, on: date, free_days: frozenset[date]) -> int:
    return max(0, (on - starts_on).days + 1) - sum(starts_on <= day <= on for day in free_days)


def _doubt_zh(policy: Policy) -> str:
    return "（默认规则，未核实）" if policy.basis != "source" else ""


def _doubt_en(policy: Policy) -> str:
    return " (a default, unverified)" if policy.basis != "source" else ""
