"""Operators' commands on an engine in memory; by hand they were tried on a real one."""

from __future__ import annotations

import json
from itertools import count

import pytest
from typer.testing import CliRunner

from deploy.cli import ops
from deploy.ops.engine import Engine
from deploy.ops.following import merged
from deploy.ops.rolling import NotRolled, Roller
from shared.errors import NotFound
from tests.unit.deploy.fake_engine import FakeApi


@pytest.fixture
def api() -> FakeApi:
    return FakeApi()


def roller(api: FakeApi) -> Roller:
    ticks = count()
    return Roller(Engine("diaoxun", api), seconds=5, sleep=lambda seconds: None, now=lambda: float(next(ticks)))


def test_a_service_is_rolled_container_by_container_the_new_one_first(api: FakeApi) -> None:
    api.add("enrollment", 1)
    api.add("enrollment", 2)
    api.add("outcomes", 1)
    api.image("diaoxun/enrollment", "2")
    list(roller(api).roll("enrollment"))
    assert api.did == [
        "create diaoxun_enrollment_1_next3", "start /diaoxun_enrollment_1_next3",
        "stop /diaoxun_enrollment_1", "remove /diaoxun_enrollment_1",
        "create diaoxun_enrollment_2_next4", "start /diaoxun_enrollment_2_next4",
        "stop /diaoxun_enrollment_2", "remove /diaoxun_enrollment_2",
    ]  # fmt: skip
    engine = Engine("diaoxun", api)
    rolled = engine.containers("enrollment")
    assert [each.name for each in rolled] == ["diaoxun_enrollment_1", "diaoxun_enrollment_2"]
    assert {engine.version(each).split()[0] for each in rolled} == {"2"}
    assert engine.version(engine.containers("outcomes")[0]).startswith("1")
    networks = rolled[0].told["NetworkSettings"]["Networks"]
    assert {name: each["Aliases"] for name, each in networks.items()} == {
        "inside": ["enrollment"],
        "outside": ["enrollment"],
    }
    assert rolled[0].told["HostConfig"] == {"ReadonlyRootfs": True}
    assert rolled[0].told["Config"]["Env"] == ["A=1"]


def test_a_service_that_only_dies_is_replaced_by_what_may_mend_it(api: FakeApi) -> None:
    api.add("enrollment", status="restarting")
    api.image("diaoxun/enrollment", "2")
    list(roller(api).roll("enrollment"))
    [rolled] = Engine("diaoxun", api).containers("enrollment")
    assert (rolled.name, rolled.is_healthy) == ("diaoxun_enrollment_1", True)


@pytest.mark.parametrize(
    ("status", "health", "code"),
    [("running", "healthy", 0), ("running", "unhealthy", 1), ("running", "starting", 1), ("restarting", "", 1)],
)
def test_the_state_of_everything_ends_with_1_when_something_is_not_well(
    api: FakeApi, monkeypatch: pytest.MonkeyPatch, status: str, health: str, code: int
) -> None:
    identifier = api.add("enrollment", status=status)
    if health:
        api.found[identifier]["State"]["Health"] = {"Status": health}
    monkeypatch.setattr(Engine, "here", lambda project: Engine(project, api))
    assert CliRunner().invoke(ops.app, ["status"]).exit_code == code


def test_what_has_to_take_leave_does_so_when_the_new_one_is_ready_and_before_it_is_stopped(api: FakeApi) -> None:
    old = api.add("gateway")
    api.found[old]["Config"]["Labels"]["diaoxun.leave"] = "leave 3"
    list(roller(api).roll("gateway"))
    assert api.did[2:4] == ["run leave 3 in /diaoxun_gateway_1", "stop /diaoxun_gateway_1"]


def test_a_new_one_is_found_where_requests_come_from_only_once_it_is_ready(api: FakeApi) -> None:
    old = api.add("gateway")
    api.found[old]["Config"]["Labels"]["diaoxun.joins"] = "edge"
    api.found[old]["NetworkSettings"]["Networks"]["diaoxun_edge"] = {"Aliases": ["gateway"]}
    list(roller(api).roll("gateway"))
    assert api.did[1:4] == [
        "start /diaoxun_gateway_1_next2",
        "join diaoxun_edge as gateway",
        "stop /diaoxun_gateway_1",
    ]
    [rolled] = Engine("diaoxun", api).containers("gateway")
    assert set(rolled.told["NetworkSettings"]["Networks"]) == {"inside", "outside", "diaoxun_edge"}


def test_a_new_container_that_does_not_become_ready_goes_and_the_old_one_stays(api: FakeApi) -> None:
    old = api.add("enrollment")
    api.sick.add("diaoxun/enrollment")
    with pytest.raises(NotRolled):
        list(roller(api).roll("enrollment"))
    assert list(api.found) == [old]
    assert api.found[old]["State"]["Status"] == "running"


def test_a_container_that_holds_a_port_of_the_host_is_not_rolled(api: FakeApi) -> None:
    api.add("gateway", PortBindings={"8000/tcp": [{"HostPort": "8000"}]})
    with pytest.raises(NotRolled, match="proxy"):
        list(roller(api).roll("gateway"))
    assert api.did == []


def test_another_project_is_not_touched(api: FakeApi) -> None:
    api.add("enrollment")
    with pytest.raises(NotFound):
        Engine("another", api).containers("enrollment")


def test_a_row_tells_version_health_lag_and_trouble(api: FakeApi) -> None:
    identifier = api.add("enrollment")
    trouble = {"zh": "隔离区有 2 条消息", "en": "2 messages"}
    api.readyz[identifier] = {
        "ready": True,
        "checks": {
            "outbox:enrollment": {"ok": True, "trouble": None, "measures": {"depth": 3, "lag_seconds": 0.2}},
            "quarantine:enrollment": {"ok": False, "trouble": trouble, "measures": {"depth": 2}},
        },
    }
    engine = Engine("diaoxun", api)
    row = ops._row(engine, engine.containers()[0])
    assert (row["state"], row["lag"], row["quarantine"], row["trouble"]) == ("running (healthy)", 3, 2, trouble["zh"])


def test_logs_are_merged_in_time_and_narrowed_to_a_trace(api: FakeApi) -> None:
    def line(second: int, trace: str) -> bytes:
        return json.dumps({"timestamp": f"2020-05-11T09:00:{second:02}Z", "trace_id": trace}).encode() + b"\n"

    api.printed[api.add("gateway")] = [line(1, "aa") + line(4, "bb")[:20], line(4, "bb")[20:]]
    api.printed[api.add("enrollment")] = [b"plain words\n", line(2, "aa"), line(3, "bb"), b"Traceback bb\n"]
    engine = Engine("diaoxun", api)
    services = [each.service for each in merged(engine)]
    assert services == ["enrollment", "gateway", "enrollment", "enrollment", "enrollment", "gateway"]
    of_bb = [(each.service, each.at[-3:-1]) for each in merged(engine, mark="bb")]
    assert of_bb == [("enrollment", "03"), ("enrollment", "03"), ("gateway", "04")]
