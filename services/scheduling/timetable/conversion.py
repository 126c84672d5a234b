"""An instance of the field as a problem of our own, and its timetables both ways: UD2 is ours with four weights."""

from __future__ import annotations

from collections import Counter, defaultdict

from services.scheduling.timetable import problem as own
from services.scheduling.timetable.checker import COMPACTNESS_WEIGHT, MIN_DAYS_WEIGHT
from services.scheduling.timetable.instance import Instance, Lecture
from services.scheduling.timetable.instance import Timetable as Lectures

UD2 = own.Weights(
    overflow=1,
    min_days=MIN_DAYS_WEIGHT,
    isolated=COMPACTNESS_WEIGHT,
    course_rooms=1,
    term_rooms=0,
    order=0,
    fresh=0,
    lecturer_days=0,
)


def as_problem(instance: Instance) -> own.Problem:
    """Return the instance as a problem: a curriculum becomes a term, a period a slot of a day in one piece."""
    terms_of: dict[str, list[str]] = defaultdict(list)
    for number, curriculum in enumerate(instance.curricula):
        for code in curriculum.courses:
            terms_of[code].append(f"q{number}")
    barred: dict[str, list[int]] = defaultdict(list)
    for code, period in sorted(instance.unavailable):
        barred[code].append(period)
    lecturers = dict.fromkeys(course.lecturer for course in instance.courses)
    return own.Problem(
        days=tuple(f"D{day + 1}" for day in range(instance.days)),
        halves=(instance.periods_per_day,),
        terms=tuple(own.Term(f"q{number}", each.code, 0) for number, each in enumerate(instance.curricula)),
        lecturers=tuple(own.Lecturer(code, code) for code in lecturers),
        rooms=tuple(own.Room(room.code, room.code, room.seats) for room in instance.rooms),
        courses=tuple(
            own.Course(
                id=course.code,
                title=course.code,
                lectures=course.lectures,
                term_ids=tuple(dict.fromkeys(terms_of[course.code])),
                lecturer_ids=(course.lecturer,),
                seats=course.students,
                min_days=course.min_days,
                unavailable=tuple(barred[course.code]),
            )
            for course in instance.courses
        ),
        rules=own.Rules(seats="soft"),
        weights=UD2,
        name=instance.name,
    )


def as_lectures(timetable: own.Timetable, instance: Instance) -> Lectures:
    """Return a timetable of ``as_problem(instance)`` in the instance's own form."""
    return tuple(
        Lecture(instance.course_index[at.course_id], instance.room_index[at.room_id or ""], at.slot)
        for at in timetable.lectures
    )


def as_timetable(lectures: Lectures, instance: Instance) -> own.Timetable:
    """Return a timetable of the instance as one of ``as_problem(instance)``; lectures are numbered by time."""
    count: Counter[str] = Counter()
    placed = []
    for at in sorted(lectures, key=lambda each: (each.course, each.period, each.room)):
        code = instance.courses[at.course].code
        count[code] += 1
        placed.append(own.Placed(code, count[code], at.period, instance.rooms[at.room].code))
    return own.Timetable(tuple(placed))
