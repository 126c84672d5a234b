"""Why a term that could lie somewhere by itself finds no place beside the terms of a board."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services.scheduling.domain.placement import Reason, Room, Term
from services.scheduling.domain.placement_board import Board
from services.scheduling.domain.placement_grid import Slot
from services.scheduling.domain.placement_phrases import day_zh, listed_en, listed_zh, stretch_en, stretch_zh


def crowded_out(board: Board, term: Term, most: int | None = None) -> tuple[Reason, ...]:
    """Return why none of the term's slots is free on the board: the shortage that is nearest to being none.

    It looks at no more than ``most`` of the slots, spread evenly over all of them; the reason says so then.
    """
    slots = board.grid.slots[term.id]
    if most is None or len(slots) <= most:
        return (_Look(board, term).at(slots),)
    return (_in_part(_Look(board, term).at(_spread(slots, most)), most, len(slots)),)


def _spread(slots: Sequence[Slot], most: int) -> list[Slot]:
    return [slots[number * len(slots) // most] for number in range(most)]


def _in_part(reason: Reason, looked: int, slots: int) -> Reason:
    return dataclasses.replace(
        reason,
        zh=f"{reason.zh}（该期可排的开班日有{slots}个，时间所限只查看了其中{looked}个）",
        en=f"{reason.en} (of its {slots} possible openings only {looked} were looked at, to save time)",
        details={**reason.details, "openings": slots, "looked_at": looked},
    )


@dataclass(frozen=True, slots=True)
class _Shortage:
    """Beds that are short in a slot: of all kinds, or of ``kind`` alone; the ``rank`` is least where it is nearest."""

    slot: Slot
    campus_id: str
    kind: str | None
    days: tuple[tuple[date, int], ...]
    rank: tuple[int, int, date]


class _Look:
    """What is in a term's way, slot by slot. Once beds alone are short in one slot, only fewer beds count."""

    def __init__(self, board: Board, term: Term) -> None:
        self._board, self._term = board, term
        self._nearest: _Shortage | None = None
        self._siblings, self._rivals = set[str](), set[str]()
        self._days: dict[int, tuple[Sequence[Room], int]] = {}
        self._campuses: dict[int, tuple[str, ...]] = {}

    def at(self, slots: Iterable[Slot]) -> Reason:
        """Return the reason why none of the slots is free."""
        for slot in slots:
            self._see(slot)
        board, term = self._board, self._term
        if self._nearest is not None:
            return _beds(board, term, self._nearest)
        if (taken := self._taken()) is not None:
            return _rooms_taken(board, term, *taken)
        if self._rivals:
            return _lecturers_busy(board, term, self._rivals)
        return _siblings(board, term, self._siblings)

    def _see(self, slot: Slot) -> None:
        short = self._short(slot)
        if self._nearest is not None and not short:
            return
        if siblings := self._board.siblings(self._term, slot.span):
            self._siblings.update(siblings)
            return
        if rivals := self._board.rivals(self._term, slot):
            self._rivals.update(rivals)
            return
        # Terms of a plan have few sets of rooms in common: the days of each set tell who takes its rooms.
        key = id(slot.rooms)
        self._days[key] = slot.rooms, self._days.get(key, (slot.rooms, 0))[1] | slot.days
        for room in slot.rooms if short else ():
            # One room of a campus is like another: the first that is free shows that beds are all that is missing.
            if room.campus_id in short and not self._board.taken(room, slot):
                self._nearest = self._nearer(short.pop(room.campus_id))

    def _short(self, slot: Slot) -> dict[str, _Shortage]:
        """Return where beds are short in a slot, if that is nearer to being enough than what is known."""
        key, found = id(slot.rooms), {}
        if key not in self._campuses:
            self._campuses[key] = tuple(dict.fromkeys(room.campus_id for room in slot.rooms))
        for campus_id in self._campuses[key]:
            worst, kind = self._board.beds_missing(self._term, slot, campus_id)
            if worst > 0 and (self._nearest is None or worst <= self._nearest.rank[0]):
                days = self._board.beds_short(self._term, slot, campus_id, kind)
                short = _Shortage(slot, campus_id, kind, days, (worst, len(days), slot.span.starts_on))
                if self._nearer(short) is short:
                    found[campus_id] = short
        return found

    def _nearer(self, short: _Shortage) -> _Shortage:
        return short if self._nearest is None or short.rank < self._nearest.rank else self._nearest

    def _taken(self) -> tuple[list[str], set[str]] | None:
        """Return the rooms that others have in some slot, and those others; ``None``: there are none."""
        rooms, others = set[str](), set[str]()
        for found, days in self._days.values():
            for room in found:
                users = self._board.users(room, days)
                others.update(users)
                rooms.update((room.id,) if users else ())
        return (sorted(rooms), others) if rooms else None


