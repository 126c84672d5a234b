"""P23: a hung handler does not keep the process alive; its message was not acknowledged and comes again."""

from __future__ import annotations

import threading
import time

from shared.context import Context
from shared.errors import Fault
from shared.security.caller import Caller, Role
from tests.fixtures import sample_services as sample
from tests.fixtures.broker import wait_until
from tests.fixtures.runner_process import Place, RunnerProcess

ORGANISER = Caller("test:organiser", frozenset({Role.ORGANISATION_DEPARTMENT}), ("",))


def _ask_in_background(place: Place, request: dict[str, bool]) -> None:
    client = place.client()

    def ask() -> None:
        try:
            client.call("alpha", sample.HANG, request, Context(ORGANISER))
        except Fault:
            pass
        finally:
            client.close()

    threading.Thread(target=ask, daemon=True).start()


def _hung(place: Place, stop_seconds: int, *, in_c: bool) -> RunnerProcess:
    runner = place.runner("alpha", DIAOXUN_STOP_SECONDS=str(stop_seconds)).start("--migrate").wait_ready()
    _ask_in_background(place, {"holding": in_c})
    wait_until(lambda: "the handler hangs now" in runner.said, 20, "the handler hangs")
    return runner


def test_p23_a_waiting_handler_is_ended_and_the_process_exits_in_time(place: Place) -> None:
    runner = _hung(place, 4, in_c=False)
    started = time.monotonic()
    assert runner.stop(seconds=40) == 75
    assert time.monotonic() - started < 30
    assert "by force" in runner.said


def test_p23_even_a_handler_inside_a_c_call_cannot_keep_the_process(place: Place) -> None:
    runner = _hung(place, 2, in_c=True)
    started = time.monotonic()
    assert runner.stop(seconds=40) == 75
    assert time.monotonic() - started < 30
    assert "ended by force" in runner.said
