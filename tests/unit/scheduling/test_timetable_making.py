"""First timetables, mended ones, moved ones, and what two versions differ in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.scheduling.domain.lecturer import Away, Half, Lecturer
from services.scheduling.domain.scheme import Course, Module, Scheme
from services.scheduling.domain.timetable import Table, refitted, table_of, table_wire, times_of, total_hours
from services.scheduling.domain.timetable_check import check
from services.scheduling.domain.timetable_diff import applied, differences, lecturers_concerned
from services.scheduling.domain.timetable_fill import fill, mended
from tests.unit.scheduling.timetable_worlds import (
    DAYS,
    HALF_TIMES,
    LIMITS,
    numbered,
    schemes,
    session,
    setting,
    staffs,
    tables,
)


def _asked(scheme: Scheme) -> dict[str, str]:
    return {course.course_id: "abc"[number % 3] for number, (_, course) in enumerate(scheme.courses())}


@given(schemes(), staffs())
def test_a_first_timetable_breaks_no_hard_rule_and_loses_no_hour(scheme: Scheme, staff: dict[str, Lecturer]) -> None:
    given_ = setting(lecturers=staff)
    made = fill(scheme, DAYS, _asked(scheme), "r1", LIMITS, given_.blocks, numbered())
    assert check(given_, {"t1": made.table}) == []
    assert total_hours(made.table) + sum(each.hours for each in made.left) == scheme.hours
    if len(list(scheme.courses())) <= 2 * len(DAYS):
        assert made.left == ()


@given(schemes(), staffs(), staffs())
def test_a_mended_timetable_breaks_no_hard_rule_and_keeps_every_session(
    scheme: Scheme, before: dict[str, Lecturer], after: dict[str, Lecturer]
) -> None:
    old, new = setting(lecturers=before), setting(lecturers=after)
    made = fill(scheme, DAYS, _asked(scheme), "r1", LIMITS, old.blocks, numbered())
    put_right = mended(made.table, DAYS, LIMITS, new.blocks)
    assert check(new, {"t1": put_right}) == []
    kept = {each.session_id: each for each in put_right}
    assert kept.keys() == {each.session_id for each in made.table}
    assert total_hours(put_right) == total_hours(made.table)
    for each in made.table:
        assert kept[each.session_id].lecturer_id in (each.lecturer_id, None)


def test_a_table_that_needs_no_mending_stays_as_it_is() -> None:
    table = (session("s1"), session("s2", 1, half="afternoon", starts_at="15:00"))
    assert mended(table, DAYS, LIMITS, setting().blocks) == table


def test_mending_exchanges_half_days_before_it_leaves_a_lecturer_open() -> None:
    staff = {
        "a": Lecturer("a", "甲", "full", "党校", away=(Away(DAYS[0], DAYS[0]),)),
        "b": Lecturer("b", "乙", "full", "x"),
    }
    table = (session("s1", 0, lecturer_id="a"), session("s2", 1, lecturer_id="b"))
    found = {each.session_id: each for each in mended(table, DAYS[:2], LIMITS, setting(lecturers=staff).blocks)}
    assert (found["s1"].on, found["s1"].lecturer_id) == (DAYS[1], "a")
    never = {"a": Lecturer("a", "甲", "full", "党校", away=(Away(DAYS[0], DAYS[4]),))}
    (left,) = mended((session("s1"),), DAYS, LIMITS, setting(lecturers=never).blocks)
    assert (left.on, left.lecturer_id) == (DAYS[0], None)


def test_short_pieces_share_a_half_day_only_when_half_days_are_short() -> None:
    courses = tuple(Course(f"c{n}", f"课{n}", "lecture", 2) for n in range(3))
    scheme = Scheme("x", (Module("m", "模块", courses),))
    apart = fill(scheme, DAYS, {}, "r1", LIMITS, setting().blocks, numbered())
    assert [(each.on, each.half) for each in apart.table] == [
        (DAYS[0], "morning"),
        (DAYS[0], "afternoon"),
        (DAYS[1], "morning"),
    ]
    tight = fill(scheme, DAYS[:1], {}, "r1", LIMITS, setting().blocks, numbered())
    assert [(each.half, each.starts_at, each.ends_at) for each in tight.table] == [
        ("morning", "08:30", "10:15"),
        ("morning", "10:15", "12:00"),
        ("afternoon", "14:30", "16:15"),
    ]


def test_what_is_better_in_the_morning_waits_for_one() -> None:
    courses = (
        Course("c0", "先", "lecture", 4),
        Course("c1", "晨", "lecture", 4, morning=True),
        Course("c2", "后", "lecture", 4),
    )
    made = fill(Scheme("x", (Module("m", "模块", courses),)), DAYS, {}, "r1", LIMITS, setting().blocks, numbered())
    assert [(each.title, each.half) for each in made.table] == [
        ("先", "morning"),
        ("后", "afternoon"),
        ("晨", "morning"),
    ]


def test_a_half_day_of_four_hours_fills_its_whole_time() -> None:
    half: Half = "morning"
    assert times_of(half, 0, 4, 4, HALF_TIMES) == ("08:30", "12:00")
    assert times_of(half, 0, 3, 4, HALF_TIMES) == ("08:30", "11:10")
    assert times_of(half, 3, 1, 4, HALF_TIMES) == ("11:10", "12:00")


@given(tables(), tables())
def test_a_difference_applied_to_one_version_gives_the_other(first: Table, second: Table) -> None:
    found = differences(first, second)
    assert applied(first, found) == second
    assert applied(second, differences(second, first)) == first
    assert differences(first, first) == []
    assert {each.session_id for each in found} >= {each.session_id for each in second} - {s.session_id for s in first}


@given(tables())
def test_a_table_survives_being_written_down(table: Table) -> None:
    assert table_of(table_wire(table)) == table


def test_a_difference_is_said_in_words_and_names_both_lecturers() -> None:
    before = (session("s1"), session("s2", 1))
    after = (
        replace(before[0], on=DAYS[2], half="afternoon", starts_at="14:30", ends_at="18:00", lecturer_id="b"),
        session("s3", 3),
    )
    found = differences(before, after)
    assert [(each.kind, each.zh) for each in found] == [
        ("moved", "“课程s1”由5月11日上午08:30—12:00改到5月13日下午14:30—18:00，更换教师"),
        ("added", "新增5月14日上午“课程s3”"),
        ("removed", "取消5月12日上午“课程s2”"),
    ]
    assert lecturers_concerned(found) == ["a", "b"]


@given(st.integers(1, 5), st.integers(0, 60))
def test_a_table_moved_to_other_days_keeps_the_order_of_its_days(length: int, shift: int) -> None:
    old = list(DAYS[:length])
    new = [day + timedelta(days=shift) for day in old]
    table = tuple(session(f"s{n}", n) for n in range(length))
    assert [each.on for each in refitted(table, old, new)] == new


@pytest.mark.parametrize("shorter", [1, 3])
def test_a_table_on_fewer_days_ends_on_the_last(shorter: int) -> None:
    table = tuple(session(f"s{n}", n) for n in range(5))
    new = [date(2020, 6, 1) + timedelta(days=n) for n in range(shorter)]
    assert [each.on for each in refitted(table, list(DAYS), new)] == [new[min(n, shorter - 1)] for n in range(5)]
