"""Places returned, borrowed and released: every transfer is recorded with its cause, and the sums hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.enrollment import contract
from services.enrollment.contract import PlacesNotFree, TermCancelled, TransferDecided
from services.scheduling.contract import TERM_CANCELLED
from shared.errors import Forbidden, Invalid, NotFound
from shared.security.caller import Caller, Role
from tests.integration.enrollment.conftest import Desk, line, unit_caller

CAUSE = {"cause_code": "no-candidate"}
DISTRICT = Caller("test:district", frozenset({Role.ORGANISATION_DEPARTMENT}), ("city.donghu",))
DONGHU, NANSHAN, HEALTH = (unit_caller(f"city.{name}") for name in ("donghu", "nanshan", "donghu.health"))


@pytest.fixture
def city(desk: Desk) -> Desk:
    for unit in ("donghu", "donghu.health", "nanshan"):
        desk.unit(f"city.{unit}", unit)
    desk.place("term_1", capacity=20)
    desk.allot("term_1", **{"donghu": 6, "donghu.health": 4, "nanshan": 5})
    return desk


def quotas(desk: Desk) -> dict[str, Any]:
    return desk.call(contract.LIST_QUOTAS, {"term_id": "term_1"})


def places(desk: Desk) -> dict[str, int]:
    return {row["unit_id"].removeprefix("city."): row["places"] for row in quotas(desk)["items"]}


def records(desk: Desk, **caller: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = desk.call(contract.LIST_PLACE_TRANSFERS, {"term_id": "term_1"}, **caller)["items"]
    return found


def borrow(desk: Desk, unit: str = "nanshan", lender: str = "donghu.health", **more: Any) -> dict[str, Any]:
    request = {"term_id": "term_1", "unit_id": f"city.{unit}", "lender_id": f"city.{lender}", "places": 2, **CAUSE}
    return desk.call(contract.BORROW_PLACES, request, **{"caller": unit_caller(f"city.{unit}"), **more})


def test_a_unit_gives_places_back_to_its_district_and_the_district_to_the_city(city: Desk) -> None:
    back = {"term_id": "term_1", "unit_id": "city.donghu.health", "places": 3, **CAUSE}
    done = city.call(contract.RETURN_PLACES, back, caller=HEALTH)
    assert (done["from_unit_id"], done["to_unit_id"], done["state"]) == ("city.donghu.health", "city.donghu", "done")
    up = city.call(contract.RETURN_PLACES, {**back, "unit_id": "city.donghu", "places": 5}, caller=DONGHU)
    assert up["to_unit_id"] is None
    assert (places(city), quotas(city)["pool"]) == ({"donghu": 1, "donghu.health": 1, "nanshan": 5}, 14)
    with pytest.raises(PlacesNotFree, match="可调剂的名额为0个"):
        city.call(contract.RETURN_PLACES, {**back, "unit_id": "city.donghu", "places": 1}, caller=DONGHU)
    causes = [event.data["cause"] for event in city.harness.emitted(contract.PLACES_TRANSFERRED)]
    assert causes == ["returned", "returned"]
    assert [row["cause_code"] for row in records(city)] == ["no-candidate", "no-candidate"]


def test_a_unit_cannot_give_back_what_is_not_its_own(city: Desk) -> None:
    back = {"term_id": "term_1", "unit_id": "city.nanshan", "places": 1, **CAUSE}
    with pytest.raises(Forbidden):
        city.call(contract.RETURN_PLACES, back, caller=DONGHU)
    with pytest.raises(Invalid, match="note"):
        city.call(contract.RETURN_PLACES, back | {"cause_code": "other"}, caller=NANSHAN)


def test_a_loan_needs_the_word_of_the_district_that_loses_places(city: Desk) -> None:
    asked = borrow(city)
    assert (asked["state"], asked["consent_of"]) == ("asked", "city.donghu")
    assert places(city) == {"donghu": 6, "donghu.health": 4, "nanshan": 5}
    [event] = city.harness.emitted(contract.PLACES_REQUESTED)
    assert (event.data["consent_of"], event.data["places"]) == ("city.donghu", 2)
    answer = {"transfer_id": asked["transfer_id"], "decision": "consent"}
    for stranger in (HEALTH, NANSHAN):  # the unit itself is not enough, and the borrower even less
        with pytest.raises(Forbidden, match=r"city\.donghu"):
            city.call(contract.DECIDE_PLACES, answer, caller=stranger)
    with pytest.raises(NotFound):
        city.call(contract.DECIDE_PLACES, answer, caller=unit_caller("city.other"))
    assert city.call(contract.DECIDE_PLACES, answer, caller=DONGHU)["state"] == "done"
    assert places(city) == {"donghu": 4, "donghu.health": 2, "nanshan": 7}
    with pytest.raises(TransferDecided):
        city.call(contract.DECIDE_PLACES, answer, caller=DONGHU)


def test_a_unit_asks_its_own_district_and_the_word_is_the_districts(city: Desk) -> None:
    asked = borrow(city, unit="donghu.health", lender="donghu")
    assert (asked["state"], asked["consent_of"]) == ("asked", "city.donghu")
    answer = {"transfer_id": asked["transfer_id"], "decision": "consent"}
    with pytest.raises(Forbidden):
        city.call(contract.DECIDE_PLACES, answer, caller=HEALTH)
    assert city.call(contract.DECIDE_PLACES, answer, caller=DONGHU)["state"] == "done"
    assert places(city) == {"donghu": 6, "donghu.health": 6, "nanshan": 5}


def test_a_loan_is_declined_or_taken_back_and_nothing_moves(city: Desk) -> None:
    declined, cancelled = borrow(city), borrow(city)
    city.call(contract.DECIDE_PLACES, {"transfer_id": declined["transfer_id"], "decision": "decline"}, caller=DONGHU)
    city.call(contract.DECIDE_PLACES, {"transfer_id": cancelled["transfer_id"], "decision": "cancel"}, caller=NANSHAN)
    assert places(city) == {"donghu": 6, "donghu.health": 4, "nanshan": 5}
    assert [row["state"] for row in records(city)] == ["declined", "cancelled"]
    assert [event.data["cancelled"] for event in city.harness.emitted(contract.PLACES_DECLINED)] == [False, True]


def test_the_organisation_departments_word_is_enough(city: Desk) -> None:
    assert borrow(city, caller=city.harness.caller)["state"] == "done"
    assert places(city)["nanshan"] == 7


def test_an_organiser_of_one_district_asks_the_others_and_answers_for_none_of_them(city: Desk) -> None:
    asked = borrow(city, unit="donghu", lender="nanshan", caller=DISTRICT)
    assert (asked["state"], asked["consent_of"]) == ("asked", "city.nanshan")
    answer = {"transfer_id": asked["transfer_id"], "decision": "consent"}
    with pytest.raises(Forbidden, match=r"city\.nanshan"):
        city.call(contract.DECIDE_PLACES, answer, caller=DISTRICT)
    assert city.call(contract.DECIDE_PLACES, answer | {"decision": "cancel"}, caller=DISTRICT)["state"] == "cancelled"
    assert borrow(city, unit="donghu.health", lender="donghu", caller=DISTRICT)["state"] == "done"


def test_the_day_everybodys_unused_places_go_back_is_the_citys_to_set(city: Desk) -> None:
    with pytest.raises(Forbidden):
        city.call(contract.SCHEDULE_RELEASE, {"term_id": "term_1", "release_on": "2020-04-20"}, caller=DISTRICT)


def test_places_filled_meanwhile_are_no_longer_lent(city: Desk) -> None:
    asked = borrow(city)
    city.file("city.donghu.health", [line(serial) for serial in range(1, 4)])
    city.accept_all(unit_id="city.donghu.health")
    city.call(contract.ADMIT_TERM, {"term_id": "term_1"})
    with pytest.raises(PlacesNotFree):
        city.call(contract.DECIDE_PLACES, {"transfer_id": asked["transfer_id"], "decision": "consent"}, caller=DONGHU)
    assert places(city)["nanshan"] == 5


def test_a_transfer_is_seen_by_both_sides_and_by_nobody_else(city: Desk) -> None:
    borrow(city)
    for caller, count in ((DONGHU, 1), (HEALTH, 1), (NANSHAN, 1), (unit_caller("city.other"), 0)):
        assert len(records(city, caller=caller)) == count
    assert len(records(city)) == 1


def test_a_district_hands_its_places_down_but_does_not_set_its_own(city: Desk) -> None:
    down = {"term_id": "term_1", "quotas": [{"unit_id": "city.donghu.health", "places": 6}]}
    assert city.call(contract.ALLOT_QUOTAS, down, caller=DONGHU)["items"][0]["free"] == 0
    for unit, places_ in (("city.donghu", 9), ("city.nanshan", 1)):
        with pytest.raises(Forbidden):
            city.call(
                contract.ALLOT_QUOTAS,
                {"term_id": "term_1", "quotas": [{"unit_id": unit, "places": places_}]},
                caller=DONGHU,
            )
    with pytest.raises(contract.QuotaExhausted):
        city.call(
            contract.ALLOT_QUOTAS,
            {"term_id": "term_1", "quotas": [{"unit_id": "city.donghu.health", "places": 7}]},
            caller=DONGHU,
        )


def test_a_unit_without_places_of_its_own_has_none_to_hand_down(city: Desk) -> None:
    city.place("term_2", programme=2, capacity=20)
    city.allot("term_2", nanshan=5)
    down = {"term_id": "term_2", "quotas": [{"unit_id": "city.donghu.health", "places": 1}]}
    with pytest.raises(Forbidden, match="没有名额可分"):
        city.call(contract.ALLOT_QUOTAS, down, caller=DONGHU)
    assert [row["unit_id"] for row in city.call(contract.ALLOT_QUOTAS, down)["items"]] == [
        "city.donghu.health",
        "city.nanshan",
    ]
    with pytest.raises(Forbidden):  # what the city gave it directly is not the district's to change
        city.call(contract.ALLOT_QUOTAS, down, caller=DONGHU)


def at(desk: Desk, year: int, month: int, day: int, *time: int) -> None:
    """Put the service's clock to a moment of the city (UTC+8)."""
    desk.clock.set(datetime(year, month, day, *time, tzinfo=UTC) - timedelta(hours=8))  # type: ignore[attr-defined]


