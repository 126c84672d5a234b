"""Why a problem has no timetable: demands that cannot be met whatever is done, each in words with its figures.

These are conditions that can be counted on the fingers. When none of them fails and there is still no timetable, the
answer says only that much: proven impossible together, or not found in the time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from services.scheduling.timetable.class_hours import parts_of
from services.scheduling.timetable.findings import Finding
from services.scheduling.timetable.layout import Layout
from services.scheduling.timetable.problem import Problem
from services.scheduling.timetable.scheduler import Status


def reasons(problem: Problem, status: Status) -> list[Finding]:
    """Return the reasons that were found, or one that says none was; none at all where there is nothing to hold.

    ``status`` is that of the solve: only ``infeasible`` is a proof.
    """
    if not any(course.lectures for course in problem.courses):
        return []
    layout = Layout(problem)
    found = [*_courses(layout), *_lecturers(layout), *_terms(layout), *_rooms(layout), *_pins(layout)]
    return found or [_TOGETHER if status == "infeasible" else _NOT_FOUND]


_TOGETHER = Finding(
    "no_single_reason",
    0,
    "没有哪一项要求单独就无法满足，是多项要求合在一起排不下：可增加教室或时段、放宽不可用时段后再试",
    "no demand is impossible by itself, only all of them together: add rooms or slots, or loosen what is "
    "unavailable, and try again",
)
_NOT_FOUND = Finding(
    "not_found_in_time",
    0,
    "在所给时间内没有找到课表，并未证明排不下：可延长求解时间后再试",
    "no timetable was found in the time; it is not proven impossible: allow more time and try again",
)


def _courses(layout: Layout) -> Iterator[Finding]:
    limit = layout.problem.rules.lecturer_hours
    for c, course in enumerate(layout.problem.courses):
        open_slots = len(layout.starts[c])
        if open_slots < course.lectures:
            yield Finding(
                "too_few_slots",
                0,
                f"《{course.title}》有{course.lectures}讲，讲师、班次都可用的时段只有{open_slots}个",
                f"{course.title!r} has {course.lectures} lectures and only {open_slots} slots in which its "
                "lecturers and terms are available",
                {"course_id": course.id, "lectures": course.lectures, "slots": open_slots},
            )
        if not course.field and not layout.rooms[c]:
            kinds = "、".join(course.room_kinds) or "教室"
            needed = layout.seats_needed(course)
            yield Finding(
                "no_room_fits",
                0,
                f"《{course.title}》需要{needed}座的{kinds}，没有这样的教室",
                f"{course.title!r} needs {needed} seats in {', '.join(course.room_kinds) or 'a room'}; there is none",
                {"course_id": course.id, "needed": needed},
            )
        halves = course.slots if course.field else 1
        if limit is not None and course.lecturer_ids and parts_of(course.hours, halves) > parts_of(limit.value):
            yield Finding(
                "too_many_hours",
                0,
                f"《{course.title}》每讲{course.hours:g}学时，超过讲师半天{limit.value:g}学时的上限",
                f"one lecture of {course.title!r} takes {course.hours:g} class hours; a lecturer may give "
                f"{limit.value:g} in a half-day",
                {"course_id": course.id, "hours": course.hours, "limit": limit.value},
            )


def _lecturers(layout: Layout) -> Iterator[Finding]:
    for lecturer, courses in zip(layout.problem.lecturers, layout.lecturer_courses, strict=True):
        wanted = sum(layout.problem.courses[c].lectures * layout.grid.least(layout.problem.courses[c]) for c in courses)
        there = layout.grid.slots - len(set(lecturer.unavailable))
        if wanted > there:
            yield Finding(
                "lecturer_full",
                0,
                f"讲师{lecturer.name}要占{wanted}个时段，可用的只有{there}个",
                f"lecturer {lecturer.name} would need {wanted} slots and has {there}",
                {"lecturer_id": lecturer.id, "wanted": wanted, "slots": there},
            )


def _terms(layout: Layout) -> Iterator[Finding]:
    for term, courses in zip(layout.problem.terms, layout.term_courses, strict=True):
        wanted = sum(layout.problem.courses[c].lectures * layout.grid.least(layout.problem.courses[c]) for c in courses)
        there = layout.grid.slots - len(set(term.unavailable))
        if wanted > there:
            yield Finding(
                "term_full",
                0,
                f"“{term.title}”的课要占{wanted}个时段，可用的只有{there}个",
                f"the lectures of term {term.title!r} need {wanted} slots; it has {there}",
                {"term_id": term.id, "wanted": wanted, "slots": there},
            )


def _rooms(layout: Layout) -> Iterator[Finding]:
    wanted: dict[frozenset[int], int] = defaultdict(int)
    for c, course in enumerate(layout.problem.courses):
        if layout.rooms[c]:
            wanted[frozenset(layout.rooms[c])] += course.lectures * layout.grid.least(course)
    for rooms in wanted:
        need = sum(count for other, count in wanted.items() if other <= rooms)
        there = sum(layout.grid.slots - len(set(layout.problem.rooms[r].unavailable)) for r in rooms)
        if need > there:
            titles = sorted(layout.problem.rooms[r].title for r in rooms)
            yield Finding(
                "rooms_full",
                0,
                f"只能用教室{'、'.join(titles)}的课要占{need}个时段，这些教室合计只有{there}个",
                f"lectures that fit only in {', '.join(titles)} need {need} slots; these rooms have {there} together",
                {"rooms": titles, "wanted": need, "slots": there},
            )


def _pins(layout: Layout) -> Iterator[Finding]:
    for pin in layout.problem.pins:
        c = layout.course_index[pin.course_id]
        course = layout.problem.courses[c]
        room = None if pin.room_id is None else layout.room_index[pin.room_id]
        if pin.slot not in layout.starts[c] or (room is not None and room not in layout.rooms[c]):
            yield Finding(
                "pin_impossible",
                0,
                f"《{course.title}》第{pin.number}讲锁定的时段或教室不可用，请先解除锁定",
                f"lecture {pin.number} of {course.title!r} is locked where it cannot be; unlock it first",
                {"course_id": pin.course_id, "number": pin.number, "slot": pin.slot},
            )
