"""Faults: each breaks one thing at a certain point of the load, and puts right what nothing puts right by itself."""

from __future__ import annotations

import time

from tests.faults.books import books
from tests.faults.target import SERVICES
from tests.faults.trial import Fault, Strike
from tests.fixtures.broker import wait_until


def kill_each_service(strike: Strike) -> None:
    """``kill -9`` of each service in turn, whenever a few more commands were answered."""
    for number, name in enumerate(SERVICES):
        part, commands = ("nominating", 3 * number) if number < 2 else ("admitting", 9 * (number - 2) + 2)
        strike.reach(part, commands)
        strike.city.kill_service(name)
        strike.recover()


def kill_service(name: str) -> Fault:
    """Return the fault: ``kill -9`` of one service three times, among nominations, admissions and rolls."""

    def fault(strike: Strike) -> None:
        for part, commands in (("nominating", 2), ("admitting", 12), ("teaching", 6)):
            strike.reach(part, commands)
            strike.city.kill_service(name)
            strike.recover()

    return fault


def kill_gateway(strike: Strike) -> None:
    """``kill -9`` of the gateway, master and workers, with requests in flight."""
    for part, commands in (("nominating", 4), ("admitting", 10), ("admitting", 40), ("teaching", 6)):
        strike.reach(part, commands)
        strike.city.gateways[0].kill()
        strike.recover()


def kill_relay_in_mid_batch(strike: Strike) -> None:
    """``kill -9`` of the services that announce most, while their outbox still holds what the relay is publishing."""
    strike.reach("admitting", 2)
    strike.city.broker_line.delay = 0.02
    try:
        for name in ("enrollment", "notification"):
            wait_until(lambda: books(strike.city).waiting > 1, 60, "a batch is under way")
            strike.city.kill_service(name)
            strike.recover()
    finally:
        strike.city.broker_line.mend()


def terminate_each_service(strike: Strike) -> None:
    """SIGTERM to each service in turn under load; it comes back as after an upgrade."""
    for number, name in enumerate(SERVICES):
        strike.reach("nominating" if number < 1 else "admitting", 2 if number < 1 else 10 * number - 8)
        code = strike.city.stop_service(name)
        strike.city.start_service(name)
        assert code == 0, (name, code)
        strike.recover()


def kill_broker(strike: Strike) -> None:
    """The broker dies as in a power cut, twice, and comes back on its data."""
    for part, commands in (("admitting", 8), ("teaching", 4)):
        strike.reach(part, commands)
        strike.city.restart_broker()
        strike.recover()


def kill_store(strike: Strike) -> None:
    """The store dies as in a power cut, twice, and comes back on its data."""
    for part, commands in (("admitting", 8), ("teaching", 4)):
        strike.reach(part, commands)
        strike.city.restart_store()
        strike.recover()


def lasting(seconds: float) -> None:
    """Let a trouble last: it has no end of its own to wait for."""
    time.sleep(seconds)
