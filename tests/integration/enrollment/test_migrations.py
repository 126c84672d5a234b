"""A database of before: what it holds goes on working."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.enrollment import contract, store
from services.enrollment.store.migrations import MIGRATIONS
from tests.integration.enrollment.conftest import OPENING, Desk, line
from tests.integration.enrollment.fee_desk import admit, cancel, go_to, order, place_again, with_two_units, withdraw


def database_of(desk: Desk) -> Any:
    return desk.harness.store.view(desk.harness.kit.own_context()).backing.collection("seats").database


def test_seats_and_nominations_of_before_are_filled_in_and_go_on(desk: Desk) -> None:
    desk.unit("city.donghu")
    desk.place("term_1")
    desk.allot("term_1", donghu=2)
    desk.file("city.donghu", [line(1)])
    database = database_of(desk)
    # Validators of before did not ask for these fields.
    for name in ("seats", "nominations"):
        database.command("collMod", name, validator={})
    database["seats"].update_many({}, {"$unset": {"holds": "", "release_on": ""}})
    added = ("posts", "reviews", "ladder", "passed", "awaits")
    database["nominations"].update_many({}, {"$unset": dict.fromkeys(added, "")})
    for _ in range(2):
        MIGRATIONS[0].run(database)
    assert desk.accept_all()
    assert desk.call(contract.ADMIT_TERM, {"term_id": "term_1"})["admitted"]
    assert database["seats"].find_one({})["holds"] == []
    assert store.SCHEMA.migrations == MIGRATIONS


def test_an_overlap_of_before_asks_for_a_person_no_more_and_a_broken_rule_still_does(desk: Desk) -> None:
    desk.unit("city.donghu")
    desk.place("term_1")
    desk.allot("term_1", donghu=3)
    desk.file("city.donghu", [line(1), line(2), line(3)])
    rows = database_of(desk)["nominations"]
    first, second, third = (row["_id"] for row in rows.find({}, sort=[("_id", 1)]))
    rows.update_many({}, {"$set": {"needs_human": True}})
    rows.update_one({"_id": second}, {"$set": {"verdicts.0.ruling": "failed"}})
    rows.update_one({"_id": third}, {"$set": {"state": "admitted", "outcome": "refused"}})
    for _ in range(2):
        MIGRATIONS[3].run(rows.database)
    assert [rows.find_one({"_id": each})["needs_human"] for each in (first, second, third)] == [False, True, True]


def test_a_fee_of_before_that_a_cancellation_took_away_comes_back_with_the_term(desk: Desk) -> None:
    city = with_two_units(desk)
    first, _ = admit(city, 2)
    go_to(city, OPENING + timedelta(days=1))
    withdraw(city, first)
    owed = order(city)["assessed"]
    cancel(city, "term_1", version=2)
    orders = database_of(desk)["fee_orders"]
    orders.update_many({}, {"$unset": {"lines.$[].of_cancelled": ""}})
    for _ in range(2):
        MIGRATIONS[2].run(orders.database)
    assert [each["of_cancelled"] for each in orders.find_one({})["lines"]] == [True, True]
    place_again(city, "term_1", version=3)
    assert order(city)["assessed"] == owed


def test_an_assessment_of_before_keeps_the_legal_basis_that_no_correction_had_reached(desk: Desk) -> None:
    city = with_two_units(desk)
    [first] = admit(city, 1)
    basis = {"document": "某某办法（某发〔2020〕1号）", "article": "第三条"}
    asked = {"term_id": "term_1", "unit_id": "city.donghu", "payer": "individual", "nomination_id": first}
    city.call(contract.ASSIGN_FEE_PAYER, asked | {"legal_basis": basis})
    city.call(contract.ASSIGN_FEE_PAYER, asked | {"payer": "unit"})
    rows = database_of(desk)["fee_assessments"]
    rows.update_many({}, {"$unset": {"legal_basis": ""}})
    for _ in range(2):
        MIGRATIONS[4].run(rows.database)
    found = {row["order_id"]: row["legal_basis"] for row in rows.find({})}
    assert sorted(found.values(), key=bool) == [None, basis]