def tick(desk: Desk) -> None:
    desk.harness.tick("release-places", desk.clock.now())


def test_unused_places_go_back_at_the_first_second_of_their_day_and_not_before(city: Desk) -> None:
    city.file("city.donghu.health", [line(1), line(2)])
    city.accept_all()
    city.call(contract.ADMIT_TERM, {"term_id": "term_1"})
    city.file("city.nanshan", [line(3)])  # nominated, not admitted yet: keeps its place
    day = city.call(contract.SCHEDULE_RELEASE, {"term_id": "term_1", "release_on": "2020-04-28"})
    assert day["release_on"] == "2020-04-28"
    at(city, 2020, 4, 27, 23, 59, 58)
    tick(city)
    assert places(city) == {"donghu": 6, "donghu.health": 4, "nanshan": 5}
    at(city, 2020, 4, 28, 0, 0, 0)
    tick(city)
    assert places(city) == {"donghu": 2, "donghu.health": 2, "nanshan": 1}
    assert (quotas(city)["pool"], quotas(city)["release_on"]) == (17, None)
    assert {(row["from_unit_id"], row["places"], row["kind"]) for row in records(city)} == {
        ("city.donghu", 2, "released"),
        ("city.donghu.health", 2, "released"),
        ("city.nanshan", 4, "released"),
    }
    before = len(city.harness.emitted(contract.PLACES_TRANSFERRED))
    at(city, 2020, 4, 28, 1)
    tick(city)
    assert len(city.harness.emitted(contract.PLACES_TRANSFERRED)) == before


def test_a_cancelled_term_moves_no_places(city: Desk) -> None:
    city.call(contract.SCHEDULE_RELEASE, {"term_id": "term_1", "release_on": "2020-04-02"})
    asked = borrow(city)
    city.harness.deliver(TERM_CANCELLED, {"term_id": "term_1", "plan_id": "plan_2020", "reason": "疫情", "version": 2})
    at(city, 2020, 4, 3, 9)
    tick(city)
    assert places(city) == {"donghu": 6, "donghu.health": 4, "nanshan": 5}
    with pytest.raises(TermCancelled):
        borrow(city)
    with pytest.raises(TermCancelled):
        city.call(contract.DECIDE_PLACES, {"transfer_id": asked["transfer_id"], "decision": "consent"}, caller=DONGHU)
