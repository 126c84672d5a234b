"""Faults of time: a service that is away while the clock goes on, a clock that jumps."""

from __future__ import annotations

from datetime import timedelta

from shared.messaging import naming
from tests.faults.city import FaultCity
from tests.faults.trial import Strike
from tests.fixtures.broker import wait_until

HOUR = timedelta(hours=1)


def away_for_an_hour(strike: Strike) -> None:
    """Compliance is away for an hour of the city's clock while its queues fill; then it catches up."""
    strike.reach("nominating", 4)
    assert strike.city.stop_service("compliance") == 0
    strike.reach("admitting", 45)
    wait_until(lambda: waiting_for(strike.city, "compliance") >= 3, 60, "its queues fill")
    strike.city.clock.move(HOUR)
    strike.city.start_service("compliance")
    strike.recover()


def clock_jumps(strike: Strike) -> None:
    """The clock jumps ahead by hours, and back again behind where it was."""
    for commands, jump in ((6, 5 * HOUR), (20, -6 * HOUR), (34, HOUR)):
        strike.reach("admitting", commands)
        strike.city.clock.move(jump)
    strike.recover()


def waiting_for(city: FaultCity, service: str) -> int:
    """Return how many messages wait in the queues of a service's handlers."""
    rows = city.node.control("list_queues", "name", "messages").splitlines()
    counted = (row.split("\t") for row in rows if row.startswith(f"{service}."))
    return sum(int(count) for name, count in counted if ".v1." in name and not name.startswith(naming.rpc_queue("")))
