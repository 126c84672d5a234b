"""What the gateway counts, and who may read it."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.unit.gateway.fakes import FakeRpc, application
from tests.unit.gateway.invented import CONTRACT

COUNTED = re.compile(r'^diaoxun_gateway_requests_total\{operation="(\w+)",status="(\d+)"\} (\S+)$', re.MULTILINE)


def counted(web: FlaskClient) -> dict[tuple[str, str], float]:
    text = web.get("/metrics").text
    return {(operation, status): float(number) for operation, status, number in COUNTED.findall(text)}


def test_probes_are_counted_apart_from_what_people_ask_for(web: FlaskClient) -> None:
    web.application.extensions["diaoxun"].probes["store"] = lambda: None
    web.get("/static/nothing.css")
    web.get("/nowhere")
    before = counted(web)
    for path in ("/readyz", "/readyz", "/livez"):
        assert web.get(path).status_code == 200
    assert counted(web) == before | {("probe", "200"): before.get(("probe", "200"), 0) + 4}, "and the scrape before"


def test_a_probe_that_fails_is_a_probe_as_well(web: FlaskClient) -> None:
    web.application.extensions["diaoxun"].probes["store"] = lambda: 1 / 0
    assert web.get("/readyz").status_code == 503
    assert {operation for operation, status in counted(web) if status == "503"} == {"probe"}


@pytest.mark.parametrize("trusted", [0, 1])
@pytest.mark.parametrize(
    "by_proxy", [{"X-Forwarded-For": "198.51.100.7"}, {"X-Forwarded-For": ""}, {"Forwarded": "for=198.51.100.7"}]
)
def test_numbers_are_for_who_asks_the_gateway_itself(rpc: FakeRpc, by_proxy: dict[str, str], trusted: int) -> None:
    web = application(CONTRACT, rpc, trusted_proxies=trusted).test_client()
    assert web.get("/metrics").status_code == 200
    refused = web.get("/metrics", headers=by_proxy)
    assert (refused.status_code, refused.json["code"]) == (404, "route-unknown")
    assert "diaoxun_gateway_requests" not in refused.text
    assert [web.get(path, headers=by_proxy).status_code for path in ("/livez", "/readyz")] == [200, 200]


def test_whoever_has_the_token_of_the_numbers_may_come_by_a_proxy(rpc: FakeRpc) -> None:
    web = application(CONTRACT, rpc, metrics_token="numbers").test_client()
    by_proxy = {"X-Forwarded-For": "198.51.100.7"}
    assert web.get("/metrics", headers=by_proxy).status_code == 401
    assert web.get("/metrics", headers=by_proxy | {"Authorization": "Bearer numbers"}).status_code == 200
