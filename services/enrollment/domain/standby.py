"""Standby (候补): who waits for a seat of a term, in which order, and who is offered the next one.

A list is tied to the term and the unit; the city has one of its own a term, served from the city's own places.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from services.enrollment.domain.seats import Seats
from services.enrollment.domain.wording import Refusal, Sentence


class State(StrEnum):
    """Where somebody on standby stands."""

    WAITING = "waiting"
    OFFERED = "offered"
    ADMITTED = "admitted"
    DECLINED = "declined"
    LAPSED = "lapsed"
    REMOVED = "removed"


class Line(StrEnum):
    """Whose list it is."""

    UNIT = "unit"
    CITY = "city"


IN_LINE = frozenset({State.WAITING, State.OFFERED})
STATE_WORDS = {
    State.WAITING: Sentence("候补中", "waiting"),
    State.OFFERED: Sentence("待答复递补", "offered a seat"),
    State.ADMITTED: Sentence("已递补", "admitted"),
    State.DECLINED: Sentence("已放弃递补", "declined"),
    State.LAPSED: Sentence("逾期未答复", "not answered in time"),
    State.REMOVED: Sentence("已移出候补", "taken off the list"),
}


@dataclass(frozen=True, slots=True)
class Standby:
    """Somebody waiting."""

    nomination_id: str
    unit_id: str
    line: Line
    position: int


@dataclass(frozen=True, slots=True)
class Offer:
    """A seat for somebody; ``from_city``: it takes one of the city's own places."""

    nomination_id: str
    unit_id: str
    from_city: bool


def next_offer(seats: Seats, waiting: Iterable[Standby]) -> Offer | None:
    """Return whom a free seat is offered now: the first in line whose unit has one free, units before the city."""
    for each in sorted(waiting, key=_turn):
        if seats.refusal_for(each.unit_id) is None:
            return Offer(each.nomination_id, each.unit_id, False)
        if each.line is Line.CITY and seats.left > 0 and seats.pool > 0:
            return Offer(each.nomination_id, each.unit_id, True)
    return None


def reordered(before: Sequence[str], wanted: Sequence[str]) -> dict[str, int]:
    """Return the new positions of a list, counted from 1.

    Raises ``Refusal`` unless exactly those waiting now are named, each once.
    """
    if sorted(before) != sorted(wanted):
        missing = len(set(before) - set(wanted))
        extra = len(wanted) - len(set(wanted) & set(before))
        raise Refusal(
            "standby-order",
            f"须列出该候补名单中全部{len(before)}人且各一次：漏{missing}人，多{extra}人；名单可能刚有变化，请重新读取",
            f"name all {len(before)} who wait on this list, each once: {missing} are missing, {extra} too many",
        )
    return {nomination_id: position for position, nomination_id in enumerate(wanted, 1)}


def refuse_unless_offered(state: str, due_on: date | None, today: date) -> None:
    """Raise ``Refusal`` unless an offer stands: the whole of its last day counts, the next day does not."""
    if state != State.OFFERED or due_on is None:
        words = STATE_WORDS[State(state)]
        raise Refusal("no-offer", f"当前没有待答复的递补（{words.zh}）", f"no offer stands: {words.en}")
    if today > due_on:
        raise Refusal(
            "offer-lapsed",
            f"递补答复已于{due_on}截止，名额将递补给下一位",
            f"the answer was due on {due_on}; the seat goes to the next in line",
        )


def _turn(each: Standby) -> tuple[bool, int, str]:
    return each.line is Line.CITY, each.position, each.nomination_id
