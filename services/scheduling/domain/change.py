"""What if: changes that a planner tries on a year, and the year with them."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.scheduling.domain.placement import Ban, Blackout, Pin, Placed, Problem, Term

Kind = Literal["pin", "move", "ban", "drop", "blackout"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change to try.

    ``pin`` keeps a term where it lies, or on ``starts_on``; ``move`` puts it on ``starts_on``, or into ``room_id``, or
    both; ``ban`` keeps it off the days from ``starts_on`` to ``ends_on``; ``drop`` leaves it out. ``blackout`` closes
    those days for ``districts`` and ``campus_ids`` (both empty: for the whole city).
    """

    kind: Kind
    term_id: str | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    room_id: str | None = None
    districts: tuple[str, ...] = ()
    campus_ids: tuple[str, ...] = ()


class ChangeRefused(ValueError):
    """A change that makes no sense, in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh, self.en = zh, en


def changed(problem: Problem, before: Iterable[Placed], changes: Iterable[Change]) -> Problem:
    """Return the year with the changes. Raises ``ChangeRefused``."""
    lies = {each.term_id: each for each in before}
    terms = {term.id: term for term in problem.terms}
    blackouts, dropped = list(problem.blackouts), list(problem.dropped)
    for number, change in enumerate(changes, 1):
        if change.kind == "blackout":
            first, last = _days(change)
            blackouts.append(Blackout(f"change-{number}", "假设停办", first, last, change.districts, change.campus_ids))
            continue
        if change.term_id not in terms:
            raise ChangeRefused(f"没有编号为“{change.term_id}”的班次期", f"there is no term {change.term_id!r}")
        term = terms[change.term_id]
        if change.kind == "drop":
            dropped.append(terms.pop(term.id))
        elif change.kind == "ban":
            terms[term.id] = dataclasses.replace(term, bans=(*term.bans, Ban(*_days(change))))
        else:
            rooms = {room.id for room in problem.rooms}
            if change.room_id is not None and change.room_id not in rooms:
                raise ChangeRefused(f"没有编号为“{change.room_id}”的教室", f"there is no room {change.room_id!r}")
            terms[term.id] = dataclasses.replace(term, pin=_pin(term, lies.get(term.id), change))
    orders = tuple(order for order in problem.orders if order.before in terms and order.after in terms)
    return dataclasses.replace(
        problem, terms=tuple(terms.values()), blackouts=tuple(blackouts), orders=orders, dropped=tuple(dropped)
    )


def leaving(year: Problem, before: Iterable[Placed]) -> frozenset[str]:
    """Return the terms that a year with its changes lets go: left out, put on another day, or kept off their days."""
    terms = {term.id: term for term in year.terms}
    return frozenset(at.term_id for at in before if not _may_stay(terms.get(at.term_id), at))


def _may_stay(term: Term | None, at: Placed) -> bool:
    if term is None or (term.pin is not None and term.pin.starts_on != at.starts_on):
        return False
    return not any(ban.starts_on <= at.ends_on and at.starts_on <= ban.ends_on for ban in term.bans)


def _pin(term: Term, lies: Placed | None, change: Change) -> Pin:
    starts_on = change.starts_on or (lies.starts_on if lies else None)
    if starts_on is None:
        raise ChangeRefused(
            f"{term.label}还没有排定，请给出开班日期 starts_on",
            f"{term.label_en} is not placed yet; give starts_on, the day it opens",
        )
    stays = change.kind == "pin" and change.starts_on is None and lies is not None
    return Pin(starts_on, change.room_id or (lies.room_id if stays and lies else None))


def _days(change: Change) -> tuple[date, date]:
    first, last = change.starts_on, change.ends_on or change.starts_on
    if first is None or last is None or last < first:
        raise ChangeRefused(
            f"起止日期有误：{first}至{last}，请给出 starts_on 和不早于它的 ends_on",
            f"the days {first} to {last} make no sense; give starts_on, and ends_on no earlier",
        )
    return first, last
