"""What is wrong with a problem as data, before anybody tries to solve it."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from services.scheduling.timetable.grid import Grid, grid_of
from services.scheduling.timetable.problem import Course, Problem

_COURSE = {"lectures": (1, 400), "slots": (1, 20), "hours": (0, 24), "min_days": (0, 400), "module": (0, 1000)}
_MOST_SEATS = 100_000
_MOST_WEIGHT = 1000
_MOST_HOURS = 24
_MOST_SLOTS_A_DAY = 60
"""What is counted stays within these, as on the wire: solvers count in whole numbers of so many bits."""


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing that is wrong. ``path`` is the place in the JSON form, such as ``courses[3].lecturer_ids``."""

    path: str
    zh: str
    en: str


def objections(problem: Problem) -> list[Objection]:
    """Return everything wrong with a problem; empty when it is sound."""
    found = list(_frame(problem))
    if found:
        return found
    grid = grid_of(problem)
    for name in ("terms", "lecturers", "rooms", "courses"):
        things = getattr(problem, name)
        found += _doubled(name, [each.id for each in things])
        for index, each in enumerate(things):
            found += _slots(f"{name}[{index}].unavailable", each.unavailable, grid)
    for index, term in enumerate(problem.terms):
        found += _number(f"terms[{index}].trainees", term.trainees, 0, _MOST_SEATS)
    for index, room in enumerate(problem.rooms):
        found += _number(f"rooms[{index}].seats", room.seats, 0, None)
    for index, course in enumerate(problem.courses):
        found += _course(f"courses[{index}]", course, problem)
    found += _pins(problem, grid)
    for name, weight in dataclasses.asdict(problem.weights).items():
        found += _number(f"weights.{name}", weight, 0, _MOST_WEIGHT)
    if problem.rules.lecturer_hours is not None:
        found += _number("rules.lecturer_hours.value", problem.rules.lecturer_hours.value, 0, _MOST_HOURS)
    return found


def _frame(problem: Problem) -> Iterator[Objection]:
    if not problem.days:
        yield Objection("days", "没有任何一天可以排课", "there is no day to place lectures on")
    if not problem.halves or any(size < 1 for size in problem.halves):
        yield Objection("halves", "每个半天至少要有一个时段", "each part of a day has at least one slot")
    if sum(problem.halves) > _MOST_SLOTS_A_DAY:
        yield Objection(
            "halves",
            f"一天最多{_MOST_SLOTS_A_DAY}个时段，现为{sum(problem.halves)}个",
            f"a day has at most {_MOST_SLOTS_A_DAY} slots, not {sum(problem.halves)}",
        )


def _doubled(name: str, ids: Iterable[str]) -> Iterator[Objection]:
    for identifier, count in Counter(ids).items():
        if count > 1:
            yield Objection(name, f"编号{identifier}出现{count}次", f"{identifier} stands here {count} times")


def _slots(path: str, slots: Iterable[int], grid: Grid) -> Iterator[Objection]:
    strange = sorted(slot for slot in slots if not 0 <= slot < grid.slots)
    if strange:
        yield Objection(
            path, f"没有时段{strange[0]}，共{grid.slots}个", f"there is no slot {strange[0]}, only {grid.slots}"
        )


def _course(path: str, course: Course, problem: Problem) -> Iterator[Objection]:
    known = {
        "term_ids": {each.id for each in problem.terms},
        "lecturer_ids": {each.id for each in problem.lecturers},
        "room_ids": {each.id for each in problem.rooms},
    }
    for name, ids in known.items():
        yield from _doubled(f"{path}.{name}", getattr(course, name))
        for strange in sorted(set(getattr(course, name)) - ids):
            yield Objection(f"{path}.{name}", f"没有编号为{strange}的对象", f"nothing has the identifier {strange}")
    for name, (least, most) in _COURSE.items():
        yield from _number(f"{path}.{name}", getattr(course, name), least, most)
    yield from _number(f"{path}.seats", course.seats, 0, _MOST_SEATS)
    if not course.id:
        yield Objection(f"{path}.id", "缺少编号", "has no identifier")


def _number(path: str, value: float | None, least: int, most: int | None) -> Iterator[Objection]:
    if value is None or (most is None and value >= least) or (most is not None and least <= value <= most):
        return
    if most is None:
        yield Objection(path, f"不能小于{least}，现为{value}", f"must not be below {least}, and is {value}")
    else:
        yield Objection(
            path, f"应为{least}至{most:,}，现为{value}", f"must be from {least} to {most:,}, and is {value}"
        )


def _pins(problem: Problem, grid: Grid) -> Iterator[Objection]:
    courses = {each.id: each for each in problem.courses}
    rooms = {each.id for each in problem.rooms}
    for index, pin in enumerate(problem.pins):
        path, course = f"pins[{index}]", courses.get(pin.course_id)
        if course is None or not 1 <= pin.number <= course.lectures:
            yield Objection(path, "锁定的课不在题目中", "the locked lecture is not part of the problem")
        elif grid.covered(course, pin.slot) is None:
            yield Objection(f"{path}.slot", "锁定的课不能从该时段开始", "the locked lecture cannot begin at that slot")
        elif pin.room_id is not None and (course.field or pin.room_id not in rooms):
            yield Objection(f"{path}.room_id", "锁定的课不能在该教室", "the locked lecture cannot be held in that room")
    yield from _doubled("pins", [f"{pin.course_id}#{pin.number}" for pin in problem.pins])
    yield from _pins_at_once(problem, courses, grid)


def _pins_at_once(problem: Problem, courses: Mapping[str, Course], grid: Grid) -> Iterator[Objection]:
    """Two lectures of a course cannot be held at once; schedulers tell them apart by their slots alone."""
    held: dict[tuple[str, int], int] = {}
    for index, pin in enumerate(problem.pins):
        course = courses.get(pin.course_id)
        covered = grid.covered(course, pin.slot) if course is not None else None
        taken = sorted({held.setdefault((pin.course_id, slot), pin.number) for slot in covered or ()} - {pin.number})
        if course is not None and taken:
            yield Objection(
                f"pins[{index}]",
                f"《{course.title}》第{taken[0]}讲和第{pin.number}讲锁定在同一时段",
                f"lectures {taken[0]} and {pin.number} of {course.title!r} are locked in one slot",
            )
