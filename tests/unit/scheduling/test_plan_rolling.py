"""A plan in another year: the same programmes on days derived anew."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from services.scheduling.domain.plan import DateRange, Plan, Programme
from services.scheduling.domain.plan_rolling import rolled, same_weekday

DAYS = st.dates(date(2004, 1, 1), date(2060, 12, 31))


def test_what_began_on_a_monday_does_so_again() -> None:
    assert same_weekday(date(2020, 5, 11), 1) == date(2021, 5, 17)
    assert same_weekday(date(2020, 5, 11), 1).weekday() == 0


def test_days_at_the_edges_stay_in_their_year() -> None:
    assert same_weekday(date(2020, 1, 1), 1) == date(2021, 1, 6)
    assert same_weekday(date(2020, 12, 25), 1) == date(2021, 12, 31)
    assert same_weekday(date(2020, 12, 28), 1) == date(2021, 12, 31)
    assert same_weekday(date(2021, 1, 1), 1) == date(2022, 1, 1)
    assert same_weekday(date(2020, 2, 29), 1) == date(2021, 3, 6)


@given(DAYS, DAYS, st.integers(1, 5))
def test_years_fit_and_what_came_first_comes_first(one: date, other: date, shift: int) -> None:
    other = other.replace(year=one.year, day=min(other.day, 28))
    first, last = sorted((one, other))
    assert same_weekday(first, shift).year == first.year + shift
    assert same_weekday(first, shift) <= same_weekday(last, shift)


def test_open_places_stay_open_and_programmes_are_new_ones() -> None:
    ranges = (DateRange(date(2020, 5, 11), None),)
    plan = Plan(2020, "2020年公务员培训计划", (Programme("old", 1, "甲", terms=2, ranges=ranges),))
    after = rolled(plan, 2021, lambda: "new")
    assert (after.year, after.title) == (2021, "2021年公务员培训计划")
    (programme,) = after.programmes
    assert (programme.programme_id, programme.terms, programme.starts_on) == ("new", 2, None)
    assert programme.ranges == (DateRange(date(2021, 5, 17), None),)
