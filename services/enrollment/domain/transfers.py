"""Places that change hands (名额调剂): returned, borrowed, released on a day, reopened, given to a standby person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum

from services.enrollment.domain.organisation import ancestors_of, lies_in
from services.enrollment.domain.seats import Allotment, Seats, admitted_in
from services.enrollment.domain.wording import Refusal, Sentence

CITY = None
"""Stands for the city's own places, those no unit has."""


class Kind(StrEnum):
    """Why places change hands."""

    RETURNED = "returned"
    BORROWED = "borrowed"
    RELEASED = "released"
    REOPENED = "reopened"
    STANDBY = "standby"


KIND_WORDS = {
    Kind.RETURNED: Sentence("退回", "returned"),
    Kind.BORROWED: Sentence("借用", "borrowed"),
    Kind.RELEASED: Sentence("到期收回", "released on its day"),
    Kind.REOPENED: Sentence("改期退还", "reopened by a retiming"),
    Kind.STANDBY: Sentence("候补使用", "given to standby"),
}


class State(StrEnum):
    """Where a transfer stands; only a borrowing waits for somebody."""

    ASKED = "asked"
    DONE = "done"
    DECLINED = "declined"
    CANCELLED = "cancelled"


CAUSES = {
    "no-candidate": Sentence("无合适人选", "nobody suitable"),
    "work": Sentence("工作安排冲突", "clash with work"),
    "more-candidates": Sentence("合适人选超过名额", "more suitable people than places"),
    "key-task": Sentence("承担重点任务需要", "a key task needs it"),
    "other": Sentence("其他（见说明）", "other, see the note"),
}


def move_places(seats: Seats, giver: str | None, taker: str | None, places: int, taken: Mapping[str, int]) -> Seats:
    """Return the seats with places moved from one unit (``None``: the city) to another.

    Districts above giver and taker count along, up to the one they share. ``taken`` counts the admitted of each unit
    by itself. Raises ``Refusal`` when the giver has not that many free.
    """
    _refuse_odd(giver, taker, places)
    free = seats.pool if giver is CITY else seats.free_in(giver)
    if free < places:
        who_zh, who_en = ("本市统筹", "the city") if giver is CITY else (f"单位“{giver}”", f"unit {giver!r}")
        raise Refusal(
            "places-not-free",
            f"{who_zh}在本期可调剂的名额为{max(0, free)}个，不足{places}个",
            f"{who_en} has {max(0, free)} free places in this term, not {places}",
        )
    index = {item.unit_id: item for item in seats.allotments}
    losing, winning = _chain(giver), _chain(taker)
    for unit_id in losing - winning:
        if unit_id in index:
            index[unit_id] = replace(index[unit_id], places=index[unit_id].places - places)
    if taker is not CITY and taker not in index:
        index[taker] = _newcomer(seats, taker, admitted_in(taker, taken))
    for unit_id in winning - losing:
        if unit_id in index:
            index[unit_id] = replace(index[unit_id], places=index[unit_id].places + places)
    return seats.with_allotments(index.values())


def who_consents(seats: Seats, giver: str, taker: str) -> str:
    """Return the unit whose word a borrowing needs: the highest one that ends up with fewer places.

    Who lends to a unit below it keeps them within its own: the word is the lender's.
    """
    losing = _chain(giver) - _chain(taker)
    highest_first = reversed(ancestors_of(giver))
    return next((path for path in highest_first if path in losing and seats.allotment(path) is not None), giver)


def unused(seats: Seats, waiting: Mapping[str, int]) -> dict[str, int]:
    """Return how many places of each unit nobody is nominated for.

    ``waiting`` counts the nominations of each unit by itself that have no seat yet: they keep their places.
    """
    own: dict[str, int] = {}
    for unit_id, count in waiting.items():
        item = seats.allotment_for(unit_id)
        if item is not None:
            own[item.unit_id] = own.get(item.unit_id, 0) + count
    left = {item.unit_id: seats.free_in(item.unit_id) - own.get(item.unit_id, 0) for item in seats.allotments}
    return {unit_id: count for unit_id, count in left.items() if count > 0}


def is_due(release_on: date | None, today: date) -> bool:
    """Return whether unused places go back: from the first second of ``release_on`` in the city."""
    return release_on is not None and release_on <= today


def _newcomer(seats: Seats, unit_id: str, admitted: int) -> Allotment:
    """Return a first allotment: what its people filled before from the places above it becomes its own with them."""
    above = seats.above(unit_id)
    parts = [item for item in seats.allotments if lies_in(item.unit_id, unit_id) and seats.above(item.unit_id) == above]
    own = admitted + seats.held_in(unit_id) - sum(seats.occupied_in(part) for part in parts)
    return Allotment(unit_id, own + sum(part.places for part in parts), admitted)


def _chain(unit_id: str | None) -> set[str]:
    return set() if unit_id is None else set(ancestors_of(unit_id))


def _refuse_odd(giver: str | None, taker: str | None, places: int) -> None:
    if giver == taker:
        raise Refusal(
            "same-unit", "调出与调入是同一单位，请核对", "places cannot go from a unit to itself; check the units"
        )
    if places < 1:
        raise Refusal("places-count", f"调剂名额至少1个，现为{places}", f"at least one place moves, not {places}")
