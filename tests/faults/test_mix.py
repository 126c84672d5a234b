"""Everything at once: ten minutes of load in which a seeded choice of faults strikes again and again."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest

from tests.faults.breaking import lasting
from tests.faults.city import FaultCity
from tests.faults.plan import MOST_WAVES
from tests.faults.store_line import CONFLICT, READ_ONLY
from tests.faults.target import SERVICES
from tests.faults.trial import SEED, Strike, trials

pytestmark = [pytest.mark.long, pytest.mark.timeout(1800)]
_SECONDS = 600.0
_RATE = 4.0
_ENOUGH = 3


def _kill_service(city: FaultCity, dice: random.Random) -> None:
    city.kill_service(dice.choice(SERVICES))


def _stop_service(city: FaultCity, dice: random.Random) -> None:
    name = dice.choice(SERVICES)
    city.stop_service(name)
    city.start_service(name)


def _kill_gateway(city: FaultCity, dice: random.Random) -> None:
    dice.choice(city.gateways).kill()


def _restart_broker(city: FaultCity, dice: random.Random) -> None:
    city.restart_broker(in_order=dice.random() < 0.5)


def _restart_store(city: FaultCity, dice: random.Random) -> None:
    city.restart_store()


def _cut_lines(city: FaultCity, dice: random.Random) -> None:
    for line in (city.broker_line, city.store_line):
        if dice.random() < 0.7:
            line.cut()


def _slow_lines(city: FaultCity, dice: random.Random) -> None:
    city.broker_line.delay, city.store_line.delay = 0.05 * dice.random(), 0.02 * dice.random()
    lasting(4)
    city.broker_line.mend()
    city.store_line.mend()


def _refuse_writes(city: FaultCity, dice: random.Random) -> None:
    refusal, share = dice.choice(((READ_ONLY, 1.0), (CONFLICT, 0.3)))
    city.store_line.answer_writes(refusal, share)
    lasting(4)
    city.store_line.mend()


def _disk_alarm(city: FaultCity, dice: random.Random) -> None:
    city.node.control("set_disk_free_limit", "100000GB")
    lasting(3)
    city.node.control("set_disk_free_limit", "1MB")


FAULTS: tuple[Callable[[FaultCity, random.Random], None], ...] = (
    _kill_service, _kill_service, _stop_service, _kill_gateway, _restart_broker, _restart_store, _cut_lines,
    _slow_lines, _refuse_writes, _disk_alarm,
)  # fmt: skip


def test_ten_minutes_of_everything_lose_and_double_nothing() -> None:
    dice = random.Random(SEED)
    struck: list[str] = []

    def faults(strike: Strike) -> None:
        while not strike.load.over:
            fault = dice.choice(FAULTS)
            fault(strike.city, dice)
            struck.append(fault.__name__)
            strike.recover()
            lasting(dice.uniform(1, 5))

    began, waves = time.monotonic(), 0
    with trials(waves=MOST_WAVES - 1, gateways=2) as city:
        while time.monotonic() - began < _SECONDS or waves < _ENOUGH:
            waves += 1
            city.hold(f"a mix of everything, wave {waves}", faults, rate=_RATE)
    assert len(struck) > 3 * waves, struck
