from __future__ import annotations

import json
import time

import pytest

from shared.context import Context
from shared.security.caller import Caller, Role
from tests.fixtures import sample_services as sample
from tests.fixtures.broker import wait_until
from tests.fixtures.runner_process import Place, RunnerProcess

ORGANISER = Caller("test:organiser", frozenset({Role.ORGANISATION_DEPARTMENT}), ("",))


@pytest.fixture(scope="module")
def runner(place: Place) -> RunnerProcess:
    return place.runner("alpha", "beta").start("--migrate").wait_ready()


def test_two_services_in_one_process_answer_and_hear_each_other(place: Place, runner: RunnerProcess) -> None:
    client = place.client()
    try:
        reply = client.call(
            "alpha", sample.PUT_ITEM, {"unit_id": "city", "name": "一"}, Context(ORGANISER, command_id="c1")
        )
    finally:
        client.close()
    alpha = place.store(sample.ALPHA_STORE)
    seen = alpha.view(Context(ORGANISER)).rows(sample.SEEN)
    # alpha's event → beta asks alpha and reacts → beta's event → alpha reacts
    wait_until(lambda: seen.one({"_id": f"alpha-{reply['item_id']}"}), 15, "the round trip of events")


def test_metrics_are_served_in_prometheus_format(runner: RunnerProcess) -> None:
    status, text = runner.get("/metrics")
    assert status == 200
    assert 'diaoxun_check_healthy{check="database:alpha"} 1.0' in text
    assert "diaoxun_loop_tick_age_seconds" in text


def test_the_log_is_json_with_one_object_a_line(runner: RunnerProcess) -> None:
    lines = [json.loads(line) for line in runner.said.splitlines() if line.startswith("{")]
    assert any(line["message"] == "service started: alpha" and line["service"] == "alpha+beta" for line in lines)
    assert len(lines) >= len(runner.said.splitlines()) - 5


def test_the_audit_log_is_sealed_while_it_runs(place: Place, runner: RunnerProcess) -> None:
    store = place.store(sample.ALPHA_STORE)
    wait_until(lambda: store.audit.head().seq > 0, 20, "the audit log is sealed")
    assert store.audit.verify().intact


def test_an_unprepared_database_is_refused_with_what_to_do(place: Place) -> None:
    refused = place.runner("alpha", DIAOXUN_DATABASE_PREFIX=f"{place.prefix}empty_").start()
    assert refused.process.wait(60) == 78
    assert "diaoxun migrate alpha" in refused.said
    assert "缺少" in refused.said


def test_missing_secrets_are_a_clear_refusal(place: Place) -> None:
    refused = place.runner("alpha", module="shared.runtime.runner", DIAOXUN_SECRET="").start()
    assert refused.process.wait(60) == 78
    assert "DIAOXUN_SECRET" in refused.said
    assert "Traceback" not in refused.said


def test_a_stop_asked_for_by_signal_ends_in_order(place: Place) -> None:
    runner = place.runner("beta").start("--migrate").wait_ready()
    started = time.monotonic()
    assert runner.stop() == 0
    assert time.monotonic() - started < 30
    assert "with all work finished" in runner.said
