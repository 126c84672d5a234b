"""Sums kept mark by mark equal a recount, whatever was marked, corrected and granted."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as some

from services.compliance.domain.attendance import Mark, Status
from services.compliance.domain.standing import Standing, absent_half_days, longest_absence, recount, tally
from services.compliance.domain.timetable import HALVES, Session, Timetable

FIRST = date(2020, 5, 18)


def session(number: int, hours: int = 4) -> Session:
    """The ``number``-th half-day slot, three a day."""
    day, half = divmod(number, 3)
    on = FIRST + timedelta(days=day)
    starts_at = datetime(on.year, on.month, on.day, 1 + 5 * half, tzinfo=UTC)
    return Session(f"s{number}", f"课{number}", on, HALVES[half], starts_at, starts_at + timedelta(hours=3), hours)


def table(*numbers: int, hours: int = 4) -> Timetable:
    return Timetable("term_1", 1, tuple(session(number, hours) for number in numbers))


MARKS = some.builds(
    lambda status, early: Mark(status, early and status is Status.LATE), some.sampled_from(Status), some.booleans()
)
TABLES = some.lists(some.integers(1, 5), min_size=1, max_size=9).map(
    lambda hours: Timetable("term_1", 1, tuple(session(number, each) for number, each in enumerate(hours)))
)


@given(TABLES, some.data())
def test_sums_kept_mark_by_mark_equal_a_recount(timetable: Timetable, data: some.DataObject) -> None:
    ids = sorted(timetable.by_id)
    covered = frozenset(data.draw(some.sets(some.sampled_from(ids))))
    steps = data.draw(some.lists(some.tuples(some.sampled_from(ids), MARKS), max_size=25))
    standing, rolls = Standing(covered=covered), {}
    for session_id, mark in steps:
        before = rolls.get(session_id, {}).get("n1")
        standing = standing.marked(timetable.by_id[session_id], before, mark)
        rolls[session_id] = {"n1": mark}
    assert standing == recount(timetable, rolls, {"n1": covered})["n1"]


@given(TABLES, some.data())
def test_a_session_counts_once_and_never_more_than_is_scheduled(timetable: Timetable, data: some.DataObject) -> None:
    ids = sorted(timetable.by_id)
    covered = frozenset(data.draw(some.sets(some.sampled_from(ids))))
    rolls = {each: {"n1": data.draw(MARKS)} for each in data.draw(some.sets(some.sampled_from(ids)))}
    standing = recount(timetable, rolls, {"n1": covered})["n1"]
    figures = tally(standing, timetable, rolls)
    assert not standing.absent & standing.on_leave
    assert figures.attended_hours + figures.leave_hours + figures.absent_hours <= figures.total_hours
    assert figures.longest_absence <= len(standing.absent)


def test_a_day_has_two_half_days_of_absence_at_most() -> None:
    timetable = table(0, 1, 2, 3)
    assert absent_half_days({"s0", "s1", "s2"}, timetable) == 2
    assert absent_half_days({"s0", "s1", "s2", "s3"}, timetable) == 3
    assert absent_half_days({"gone"}, timetable) == 0


def test_an_attended_session_ends_a_run_of_absence_and_one_without_a_roll_does_not() -> None:
    timetable = table(0, 1, 2, 3, 4)
    assert longest_absence({"s0", "s2"}, timetable, {"s0", "s1", "s2"}) == 1
    assert longest_absence({"s0", "s2", "s3"}, timetable, {"s0", "s2", "s3"}) == 3


def test_somebody_late_who_left_early_counts_among_both() -> None:
    timetable = table(0)
    standing = Standing().marked(timetable.by_id["s0"], None, Mark(Status.LATE, left_early=True))
    assert (standing.present, standing.late, standing.left_early, standing.attended_hours) == (0, 1, 1, 4)
