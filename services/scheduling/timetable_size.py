"""How large a timetabling problem may be: a model has a variable for each place that a lecture can go to."""

from __future__ import annotations

from datetime import date

from services.scheduling.contract.timetable_solves import ProblemTooLarge
from services.scheduling.limits import policy_table
from services.scheduling.timetable.grid import grid_of
from services.scheduling.timetable.problem import Problem


def refuse_too_large(problem: Problem, today: date) -> None:
    """Raise ``ProblemTooLarge`` for a problem of more places than the limit of the day allows."""
    lectures = sum(course.lectures for course in problem.courses)
    slots, rooms = grid_of(problem).slots, max(1, len(problem.rooms))
    limit = policy_table().on(today)["timetable.most_places"]
    zh, _, en = limit.source.partition(" / ")
    places = lectures * slots * rooms
    if places > limit.value:
        raise ProblemTooLarge(
            f"排课题目过大：{lectures}讲、{slots}个时段、{rooms}个教室，相乘为{places:,}，上限为{limit.value:,}（{zh}）；"
            "请分几次排课，每次少几期、少几天或少几个教室",
            f"the problem is too large: {lectures} lectures, {slots} slots and {rooms} rooms multiply to {places:,}; "
            f"the limit is {limit.value:,} ({en}); solve it in parts, with fewer terms, days or rooms at a time",
            lectures=lectures,
            slots=slots,
            rooms=rooms,
            limit=limit.value,
        )
