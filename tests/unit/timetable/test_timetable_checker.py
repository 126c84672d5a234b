"""The checker against cases small enough to count by hand."""

import dataclasses

import pytest

from services.scheduling.timetable.checker import check
from services.scheduling.timetable.conversion import as_problem
from services.scheduling.timetable.ctt import (
    UnreadableFile,
    read_instance,
    read_timetable,
    write_instance,
    write_timetable,
)
from services.scheduling.timetable.files import read_problem, write_problem
from services.scheduling.timetable.instance import Course, Curriculum, Instance, Lecture, Room

# 2 days of 3 periods; A and B share a curriculum, B and C a lecturer.
SMALL = Instance(
    "small",
    (Course("A", "t1", 2, 2, 30), Course("B", "t2", 2, 2, 40), Course("C", "t2", 1, 1, 10)),
    (Room("r", 35), Room("s", 10)),
    2,
    3,
    (Curriculum("q", ("A", "B")),),
    frozenset({("C", 0)}),
)
A, B, C = 0, 1, 2
R, S = 0, 1


def score(*lectures: tuple[int, int, int]):  # type: ignore[no-untyped-def]
    return check(SMALL, tuple(Lecture(*lecture) for lecture in lectures))


def test_a_good_timetable_costs_what_is_counted_by_hand() -> None:
    found = score((A, R, 0), (B, R, 1), (A, R, 3), (B, R, 4), (C, S, 5))
    assert found.violations == 0
    assert (found.capacity, found.min_days, found.compactness, found.stability) == (10, 0, 0, 0)


def test_every_student_over_the_seats_costs_one_for_each_lecture() -> None:
    assert score((A, S, 0), (B, R, 1), (A, R, 3), (B, S, 4), (C, S, 5)).capacity == 20 + 5 + 0 + 30


def test_a_day_below_the_minimum_costs_five() -> None:
    assert score((A, R, 0), (A, R, 1), (B, R, 2), (B, R, 5), (C, S, 4)).min_days == 5


def test_a_lecture_alone_in_its_day_costs_two_and_days_do_not_touch() -> None:
    # period 2 ends day one, period 3 begins day two: not adjacent
    assert score((A, R, 2), (B, R, 0), (A, R, 3), (B, R, 5), (C, S, 1)).compactness == 8


def test_every_room_beyond_the_first_costs_one() -> None:
    assert score((A, R, 0), (A, S, 3), (B, R, 1), (B, R, 4), (C, S, 5)).stability == 1


@pytest.mark.parametrize(
    ("lectures", "broken"),
    [
        (((A, R, 0), (B, R, 1), (A, R, 3), (B, R, 4)), "lectures"),
        (((A, R, 0), (A, S, 0), (B, R, 1), (B, R, 4), (C, S, 5)), "lectures"),
        (((A, R, 0), (B, S, 0), (A, R, 3), (B, R, 4), (C, S, 5)), "conflicts"),
        (((A, R, 0), (B, R, 1), (A, R, 3), (B, R, 4), (C, S, 4)), "conflicts"),
        (((A, R, 1), (B, R, 2), (A, R, 3), (B, R, 4), (C, S, 0)), "unavailability"),
        (((A, R, 0), (B, R, 1), (A, R, 5), (B, R, 4), (C, R, 5)), "occupancy"),
    ],
)
def test_each_hard_rule_is_seen_alone(lectures: tuple[tuple[int, int, int], ...], broken: str) -> None:
    found = score(*lectures)
    assert found.violations == getattr(found, broken) == 1


def test_curricula_with_one_code_all_count() -> None:
    twice = dataclasses.replace(SMALL, curricula=(*SMALL.curricula, Curriculum("q", ("A", "C"))))
    assert twice.clashes() == {(A, B), (A, C), (B, C)}


def test_a_file_is_read_back_as_it_was_written() -> None:
    assert read_instance(write_instance(SMALL)) == SMALL
    timetable = (Lecture(A, R, 0), Lecture(B, R, 4))
    assert read_timetable(write_timetable(timetable, SMALL), SMALL) == timetable


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("Rooms: 2", "Rooms: two", 3),
        ("ROOMS:", "HALLS:", 14),
        ("A t1 2 2 30", "A t1 2 2", 10),
        ("q  2 A B", "q  2 A Z", 19),
        ("B t2 2 2 40", "A t2 2 2 40", 11),
        ("s\t10", "r\t10", 16),
        ("s\t10", "s\t1 500", 16),
        ("A t1 2 2 30", "A t1 ² 2 30", 10),
        ("A t1 2 2 30", "A t1 2 2 ٣٠", 10),
        ("A t1 2 2 30", f"A t1 2 2 {'9' * 5000}", 10),
        ("END.", "A 0 1\nEND.", 24),
        ("END.", "ROOMS:", 24),
        ("END.", "END.\nA 0 1", 25),
        ("Days: 2", "Days: 999999999", 0),
    ],
)
def test_a_broken_file_is_refused_with_its_line(old: str, new: str, line: int) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_instance(write_instance(SMALL).replace(old, new))
    assert caught.value.line == line


def test_a_file_with_other_ends_of_lines_blank_ones_or_a_mark_before_it_is_the_same_file() -> None:
    text, solution = write_instance(SMALL), write_timetable((Lecture(A, R, 0), Lecture(B, R, 4)), SMALL)
    for other in ("\ufeff{}", "{}\n\n", "\n{}"):
        assert read_problem(other.format(text)).instance == SMALL
        assert len(read_timetable(other.format(solution), SMALL)) == 2
    assert read_instance(text.replace("\n", "\r\n")) == SMALL
    assert read_instance(text.replace("\n", "\n\n")) == SMALL
    assert read_instance(text.replace("END.", "")) == SMALL
    assert read_problem("\ufeff" + write_problem(as_problem(SMALL))).problem == as_problem(SMALL)


@pytest.mark.parametrize(
    ("old", "new", "path"),
    [
        ("A t1 2 2 30", "A t1 0 2 30", "courses[0].lectures"),
        ("A t1 2 2 30", "A t1 2 2 99999999999", "courses[0].seats"),
        ("A t1 2 2 30", "A t1 2 99999999999 30", "courses[0].min_days"),
        ("Days: 2", "Days: 0", "days"),
        ("Periods_per_day: 3", "Periods_per_day: 70", "halves"),
    ],
)
def test_an_instance_that_no_scheduler_can_take_is_refused_as_a_problem_of_our_own_is(
    old: str, new: str, path: str
) -> None:
    text = write_instance(dataclasses.replace(SMALL, unavailable=frozenset()))
    with pytest.raises(UnreadableFile) as caught:
        read_problem(text.replace(old, new))
    assert caught.value.line == 0
    assert path in caught.value.zh
    assert path in caught.value.en
