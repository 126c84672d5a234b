"""The soft rules of our own problem, straight from their words; shares nothing with a solver but the grid."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from services.scheduling.timetable.findings import Finding
from services.scheduling.timetable.problem import Course
from services.scheduling.timetable.reading import Reading, Sitting, Subject


def charges(reading: Reading, subject: Subject) -> Iterator[Finding]:
    """Yield every cost about one subject that is not nought, each with its reason."""
    kind, identifier = subject
    sittings = reading.of(subject)
    if kind == "course" and identifier in reading.book.courses:
        for sitting in sittings:
            yield from _overflow(reading, sitting)
            yield from _fresh(reading, sitting)
        yield from _course(reading, reading.book.courses[identifier], sittings)
    elif kind == "term":
        yield from _isolated(reading, identifier, sittings)
        yield from _term_rooms(reading, identifier, sittings)
        yield from _order(reading, identifier, sittings)
    elif kind == "lecturer":
        yield from _lecturer_days(reading, identifier, sittings)


def _overflow(reading: Reading, sitting: Sitting) -> Iterator[Finding]:
    problem = reading.book.problem
    if sitting.room is None or sitting.course.field or problem.rules.seats == "hard" or not problem.weights.overflow:
        return
    missing = reading.book.seats_needed(sitting.course) - sitting.room.seats
    if missing > 0:
        yield Finding(
            "overflow",
            problem.weights.overflow * missing,
            f"{sitting.zh}在教室“{sitting.room.title}”少{missing}个座位",
            f"{sitting.en} is {missing} seats short in room {sitting.room.title!r}",
            {**sitting.where, "missing": missing},
        )


def _fresh(reading: Reading, sitting: Sitting) -> Iterator[Finding]:
    weight, grid = reading.book.problem.weights.fresh, reading.book.grid
    if sitting.course.fresh and weight and grid.half(sitting.at.slot) > 0:
        yield Finding(
            "fresh",
            weight,
            f"{sitting.zh}内容较新，宜排上午，现排在{grid.zh(sitting.at.slot)}",
            f"{sitting.en} is new matter and better held in the morning, not {grid.en(sitting.at.slot)}",
            sitting.where,
        )


def _course(reading: Reading, course: Course, sittings: list[Sitting]) -> Iterator[Finding]:
    weights, grid = reading.book.problem.weights, reading.book.grid
    days = {grid.day(each.at.slot) for each in sittings}
    rooms = {each.room.id for each in sittings if each.room is not None and not course.field}
    short, more = course.min_days - len(days), len(rooms) - 1
    if short > 0 and weights.min_days:
        yield Finding(
            "min_days",
            weights.min_days * short,
            f"《{course.title}》只分布在{len(days)}天，至少应为{course.min_days}天",
            f"{course.title!r} falls on {len(days)} days; it should fall on {course.min_days}",
            {"course_id": course.id, "days": len(days)},
        )
    if more > 0 and weights.course_rooms:
        yield Finding(
            "course_rooms",
            weights.course_rooms * more,
            f"《{course.title}》用了{more + 1}个教室",
            f"{course.title!r} is held in {more + 1} rooms",
            {"course_id": course.id, "rooms": sorted(rooms)},
        )


def _isolated(reading: Reading, term_id: str, sittings: list[Sitting]) -> Iterator[Finding]:
    weight, grid = reading.book.problem.weights.isolated, reading.book.grid
    busy = {slot for sitting in sittings for slot in sitting.slots}
    for slot in sorted(busy) if weight else ():
        beside = {near for near in (slot - 1, slot + 1) if near >= 0 and grid.day(near) == grid.day(slot)}
        if beside.isdisjoint(busy):
            title = reading.book.terms[term_id].title
            yield Finding(
                "isolated",
                weight,
                f"“{title}”在{grid.zh(slot)}的课前后都空着",
                f"term {title!r} has nothing before or after its lecture {grid.en(slot)}",
                {"term_id": term_id, "slot": slot},
            )


def _term_rooms(reading: Reading, term_id: str, sittings: list[Sitting]) -> Iterator[Finding]:
    weight = reading.book.problem.weights.term_rooms
    rooms = {each.room.id: each.room.title for each in sittings if each.room is not None and not each.course.field}
    if len(rooms) > 1 and weight:
        title = reading.book.terms[term_id].title
        yield Finding(
            "term_rooms",
            weight * (len(rooms) - 1),
            f"“{title}”要换教室：{'、'.join(rooms[each] for each in sorted(rooms))}",
            f"term {title!r} changes rooms: {', '.join(rooms[each] for each in sorted(rooms))}",
            {"term_id": term_id, "rooms": sorted(rooms)},
        )


def _order(reading: Reading, term_id: str, sittings: list[Sitting]) -> Iterator[Finding]:
    weight, title = reading.book.problem.weights.order, reading.book.terms[term_id].title
    staged = [each for each in sittings if each.course.module is not None]
    for first, second in combinations(staged if weight else (), 2):
        if first.at.slot < second.at.slot and (first.course.module or 0) > (second.course.module or 0):
            yield Finding(
                "order",
                weight,
                f"“{title}”：第{first.course.module}单元的{first.zh}排在第{second.course.module}单元的{second.zh}之前",
                f"term {title!r}: {first.en} of module {first.course.module} comes before "
                f"{second.en} of module {second.course.module}",
                {"term_id": term_id, "lectures": [first.where, second.where]},
            )


def _lecturer_days(reading: Reading, lecturer_id: str, sittings: list[Sitting]) -> Iterator[Finding]:
    weight, grid = reading.book.problem.weights.lecturer_days, reading.book.grid
    days = {grid.day(each.at.slot) for each in sittings}
    fewest = reading.book.fewest_days(lecturer_id)
    more = len(days) - fewest
    if more > 0 and weight:
        name = reading.book.lecturers[lecturer_id].name
        yield Finding(
            "lecturer_days",
            weight * more,
            f"讲师{name}要来{len(days)}天，最少{fewest}天即可",
            f"lecturer {name} has to come on {len(days)} days where {fewest} would do",
            {"lecturer_id": lecturer_id, "days": [grid.days[day] for day in sorted(days)]},
        )
