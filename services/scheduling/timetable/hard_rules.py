"""The hard rules of our own problem, straight from their words.

Shares nothing with a solver but the grid and the measure of hours.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from services.scheduling.timetable.class_hours import as_hours, parts_of
from services.scheduling.timetable.findings import Finding
from services.scheduling.timetable.reading import Reading, Sitting, Subject


def violations(reading: Reading, subject: Subject) -> Iterator[Finding]:
    """Yield every hard rule broken about one subject, each time it is."""
    kind, identifier = subject
    sittings = reading.of(subject)
    if kind == "course":
        yield from _presence(reading, identifier)
        for sitting in reading.anywhere(subject):
            yield from _place(reading, sitting)
        yield from _pairs(reading, "course_clash", identifier, ("同一课程", "one course"), sittings)
    elif kind == "lecturer":
        name = reading.book.lecturers[identifier].name
        yield from _pairs(reading, "lecturer_clash", identifier, (f"讲师{name}", f"lecturer {name}"), sittings)
        yield from _hours(reading, identifier, sittings)
    elif kind == "term":
        title = reading.book.terms[identifier].title
        yield from _pairs(reading, "term_clash", identifier, (f"“{title}”", f"term {title!r}"), sittings)
    elif identifier in reading.book.rooms:
        title = reading.book.rooms[identifier].title
        inside = [sitting for sitting in sittings if not sitting.course.field]
        yield from _pairs(reading, "room_clash", identifier, (f"教室“{title}”", f"room {title!r}"), inside)


def _presence(reading: Reading, course_id: str) -> Iterator[Finding]:
    seen = Counter(at.number for at in reading.lectures(("course", course_id)))
    course = reading.book.courses.get(course_id)
    wanted = range(1, course.lectures + 1) if course else range(0)
    for number in wanted:
        if course is not None and not seen[number]:
            yield Finding(
                "lecture_missing",
                0,
                f"《{course.title}》第{number}讲没有排入课表",
                f"lecture {number} of {course.title!r} is not in the timetable",
                {"course_id": course_id, "number": number},
            )
    for number, count in sorted(seen.items()):
        if count > 1 or number not in wanted:
            yield Finding(
                "lecture_unknown",
                0,
                f"课程{course_id}第{number}讲在题目中不存在，或在课表中出现{count}次",
                f"lecture {number} of course {course_id} is not part of the problem, or stands here {count} times",
                {"course_id": course_id, "number": number},
            )


def _place(reading: Reading, sitting: Sitting) -> Iterator[Finding]:
    at, course, book = sitting.at, sitting.course, reading.book
    pin = book.pins.get((at.course_id, at.number))
    if pin is not None and (at.slot != pin.slot or pin.room_id not in (None, at.room_id)):
        yield Finding(
            "pin_moved",
            0,
            f"{sitting.zh}已锁定在{book.grid.zh(pin.slot)}，不能移动",
            f"{sitting.en} is locked {book.grid.en(pin.slot)} and may not move",
            sitting.where,
        )
    if book.grid.covered(course, at.slot) is None:
        yield Finding(
            "slot_invalid",
            0,
            f"{sitting.zh}不能从时段{at.slot}开始：应在半天之内，现场教学占用完整的半天",
            f"{sitting.en} cannot begin at slot {at.slot}: a lecture lies within a half-day, field teaching takes "
            "whole ones",
            sitting.where,
        )
        return
    yield from _room(reading, sitting)
    yield from _unavailable(reading, sitting)


def _unavailable(reading: Reading, sitting: Sitting) -> Iterator[Finding]:
    course, book = sitting.course, reading.book
    who = [("course_unavailable", course.id, f"《{course.title}》", repr(course.title), course.unavailable)]
    for lecturer in (book.lecturers[each] for each in course.lecturer_ids):
        who.append(("lecturer_unavailable", lecturer.id, lecturer.name, lecturer.name, lecturer.unavailable))
    for term in (book.terms[each] for each in course.term_ids):
        who.append(("term_unavailable", term.id, f"“{term.title}”", repr(term.title), term.unavailable))
    if sitting.room is not None and not course.field:
        room = sitting.room
        who.append(("room_unavailable", room.id, f"教室“{room.title}”", f"room {room.title!r}", room.unavailable))
    for rule, identifier, zh, en, barred in who:
        for slot in sorted(set(sitting.slots) & set(barred)):
            yield Finding(
                rule,
                0,
                f"{zh}在{book.grid.zh(slot)}不可用，{sitting.zh}排在此时",
                f"{en} is not available {book.grid.en(slot)}, when {sitting.en} is held",
                {**sitting.where, "id": identifier, "unavailable_slot": slot},
            )


def _room(reading: Reading, sitting: Sitting) -> Iterator[Finding]:
    at, course, room = sitting.at, sitting.course, sitting.room
    if course.field or room is None:
        if not course.field or at.room_id is not None:
            yield Finding(
                "room_needed",
                0,
                f"{sitting.zh}" + ("是现场教学，不占教室" if course.field else "没有安排教室，或教室不存在"),
                f"{sitting.en} " + ("is held outside and takes no room" if course.field else "has no room known here"),
                sitting.where,
            )
        return
    kinds, ids = course.room_kinds, course.room_ids
    if (kinds and room.kind not in kinds) or (ids and room.id not in ids):
        yield Finding(
            "room_kind",
            0,
            f"{sitting.zh}不能用教室“{room.title}”（{room.kind}），应为{'、'.join(ids or kinds)}",
            f"{sitting.en} cannot be held in {room.title!r} ({room.kind}); it needs {', '.join(ids or kinds)}",
            sitting.where,
        )
    needed = reading.book.seats_needed(course)
    if reading.book.problem.rules.seats == "hard" and needed > room.seats:
        yield Finding(
            "room_seats",
            0,
            f"{sitting.zh}需要{needed}个座位，教室“{room.title}”只有{room.seats}个",
            f"{sitting.en} needs {needed} seats, room {room.title!r} has {room.seats}",
            {**sitting.where, "needed": needed, "seats": room.seats},
        )


def _pairs(
    reading: Reading, rule: str, identifier: str, who: tuple[str, str], sittings: Iterable[Sitting]
) -> Iterator[Finding]:
    for one, other in combinations(sittings, 2):
        shared = sorted(set(one.slots) & set(other.slots))
        if shared:
            grid = reading.book.grid
            yield Finding(
                rule,
                0,
                f"{who[0]}在{grid.zh(shared[0])}同时有{one.zh}和{other.zh}",
                f"{who[1]} has {one.en} and {other.en} at once, {grid.en(shared[0])}",
                {"id": identifier, "slot": shared[0], "lectures": [one.where, other.where]},
            )


def _hours(reading: Reading, lecturer_id: str, sittings: Iterable[Sitting]) -> Iterator[Finding]:
    limit, grid = reading.book.problem.rules.lecturer_hours, reading.book.grid
    if limit is None:
        return
    taught: dict[tuple[int, int], int] = defaultdict(int)
    for sitting in sittings:
        halves = {(grid.day(slot), grid.half(slot)) for slot in sitting.slots}
        for half in halves:
            taught[half] += parts_of(sitting.course.hours, len(halves))
    for (day, part), parts in sorted(taught.items()):
        if parts > parts_of(limit.value):
            hours = as_hours(parts)
            name = reading.book.lecturers[lecturer_id].name
            source = f"（{limit.source}）" if limit.source else ""
            yield Finding(
                "lecturer_hours",
                0,
                f"讲师{name}在{grid.days[day]}的同一半天授课{hours:g}学时，上限为{limit.value:g}学时{source}",
                f"lecturer {name} teaches {hours:g} class hours in one half of {grid.days[day]}; the limit is "
                f"{limit.value:g}" + (f" ({limit.source})" if limit.source else ""),
                {
                    "id": lecturer_id,
                    "slot": day * grid.per_day + sum(grid.halves[:part]),
                    "hours": hours,
                    "limit": limit.value,
                },
            )
