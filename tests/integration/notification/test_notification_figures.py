"""The year's figures of letters and messages, each with its rows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from services.notification import contract
from shared.errors import Forbidden
from shared.security.caller import Caller, Role
from tests.fixtures.store import MakeStore
from tests.integration.notification.notification_city import TERM, UNIT, City

AUDITOR = Caller("shenji", frozenset({Role.AUDITOR}), ("",))
CLERK = Caller("acct_clerk", frozenset({Role.UNIT}), (UNIT,))


@pytest.fixture
def city(make_store: MakeStore, tmp_path: Path) -> City:
    made = City(make_store, tmp_path)
    made.place_term()
    return made


def figures(city: City, plan_id: str = "plan_1") -> dict[str, dict[str, Any]]:
    found = city.harness.call(contract.GET_NOTIFICATION_FIGURES, {"plan_id": plan_id}, caller=AUDITOR)["figures"]
    return {each["key"]: each for each in found}


def test_letters_and_their_deliveries_are_counted_by_kind_and_channel(city: City) -> None:
    city.admit("n1", "n2")
    city.roster_admitted()
    city.settle()
    found = figures(city)
    assert {row["kind"]: row["issued"] for row in found["letters"]["rows"]} == {"入学通知书": 2, "选调函": 1}
    assert found["letters"]["value"] == 3
    assert found["deliveries"]["value"] == sum(row["delivered"] for row in found["deliveries"]["rows"]) > 0
    [unit] = found["acknowledgements"]["rows"]
    assert (unit["unit"], unit["on_time"], unit["late"]) == ("东湖区委", 0, 0)
    assert (unit["open"] > 0, found["acknowledgements"]["value"]) == (True, 0.0)
    city.harness.call(contract.ACKNOWLEDGE_ROSTER, {"term_id": TERM, "unit_id": UNIT}, caller=CLERK)
    assert figures(city)["acknowledgements"]["value"] > 0
    for each in found.values():
        keys = {column["key"] for column in each["columns"]}
        assert all(set(row) == keys for row in each["rows"]), each["key"]


def test_another_plans_letters_are_not_counted(city: City) -> None:
    city.admit("n1")
    city.roster_admitted()
    city.settle()
    assert not any(each["rows"] for each in figures(city, "plan_9").values())


def test_figures_are_for_the_city(city: City) -> None:
    with pytest.raises(Forbidden):
        city.harness.call(contract.GET_NOTIFICATION_FIGURES, {"plan_id": "plan_1"}, caller=CLERK)
