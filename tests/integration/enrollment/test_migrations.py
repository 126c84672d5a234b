"""A database of before: what it holds goes on working."""

from __future__ import annotations

from services.enrollment import contract, store
from services.enrollment.store.migrations import MIGRATIONS
from tests.integration.enrollment.conftest import Desk, line


def test_seats_and_nominations_of_before_are_filled_in_and_go_on(desk: Desk) -> None:
    desk.unit("city.donghu")
    desk.place("term_1")
    desk.allot("term_1", donghu=2)
    desk.file("city.donghu", [line(1)])
    database = desk.harness.store.view(desk.harness.kit.own_context()).backing.collection("seats").database
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
