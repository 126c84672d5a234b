"""P22: code that holds the event loop is noticed, named by its stack, counted; offloaded code does not hold it."""

from __future__ import annotations

from shared.context import Context
from shared.security.caller import Caller, Role
from tests.fixtures import sample_services as sample
from tests.fixtures.broker import wait_until
from tests.fixtures.runner_process import Place

ORGANISER = Caller("test:organiser", frozenset({Role.ORGANISATION_DEPARTMENT}), ("",))


def test_p22_a_handler_that_holds_the_loop_is_named(place: Place) -> None:
    runner = place.runner("alpha", DIAOXUN_BLOCKING_SECONDS="0.3").start("--migrate").wait_ready()
    client = place.client()
    try:
        client.call("alpha", sample.HOLD_LOOP, {"offloaded": True}, Context(ORGANISER))
        assert "stood still" not in runner.said, "offloaded computing must not hold the loop"
        client.call("alpha", sample.HOLD_LOOP, {"offloaded": False}, Context(ORGANISER))
    finally:
        client.close()
    wait_until(lambda: "the event loop stood still" in runner.said, 15, "the blockage is reported")
    assert "burn" in runner.said, "the stack names the function that held it"
    assert "diaoxun_loop_blocked_total 1.0" in runner.get("/metrics")[1]
    assert runner.stop() == 0
