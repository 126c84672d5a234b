"""The service as a process on a real broker: the sample notice becomes a calendar while it goes on answering."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from services.scheduling import contract
from services.scheduling.domain.notice import read_notice
from services.scheduling.store import SCHEMA
from shared.context import Context
from shared.contracts import Operation
from shared.errors import StaleVersion
from shared.identifiers import new_id
from shared.messaging import RpcClient
from shared.security.caller import Caller, Role
from tests.fixtures.broker import wait_until
from tests.fixtures.runner_process import Place, RunnerProcess
from tests.integration.scheduling.conftest import draft

SAMPLE = Path(__file__).parents[3] / "deploy" / "sample"
ORGANISER = Caller("test:organiser", frozenset({Role.ORGANISATION_DEPARTMENT}), ("",))


@pytest.fixture(scope="module")
def runner(place: Place) -> RunnerProcess:
    return place.runner("scheduling", module="shared.runtime.runner").start("--migrate").wait_ready()


class Desk:
    """Calls over the broker, as the gateway does."""

    def __init__(self, client: RpcClient) -> None:
        self.client = client

    def __call__(self, operation: Operation, request: dict[str, Any], version: int | None = None) -> dict[str, Any]:
        context = Context(ORGANISER, command_id=new_id("cmd"), expected_version=version)
        return self.client.call("scheduling", operation, request, context)


def test_the_sample_plan_is_placed_while_the_service_goes_on_answering(place: Place, runner: RunnerProcess) -> None:
    client = place.client()
    call = Desk(client)
    city = json.loads((SAMPLE / "city.json").read_text("utf-8"))
    call(contract.PUT_CAMPUS, {**city["campus"], "district": "jiangcheng.donghu"})
    for room in city["rooms"]:
        call(contract.PUT_ROOM, {("capacity" if name == "seats" else name): value for name, value in room.items()})
    for closed in city["blackouts"]:
        call(
            contract.PUT_BLACKOUT,
            {
                "blackout_id": closed["blackout_id"],
                "title": closed["reason"],
                "starts_on": closed["starts_on"],
                "ends_on": closed["ends_on"],
            },
        )
    reading = read_notice((SAMPLE / "notice-2020.txt").read_text("utf-8"))
    assert reading.problems == ()
    plan = call(contract.CREATE_PLAN, reading.draft.to_wire())
    with pytest.raises(StaleVersion):
        call(contract.AMEND_PLAN, {"plan_id": plan["plan_id"], "title": "x"}, version=7)
    call(contract.APPROVE_PLAN, {"plan_id": plan["plan_id"]}, version=1)
    asked = call(contract.PLACE_TERMS, {"plan_id": plan["plan_id"], "seconds": 3, "wait_seconds": 0})
    states: list[str] = []

    def concluded() -> bool:
        states.append(call(contract.GET_PLACEMENT, {"placement_id": asked["placement_id"]})["state"])
        return states[-1] != "running"

    wait_until(concluded, 60, "the placement is concluded")
    done = call(contract.GET_PLACEMENT, {"placement_id": asked["placement_id"]})
    client.close()
    assert (done["state"], len(done["placed"]), done["unplaced"]) == ("done", 24, [])
    assert states.count("running") > 5, "nobody was answered while the solver computed"
    store = place.store(SCHEMA)
    wait_until(lambda: store.outbox.depth() == 0, 20, "every event is published")


def test_a_short_placement_is_answered_in_one_call(place: Place, runner: RunnerProcess) -> None:
    client = place.client()
    call = Desk(client)
    plan = call(contract.CREATE_PLAN, draft())
    call(contract.PUT_CAMPUS, {"campus_id": "other", "title": "分校区", "district": "jiangcheng.nanshan", "beds": 90})
    call(contract.PUT_ROOM, {"room_id": "other-1", "title": "分校区教室", "campus_id": "other", "capacity": 60})
    call(contract.APPROVE_PLAN, {"plan_id": plan["plan_id"]})
    done = call(
        contract.PLACE_TERMS, {"plan_id": plan["plan_id"], "seconds": 1, "wait_seconds": 25, "scheduler": "greedy"}
    )
    client.close()
    assert (done["state"], len(done["placed"])) == ("done", 2)
