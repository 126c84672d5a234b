"""What if: changes that a planner tries on a year, and the year with them."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from services.scheduling.domain.blackout_reach import nobodys_district, outside_the_year, unknown_campus
from services.scheduling.domain.placement import Ban, Blackout, Pin, Placed, Problem, Term

Kind = Literal["pin", "move", "ban", "drop", "blackout"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change to try.

    ``pin`` keeps a term where it lies, or on ``starts_on``; ``move`` puts it on ``starts_on``, or into ``room_id``, or
    both, and leaves what it does not say as an earlier change has it; ``ban`` keeps it off the days from ``starts_on``
    to ``ends_on``; ``drop`` leaves it out. ``blackout`` closes those days for ``districts`` and ``campus_ids`` (both
    empty: for the whole city).
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


@dataclass(frozen=True, slots=True)
class Wish:
    """Where changes put a term: the day and the room that they said last, ``None`` where none of them said any.

    ``stays``: it was pinned where it lies, and no other day was said since.
    """

    starts_on: date | None = None
    room_id: str | None = None
    stays: bool = False

    def after(self, change: Change) -> Wish:
        """Return it with one pin or move more; a pin without day and room takes back what was said before."""
        if change.kind == "pin" and change.starts_on is None and change.room_id is None:
            return Wish(stays=True)
        stays = self.stays and change.starts_on is None
        return Wish(change.starts_on or self.starts_on, change.room_id or self.room_id, stays)


def wishes(changes: Iterable[Change]) -> dict[str, Wish]:
    """Return where changes put the terms that they pin or move, all that they say of one taken together."""
    found: dict[str, Wish] = {}
    for change in changes:
        if change.kind in ("pin", "move") and change.term_id is not None:
            found[change.term_id] = found.get(change.term_id, Wish()).after(change)
    return found


def changed(
    problem: Problem, before: Iterable[Placed], changes: Iterable[Change], districts: Collection[str] = ()
) -> Problem:
    """Return the year with the changes, each on top of the ones before it. Raises ``ChangeRefused``.

    ``districts`` may be closed besides those that the year itself knows of.
    """
    changes = list(changes)
    lies = {each.term_id: each for each in before}
    terms = {term.id: term for term in problem.terms}
    blackouts, dropped = list(problem.blackouts), list(problem.dropped)
    for number, change in enumerate(changes, 1):
        if change.kind == "blackout":
            _refuse_unknown(problem, change, districts)
            first, last = _days(problem, change)
            blackouts.append(Blackout(f"change-{number}", "假设停办", first, last, change.districts, change.campus_ids))
            continue
        term = _named(problem, change, terms, dropped)
        if change.kind == "drop":
            dropped.append(terms.pop(term.id))
        elif change.kind == "ban":
            terms[term.id] = dataclasses.replace(term, bans=(*term.bans, Ban(*_days(problem, change))))
        else:
            _refuse_nowhere(problem, term, change)
    for term_id, wish in wishes(changes).items():
        if term_id in terms:
            terms[term_id] = dataclasses.replace(terms[term_id], pin=_pin(terms[term_id], lies.get(term_id), wish))
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


def _named(problem: Problem, change: Change, terms: Mapping[str, Term], dropped: Iterable[Term]) -> Term:
    """Return the term of a change. Raises ``ChangeRefused`` for one that is not there, or not any more."""
    if (found := terms.get(change.term_id or "")) is not None:
        return found
    for gone in (each for each in dropped if each.id == change.term_id):
        before = gone in problem.dropped
        zh, en = ("年度题目已列明不办该期", "the year") if before else ("前一项已取消该期", "an earlier change")
        raise ChangeRefused(
            f"{zh}：{gone.label}（{gone.id}）不能再作改动；请去掉这一项，或不要取消该期",
            f"{en} leaves this term out: {gone.label_en} ({gone.id!r}) cannot be changed; take out this change, "
            "or do not drop the term",
        )
    raise ChangeRefused(
        f"没有编号为“{change.term_id}”的班次期，请核对编号",
        f"there is no term {change.term_id!r}; check the identifier",
    )


def _refuse_nowhere(problem: Problem, term: Term, change: Change) -> None:
    if change.room_id is not None and change.room_id not in {room.id for room in problem.rooms}:
        raise ChangeRefused(
            f"没有编号为“{change.room_id}”的教室，请核对编号",
            f"there is no room {change.room_id!r}; check the identifier",
        )
    if change.kind == "move" and change.starts_on is None and change.room_id is None:
        raise ChangeRefused(
            f"没有说明把{term.label}（{term.id}）改到哪里：请给出开班日期 starts_on 或教室 room_id；"
            "要它留在原处，请用 pin",
            f"nothing says where {term.label_en} ({term.id!r}) is moved to: give starts_on, the day it opens, or "
            "room_id; to keep it where it lies, pin it",
        )


def _pin(term: Term, lies: Placed | None, wish: Wish) -> Pin:
    starts_on = wish.starts_on or (lies.starts_on if lies else None)
    if starts_on is None:
        raise ChangeRefused(
            f"{term.label}还没有排定，请给出开班日期 starts_on",
            f"{term.label_en} is not placed yet; give starts_on, the day it opens",
        )
    return Pin(starts_on, wish.room_id or (lies.room_id if wish.stays and lies else None))


def _refuse_unknown(problem: Problem, change: Change, districts: Iterable[str]) -> None:
    wrong = unknown_campus(problem, change.campus_ids) or nobodys_district(problem, change.districts, districts)
    if wrong is not None:
        raise ChangeRefused(*wrong)


def _days(problem: Problem, change: Change) -> tuple[date, date]:
    first, last = change.starts_on, change.ends_on or change.starts_on
    if first is None or last is None or last < first:
        raise ChangeRefused(
            f"起止日期有误：{first}至{last}，请给出 starts_on 和不早于它的 ends_on",
            f"the days {first} to {last} make no sense; give starts_on, and ends_on no earlier",
        )
    wrong = outside_the_year(problem, first, last)
    if wrong is not None:
        raise ChangeRefused(*wrong)
    return first, last
