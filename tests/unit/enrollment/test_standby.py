"""Standby: the first in line whose unit has a free seat, units before the city, in the order somebody set."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.enrollment.commands.deadlines import offer_due
from services.enrollment.domain.seats import Seats
from services.enrollment.domain.standby import (
    Line,
    Offer,
    Standby,
    State,
    next_offer,
    refuse_unless_offered,
    reordered,
)
from services.enrollment.domain.wording import Refusal
from services.enrollment.limits import policy_table
from shared.calendar import WorkingCalendar

POLICIES = policy_table().on(date(2020, 4, 1))
CALENDAR = WorkingCalendar()
TERM = {"starts_on": "2020-05-11", "ends_on": "2020-05-15"}


def waiting(name: str, unit: str, position: int = 1, line: Line = Line.UNIT) -> Standby:
    return Standby(name, unit, line, position)


def test_the_first_of_the_unit_that_has_a_free_seat_is_next() -> None:
    seats = Seats("term_1", 5).allot([("a", 1), ("b", 1)], {}).take("a")
    assert next_offer(seats, [waiting("n1", "a"), waiting("n3", "b", 2), waiting("n2", "b", 1)]) == Offer(
        "n2", "b", False
    )
    assert next_offer(seats.take("b"), [waiting("n1", "a"), waiting("n2", "b")]) is None


def test_the_citys_list_comes_after_the_units_and_takes_the_citys_own_places() -> None:
    seats = Seats("term_1", 3).allot([("a", 2)], {}).take("a")
    city = waiting("n9", "b", 1, Line.CITY)
    assert next_offer(seats, [city, waiting("n1", "a", 7)]) == Offer("n1", "a", False)
    assert next_offer(seats.take("a"), [city]) == Offer("n9", "b", True)
    assert next_offer(Seats("term_1", 2).allot([("a", 2)], {}), [city]) is None


def test_a_held_seat_is_not_offered_again() -> None:
    seats = Seats("term_1", 1).allot([("a", 1)], {}).hold("n1", "a")
    assert next_offer(seats, [waiting("n2", "a")]) is None


@given(st.lists(st.sampled_from("abcdef"), max_size=8), st.lists(st.sampled_from("abcdef"), max_size=8, unique=True))
def test_a_new_order_names_exactly_those_who_wait(wanted: list[str], before: list[str]) -> None:
    if sorted(wanted) == sorted(before):
        assert [name for name, _ in sorted(reordered(before, wanted).items(), key=lambda pair: pair[1])] == wanted
    else:
        with pytest.raises(Refusal):
            reordered(before, wanted)


def test_the_last_day_of_an_offer_counts_whole() -> None:
    refuse_unless_offered(State.OFFERED, date(2020, 4, 3), date(2020, 4, 3))
    with pytest.raises(Refusal, match="截止"):
        refuse_unless_offered(State.OFFERED, date(2020, 4, 3), date(2020, 4, 4))
    with pytest.raises(Refusal, match="候补中"):
        refuse_unless_offered(State.WAITING, None, date(2020, 4, 3))


@pytest.mark.parametrize(
    ("today", "due"),
    [
        (date(2020, 4, 1), date(2020, 4, 3)),
        (date(2020, 4, 3), date(2020, 4, 8)),  # a Friday before Tomb-sweeping Day
        (date(2020, 5, 7), date(2020, 5, 9)),  # the make-up Saturday counts
        (date(2020, 5, 9), date(2020, 5, 10)),  # never beyond the day before the opening
        (date(2020, 5, 10), date(2020, 5, 10)),
        (date(2020, 5, 11), date(2020, 5, 13)),
        (date(2020, 5, 14), date(2020, 5, 14)),  # the last day somebody can join
        (date(2020, 5, 15), None),
    ],
)
def test_an_offer_is_answered_in_working_days_and_while_somebody_can_still_join(today: date, due: date | None) -> None:
    assert offer_due(TERM, today, POLICIES, CALENDAR) == due


def test_beyond_the_holiday_table_the_last_day_to_join_stands() -> None:
    term = {"starts_on": "2031-05-12", "ends_on": "2031-05-16"}
    assert offer_due(term, date(2031, 4, 1), POLICIES, CALENDAR) == date(2031, 5, 11)
