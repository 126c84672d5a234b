"""Why a term could not be placed: the first rule that leaves it nowhere to go, said with its figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from services.scheduling.domain.placement import Blackout, Reason, Room, Term, Unplaced
from services.scheduling.domain.placement_board import Board
from services.scheduling.domain.placement_crowding import crowded_out
from services.scheduling.domain.placement_phrases import day_zh, listed_en, listed_zh, stretch_en, stretch_zh
from services.scheduling.domain.placement_spans import Axis, Span

_ONE_DAY = timedelta(days=1)


_LOOKS = 100_000
"""Slots looked at for the reasons of all terms together: what keeps them within a second or two."""


def explain_all(board: Board, terms: Sequence[Term]) -> tuple[Unplaced, ...]:
    """Return the reasons of each term; where they would have to look at too many slots, all look at fewer."""
    slots = board.grid.slots
    most = _level([len(slots[term.id]) for term in terms], _LOOKS)
    return tuple(explain(board, term, most) for term in terms)


def _level(counts: Sequence[int], together: int) -> int:
    """Return the most that each may have so that all have no more than so many together; at least one."""
    left, most = together, 1
    for number, count in enumerate(sorted(counts)):
        most = max(1, left // (len(counts) - number))
        if count > most:
            return most
        left -= count
    return max(counts, default=1)


def explain(board: Board, term: Term, most: int | None = None) -> Unplaced:
    """Return the reasons why ``term`` is not on the board, most basic first.

    Of a crowd it looks at no more than ``most`` slots of the term (``crowded_out``).
    """
    axis = board.axis
    if board.grid.slots[term.id] and term.stands is None:
        return Unplaced(term.id, crowded_out(board, term, most))
    reasons = _rooms_too_small(axis, term)
    unhindered = list(axis.spans(term))
    if not unhindered:
        return Unplaced(term.id, (*reasons, _no_span(axis, term)))
    spans = list(board.grid.free_spans(term))
    if not spans:
        return Unplaced(term.id, (*reasons, _hindered(axis, term, unhindered)))
    rooms = axis.suitable_rooms(term)
    if reasons or not rooms:
        return Unplaced(term.id, tuple(reasons) or (_no_room(axis, term),))
    open_choices, blackouts = _outside_blackouts(axis, term, spans, rooms)
    if not open_choices:
        return Unplaced(term.id, (_all_blacked_out(term, blackouts),))
    return Unplaced(term.id, crowded_out(board, term, most))


def _rooms_too_small(axis: Axis, term: Term) -> list[Reason]:
    problem, reasons = axis.problem, []
    kind_zh = f"类型为“{term.room_kind}”的" if term.room_kind else ""
    of_kind = [room for room in axis.rooms_in_reach(term) if term.room_kind in (None, room.kind)]
    here = [room for room in of_kind if term.campus_id in (None, room.campus_id)]
    largest = max((room.capacity for room in here), default=0)
    if largest < term.trainees:
        where = "" if term.campus_id is None else f"{_campus(axis, term.campus_id)}"
        reasons.append(
            Reason(
                "room-too-small",
                f"{term.label}有{term.trainees}人，{where}{kind_zh}教室最大只能容纳{largest}人；请增加教室或减少每期人数",
                f"{term.label_en} has {term.trainees} trainees and the largest suitable room seats {largest}; "
                "add a room or make the term smaller",
                {"trainees": term.trainees, "largest": largest},
            )
        )
    campuses = [campus for campus in problem.campuses if term.campus_id in (None, campus.id)]
    beds = max((min(campus.beds, campus.beds_of(term.bed_kind)) for campus in campuses), default=0)
    if term.boards and beds < term.trainees:
        bed_zh = "" if term.bed_kind is None else f"“{term.bed_kind}”类"
        bed_en = "" if term.bed_kind is None else f" of kind {term.bed_kind!r}"
        reasons.append(
            Reason(
                "beds-too-few",
                f"{term.label}需{bed_zh}床位{term.trainees}张，校区{bed_zh}床位最多只有{beds}张；请增加床位或减少每期人数",
                f"{term.label_en} needs {term.trainees} beds{bed_en} and no campus has more than {beds}; "
                "add beds or make it smaller",
                {"trainees": term.trainees, "beds": beds},
            )
        )
    return reasons


def _no_room(axis: Axis, term: Term) -> Reason:
    wanted = axis.rooms.get(term.pin.room_id) if term.pin and term.pin.room_id else _only_room(axis, term)
    if wanted is not None and wanted.id in term.barred_rooms:
        return Reason(
            "room-barred",
            f"{term.label}指定的教室“{wanted.title}”同时又被禁用；请改选教室或取消禁用",
            f"the room {wanted.title!r} set for {term.label_en} is barred for it; choose another or lift the bar",
            {"room_id": wanted.id},
        )
    if wanted is not None:
        zh, en = _unsuitable(axis, term, wanted)
        return Reason(
            "pinned-room-unsuitable",
            f"{term.label}指定的教室“{wanted.title}”不合要求（{zh}）；请改选教室",
            f"the room {wanted.title!r} set for {term.label_en} does not fit ({en}); choose another",
            {"room_id": wanted.id, "capacity": wanted.capacity, "trainees": term.trainees},
        )
    return Reason(
        "no-room-with-beds",
        f"{term.label}找不到同一校区内教室和床位都够{term.trainees}人的地方；请增加教室或床位",
        f"no campus has both a room and beds for the {term.trainees} trainees of {term.label_en}",
        {"trainees": term.trainees},
    )


def _unsuitable(axis: Axis, term: Term, room: Room) -> tuple[str, str]:
    """Return in what a room does not fit a term."""
    if room.capacity < term.trainees:
        return f"容纳{room.capacity}人，需要{term.trainees}人", f"it seats {room.capacity}, {term.trainees} are needed"
    if term.room_kind not in (None, room.kind):
        return f"是“{room.kind}”类，需要“{term.room_kind}”类", f"it is a {room.kind!r}, a {term.room_kind!r} is needed"
    if term.campus_id is not None and term.campus_id != room.campus_id:
        here, there = (
            axis.campuses[id].title if id in axis.campuses else id for id in (room.campus_id, term.campus_id)
        )
        return f"在“{here}”，该期须在“{there}”", f"it is on {here!r}, the term belongs on {there!r}"
    beds = axis.campuses[room.campus_id].beds_of(term.bed_kind)
    return f"所在校区床位{beds}张，需要{term.trainees}张", f"its campus has {beds} beds, {term.trainees} are needed"


def _only_room(axis: Axis, term: Term) -> Room | None:
    """Return the one room that a term may have when all others are barred for it."""
    left = [room for room in axis.rooms_in_reach(term) if room.id not in term.barred_rooms]
    return left[0] if term.barred_rooms and len(left) == 1 else None


def _no_span(axis: Axis, term: Term) -> Reason:
    first, last = axis.earliest(term), term.latest_end
    window_zh = f"{day_zh(term.earliest_start)}至{day_zh(last)}"
    if any(True for _ in axis.unbroken(term)) and term.pin:
        return Reason(
            "pin-impossible",
            f"{term.label}被指定于{day_zh(term.pin.starts_on)}开班，"
            f"但从这一天起在{window_zh}内排不下连续{term.days}个工作日；请改换日期",
            f"{term.label_en} is pinned to {term.pin.starts_on}, from which {term.days} unbroken working days do not "
            f"fit into {term.earliest_start} to {last}; choose another day",
            {"pinned": term.pin.starts_on.isoformat(), "days": term.days},
        )
    if first > term.earliest_start and _spans_without_lead(axis, term):
        return Reason(
            "lead-time",
            f"{term.label}发函需提前{axis.problem.policy.lead_days}天，最早{day_zh(first)}才能开班，"
            f"此后在{window_zh}内排不下{term.days}个工作日；请推迟结束日期或缩短提前天数",
            f"letters for {term.label_en} need {axis.problem.policy.lead_days} days, so it cannot open before {first}, "
            f"and {term.days} working days do not fit between then and {last}",
            {"earliest": first.isoformat(), "lead_days": axis.problem.policy.lead_days},
        )
    working = axis.working_in(term.earliest_start, last)
    if len(working) < term.days:
        return Reason(
            "window-too-short",
            f"{term.label}学制{term.days}天，而{window_zh}只有{len(working)}个工作日；请放宽举办时间或缩短学制",
            f"{term.label_en} takes {term.days} working days and {term.earliest_start} to {last} has only "
            f"{len(working)}; widen the window or shorten the term",
            {"days": term.days, "working_days": len(working)},
        )
    longest = _longest_run(axis, term)
    holidays = _holidays(axis, term.earliest_start, last)
    broken_zh = f"（被{'、'.join(holidays)}假期隔断）" if holidays else "（被周末隔断）"
    return Reason(
        "run-too-short",
        f"{term.label}学制{term.days}天须连续上课，而{window_zh}内最长只有连续{longest}个可用工作日{broken_zh}；"
        "请放宽举办时间或缩短学制",
        f"{term.label_en} needs {term.days} unbroken working days and the longest run within {term.earliest_start} to "
        f"{last} has {longest}; widen the window or shorten the term",
        {"days": term.days, "longest_run": longest, "holidays": holidays},
    )


def _hindered(axis: Axis, term: Term, spans: list[Span]) -> Reason:
    absences = {
        (lecturer.title, each.starts_on, each.ends_on): lecturer.id
        for span in spans
        for lecturer, each in axis.absences_on(term, span)
    }
    window_zh = stretch_zh(term.earliest_start, term.latest_end)
    if not absences:
        return Reason(
            "banned",
            f"{term.label}在{window_zh}内所有可排日期都被指定为不排；请放宽举办时间或减少不排的日期",
            f"every possible start of {term.label_en} within {stretch_en(term.earliest_start, term.latest_end)} is "
            "banned; widen its window or lift a ban",
            {"bans": [[each.starts_on.isoformat(), each.ends_on.isoformat()] for each in term.bans]},
        )
    zh = listed_zh([f"{who}（{stretch_zh(first, last)}）" for who, first, last in sorted(absences)], counted="人次")
    en = listed_en([f"{who} ({stretch_en(first, last)})" for who, first, last in sorted(absences)])
    return Reason(
        "lecturer-away",
        f"{term.label}在{window_zh}内所有可排日期都遇讲师不在：{zh}；请换讲师、调整授课日或放宽举办时间",
        f"a lecturer of {term.label_en} is away at every possible start within "
        f"{stretch_en(term.earliest_start, term.latest_end)}: {en}; find another, or widen the window",
        {"lecturers": sorted(set(absences.values()))},
    )


def _spans_without_lead(axis: Axis, term: Term) -> bool:
    for start in axis.working_in(term.earliest_start, term.latest_end):
        span = axis.span_from(term, start)
        if span and span.ends_on <= term.latest_end:
            return True
    return False


def _longest_run(axis: Axis, term: Term) -> int:
    longest = run = 0
    day = term.earliest_start
    while day <= term.latest_end:
        known = axis.day(day)
        if known and known.works:
            run += 1
        elif known is None or known.kind == "holiday" or term.days <= axis.problem.policy.longest_run:
            run = 0
        longest, day = max(longest, run), day + _ONE_DAY
    return longest


def _holidays(axis: Axis, first: date, last: date) -> list[str]:
    days = (day for day in axis.problem.days if day.kind == "holiday" and first <= day.day <= last)
    return list(dict.fromkeys(day.name or "节日" for day in days))


def _outside_blackouts(
    axis: Axis, term: Term, spans: Iterable[Span], rooms: list[Room]
) -> tuple[list[tuple[Span, Room]], list[Blackout]]:
    found: list[tuple[Span, Room]] = []
    in_the_way: dict[str, Blackout] = {}
    for span in spans:
        blackouts = {id: axis.blackouts_on(term, span, axis.campuses[id]) for id in {room.campus_id for room in rooms}}
        found += [(span, room) for room in rooms if not blackouts[room.campus_id]]
        in_the_way |= {each.id: each for several in blackouts.values() for each in several}
    return found, sorted(in_the_way.values(), key=lambda each: (each.starts_on, each.id))


def _all_blacked_out(term: Term, blackouts: list[Blackout]) -> Reason:
    zh = "、".join(f"“{each.title}”（{day_zh(each.starts_on)}至{day_zh(each.ends_on)}）" for each in blackouts)
    en = ", ".join(f"{each.title!r} ({each.starts_on} to {each.ends_on})" for each in blackouts)
    return Reason(
        "blackout",
        f"{term.label}在{day_zh(term.earliest_start)}至{day_zh(term.latest_end)}内所有可排日期都落在停办时段{zh}之内；"
        "请把举办时间延到停办时段之后",
        f"every possible start of {term.label_en} within {term.earliest_start} to {term.latest_end} falls into {en}; "
        "move its window past the blackout",
        {"blackouts": [each.id for each in blackouts]},
    )


def _campus(axis: Axis, campus_id: str) -> str:
    campus = axis.campuses.get(campus_id)
    return f"“{campus.title}”" if campus else f"校区“{campus_id}”"
