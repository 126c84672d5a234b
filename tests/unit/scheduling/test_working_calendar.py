"""The working-day calendar against the published table of 2020."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.calendar import CalendarUnknown, DayKind, DayOverride, WorkingCalendar, days_between
from shared.wording import Words

CALENDAR = WorkingCalendar()
YEAR = list(days_between(date(2020, 1, 1), date(2020, 12, 31)))
# 国务院办公厅 2019-11-21 and 2020-01-27 (Spring Festival extended to 02-02, make-up day 02-01 cancelled).
OFF = {
    "元旦": ["01-01"],
    "春节": [f"01-{day}" for day in range(24, 32)] + ["02-01", "02-02"],
    "清明": ["04-04", "04-05", "04-06"],
    "劳动节": [f"05-0{day}" for day in range(1, 6)],
    "端午": ["06-25", "06-26", "06-27"],
    "国庆节": [f"10-0{day}" for day in range(1, 9)],
}
MAKE_UP = ["01-19", "04-26", "05-09", "06-28", "09-27", "10-10"]


def d(text):
    return date.fromisoformat(f"2020-{text}")


def test_2020_has_249_working_days_spread_over_the_months_as_published():
    per_month = [sum(CALENDAR.is_working_day(day) for day in YEAR if day.month == month) for month in range(1, 13)]
    assert per_month == [17, 20, 22, 22, 19, 21, 23, 21, 23, 17, 21, 23]
    assert CALENDAR.working_days_between(YEAR[0], YEAR[-1]) == 249


def test_every_day_of_2020_is_what_the_notices_say():
    off = {d(text) for days in OFF.values() for text in days}
    make_up = {d(text) for text in MAKE_UP}
    for day in YEAR:
        expected = (
            DayKind.HOLIDAY
            if day in off
            else DayKind.MAKE_UP
            if day in make_up
            else DayKind.WEEKEND
            if day.weekday() >= 5
            else DayKind.WORKING
        )
        assert CALENDAR.kind(day) is expected, day
        assert CALENDAR.is_working_day(day) == (expected in (DayKind.WORKING, DayKind.MAKE_UP))


def test_holidays_have_names_and_make_up_days_have_none():
    for name, days in OFF.items():
        for text in days:
            holiday = CALENDAR.holiday(d(text))
            assert holiday is not None
            assert holiday.zh.startswith(name), (text, holiday)
    assert [CALENDAR.holiday(d(text)) for text in MAKE_UP] == [None] * 6
    assert CALENDAR.holiday(d("05-16")) is None


@pytest.mark.parametrize(
    ("opening", "calendar", "working"),
    [
        ("10-12", "10-07", "09-28"),
        ("05-11", "05-06", "04-30"),
        ("06-29", "06-24", "06-19"),
    ],
)
def test_five_days_ahead_differ_by_the_kind_of_day(opening, calendar, working):
    assert CALENDAR.notice_deadline(d(opening), 5) == d(calendar)
    assert CALENDAR.notice_deadline(d(opening), 5, "working") == d(working)
    assert CALENDAR.notice_deadline(d(opening), 0, "working") == d(opening)
    with pytest.raises(ValueError, match="before the opening"):
        CALENDAR.notice_deadline(d(opening), -1)


def test_adding_working_days_skips_holidays_and_uses_make_up_days():
    assert CALENDAR.add_working_days(d("04-30"), 1) == d("05-06")
    assert CALENDAR.add_working_days(d("05-08"), 1) == d("05-09")
    assert CALENDAR.add_working_days(d("05-06"), -1) == d("04-30")
    assert CALENDAR.add_working_days(d("05-02"), 0) == d("05-02")


@given(st.dates(date(2005, 1, 1), date(2025, 6, 1)), st.integers(1, 60))
def test_adding_and_counting_agree(day, count):
    reached = CALENDAR.add_working_days(day, count)
    assert CALENDAR.is_working_day(reached)
    assert CALENDAR.working_days_between(day + timedelta(days=1), reached) == count
    back = CALENDAR.add_working_days(reached, -count)
    assert back == (day if CALENDAR.is_working_day(day) else CALENDAR.add_working_days(day, -1))


def test_outside_the_table_it_refuses_and_says_what_to_do():
    for day in (date(2003, 12, 31), date(2031, 1, 1)):
        with pytest.raises(CalendarUnknown) as refusal:
            CALENDAR.is_working_day(day)
        assert day.isoformat() in refusal.value.message.zh
        assert day.isoformat() in refusal.value.message.en
    with pytest.raises(CalendarUnknown):
        CALENDAR.add_working_days(date(2004, 1, 1), -1)


def test_the_citys_own_word_goes_before_the_table():
    closed = DayOverride(d("06-18"), False, Words("防汛停课", "closed for flood control"))
    opened = DayOverride(d("06-20"), True, Words("补课", "make-up"))
    beyond = DayOverride(date(2031, 1, 2), True, Words("工作日", "working day"))
    calendar = WorkingCalendar([closed, opened, beyond])
    assert calendar.kind(d("06-18")) is DayKind.HOLIDAY
    assert calendar.holiday(d("06-18")) == closed.reason
    assert calendar.kind(d("06-20")) is DayKind.MAKE_UP
    assert calendar.is_working_day(beyond.day)
    assert calendar.add_working_days(d("06-17"), 2) == d("06-20")
    with pytest.raises(CalendarUnknown):
        calendar.is_working_day(date(2031, 1, 3))
