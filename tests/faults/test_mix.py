"""Everything at once: ten minutes of load in which every kind of fault strikes, in an order of the dice."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.breaking import lasting
from tests.faults.lines import FaultyLine
from tests.faults.mixing import CARDS, Deck, Hand, now
from tests.faults.moody_plugins import install
from tests.faults.plan import MOST_WAVES
from tests.faults.props import PLUGINS, little_room, take_by_webhook
from tests.faults.trial import SEED, Strike, trials
from tests.fixtures.runner_process import ROOT
from tests.integration.notification.sinks import Website, web_server

pytestmark = [pytest.mark.long, pytest.mark.timeout(3600)]
_SECONDS = 600.0
_RATE = 4.0
_REPLICAS = 3
_CLOSING_SECONDS = 30.0
"""So long things go on breaking while a wave waits for quiet; then it has to come."""


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Path]:
    """A directory for ``var/``."""
    with little_room(tmp_path / "var", 160) as place:
        yield place


@pytest.fixture
def hand(tmp_path: Path, room: Path) -> Iterator[Hand]:
    install(tmp_path / "site")
    with web_server(Website()) as site:
        line = FaultyLine(site.port)
        yield Hand(random.Random(SEED), tmp_path / "mood", room, site, line, _REPLICAS)
        line.take_down()


def test_ten_minutes_of_everything_lose_and_double_nothing(hand: Hand, tmp_path: Path) -> None:
    deck, struck = Deck(CARDS, hand.dice), Counter[str]()

    def faults(strike: Strike) -> None:
        while not strike.load.over:
            calm = not strike.load.parts or strike.load.closing_for() > _CLOSING_SECONDS
            card = None if calm else deck.draw(now(strike))
            if card is None:
                lasting(0.2)
                continue
            print(f"{time.monotonic() - began:.0f} s, {now(strike)}: {card.name}", flush=True)
            card.work(strike, hand)
            strike.recover()
            struck[card.name] += 1
            lasting(hand.dice.uniform(0.2, 2))

    surroundings = {
        "PYTHONPATH": os.pathsep.join([str(tmp_path / "site"), str(ROOT)]),
        "DIAOXUN_MOOD": str(hand.mood),
        "DIAOXUN_HANDLER_SECONDS": "10",
        "DIAOXUN_LOOP_DEAD_SECONDS": "8",
        "DIAOXUN_VAR": str(hand.room),
    }
    with trials(MOST_WAVES - 1, gateways=2, replicas=_REPLICAS, plugins=PLUGINS, **surroundings) as city:
        take_by_webhook(city, hand.line)
        began, waves = time.monotonic(), 0
        while time.monotonic() - began < _SECONDS or struck.keys() != {card.name for card in CARDS}:
            waves += 1
            assert waves < MOST_WAVES, f"the waves are over before these have struck: {deck.left}"
            hand.aside = {}
            city.hold(f"a mix of everything, wave {waves}", faults, quarantined=hand.aside, rate=_RATE)
    assert hand.site.requests
    print(dict(struck))
