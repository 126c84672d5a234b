"""What is worth a look in a timetable without breaking a rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from services.scheduling.domain.scheme import Scheme
from services.scheduling.domain.timetable import Session, Table


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark, with the sessions it is about."""

    code: str
    session_ids: tuple[str, ...]
    zh: str
    en: str


def remarks(table: Table, scheme: Scheme | None, asked: Mapping[str, tuple[str, str]]) -> list[Remark]:
    """Return what is worth a look. ``asked`` says by course which lecturer was asked, and how far that is."""
    found = [each for session in table for each in _lecturer(session, asked)]
    return found + (_hours(table, scheme) if scheme else [])


def _lecturer(session: Session, asked: Mapping[str, tuple[str, str]]) -> list[Remark]:
    if session.form == "self_study":
        return []
    mine = (session.session_id,)
    if session.lecturer_id is None:
        return [
            Remark("lecturer-open", mine, f"{session.label}尚未确定教师", f"{session.label_en} has no lecturer yet")
        ]
    lecturer_id, state = asked.get(session.course_id, ("", ""))
    if (lecturer_id, state) == (session.lecturer_id, "confirmed"):
        return []
    return [
        Remark(
            "lecturer-unconfirmed",
            mine,
            f"{session.label}的教师尚未确认授课",
            f"the lecturer of {session.label_en} has not confirmed yet",
        )
    ]


def _hours(table: Table, scheme: Scheme) -> list[Remark]:
    held: Counter[str] = Counter()
    for session in table:
        held[session.course_id] += session.hours
    found = []
    for _, course in scheme.courses():
        if held[course.course_id] != course.hours:
            mine = tuple(each.session_id for each in table if each.course_id == course.course_id)
            found.append(
                Remark(
                    "hours-differ",
                    mine,
                    f"课程“{course.title}”排了{held[course.course_id]}学时，培训方案为{course.hours}学时",
                    f"{course.title!r} has {held[course.course_id]} hours here and {course.hours} in the scheme",
                )
            )
    return found
