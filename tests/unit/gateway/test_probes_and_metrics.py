"""What the gateway counts, and who may read it."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

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