def _beds(board: Board, term: Term, found: _Shortage) -> Reason:
    campus, span = board.axis.campuses[found.campus_id], found.slot.span
    beds, where = campus.beds_of(found.kind), campus.sleeping(found.kind)
    kind_zh = "" if found.kind is None else f"“{found.kind}”类"
    kind_en = "" if found.kind is None else f" of kind {found.kind!r}"
    worst = found.rank[0]
    days = [day for day, _ in found.days]
    dates_zh = day_zh(days[0]) if len(days) == 1 else f"{day_zh(days[0])}至{day_zh(days[-1])}"
    return Reason(
        "beds-exceeded",
        f"{term.label}最接近可行的开班日是{day_zh(span.starts_on)}，但{where}{kind_zh}床位{beds}张，"
        f"{dates_zh}共需{beds + worst}张，超出{worst}张；请增加床位、减少人数或放宽举办时间",
        f"the nearest possible opening of {term.label_en} is {span.starts_on}, but {where!r} has "
        f"{beds} beds{kind_en} "
        f"and {beds + worst} would be needed on {days[0]} to {days[-1]}, {worst} too many",
        {
            "campus_id": campus.id,
            "starts_on": span.starts_on.isoformat(),
            "beds": beds,
            **({} if found.kind is None else {"bed_kind": found.kind}),
            "excess": worst,
            "dates": [{"day": day.isoformat(), "excess": excess} for day, excess in found.days],
        },
    )


def _rooms_taken(board: Board, term: Term, rooms: list[str], others: set[str]) -> Reason:
    blockers = sorted(others, key=lambda id: (board.placed[id].starts_on, id))
    named = [board.terms[id] for id in blockers[:5]]
    more = len(blockers) - len(named)
    return Reason(
        "rooms-taken",
        f"{term.label}需要{term.trainees}人以上的教室，合适的{len(rooms)}间在{day_zh(term.earliest_start)}至"
        f"{day_zh(term.latest_end)}内每个可排日期都已被占用：{'、'.join(each.label for each in named)}"
        f"{f'等{len(blockers)}期' if more else ''}；请增加教室或放宽举办时间",
        f"all {len(rooms)} rooms that seat {term.trainees} are in use at every possible start of {term.label_en}: "
        + "; ".join(each.label_en for each in named),
        {"rooms": rooms, "taken_by": blockers},
    )


def _lecturers_busy(board: Board, term: Term, others: set[str]) -> Reason:
    wanted = {need.lecturer_id for need in term.needs}
    busy = sorted({need.lecturer_id for id in others for need in board.terms[id].needs} & wanted)
    named = [board.axis.lecturers[id].title if id in board.axis.lecturers else id for id in busy]
    blockers = sorted(others, key=lambda id: (board.placed[id].starts_on, id))
    window_zh = stretch_zh(term.earliest_start, term.latest_end)
    return Reason(
        "lecturer-taken",
        f"{term.label}需要的讲师{listed_zh(named, counted='人')}在{window_zh}内每个可排日期都已在"
        f"{listed_zh([board.terms[id].label for id in blockers], counted='期')}授课；"
        "请换讲师、调整授课日或放宽举办时间",
        f"{listed_en(named)}, needed by {term.label_en}, teaches at every possible start in "
        + listed_en([board.terms[id].label_en for id in blockers])
        + "; find another lecturer, or widen the window",
        {"lecturers": busy, "taken_by": blockers},
    )


def _siblings(board: Board, term: Term, found: set[str]) -> Reason:
    others = sorted(found, key=lambda id: (board.terms[id].ordinal, board.terms[id].programme_ordinal, id))
    if any(board.terms[id].programme_id != term.programme_id for id in others):
        return _ordered(board, term, others)
    gap = board.axis.gap(term)
    rule_zh = "各期按顺序开班" if gap is None else f"各期按顺序开班且至少间隔{gap}天"
    named = "、".join(f"第{board.terms[id].ordinal}期" for id in others)
    return Reason(
        "programme-spacing",
        f"同一班次{rule_zh}，{term.label}与已排的{named}在{day_zh(term.earliest_start)}至{day_zh(term.latest_end)}内无法错开；"
        "请放宽举办时间或缩短间隔",
        f"terms of a programme open in order{'' if gap is None else f' and {gap} days apart'}; "
        f"{term.label_en} does not fit "
        f"beside its other terms within {term.earliest_start} to {term.latest_end}",
        {"terms": others, "min_gap": gap},
    )


def _ordered(board: Board, term: Term, others: list[str]) -> Reason:
    return Reason(
        "order",
        f"{term.label}与{listed_zh([board.terms[id].label for id in others], counted='期')}有先后要求，"
        f"在{stretch_zh(term.earliest_start, term.latest_end)}内排不开；请放宽举办时间或缩短间隔",
        f"{term.label_en} must come before or after {listed_en([board.terms[id].label_en for id in others])} and does "
        f"not fit within {stretch_en(term.earliest_start, term.latest_end)}; widen its window or shorten the delay",
        {"terms": others},
    )
