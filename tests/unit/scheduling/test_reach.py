"""A calendar that goes on beyond its windows: how far, and where it ends."""

from __future__ import annotations

from datetime import date

import pytest

from services.scheduling.reach import reach_around
from shared.calendar import LAST_YEAR, DayOverride, WorkingCalendar
from shared.wording import Words

WINDOW = date(2020, 6, 1), date(2020, 6, 12)
MARCH = date(2020, 3, 2)


@pytest.mark.parametrize(
    ("window", "named", "today", "reaches"),
    [
        (WINDOW, [], date(2019, 12, 2), (date(2020, 1, 1), date(2020, 12, 31))),
        (WINDOW, [], MARCH, (MARCH, date(2020, 12, 31))),
        (WINDOW, [], date(2020, 6, 5), (date(2020, 6, 1), date(2020, 12, 31))),
        (WINDOW, [date(2020, 9, 7)], MARCH, (MARCH, date(2020, 12, 31))),
        (WINDOW, [date(2021, 3, 1)], MARCH, (MARCH, date(2021, 12, 31))),
        (WINDOW, [date(2024, 3, 1)], MARCH, (MARCH, date(2020, 12, 31))),
        ((date(2020, 12, 21), date(2020, 12, 25)), [], MARCH, (MARCH, date(2021, 2, 23))),
        ((date(2020, 1, 6), date(2020, 1, 10)), [], date(2019, 1, 7), (date(2019, 11, 7), date(2020, 12, 31))),
    ],
)
def test_it_has_the_year_and_sixty_days_around_but_not_the_past(
    window: tuple[date, date], named: list[date], today: date, reaches: tuple[date, date]
) -> None:
    assert reach_around(WorkingCalendar(), *window, named, today) == reaches


def test_it_ends_where_the_table_does_unless_the_city_has_said_what_follows() -> None:
    december = date(LAST_YEAR, 12, 21), date(LAST_YEAR, 12, 25)
    new_year, said = date(LAST_YEAR + 1, 1, 1), Words("市政府通知", "notice of the city")
    assert reach_around(WorkingCalendar(), *december, [], MARCH)[1] == date(LAST_YEAR, 12, 31)
    known = WorkingCalendar([DayOverride(new_year, False, said)])
    assert reach_around(known, *december, [], MARCH)[1] == new_year
