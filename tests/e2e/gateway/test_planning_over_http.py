"""Planning by HTTP on the whole embedded stack: a timetable solved and stopped, a year tried, adopted and overtaken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from services.scheduling.domain.wire import from_wire, to_wire
from services.scheduling.timetable.assess import assess
from services.scheduling.timetable.problem import Timetable
from tests.e2e.gateway.small_city import City, planned_city, wait_for
from tests.fixtures.wide_school import wide_school

PATIENCE = 240.0


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    with planned_city(tmp_path_factory.mktemp("stack")) as made:
        yield made


def done(city: City, verb: str, path: str, status: int | None = None, **more: Any) -> Any:
    answer = city.send("organiser", verb, path, **more)
    assert answer.status_code == status if status else answer.is_success, (path, answer.status_code, answer.text)
    return answer.json()


def placed_terms(city: City) -> dict[str, dict[str, Any]]:
    rows = done(city, "GET", f"/terms?plan_id={city.plan_id}&state=placed")["items"]
    return {row["term_id"]: row for row in rows}


def preview(city: City, *changes: dict[str, Any]) -> Any:
    return done(city, "POST", f"/plans/{city.plan_id}/placement-previews", json={"changes": list(changes)})


def adopt(city: City, seen: dict[str, Any], *changes: dict[str, Any], status: int = 200) -> Any:
    body = {"changes": list(changes), "basis": seen["basis"], "moves": seen["moves"]}
    return done(city, "POST", f"/plans/{city.plan_id}/placement-adoptions", status, json=body)


def test_a_timetable_is_asked_for_looked_at_tried_by_hand_and_stopped(city: City) -> None:
    problem = wide_school()
    order = {"problem": to_wire(problem), "scheduler": "timetable_exact", "seconds": 3000}
    asked = done(city, "POST", "/timetable-solves", 202, json=order)
    assert asked["state"] in ("waiting", "running")
    path = f"/timetable-solves/{asked['solve_id']}"

    def best() -> Any:
        solve = done(city, "GET", path)
        assert solve["state"] in ("waiting", "running"), solve
        return solve if solve["timetable"] else None

    so_far = wait_for(best, PATIENCE)
    found = assess(problem, from_wire(Timetable, {"lectures": so_far["timetable"]}))
    assert (found.feasible, found.cost) == (True, so_far["cost"])

    lecture = so_far["timetable"][0]
    clash = next(each for each in so_far["timetable"] if each["slot"] != lecture["slot"])
    move = {"course_id": lecture["course_id"], "number": lecture["number"], "slot": clash["slot"]}
    tried = done(city, "POST", f"{path}/preview", json={"action": "move", **move, "room_id": clash["room_id"]})
    assert "room_clash" in {each["rule"] for each in tried["broken"]}

    done(city, "POST", f"{path}/stop", json={})
    stopped = wait_for(lambda: (solve := done(city, "GET", path))["state"] != "running" and solve, PATIENCE)
    assert (stopped["state"], len(stopped["timetable"])) == ("stopped", stopped["lectures"])
    assert stopped["cost"] <= so_far["cost"]


def test_a_term_pinned_moved_or_banned_in_a_preview_goes_there_and_nothing_is_saved(city: City) -> None:
    before = placed_terms(city)
    one, other = before.values()
    pin = {"kind": "pin", "term_id": one["term_id"]}
    ban = {"kind": "ban", "term_id": one["term_id"], "starts_on": one["starts_on"], "ends_on": one["ends_on"]}
    move = {"kind": "move", "term_id": one["term_id"], "starts_on": "2020-07-06"}
    assert preview(city, pin)["moves"] == []
    (banned,) = preview(city, ban)["moves"]
    assert (banned["term_id"], banned["starts_on"] == one["starts_on"]) == (one["term_id"], False)
    moved = preview(city, move, {"kind": "pin", "term_id": other["term_id"]})
    assert [(each["term_id"], each["starts_on"]) for each in moved["moves"]] == [(one["term_id"], "2020-07-06")]
    assert moved["told"] == sum(each["told"] for each in moved["affected"]) > 0
    torn = preview(city, ban | {"starts_on": "2020-01-01", "ends_on": "2020-12-31"})
    assert [each["term_id"] for each in torn["unplaced"]] == [one["term_id"]]
    assert torn["conflicts"][0]["demands"]
    refused = done(
        city, "POST", f"/plans/{city.plan_id}/placement-previews", 422, json={"changes": [{**pin, "term_id": "nobody"}]}
    )
    assert "nobody" in refused["detail"]
    assert placed_terms(city) == before


def test_a_preview_is_adopted_once_and_overtaken_after_that(city: City) -> None:
    term_id = next(iter(placed_terms(city)))
    first = {"kind": "move", "term_id": term_id, "starts_on": "2020-07-13"}
    second = {"kind": "move", "term_id": term_id, "starts_on": "2020-07-20"}
    seen, stale = preview(city, first), preview(city, second)
    assert adopt(city, seen, first)["moved"] == [each["term_id"] for each in seen["moves"]]
    assert placed_terms(city)[term_id]["starts_on"] == "2020-07-13"
    refused = adopt(city, stale, second, status=409)
    assert refused["code"] == "scheduling.preview-overtaken"
    assert placed_terms(city)[term_id]["starts_on"] == "2020-07-13"
