from __future__ import annotations

import threading

from shared.observability.health import Finding, HealthChecks
from shared.observability.metrics import render
from shared.wording import Words

BAD = Finding(Words("坏了", "broken"))


def test_only_essential_trouble_takes_readiness_away() -> None:
    checks = HealthChecks()
    checks.add("a", lambda: Finding(measures={"depth": 3}))
    checks.add("b", lambda: BAD, essential=False)
    report = checks.run()
    assert report.ready
    assert report.to_wire()["checks"]["b"]["trouble"] == {"zh": "坏了", "en": "broken"}
    assert report.to_wire()["checks"]["a"]["measures"] == {"depth": 3}

    checks.add("a", lambda: BAD)
    assert not checks.run().ready


def test_a_check_that_raises_is_a_finding() -> None:
    checks = HealthChecks()

    def raises() -> Finding:
        raise ConnectionError("secret address")

    checks.add("store", raises)
    trouble = checks.run().findings["store"].trouble
    assert trouble is not None
    assert "ConnectionError" in trouble.en
    assert "secret address" not in trouble.en


def test_a_hung_check_holds_up_nobody_and_is_not_started_again() -> None:
    checks = HealthChecks(seconds=2)
    release, begun = threading.Event(), []

    def hangs() -> Finding:
        begun.append(1)
        release.wait(60)
        return Finding()

    checks.add("slow", hangs)
    checks.add("quick", Finding)
    for _ in range(3):
        report = checks.run()
        assert report.findings["quick"].trouble is None
        assert report.findings["slow"].trouble is not None
    assert begun == [1]
    release.set()


def test_health_is_a_metric() -> None:
    checks = HealthChecks()
    checks.add("metric-test", lambda: BAD)
    checks.run()
    assert b'diaoxun_check_healthy{check="metric-test"} 0.0' in render()
