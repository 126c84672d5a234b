"""Why a term that could lie somewhere by itself finds no place beside the terms of a board."""

from __future__ import annotations

from datetime import date

from services.scheduling.domain.placement import Reason, Room, Term
from services.scheduling.domain.placement_board import Board, Obstacles
from services.scheduling.domain.placement_grid import Slot
from services.scheduling.domain.placement_phrases import day_zh, listed_en, listed_zh, stretch_en, stretch_zh

Found = tuple[Slot, Room, Obstacles]


def crowded_out(board: Board, term: Term) -> tuple[Reason, ...]:
    """Return why none of the term's slots is free on the board: the shortage that is nearest to being none."""
    found = [
        (slot, room, board.obstacles(term, slot, room)) for slot in board.grid.slots[term.id] for room in slot.rooms
    ]
    alone = [each for each in found if not each[2].siblings]
    bed_bound = [
        each for each in alone if each[2].beds_short and not each[2].room_taken_by and not each[2].lecturer_busy
    ]
    room_bound = [each for each in alone if each[2].room_taken_by and not each[2].lecturer_busy]
    lecturer_bound = [each for each in alone if each[2].lecturer_busy]
    if bed_bound:
        return (_beds(board, term, *min(bed_bound, key=_shortage)),)
    if room_bound:
        return (_rooms_taken(board, term, room_bound),)
    if lecturer_bound:
        return (_lecturers_busy(board, term, lecturer_bound),)
    return (_siblings(board, term, found),)


def _shortage(found: Found) -> tuple[int, int, date]:
    short = found[2].beds_short
    return max(excess for _, excess in short), len(short), found[0].span.starts_on


def _beds(board: Board, term: Term, slot: Slot, room: Room, found: Obstacles) -> Reason:
    campus, span = board.axis.campuses[room.campus_id], slot.span
    beds, where = campus.beds_of(found.bed_kind), campus.sleeping(found.bed_kind)
    kind_zh = "" if found.bed_kind is None else f"“{found.bed_kind}”类"
    kind_en = "" if found.bed_kind is None else f" of kind {found.bed_kind!r}"
    worst = max(excess for _, excess in found.beds_short)
    days = [day for day, _ in found.beds_short]
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
            **({} if found.bed_kind is None else {"bed_kind": found.bed_kind}),
            "excess": worst,
            "dates": [{"day": day.isoformat(), "excess": excess} for day, excess in found.beds_short],
        },
    )


def _rooms_taken(board: Board, term: Term, found: list[Found]) -> Reason:
    rooms = sorted({room.id for _, room, _ in found})
    blockers = sorted(
        {id for _, _, each in found for id in each.room_taken_by}, key=lambda id: board.placed[id].starts_on
    )
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


def _lecturers_busy(board: Board, term: Term, found: list[Found]) -> Reason:
    others = {id for _, _, each in found for id in each.lecturer_busy}
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


def _siblings(board: Board, term: Term, found: list[Found]) -> Reason:
    others = sorted({id for _, _, each in found for id in each.siblings}, key=lambda id: board.terms[id].ordinal)
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
