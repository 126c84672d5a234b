"""The whole city on a real broker and a real store: each service a process, and a gateway in front of them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from gateway.administration import bootstrap
from gateway.app import create_app
from gateway.settings import GatewaySettings
from gateway.store import SCHEMA
from gateway.wiring import put_together
from services.enrollment import contract as enrollment
from services.outcomes import contract as outcomes
from services.scheduling import contract as scheduling
from shared.clock import SystemClock
from shared.contracts import Operation
from shared.messaging import dlq
from shared.plugins import Registry
from shared.runtime.directory import installed_contracts
from shared.security.caller import Role
from tests.fixtures.broker import wait_until
from tests.fixtures.runner_process import SECRET, Place, RunnerProcess
from tests.integration.enrollment.conftest import line, workbook

SERVICES = ("scheduling", "enrollment", "compliance", "notification", "outcomes")
UNIT, NEIGHBOUR = "city.donghu", "city.nanshan"
START_SECONDS = 180.0
CATCH_UP_SECONDS = 180.0


@dataclass
class Answer:
    """What the gateway said."""

    status: int
    body: dict[str, Any]

    @classmethod
    def of(cls, response: TestResponse) -> Answer:
        return cls(response.status_code, response.get_json(silent=True) or {})


@dataclass
class Desk:
    """Callers at the gateway, each with a key."""

    client: FlaskClient
    keys: dict[Role, str]

    def ask(
        self, operation: Operation, request: dict[str, Any], role: Role = Role.ORGANISATION_DEPARTMENT, **headers: str
    ) -> Answer:
        """Send a request and return whatever comes back."""
        path = "/api/v1" + operation.path.format(**request)
        rest = {name: value for name, value in request.items() if name not in operation.path_fields}
        sent = {"Authorization": f"Bearer {self.keys[role]}", **headers}
        if operation.verb in ("GET", "DELETE"):
            return Answer.of(self.client.open(path, method=operation.verb, query_string=rest, headers=sent))
        return Answer.of(self.client.open(path, method=operation.verb, json=rest, headers=sent))

    def call(self, operation: Operation, request: dict[str, Any], role: Role = Role.ORGANISATION_DEPARTMENT) -> Any:
        """Send a request that has to succeed."""
        answer = self.ask(operation, request, role)
        assert answer.status < 300, (operation.name, answer)
        return answer.body


@dataclass
class City:
    """Five processes and the desk in front of them."""

    place: Place
    desk: Desk
    processes: dict[str, RunnerProcess] = field(default_factory=dict)
    terms: list[str] = field(default_factory=list)

    def start(self, name: str) -> None:
        self.processes[name] = self.place.runner(name, module="tests.e2e.independence.city_runner").start("--migrate")

    def wait_ready(self, *names: str) -> None:
        for name in names:
            process = self.processes[name]
            wait_until(lambda each=process: "metrics on port" in each.said, START_SECONDS, f"{name} opens its port")
            process.wait_ready(START_SECONDS)

    def set_up(self) -> None:
        """Register units, a room and a plan with a term for each service that is to be stopped."""
        desk = self.desk
        for unit_id in ("city", UNIT, NEIGHBOUR):
            desk.call(enrollment.PUT_UNIT, {"unit_id": unit_id, "title": "测试单位"})
        campus = {
            "campus_id": "main",
            "title": "主校区",
            "district": "city.donghu",
            "beds": 300,
            "address": "东湖路1号",
        }
        desk.call(scheduling.PUT_CAMPUS, campus)
        desk.call(scheduling.PUT_ROOM, room("r1"))
        programme = {
            "ordinal": 1, "title": "加强党的政治建设专题培训班", "kind": "training", "terms": len(SERVICES),
            "trainees": 20 * len(SERVICES), "starts_on": "2020-06-01", "ends_on": "2020-10-31", "days": 5,
            "points": ["甲", "乙"],
        }  # fmt: skip
        head = {"year": 2020, "title": "2020年公务员培训计划", "replacement_notice_days": 5}
        plan_id = desk.call(scheduling.CREATE_PLAN, {**head, "programmes": [programme]})["plan_id"]
        desk.call(scheduling.APPROVE_PLAN, {"plan_id": plan_id})
        placement = desk.call(scheduling.PLACE_TERMS, {"plan_id": plan_id, "scheduler": "greedy", "seconds": 5})
        placed = {"placement_id": placement["placement_id"]}
        wait_until(lambda: desk.call(scheduling.GET_PLACEMENT, placed)["state"] == "done", 120, "the terms are placed")
        rows = desk.call(scheduling.LIST_TERMS, {"plan_id": plan_id})["items"]
        self.terms = [row["term_id"] for row in sorted(rows, key=lambda row: row["ordinal"])]
        wait_until(lambda: len(self.fills()) == len(self.terms), 120, "enrollment knows the terms")
        question = asked(self, "开班之前的问题如何解决？")
        wait_until(
            lambda: desk.ask(outcomes.FILE_QUESTIONS, question, Role.UNIT).status < 300, 120, "outcomes knows them too"
        )

    def fills(self) -> dict[str, dict[str, Any]]:
        return {row["term_id"]: row for row in self.desk.call(enrollment.TERM_FILL, {})["items"]}

    def admit(self, term_id: str, ordinal: int) -> list[str]:
        """Take two people of a unit all the way to a seat, with a question on their roster."""
        desk = self.desk
        desk.call(enrollment.ALLOT_QUOTAS, {"term_id": term_id, "quotas": [{"unit_id": UNIT, "places": 5}]})
        lines = [line(10 * ordinal + each, 1, ordinal, 难点问题="如何考核基层党建实效？") for each in (1, 2)]
        filed = desk.client.post(
            "/api/v1/rosters",
            data={"unit_id": UNIT, "file": (io.BytesIO(workbook(lines)), "名单.xlsx")},
            headers={"Authorization": f"Bearer {desk.keys[Role.UNIT]}"},
            content_type="multipart/form-data",
        )
        assert filed.status_code < 300, filed.text
        roster = {"import_id": filed.get_json()["import_id"]}
        wait_until(lambda: desk.call(enrollment.GET_ROSTER, roster)["state"] == "done", 60, "the roster is imported")
        rows = desk.call(enrollment.LIST_NOMINATIONS, {"term_id": term_id})["items"]
        ids = [row["nomination_id"] for row in rows]
        signed = {"nomination_ids": ids, "signer": "王某", "signer_post": "党组书记"}
        assert desk.call(enrollment.ATTEST_NOMINATIONS, signed, Role.UNIT)["left"] == 0
        accepted = {"nomination_ids": ids, "decision": "accept"}
        for role in (Role.UNIT, Role.ORGANISATION_DEPARTMENT):  # the district's step, then the city's
            desk.call(enrollment.REVIEW_NOMINATIONS, accepted, role)
        admitted = desk.call(enrollment.ADMIT_TERM, {"term_id": term_id})["admitted"]
        assert sorted(admitted) == sorted(ids)
        return list(admitted)

    def quarantined(self) -> int:
        return sum(dlq.depth(self.place.amqp_uri, name) for name in SERVICES)


def asked(city: City, text: str) -> dict[str, Any]:
    """A question of the unit for the first term."""
    return {"term_id": city.terms[0], "unit_id": UNIT, "questions": [{"kind": "question", "text": text}]}


def room(room_id: str) -> dict[str, Any]:
    return {"room_id": room_id, "campus_id": "main", "title": f"教室{room_id}", "capacity": 60}


@pytest.fixture(scope="module")
def city(place: Place) -> Iterator[City]:
    place.environment |= {"DIAOXUN_CLOCK": "settable", "DIAOXUN_CLOCK_START": "2020-03-02T09:00:00+08:00"}
    clock, store, rpc = SystemClock(), place.store(SCHEMA), place.client()
    store.ensure()
    settings = GatewaySettings(secrets=(SECRET,), secure_cookies=False, rate=10_000, burst=10_000)
    parts = put_together(settings, installed_contracts(Registry().discover()).contracts, rpc, store, clock)
    keys = {
        role: bootstrap.issue_key(store, clock, settings.secrets, role.value, [role], units)
        for role, units in (
            (Role.ORGANISATION_DEPARTMENT, ("",)),
            (Role.PARTY_SCHOOL, ("",)),
            (Role.UNIT, (UNIT,)),
        )
    }
    made = City(place, Desk(create_app(parts).test_client(), keys))
    for name in SERVICES:
        made.start(name)
    made.wait_ready(*SERVICES)
    made.set_up()
    yield made
    for process in made.processes.values():
        process.kill()
    assert parts.stream is not None
    parts.stream.close()
    rpc.close()
