"""Terms, lecturers and rooms that tests of timetables start from, and strategies that vary them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any

from hypothesis import strategies as st

from services.scheduling.domain.lecturer import Away, Lecturer
from services.scheduling.domain.scheme import Course, Module, Scheme
from services.scheduling.domain.timetable import Session, Table, ordered
from services.scheduling.domain.timetable_setting import Held, Setting, TaughtTerm, TeachingLimits, Venue

MONDAY = date(2020, 5, 11)
DAYS = tuple(MONDAY + timedelta(days=n) for n in range(5))
HALF_TIMES = {"morning": ("08:30", "12:00"), "afternoon": ("14:30", "18:00"), "evening": ("19:00", "21:00")}
LIMITS = TeachingLimits(4, 60, HALF_TIMES, ("第十条", "art. 10"))
LECTURERS = {id: Lecturer(id, f"教师{id}", "full", "党校") for id in ("a", "b", "c")}
ROOMS = {
    "r1": Venue("r1", "一教室", "main", 60),
    "r2": Venue("r2", "二教室", "main", 60),
    "hall": Venue("hall", "报告厅", "east", 120),
}


def term(id: str = "t1", room_id: str | None = "r1", **changes: Any) -> TaughtTerm:
    return TaughtTerm(id, f"第{id}期", f"term {id}", changes.pop("days", DAYS), 40, room_id, "main", **changes)


def session(id: str = "s1", day: int = 0, half: Any = "morning", **changes: Any) -> Session:
    starts_at, ends_at = HALF_TIMES[half]
    fields: dict[str, Any] = {
        "session_id": id,
        "course_id": f"course-{id}",
        "module": "理论",
        "title": f"课程{id}",
        "form": "lecture",
        "on": MONDAY + timedelta(days=day),
        "half": half,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "hours": 4,
        "lecturer_id": "a",
        "room_id": "r1",
    }
    return Session(**{**fields, **changes})


def setting(*terms: TaughtTerm, others: tuple[Held, ...] = (), **changes: Any) -> Setting:
    known = terms or (term(),)
    fields: dict[str, Any] = {"lecturers": LECTURERS, "rooms": ROOMS, "limits": LIMITS, "others": others}
    return Setting(**{"terms": {each.id: each for each in known}, **fields, **changes})


def numbered(prefix: str = "s") -> Callable[[], str]:
    """Return a maker of session ids."""
    numbers = count(1)
    return lambda: f"{prefix}{next(numbers)}"


@st.composite
def schemes(draw: st.DrawFn) -> Scheme:
    """Schemes of up to ten courses that fit into five days."""
    courses = draw(
        st.lists(
            st.tuples(
                st.integers(1, 4), st.sampled_from(["lecture", "discussion", "field", "self_study"]), st.booleans()
            ),
            min_size=1,
            max_size=10,
        )
    )
    made = tuple(
        Course(f"c{number}", f"课程{number}", form, hours, morning=morning)  # type: ignore[arg-type]
        for number, (hours, form, morning) in enumerate(courses)
    )
    cut = draw(st.integers(0, len(made)))
    return Scheme(
        "目标", tuple(Module(f"m{n}", f"模块{n}", part) for n, part in enumerate((made[:cut], made[cut:])) if part)
    )


@st.composite
def staffs(draw: st.DrawFn) -> dict[str, Lecturer]:
    """Three lecturers, each away on some half-days."""
    found = {}
    for id in ("a", "b", "c"):
        spans = draw(
            st.lists(st.tuples(st.integers(0, 4), st.sampled_from([None, "morning", "afternoon"])), max_size=4)
        )
        away = tuple(Away(DAYS[day], DAYS[day], half) for day, half in spans)  # type: ignore[arg-type]
        found[id] = Lecturer(id, f"教师{id}", "full", "党校", away=away)
    return found


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """Any sessions at all, clashing or not; identifiers are few, so that two tables share some."""
    ids = draw(st.lists(st.sampled_from([f"s{n}" for n in range(8)]), unique=True, max_size=8))
    return ordered(
        session(
            id,
            draw(st.integers(0, 4)),
            draw(st.sampled_from(["morning", "afternoon"])),
            lecturer_id=draw(st.sampled_from(["a", "b", None])),
            room_id=draw(st.sampled_from(["r1", "r2", None])),
            hours=draw(st.integers(1, 4)),
            title=draw(st.sampled_from(["甲", "乙"])),
            joint_id=draw(st.sampled_from([None, "j1"])),
        )
        for id in ids
    )
