"""The review ladder: which steps apply to whom, whose word each is, and what counts as a ladder at all."""

from __future__ import annotations

from datetime import date

import pytest

from services.enrollment.domain.ladder import Ladder, awaited
from services.enrollment.limits import policy_table

LADDER = Ladder.from_plain(policy_table().on(date(2020, 4, 1))["review.ladder"].value)
CITY = {"step": "city", "role": "organisation_department", "zh": "市", "en": "city"}


def test_a_district_does_not_review_its_own_nominations() -> None:
    assert LADDER.steps_of("city.donghu") == ("city",)
    assert LADDER.steps_of("city.donghu.health") == ("district", "city")
    assert LADDER.steps_of("city") == ("city",)


def test_the_decider_is_the_unit_at_the_steps_level() -> None:
    assert LADDER.rung("district").decider("city.donghu.health.clinic") == "city.donghu"
    assert LADDER.rung("city").decider("city.donghu.health") is None


def test_steps_are_awaited_in_order() -> None:
    steps = ("district", "city")
    assert awaited(steps, ()) == "district"
    assert awaited(steps, ("district",)) == "city"
    assert awaited(steps, steps) is None


def test_a_step_taken_off_the_ladder_meanwhile_is_the_citys() -> None:
    assert LADDER.rung("bureau").step == "city"


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [{"step": "district", "role": "unit", "level": 2, "zh": "区", "en": "district"}],
        [CITY, CITY],
    ],
)
def test_a_ladder_ends_with_the_organisation_department_and_names_each_step_once(rows: list[dict[str, object]]) -> None:
    with pytest.raises(ValueError, match="ladder"):
        Ladder.from_plain(rows)
