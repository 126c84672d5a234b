"""The checker of our own problem on hand-made tables: each hard rule broken alone, and said in words."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from services.scheduling.timetable.assess import assess
from services.scheduling.timetable.findings import HARD
from services.scheduling.timetable.problem import Course, Placed, Problem, Room, Timetable
from tests.unit.timetable.small_school import (
    GOOD,
    MON_AM,
    MON_PM,
    SCHOOL,
    TUE_AM,
    TUE_PM,
    school,
    table,
    with_course,
)


def broken(problem: Problem, timetable: Timetable) -> dict[str, int]:
    return assess(problem, timetable).broken


def test_a_good_table_breaks_nothing() -> None:
    assert assess(SCHOOL, table()).feasible


def test_a_lecture_that_is_not_placed_is_missing() -> None:
    assert broken(SCHOOL, Timetable(GOOD[1:])) == {"lecture_missing": 1}


def test_a_lecture_twice_or_of_no_course_is_unknown() -> None:
    assert broken(SCHOOL, Timetable((*GOOD, Placed("a", 3, TUE_PM, "big")))) == {"lecture_unknown": 1}
    assert broken(SCHOOL, Timetable((*GOOD, Placed("x", 1, TUE_PM, "big"))))["lecture_unknown"] == 1


@pytest.mark.parametrize("slot", [-1, TUE_PM + 1, 99])
def test_a_slot_beyond_the_days_is_invalid_and_clashes_with_nothing(slot: int) -> None:
    strange = with_course("b", lecturer_ids=("li",), fresh=True, module=1)
    outside = Timetable((*GOOD[:2], Placed("b", 1, slot, "big"), Placed("c", 1, slot, "small")))
    found = assess(strange, outside)
    assert found.broken == {"slot_invalid": 2}
    assert f"时段{slot}" in found.violations[0].zh
    assert assess(strange, Timetable(GOOD[:2])).costs == found.costs


def test_two_lectures_of_a_course_at_once_clash_for_course_lecturer_and_term() -> None:
    found = broken(SCHOOL, table(Placed("a", 2, MON_AM, "small")))
    assert found == {"course_clash": 1, "lecturer_clash": 1, "term_clash": 1, "room_seats": 1, "lecturer_hours": 1}


def test_a_lecturer_in_two_places_clashes() -> None:
    assert broken(SCHOOL, table(Placed("c", 1, TUE_AM, "small"))) == {"lecturer_clash": 1, "lecturer_hours": 1}


def test_a_term_in_two_places_clashes() -> None:
    free = with_course("b", lecturer_ids=())
    assert broken(free, table(Placed("b", 1, MON_AM, "small"))) == {"term_clash": 1, "room_seats": 1}


def test_a_joint_lecture_occupies_every_one_of_its_terms() -> None:
    joint = with_course("b", term_ids=("t1", "t2"), lecturer_ids=())
    assert broken(joint, table()) == {}
    assert broken(joint, table(Placed("b", 1, TUE_PM, "big"))) == {"term_clash": 1}


def test_two_lectures_in_one_room_clash() -> None:
    seminar = with_course("c", room_kinds=(), lecturer_ids=())
    assert broken(seminar, table(Placed("c", 1, MON_AM, "big"))) == {"room_clash": 1}


def test_a_lecture_without_a_room_or_in_an_unknown_one_needs_a_room() -> None:
    assert broken(SCHOOL, table(Placed("b", 1, TUE_AM))) == {"room_needed": 1}
    assert broken(SCHOOL, table(Placed("b", 1, TUE_AM, "attic"))) == {"room_needed": 1}


def test_a_room_of_the_wrong_kind_is_refused() -> None:
    assert broken(SCHOOL, table(Placed("c", 1, TUE_PM, "big"))) == {"room_kind": 1}
    chosen = with_course("b", room_ids=("small",), seats=10)
    assert broken(chosen, table()) == {"room_kind": 1}


def test_seats_are_counted_over_all_terms_and_edges_hold() -> None:
    assert broken(with_course("b", seats=60), table()) == {}
    found = assess(with_course("b", seats=61), table())
    assert found.broken == {"room_seats": 1}
    assert "61" in found.violations[0].zh
    assert "60" in found.violations[0].en


def test_four_hours_in_a_half_day_are_allowed_and_more_are_not() -> None:
    # Two lectures of wang in one morning of two slots: 3 + 1 hours hold, 3 + 2 do not.
    two = dataclasses.replace(
        SCHOOL,
        halves=(2, 2),
        courses=(*SCHOOL.courses[1:], Course("d", "补课", 1, ("t1",), ("wang",), 1.0)),
    )
    at = Timetable((Placed("b", 1, 0, "big"), Placed("c", 1, 4, "small"), Placed("d", 1, 1, "big")))
    assert assess(two, at).broken == {}
    more = dataclasses.replace(two, courses=(*two.courses[:2], dataclasses.replace(two.courses[2], hours=1.5)))
    found = assess(more, at)
    assert found.broken == {"lecturer_hours": 1}
    assert "某办法第10条" in found.violations[0].zh
    assert "4.5" in found.violations[0].en


@pytest.mark.parametrize(
    ("problem", "rule"),
    [
        (with_course("b", unavailable=(TUE_AM,)), "course_unavailable"),
        (
            school(lecturers=(SCHOOL.lecturers[0], dataclasses.replace(SCHOOL.lecturers[1], unavailable=(TUE_AM,)))),
            "lecturer_unavailable",
        ),
        (
            school(terms=(dataclasses.replace(SCHOOL.terms[0], unavailable=(TUE_AM,)), SCHOOL.terms[1])),
            "term_unavailable",
        ),
        (school(rooms=(Room("big", "大教室", 60, unavailable=(TUE_AM,)), SCHOOL.rooms[1])), "room_unavailable"),
    ],
)
def test_who_is_not_available_is_named(problem: Problem, rule: str) -> None:
    found = assess(problem, table())
    assert found.broken == {rule: 1}
    assert "周二上午" in found.violations[0].zh
    assert "周二 morning" in found.violations[0].en


def test_field_teaching_takes_whole_half_days_and_no_room() -> None:
    whole_day = with_course("b", field=True, slots=2, lecturer_ids=("li",))
    assert broken(whole_day, table(Placed("b", 1, TUE_AM))) == {}
    assert broken(whole_day, table(Placed("b", 1, TUE_AM, "big"))) == {"room_needed": 1}
    assert broken(whole_day, table(Placed("b", 1, TUE_PM))) == {"slot_invalid": 1}


def test_field_teaching_keeps_its_people_for_all_its_half_days() -> None:
    whole_day = with_course("b", field=True, slots=2)
    found = assess(whole_day, table(Placed("b", 1, TUE_AM)))
    assert found.broken == {"lecturer_clash": 1, "lecturer_hours": 1}
    assert "周二下午" in next(each.zh for each in found.violations if each.rule == "lecturer_clash")


def test_a_lecture_may_not_run_over_noon_nor_field_teaching_begin_in_the_middle() -> None:
    fine = dataclasses.replace(
        SCHOOL,
        halves=(2, 2),
        courses=(Course("d", "长课", 1, ("t1",), slots=2), Course("e", "参观", 1, ("t2",), slots=1, field=True)),
    )
    assert broken(fine, Timetable((Placed("d", 1, 2, "big"), Placed("e", 1, 0)))) == {}
    assert broken(fine, Timetable((Placed("d", 1, 1, "big"), Placed("e", 1, 3)))) == {"slot_invalid": 2}


def test_a_locked_lecture_may_not_move() -> None:
    pinned = school(pins=(Placed("b", 1, TUE_AM), Placed("c", 1, TUE_PM, "small")))
    assert broken(pinned, table()) == {}
    assert broken(pinned, table(Placed("b", 1, TUE_AM, "big"))) == {}
    assert broken(pinned, table(Placed("c", 1, MON_PM, "small"))) == {"pin_moved": 1}


def test_every_hard_rule_has_a_case_above() -> None:
    text = Path(__file__).read_text("utf-8")
    assert [rule for rule in HARD if f'"{rule}"' not in text] == []


def test_every_finding_is_told_in_both_languages() -> None:
    chaos = Timetable((Placed("a", 1, MON_AM), Placed("a", 2, MON_AM, "small"), Placed("c", 1, MON_PM, "big")))
    found = assess(SCHOOL, chaos)
    assert len(found.broken) >= 5
    for each in (*found.violations, *found.charges):
        assert each.zh
        assert each.en
        assert each.zh != each.en
