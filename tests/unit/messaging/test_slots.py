"""Slots of timers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from shared.messaging import ticks
from shared.messaging.timers import slot_of


@pytest.mark.parametrize(
    ("instant", "every", "slot"),
    [
        # One second before and at midnight in the city, 16:00 in UTC.
        (datetime(2020, 5, 11, 15, 59, 59, tzinfo=UTC), timedelta(days=1), datetime(2020, 5, 10, 16, tzinfo=UTC)),
        (datetime(2020, 5, 11, 16, 0, 0, tzinfo=UTC), timedelta(days=1), datetime(2020, 5, 11, 16, tzinfo=UTC)),
        (datetime(2020, 5, 11, 1, 59, tzinfo=UTC), timedelta(hours=1), datetime(2020, 5, 11, 1, tzinfo=UTC)),
        (datetime(2020, 5, 11, 1, 0, 7, tzinfo=UTC), timedelta(seconds=5), datetime(2020, 5, 11, 1, 0, 5, tzinfo=UTC)),
        (datetime(1999, 12, 31, 1, tzinfo=UTC), timedelta(days=1), datetime(1999, 12, 30, 16, tzinfo=UTC)),
    ],
)
def test_a_slot_begins_at_a_multiple_of_the_period_from_midnight_in_the_city(
    instant: datetime, every: timedelta, slot: datetime
) -> None:
    assert slot_of(instant, every) == slot


def test_a_timer_without_a_period_is_refused() -> None:
    with pytest.raises(ValueError, match="above zero"):
        ticks("still", every=timedelta(0))(lambda service, slot: None)
