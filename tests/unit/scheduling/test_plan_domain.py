"""Terms that a programme asks for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.scheduling.domain.plan import DateRange, Programme
from services.scheduling.domain.terms import demands

FIRST, LAST = date(2020, 5, 6), date(2020, 7, 31)


def programme(**changes: object) -> Programme:
    fields: dict[str, object] = {"terms": 3, "trainees": 100, "starts_on": FIRST, "ends_on": LAST, "days": 5}
    return Programme("p", 1, "甲", "training", **(fields | changes))  # type: ignore[arg-type]


@given(st.integers(1, 60), st.integers(1, 2000))
def test_people_are_shared_out_evenly_and_nobody_is_lost(terms: int, trainees: int) -> None:
    found = [each.capacity for each in demands(programme(terms=terms, trainees=trainees))]
    assert sum(found) == trainees
    assert max(found) - min(found) <= 1
    assert found == sorted(found, reverse=True)


def test_targets_are_spread_over_the_window() -> None:
    found = demands(programme())
    assert [each.target for each in found] == [FIRST, date(2020, 6, 16), date(2020, 7, 27)]
    assert {(each.window_starts_on, each.window_ends_on) for each in found} == {(FIRST, LAST)}


def test_a_date_range_for_each_term_is_its_window() -> None:
    ranges = (DateRange(date(2020, 5, 11), date(2020, 5, 15)), DateRange(date(2020, 6, 8), date(2020, 6, 12)))
    found = demands(programme(terms=2, ranges=ranges))
    assert [(each.window_starts_on, each.window_ends_on) for each in found] == [
        (r.starts_on, r.ends_on) for r in ranges
    ]


def test_targets_lie_in_the_preferred_months_where_the_window_has_any_of_them() -> None:
    found = demands(programme(months=(6,)))
    assert [each.target for each in found] == [date(2020, 6, 1), date(2020, 6, 15), date(2020, 6, 30)]
    assert {(each.window_starts_on, each.window_ends_on) for each in found} == {(FIRST, LAST)}
    assert demands(programme(months=(11,))) == demands(programme())


def test_the_target_of_a_date_range_lies_in_a_preferred_month_too() -> None:
    ranges = (DateRange(date(2020, 5, 25), date(2020, 6, 30)),)
    [found] = demands(programme(terms=1, ranges=ranges, months=(6,)))
    assert found.target == date(2020, 6, 1)


def test_an_open_programme_asks_for_nothing() -> None:
    with pytest.raises(ValueError, match="open places"):
        demands(programme(days=None))
