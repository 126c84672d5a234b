"""What is asked of whom: by the rank held when trained, within the period, and after a promotion."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enrollment.domain.hours_ledger import Credit, Person, Standing, standings_of
from services.enrollment.domain.hours_rank import Bucket, Position, bucket_of, rank_on
from services.enrollment.limits import policy_table

POLICIES_ON = policy_table().on
CLERK, SENIOR = "一级主任科员", "县处级副职"
TODAY = date(2020, 12, 31)


def credit(on: date, hours: int, days: int = 0, rank: str = CLERK) -> Credit:
    return Credit(on, hours, days, rank)


def person(*credits: Credit, rank: str = CLERK, **more: object) -> Person:
    return Person((Position(date(2018, 1, 1), rank),), credits, **more)  # type: ignore[arg-type]


def standing(who: Person, today: date = TODAY) -> Standing:
    [only] = standings_of(who, today, POLICIES_ON)
    return only


@pytest.mark.parametrize(
    ("hours", "days", "met", "gap"), [(89, 11, False, 1), (90, 0, True, 0), (0, 12, True, 0), (0, 0, False, 90)]
)
def test_ninety_hours_or_twelve_days_a_year_meet_the_annual_requirement(
    hours: int, days: int, met: bool, gap: int
) -> None:
    shown = standing(person(credit(date(2020, 5, 15), hours, days)))
    assert (shown.kind, shown.met, shown.gap_hours) == ("annual", met, gap)
    assert shown.citation.basis == "source"


def test_a_year_counts_from_its_first_day_to_its_last() -> None:
    around = [credit(day, 10) for day in (date(2019, 12, 31), date(2020, 1, 1), date(2020, 12, 31), date(2021, 1, 1))]
    assert standing(person(*around)).hours == 20


@pytest.mark.parametrize(
    ("year", "first", "last"),
    [(2018, 2018, 2022), (2022, 2018, 2022), (2023, 2023, 2027), (2017, 2013, 2017)],
)
def test_senior_officials_have_five_years_for_550_hours(year: int, first: int, last: int) -> None:
    who = person(credit(date(year, 6, 1), 549, 200, SENIOR), rank=SENIOR)
    shown = standing(Person((Position(date(2010, 1, 1), SENIOR),), who.credits), date(year, 12, 31))
    assert (shown.kind, shown.first.year, shown.last.year) == ("five_year", first, last)
    assert (shown.met, shown.gap_hours) == (False, 1), "days do not stand in for hours here"


def test_hours_count_by_the_rank_held_when_trained() -> None:
    before, after = credit(date(2020, 3, 1), 40), credit(date(2020, 9, 1), 60, rank=SENIOR)
    who = Person((Position(date(2019, 1, 1), CLERK), Position(date(2020, 6, 1), SENIOR)), (before, after))
    assert standing(who, date(2020, 5, 31)).hours == 40
    assert standing(who).hours == 60


def test_ranks_of_researchers_count_as_senior_from_the_revision_of_2023_on() -> None:
    assert bucket_of("四级调研员", POLICIES_ON(date(2023, 8, 30))) is Bucket.OTHERS
    assert bucket_of("四级调研员", POLICIES_ON(date(2023, 8, 31))) is Bucket.SENIOR
    assert bucket_of(" 县处级 副职", POLICIES_ON(TODAY)) is Bucket.SENIOR
    assert bucket_of("", POLICIES_ON(TODAY)) is Bucket.OTHERS


def test_the_rank_of_a_day_is_the_last_one_known_by_then() -> None:
    known = (Position(date(2020, 6, 1), SENIOR), Position(date(2019, 1, 1), CLERK))
    assert [rank_on(known, date(2020, month, 1)) for month in (5, 6)] == [CLERK, SENIOR]
    assert rank_on(known, date(2010, 1, 1)) == CLERK
    assert rank_on((), TODAY) == ""


def promoted(on: date, *credits: Credit) -> Person:
    return Person((Position(date(2018, 1, 1), CLERK), Position(on, SENIOR)), credits, promotions=(on,))


def test_whoever_was_promoted_before_meeting_it_has_a_year_to_make_up() -> None:
    who = promoted(date(2020, 7, 1), credit(date(2020, 5, 1), 50, 6))
    five_years, catch_up = standings_of(who, TODAY, POLICIES_ON)
    assert five_years.kind == "five_year"
    assert (catch_up.kind, catch_up.hours, catch_up.gap_hours) == ("catch_up", 50, 40)
    assert catch_up.last == date(2021, 7, 1)
    made_up = promoted(date(2020, 7, 1), *who.credits, credit(date(2021, 7, 1), 40, 5, SENIOR))
    assert [each.met for each in standings_of(made_up, date(2021, 7, 1), POLICIES_ON)][1]
    assert len(standings_of(made_up, date(2021, 7, 2), POLICIES_ON)) == 1, "made up for, and the year is over"
    late = promoted(date(2020, 7, 1), *who.credits, credit(date(2021, 7, 2), 40, 5, SENIOR))
    assert not standings_of(late, date(2021, 7, 2), POLICIES_ON)[1].met


def test_whoever_met_it_before_the_promotion_has_nothing_to_make_up() -> None:
    assert len(standings_of(promoted(date(2020, 7, 1), credit(date(2020, 6, 30), 90)), TODAY, POLICIES_ON)) == 1
    on_the_day = promoted(date(2020, 7, 1), credit(date(2020, 7, 1), 90))
    assert len(standings_of(on_the_day, TODAY, POLICIES_ON)) == 2


def test_a_promotion_on_29_february_is_made_up_for_by_the_28th() -> None:
    [_, catch_up] = standings_of(promoted(date(2020, 2, 29)), TODAY, POLICIES_ON)
    assert catch_up.last == date(2021, 2, 28)


def test_a_promotion_still_ahead_asks_nothing_yet() -> None:
    assert len(standings_of(promoted(date(2020, 7, 1)), date(2020, 6, 30), POLICIES_ON)) == 1


def test_the_forecast_adds_terms_somebody_is_admitted_to() -> None:
    shown = standing(
        person(credit(date(2020, 5, 1), 50), expected=(credit(date(2020, 9, 1), 40, 5),)), date(2020, 6, 1)
    )
    assert (shown.met, shown.gap_hours) == (False, 40)
    assert (shown.forecast_met, shown.forecast_gap_hours) == (True, 0)
    next_year = person(credit(date(2020, 5, 1), 50), expected=(credit(date(2021, 1, 1), 40, 5),))
    assert standing(next_year).forecast_gap_hours == 40


CREDITS = st.lists(
    st.builds(
        Credit,
        st.dates(date(2018, 1, 1), date(2022, 12, 31)),
        st.integers(0, 120),
        st.integers(0, 15),
        st.sampled_from([CLERK, SENIOR]),
    ),
    max_size=12,
)


@given(CREDITS, st.dates(date(2018, 1, 1), date(2022, 12, 31)))
def test_no_hour_is_lost_and_none_counts_twice(credits: list[Credit], today: date) -> None:
    rows = tuple(credits)
    years = [
        standing(Person((Position(date(2018, 1, 1), CLERK),), rows), date(year, 1, 1)).hours
        for year in range(2018, 2023)
    ]
    five = standing(Person((Position(date(2018, 1, 1), SENIOR),), rows), today).hours
    assert sum(years) + five == sum(each.hours for each in rows)


@given(CREDITS, st.dates(date(2018, 1, 1), date(2022, 12, 31)))
def test_a_gap_and_what_is_credited_make_up_what_is_required(credits: list[Credit], today: date) -> None:
    who = Person((Position(date(2018, 1, 1), CLERK), Position(date(2020, 1, 1), SENIOR)), tuple(credits))
    for each in standings_of(who, today, POLICIES_ON):
        assert each.met == (each.gap_hours == 0)
        assert each.met or each.gap_hours + each.hours == each.required_hours
        assert each.forecast_gap_hours <= each.gap_hours
