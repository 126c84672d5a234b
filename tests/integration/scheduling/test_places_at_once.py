"""A term is placed while what places are judged by changes: whichever is first, the term does not lie badly unseen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from services.scheduling import contract
from services.scheduling.commands.calendar import clear_calendar_day, put_calendar_day
from services.scheduling.commands.places import lift_blackout, put_blackout, put_room, put_rooms
from services.scheduling.commands.terms import move_term
from services.scheduling.contract.parts import TermClash
from services.scheduling.store import CAMPUSES
from shared.storage import Transaction
from tests.integration.scheduling.conftest import School, programme
from tests.integration.scheduling.test_online_terms import MAY, NEXT_MONDAY, online, shown

MAY_11, MAY_15 = date(2020, 5, 11), date(2020, 5, 15)
BLACKOUT: dict[str, Any] = {
    "blackout_id": "closed", "title": "停办", "starts_on": MAY_11, "ends_on": MAY_15, "districts": [], "campus_ids": []
}  # fmt: skip
SMALL = {"room_id": "r1", "campus_id": "main", "title": "教室r1", "capacity": 20, "kind": "ordinary"}
DAY_OFF = {"day": date(2020, 5, 12), "working": False, "reason": "防汛停课"}
CHANGES = [
    pytest.param(contract.PUT_BLACKOUT, put_blackout, BLACKOUT, id="put_blackout"),
    pytest.param(contract.PUT_ROOM, put_room, SMALL, id="put_room"),
    pytest.param(contract.PUT_CALENDAR_DAY, put_calendar_day, DAY_OFF, id="put_calendar_day"),
]


@pytest.fixture
def place(school: School) -> dict[str, Any]:
    """Where a term is to go that has no place yet."""
    school.places()
    plan = school.approved(programme(terms=1, trainees=40))
    (term,) = school.terms(plan["plan_id"])
    return {"term_id": term["term_id"], "starts_on": MAY_11, "room_id": "r1"}


def wire(request: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in request.items()}


def after(school: School, first: Callable[[], Any], body: Callable[[Transaction], Any]) -> None:
    """Run a transaction that has begun to read when the first is committed."""
    kit, begun = school.harness.kit, list[bool]()

    def late(tx: Transaction) -> dict[str, Any]:
        tx.rows(CAMPUSES).count()
        if not begun:
            begun.append(True)
            first()
        body(tx)
        return {}

    kit.store.transact(kit.own_context(), late, operation="late")


@pytest.mark.parametrize(("operation", "command", "request_"), CHANGES)
def test_what_was_placed_just_before_a_change_is_seen_by_its_review(
    school: School, place: dict[str, Any], operation: Any, command: Any, request_: dict[str, Any]
) -> None:
    after(school, lambda: school.call(contract.MOVE_TERM, wire(place)), lambda tx: command(tx, request_))
    assert school.call(contract.GET_TERM, {"term_id": place["term_id"]})["due"] is True


@pytest.mark.parametrize(("operation", "command", "request_"), CHANGES)
def test_a_term_is_not_placed_where_a_change_just_made_it_impossible(
    school: School, place: dict[str, Any], operation: Any, command: Any, request_: dict[str, Any]
) -> None:
    with pytest.raises(TermClash):
        after(school, lambda: school.call(operation, wire(request_)), lambda tx: move_term(tx, place))
    assert school.call(contract.GET_TERM, {"term_id": place["term_id"]})["state"] == "planned"


def test_what_was_placed_just_before_many_rooms_changed_is_seen_too(school: School, place: dict[str, Any]) -> None:
    after(school, lambda: school.call(contract.MOVE_TERM, wire(place)), lambda tx: put_rooms(tx, [dict(SMALL)]))
    assert school.call(contract.GET_TERM, {"term_id": place["term_id"]})["due"] is True


def test_what_was_placed_just_before_an_extra_working_day_was_taken_back_is_seen(
    school: School, place: dict[str, Any]
) -> None:
    extra = {"day": "2020-05-16", "working": True, "reason": "补班"}
    school.call(contract.PUT_CALENDAR_DAY, extra)
    moved = {**wire(place), "starts_on": "2020-05-12"}
    day = {"day": date(2020, 5, 16)}
    after(school, lambda: school.call(contract.MOVE_TERM, moved), lambda tx: clear_calendar_day(tx, day))
    assert school.call(contract.GET_TERM, {"term_id": place["term_id"]})["due"] is True


def test_a_place_given_away_just_before_a_blackout_is_lifted_is_not_given_back(
    school: School, place: dict[str, Any]
) -> None:
    school.call(contract.MOVE_TERM, wire(place))
    school.call(contract.PUT_BLACKOUT, {**wire(BLACKOUT), "ends_on": "2020-05-11"})
    short = {"terms": 1, "trainees": 40, "days": 2, "starts_on": "2020-05-13", "ends_on": "2020-05-15"}
    (other,) = school.terms(school.approved(programme(2, **short))["plan_id"])
    moved = {"term_id": other["term_id"], "starts_on": "2020-05-13", "room_id": "r1"}
    lift = {"blackout_id": "closed"}
    after(school, lambda: school.call(contract.MOVE_TERM, moved), lambda tx: lift_blackout(tx, lift))
    assert school.call(contract.GET_TERM, {"term_id": place["term_id"]})["due"] is True


def test_a_term_held_online_that_was_moved_just_before_a_day_is_taken_off_is_seen_too(school: School) -> None:
    term = online(school, programme(**MAY))
    moved = {"term_id": term["term_id"], "starts_on": NEXT_MONDAY}
    off = {**DAY_OFF, "day": date(2020, 5, 19)}
    after(school, lambda: school.call(contract.MOVE_TERM, moved), lambda tx: put_calendar_day(tx, off))
    assert shown(school, term)["due"] is True
