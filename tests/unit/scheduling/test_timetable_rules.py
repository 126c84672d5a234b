"""The hard rules of timetables, each broken on its edge, and the check that finds it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.scheduling.domain.lecturer import Away, Lecturer
from services.scheduling.domain.timetable import Session
from services.scheduling.domain.timetable_check import check
from services.scheduling.domain.timetable_setting import Held, Setting
from tests.unit.scheduling.timetable_worlds import DAYS, LECTURERS, MONDAY, session, setting, term


def codes(given: Setting, **tables: tuple[Session, ...]) -> list[str]:
    return [each.code for each in check(given, tables)]


def alone(*sessions: Session, **changes: Any) -> list[str]:
    return codes(setting(**changes), t1=sessions)


def test_a_sound_table_breaks_nothing() -> None:
    assert alone(session("s1"), session("s2", half="afternoon"), session("s3", 1, form="field", room_id=None)) == []


def test_four_hours_in_a_half_day_are_allowed_and_five_are_not() -> None:
    two = {"hours": 2, "ends_at": "10:15"}
    rest = {"hours": 2, "starts_at": "10:15"}
    assert alone(session("s1", **two), session("s2", **rest)) == []
    assert alone(session("s1", **two), session("s2", **{**rest, "hours": 3})) == ["half-day-hours"] * 2
    assert alone(session("s1", hours=5)) == ["half-day-hours"]
    (found, _) = check(setting(), {"t1": (session("s1", **two), session("s2", **{**rest, "hours": 3}))})
    assert "共5学时，半天最多4学时（第十条）" in found.zh


def test_a_lecturers_hours_count_over_all_terms_and_a_joint_lecture_once() -> None:
    both = setting(term("t1"), term("t2", "r2"))
    first = session("s1", hours=2, ends_at="10:15")
    second = session("s2", hours=3, starts_at="10:15", room_id="r2")
    assert codes(both, t1=(first,), t2=(second,)) == ["half-day-hours"]
    joint = {"joint_id": "j", "room_id": "hall"}
    assert codes(both, t1=(session("s1", **joint),), t2=(session("s2", **joint),)) == []


def test_a_class_is_in_one_place_at_a_time() -> None:
    other = {"lecturer_id": "b", "room_id": "r2", "hours": 2, "starts_at": "10:00"}
    assert alone(session("s1", hours=2, ends_at="10:00"), session("s2", **other)) == []
    assert alone(session("s1", hours=2, ends_at="10:01"), session("s2", **other)) == ["class-clash"]


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"room_id": "r2"}, ["lecturer-clash", "half-day-hours"]),
        ({"lecturer_id": "b"}, ["room-clash"]),
        ({"lecturer_id": "b", "room_id": "r2"}, []),
    ],
)
def test_lecturer_and_room_are_held_by_one_term_at_a_time(changes: dict[str, Any], found: list[str]) -> None:
    issued = Held("t2", session("s9", **changes))
    assert alone(session("s1"), others=(issued,)) == found
    assert codes(setting(term("t1"), term("t2", "r2")), t1=(session("s1"),), t2=(issued.session,)) == found


def test_a_lecturer_away_in_the_morning_teaches_in_the_afternoon() -> None:
    staff = {"a": Lecturer("a", "甲", "full", "党校", away=(Away(MONDAY, MONDAY, "morning"),))}
    assert alone(session("s1"), lecturers=staff) == ["lecturer-away"]
    assert alone(session("s1", half="afternoon"), lecturers=staff) == []
    assert alone(session("s1", lecturer_id="gone")) == ["lecturer-unknown"]


def test_a_session_is_held_in_the_half_day_it_says() -> None:
    staff = {"a": Lecturer("a", "甲", "full", "党校", away=(Away(MONDAY, MONDAY, "afternoon"),))}
    assert alone(session("s1", starts_at="08:00", ends_at="14:30"), lecturers=staff) == []
    assert alone(session("s1", ends_at="14:31")) == ["other-half"]
    assert alone(session("s1", half="afternoon", ends_at="19:00")) == []
    late = session("s1", starts_at="14:30", ends_at="16:00")
    (found,) = check(setting(lecturers=staff), {"t1": (late,)})
    assert (found.code, found.zh) == ("other-half", "5月11日上午“课程s1”的时间14:30至16:00占了下午")
    assert found.en == "'课程s1' on 2020-05-11 in the morning is held from 14:30 to 16:00, in the afternoon"


def test_a_lecturer_needs_the_way_between_two_campuses() -> None:
    first = session("s1", hours=2, ends_at="10:00")
    exact = Held("t2", session("s9", starts_at="11:00", hours=2, room_id="hall"))
    assert alone(first, others=(exact,)) == []
    short = Held("t2", session("s9", starts_at="10:59", hours=2, room_id="hall"))
    assert alone(first, others=(short,)) == ["lecturer-travel"]
    same_campus = Held("t2", session("s9", starts_at="10:00", hours=2, room_id="r2"))
    assert alone(first, others=(same_campus,)) == []


def test_field_teaching_has_its_half_day_for_itself() -> None:
    field = session("s1", form="field", room_id=None, hours=2, ends_at="10:00", lecturer_id=None)
    after = session("s2", starts_at="10:00", hours=2)
    assert alone(field, after) == ["field-half"]
    assert alone(field, session("s2", half="afternoon")) == []
    led = session("s1", form="field", room_id=None, hours=2, ends_at="10:00")
    assert alone(led, others=(Held("t2", session("s9", starts_at="10:00", hours=2, room_id="r2")),)) == ["field-half"]


def test_lessons_lie_on_the_terms_days_and_have_a_room() -> None:
    assert alone(session("s1", 5)) == ["outside-term"]
    assert alone(session("s1", starts_at="12:00", ends_at="12:00")) == ["times"]
    assert alone(session("s1", room_id=None)) == ["room-missing"]
    assert alone(session("s1", room_id=None, form="self_study", lecturer_id=None)) == []
    assert codes(setting(term(online=True)), t1=(session("s1", room_id=None),)) == []
    assert alone(session("s1", room_id="nowhere")) == ["room-unknown"]


def test_another_terms_own_room_is_not_taken_except_by_a_joint_lecture() -> None:
    reserved = {("hall", MONDAY): "t2"}
    assert alone(session("s1", room_id="hall"), reserved=reserved) == ["room-reserved"]
    assert alone(session("s1", 1, room_id="hall"), reserved=reserved) == []
    joint = {"joint_id": "j", "room_id": "hall"}
    both = setting(term("t1"), term("t2", "hall"), reserved=reserved)
    assert codes(both, t1=(session("s1", **joint),), t2=(session("s2", **joint),)) == []


def test_a_joint_lecture_is_the_same_in_all_its_terms_and_fits_them_all() -> None:
    both = setting(term("t1"), term("t2", "r2"))
    joint = {"joint_id": "j", "room_id": "hall"}
    apart = session("s2", 1, **joint)
    assert codes(both, t1=(session("s1", **joint),), t2=(apart,)) == ["joint-differs"]
    small = {"joint_id": "j", "room_id": "r1"}
    assert codes(both, t1=(session("s1", **small),), t2=(session("s2", **small),)) == ["room-capacity"] * 2
    issued = (Held("t2", session("s2", 1, **joint)),)
    assert alone(session("s1", **joint), joint_partners=issued) == ["joint-differs"]
    assert codes(both, t1=(session("s1", **joint), session("s3", 1, **joint))) == ["joint-differs", "joint-doubled"]


def test_every_word_names_day_and_session() -> None:
    (found,) = check(setting(lecturers=LECTURERS), {"t1": (session("s1", room_id=None),)})
    assert found.zh == "5月11日上午“课程s1”没有教室"
    assert found.en == "'课程s1' on 2020-05-11 in the morning has no room"
    assert (found.term_ids, found.session_ids) == (("t1",), ("s1",))
    assert DAYS[0] == date(2020, 5, 11)
