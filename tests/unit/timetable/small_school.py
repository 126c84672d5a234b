"""A small school to count by hand: two days of morning and afternoon, two terms, two lecturers, two rooms."""

from __future__ import annotations

import dataclasses
from typing import Any

from services.scheduling.timetable.problem import (
    Course,
    Lecturer,
    Limit,
    Placed,
    Problem,
    Room,
    Rules,
    Term,
    Timetable,
    Weights,
)

MON_AM, MON_PM, TUE_AM, TUE_PM = range(4)

SCHOOL = Problem(
    days=("周一", "周二"),
    terms=(Term("t1", "甲班", 30), Term("t2", "乙班", 20)),
    lecturers=(Lecturer("li", "李老师"), Lecturer("wang", "王老师")),
    rooms=(Room("big", "大教室", 60), Room("small", "小教室", 25, "seminar")),
    courses=(
        Course("a", "理论", 2, ("t1",), ("li",), 4.0),
        Course("b", "专题", 1, ("t1",), ("wang",), 3.0),
        Course("c", "研讨", 1, ("t2",), ("wang",), 3.0, room_kinds=("seminar",)),
    ),
    rules=Rules(Limit(4.0, "某办法第10条")),
)
GOOD = (
    Placed("a", 1, MON_AM, "big"),
    Placed("a", 2, MON_PM, "big"),
    Placed("b", 1, TUE_AM, "big"),
    Placed("c", 1, TUE_PM, "small"),
)
"""Feasible; costs 2 (b stands alone on Tuesday) + 2 (c does) and nothing else."""


def school(**changes: Any) -> Problem:
    """The school with some of its fields replaced."""
    return dataclasses.replace(SCHOOL, **changes)


def with_course(course_id: str, **changes: Any) -> Problem:
    """The school with one course changed."""
    courses = [dataclasses.replace(each, **changes) if each.id == course_id else each for each in SCHOOL.courses]
    return school(courses=tuple(courses))


def table(*changes: Placed) -> Timetable:
    """The good table with some lectures elsewhere."""
    moved = {(at.course_id, at.number): at for at in changes}
    return Timetable(tuple(moved.get((at.course_id, at.number), at) for at in GOOD))


def only(weights: str, value: int = 1) -> Weights:
    """Weights of which all but one are switched off."""
    return Weights(**{field.name: value if field.name == weights else 0 for field in dataclasses.fields(Weights)})
