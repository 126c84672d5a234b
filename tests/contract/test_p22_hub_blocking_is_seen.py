"""P22: code that holds the event loop is noticed, named by its stack, counted; offloaded code does not hold it."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import time
from datetime import UTC, datetime, timedelta

from shared.context import Context
from shared.errors import Fault
from shared.messaging.hub import LOOP_DEAD
from shared.security.caller import Caller, Role
from tests.fixtures import sample_services as sample
from tests.fixtures.broker import wait_until
from tests.fixtures.runner_process import Place, RunnerProcess

ORGANISER = Caller("test:organiser", frozenset({Role.ORGANISATION_DEPARTMENT}), ("",))


def test_p22_a_handler_that_holds_the_loop_is_named(place: Place) -> None:
    runner = place.runner("alpha", DIAOXUN_BLOCKING_SECONDS="2").start("--migrate").wait_ready()
    client = place.client()
    try:
        client.call("alpha", sample.HOLD_LOOP, {"offloaded": True, "seconds": 5}, Context(ORGANISER))
        assert "burn" not in runner.said, "offloaded computing must not hold the loop"
        before = _blocked(runner)
        client.call("alpha", sample.HOLD_LOOP, {"offloaded": False, "seconds": 5}, Context(ORGANISER))
    finally:
        client.close()
    wait_until(lambda: "burn" in runner.said, what="the blockage is reported, with the function that held it")
    assert "the event loop stood still" in runner.said
    assert _blocked(runner) > before
    assert runner.stop() == 0


def _blocked(runner: RunnerProcess) -> float:
    found = re.search(r"^diaoxun_loop_blocked_total (\S+)", runner.get("/metrics")[1], re.MULTILINE)
    return float(found[1]) if found else 0.0


def test_p22_a_process_whose_loop_stands_still_for_too_long_ends_itself_to_be_started_again(place: Place) -> None:
    runner = place.runner("alpha", DIAOXUN_LOOP_DEAD_SECONDS="6").start("--migrate").wait_ready()
    client = place.client()
    try:
        with contextlib.suppress(Fault):  # nobody answers any more
            soon = Context(ORGANISER, deadline=datetime.now(UTC) + timedelta(seconds=2))
            client.call("alpha", sample.HOLD_LOOP, {"offloaded": False, "seconds": 60}, soon)
    finally:
        client.close()
    assert runner.process.wait(60) == LOOP_DEAD
    assert "the event loop stood still for 6 s" in runner.said
    assert "burn" in runner.said.splitlines()[-1], "the last word names the function that held it"


def test_p22_a_process_that_was_halted_as_a_whole_goes_on(place: Place) -> None:
    runner = place.runner("alpha", DIAOXUN_LOOP_DEAD_SECONDS="5").start("--migrate").wait_ready()
    os.kill(runner.process.pid, signal.SIGSTOP)
    time.sleep(10)
    os.kill(runner.process.pid, signal.SIGCONT)
    wait_until(runner.ready_again, 60, "it is ready again")
    assert runner.stop() == 0
