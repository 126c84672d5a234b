"""Places are counted by kind: requests that are stuck are seen though events have places of their own (P15)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from shared.messaging.workers import Workers
from shared.observability import metrics
from shared.observability.health import Finding, HealthChecks
from shared.runtime import vital_signs

REQUESTS = SimpleNamespace(operation="echo")
EVENTS = SimpleNamespace(event="happened")


def workers_of(*entrypoints: Any, **config: Any) -> Workers:
    workers = Workers()
    workers.container = SimpleNamespace(
        service_name="placed", max_workers=10, config=config, entrypoints=entrypoints, extensions=[workers]
    )
    workers.setup()
    return workers


def looked_at(workers: Workers) -> Finding:
    checks = HealthChecks()
    vital_signs.watch_container(checks, workers.container)
    return checks.run().findings["workers:placed"]


def measured(name: str, kind: str) -> float | None:
    return metrics.REGISTRY.get_sample_value(name, {"service": "placed", "kind": kind})


def test_requests_that_hold_all_their_places_are_told_though_half_of_the_pool_is_free() -> None:
    workers = workers_of(REQUESTS, EVENTS)
    for _ in range(4):
        workers.requests.acquire()
    assert looked_at(workers).trouble is None
    workers.requests.acquire()
    found = looked_at(workers)
    assert found.measures == {"event_busy": 0, "event_size": 5, "request_busy": 5, "request_size": 5}
    assert found.trouble is not None
    assert "请求 5 个" in found.trouble.zh
    assert "5 for requests" in found.trouble.en
    assert measured("diaoxun_workers_busy", "request") == measured("diaoxun_workers_size", "request") == 5
    assert measured("diaoxun_workers_busy", "event") == 0


@pytest.mark.parametrize(
    ("entrypoints", "config", "sizes"),
    [
        ((REQUESTS, EVENTS), {"event_workers": 7}, {"event": 7, "request": 3}),
        ((REQUESTS,), {}, {"request": 10}),
        ((EVENTS,), {}, {"event": 10}),
        ((), {}, {}),
    ],
)
def test_a_kind_that_a_service_does_not_take_has_no_places(
    entrypoints: tuple[Any, ...], config: dict[str, Any], sizes: dict[str, int]
) -> None:
    assert {each.kind: each.size for each in workers_of(*entrypoints, **config).places()} == sizes
