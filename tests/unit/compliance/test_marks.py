"""Which mark follows from the times somebody came and left: every instant has exactly one answer."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from services.compliance.domain.attendance import Mark, Status, counts, mark_of, missing_from
from services.compliance.domain.checkin import CheckInWindow
from services.compliance.domain.timetable import Session

START = datetime(2020, 5, 18, 1, tzinfo=UTC)
END = START + timedelta(hours=3)
SESSION = Session("s1", "课", date(2020, 5, 18), "morning", START, END, 4)
HALF_HOUR = timedelta(minutes=30)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("came", "left", "mark"),
    [
        (START - SECOND, None, Mark(Status.PRESENT)),
        (START, None, Mark(Status.PRESENT)),
        (START + SECOND, None, Mark(Status.LATE)),
        (START + HALF_HOUR, None, Mark(Status.LATE)),
        (START + HALF_HOUR + SECOND, None, Mark(Status.ABSENT)),
        (START, END, Mark(Status.PRESENT)),
        (START, END - SECOND, Mark(Status.LEFT_EARLY)),
        (START + SECOND, END - SECOND, Mark(Status.LATE, left_early=True)),
        (None, None, Mark(Status.ABSENT)),
    ],
)
def test_marks_on_their_edges(came: datetime | None, left: datetime | None, mark: Mark) -> None:
    assert mark_of(SESSION, came, left, HALF_HOUR) == mark


@given(some.integers(-7200, 20000), some.none() | some.integers(-7200, 20000))
def test_whoever_came_in_the_first_half_hour_attended(came: int, left: int | None) -> None:
    left_at = None if left is None else START + timedelta(seconds=left)
    mark = mark_of(SESSION, START + timedelta(seconds=came), left_at, HALF_HOUR)
    assert mark.attended == (came <= HALF_HOUR.total_seconds())


def test_a_count_has_every_status() -> None:
    found = counts([Mark(Status.LATE, left_early=True), Mark(Status.PRESENT), Mark(Status.LEFT_EARLY)])
    assert found == {"present": 1, "late": 1, "left_early": 2, "leave": 0, "absent": 0}
    assert missing_from({"n1": Mark(Status.PRESENT)}, ["n2", "n1"]) == ["n2"]


@given(some.integers(0, 5), some.integers(0, 5), some.integers(-10, 10), some.integers(-20 * 86400, 20 * 86400))
def test_the_check_in_window_has_no_hole(early: int, grace: int, admitted: int, seconds: int) -> None:
    window = CheckInWindow.of(
        reports_on=date(2020, 5, 17),
        on_time_until=None,
        admitted_on=date(2020, 5, 17) + timedelta(days=admitted),
        early_days=early,
        grace_days=grace,
        zone=UTC,
    )
    at = datetime(2020, 5, 17, tzinfo=UTC) + timedelta(seconds=seconds)
    days = (at.date() - date(2020, 5, 17)).days
    if days < -early:
        expected = "early"
    elif days > max(0, admitted) + grace:
        expected = "lapsed"
    else:
        expected = "on_time" if days <= 0 else "late"
    assert window.arrival(at) == expected
