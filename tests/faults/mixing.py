"""Every kind of fault as a card: each may strike at any moment of its part of a wave, and puts right what it must."""

from __future__ import annotations

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from services.notification.contract.deliveries import LIST_DELIVERIES
from tests.faults import poison
from tests.faults.books import books
from tests.faults.breaking import lasting
from tests.faults.city import FaultCity
from tests.faults.lines import FaultyLine
from tests.faults.store_line import CONFLICT, READ_ONLY
from tests.faults.target import SERVICES
from tests.faults.timing import HOUR, waiting_for
from tests.faults.trial import Strike
from tests.fixtures.broker import wait_until
from tests.integration.notification.sinks import Website

_A_WHILE = 4.0
_TRIED_AGAIN = HOUR / 6
_WAITED = 60.0


@dataclass
class Hand:
    """What a card has to strike with: the wave under way, dice, a plugin's mood, ``var/``, a webhook receiver.

    ``aside``: what quarantines have grown by in this wave, by service.
    """

    dice: random.Random
    mood: Path
    room: Path
    site: Website
    line: FaultyLine
    replicas: int
    aside: dict[str, int] = field(default_factory=dict)

    def put_aside(self, letters: dict[str, int]) -> None:
        for service, count in letters.items():
            self.aside[service] = self.aside.get(service, 0) + count

    def replica(self) -> str:
        """Return one process of the city by name."""
        return self.dice.choice(self.replicas_of(self.dice.choice(SERVICES)))

    def replicas_of(self, service: str) -> list[str]:
        return [service, *(f"{service}.{number}" for number in range(2, self.replicas + 1))]


Work = Callable[[Strike, Hand], None]


@dataclass(frozen=True)
class Card:
    """A kind of fault; ``part``: of a wave in which alone it means something; ``once``: it takes very long."""

    name: str
    work: Work
    part: str = ""
    once: bool = False


class Deck:
    """Cards, dealt to the end in an order of the dice, and shuffled anew."""

    def __init__(self, cards: tuple[Card, ...], dice: random.Random) -> None:
        self._cards, self._dice = list(cards), dice
        self._left: list[Card] = []
        self.rounds = 0

    def draw(self, part: str) -> Card | None:
        """Return the next card that fits a part, those first that fit no other; ``None`` when none is left for it."""
        if not self._left:
            self._left = [card for card in self._cards if not (card.once and self.rounds)]
            self._dice.shuffle(self._left)
            self.rounds += 1
        fitting = [card for card in self._left if card.part in ("", part)]
        fitting.sort(key=lambda card: not card.part)
        if fitting:
            self._left.remove(fitting[0])
        return fitting[0] if fitting else None

    @property
    def left(self) -> list[str]:
        """Names of the cards that are still to be dealt."""
        return [card.name for card in self._left]


def _kill_service(strike: Strike, hand: Hand) -> None:
    strike.city.kill_service(hand.replica())


def _stop_service(strike: Strike, hand: Hand) -> None:
    name = hand.replica()
    code = strike.city.stop_service(name)
    strike.city.start_service(name)
    assert code == 0, (name, code)


def _kill_gateway(strike: Strike, hand: Hand) -> None:
    hand.dice.choice(strike.city.gateways).kill()


def _stop_gateway(strike: Strike, hand: Hand) -> None:
    assert hand.dice.choice(strike.city.gateways).stop() == 0


def _kill_relay(strike: Strike, hand: Hand) -> None:
    """Kill every replica of who announces most, with something in its outbox where there is anything just now."""
    city = strike.city
    city.broker_line.delay = 0.02
    with suppress(AssertionError):
        wait_until(lambda: books(city).waiting > 0, _A_WHILE, "something is under way")
    for name in hand.replicas_of("enrollment"):
        city.kill_service(name)
    city.broker_line.mend()


def _restart_broker(strike: Strike, hand: Hand, in_order: bool) -> None:
    strike.city.restart_broker(in_order=in_order)


def _restart_store(strike: Strike, hand: Hand) -> None:
    strike.city.restart_store()


def _cut_lines(strike: Strike, hand: Hand) -> None:
    for line in (strike.city.broker_line, strike.city.store_line):
        line.cut()


def _store_away(strike: Strike, hand: Hand) -> None:
    strike.city.store_line.close()
    lasting(_A_WHILE)
    strike.city.store_line.open()


def _slow_lines(strike: Strike, hand: Hand) -> None:
    city = strike.city
    city.broker_line.delay, city.store_line.delay = 0.05 * hand.dice.random(), 0.02 * hand.dice.random()
    lasting(_A_WHILE)
    city.broker_line.mend()
    city.store_line.mend()


def _answered_writes(strike: Strike, hand: Hand, refusal: dict[str, object], share: float) -> None:
    strike.city.store_line.answer_writes(refusal, share)
    lasting(_A_WHILE)
    strike.city.store_line.mend()


def _alarm(strike: Strike, hand: Hand, raised: tuple[str, str], cleared: tuple[str, str]) -> None:
    strike.city.node.control(*raised)
    lasting(_A_WHILE)
    strike.city.node.control(*cleared)


def _unreadable(strike: Strike, hand: Hand, kind: Callable[[FaultCity], None]) -> None:
    kind(strike.city)
    hand.put_aside(poison.put_aside(kind))


def _put_aside_alone(strike: Strike, hand: Hand, kind: Callable[[FaultCity], None]) -> None:
    kind(strike.city)
    hand.put_aside({"compliance": 1})


def _failing(strike: Strike, hand: Hand) -> None:
    poison.failing_for_a_while(strike, _A_WHILE)


def _away(strike: Strike, hand: Hand) -> None:
    """Every replica of one service is away for an hour of the clock, and its queues fill."""
    names = hand.replicas_of("compliance")
    codes = {name: strike.city.stop_service(name) for name in names}
    with suppress(AssertionError):
        wait_until(lambda: waiting_for(strike.city, "compliance") > 0, _A_WHILE, "its queues fill")
    strike.city.clock.move(HOUR)
    for name in names:
        strike.city.start_service(name)
    assert set(codes.values()) == {0}, codes
    strike.recover()
    _back(strike, -HOUR)


def _jump(strike: Strike, hand: Hand) -> None:
    hours = hand.dice.choice((1, 2, 3)) * HOUR
    strike.city.clock.move(hours)
    lasting(1)
    _back(strike, -hours)


def _back(strike: Strike, by: object) -> None:
    """Let the clock jump back, unless the load has set it meanwhile."""
    if now(strike) == "admitting":
        strike.city.clock.move(by)  # type: ignore[arg-type]


def _disk_full(strike: Strike, hand: Hand) -> None:
    fill = hand.room / "fill"
    with suppress(OSError), fill.open("wb") as file:
        while True:
            file.write(b"\0" * 1_000_000)
    lasting(_A_WHILE)
    fill.unlink()


def _in_a_mood(strike: Strike, hand: Hand, mood: str, seconds: float) -> None:
    hand.mood.write_text(mood)
    lasting(seconds)
    hand.mood.unlink()


def _slow_receiver(strike: Strike, hand: Hand) -> None:
    hand.line.delay = 0.5
    lasting(_A_WHILE)
    hand.line.mend()


def _dead_receiver(strike: Strike, hand: Hand) -> None:
    """Nobody takes letters for a while; they are tried again as the city's clock goes on."""
    hand.line.close()
    lasting(_A_WHILE)
    hand.line.mend()
    terms = [term["term_id"] for term in strike.load.wave.terms]

    def waiting() -> int:
        asked = (
            {"channel": "webhook", "state": state, "term_id": id} for id in terms for state in ("queued", "sending")
        )
        return sum(len(strike.load.caller.rows(LIST_DELIVERIES, each)) for each in asked)

    def tried_again() -> bool:
        if waiting():
            strike.city.clock.move(_TRIED_AGAIN)
        return not waiting()

    wait_until(tried_again, _WAITED, "what nobody took is delivered")


def _refusing_receiver(strike: Strike, hand: Hand, status: int, headers: dict[str, str]) -> None:
    hand.site.status, hand.site.headers = status, headers
    lasting(_A_WHILE)
    hand.site.status, hand.site.headers = 200, {}


def now(strike: Strike) -> str:
    """Return the part of the wave that is under way."""
    return strike.load.parts[-1] if strike.load.parts else ""


CARDS = (
    Card("a service killed", _kill_service),
    Card("a service stopped and started", _stop_service),
    Card("a gateway killed", _kill_gateway),
    Card("a gateway stopped and started", _stop_gateway),
    Card("relays killed with a batch under way", _kill_relay, "admitting"),
    Card("broker restarted", partial(_restart_broker, in_order=True)),
    Card("broker killed", partial(_restart_broker, in_order=False)),
    Card("store killed", _restart_store),
    Card("store away", _store_away),
    Card("lines cut", _cut_lines),
    Card("lines slow", _slow_lines),
    Card("writes refused", partial(_answered_writes, refusal=READ_ONLY, share=1.0)),
    Card("writes in conflict", partial(_answered_writes, refusal=CONFLICT, share=0.3)),
    Card(
        "disk alarm",
        partial(_alarm, raised=("set_disk_free_limit", "100000GB"), cleared=("set_disk_free_limit", "1MB")),
    ),
    Card(
        "memory alarm",
        partial(
            _alarm,
            raised=("set_vm_memory_high_watermark", "0.00001"),
            cleared=("set_vm_memory_high_watermark", "0.6"),
        ),
    ),
    *(Card(f"poison: {kind.__name__}", partial(_unreadable, kind=kind)) for kind in poison.UNREADABLE),
    Card("poison: always failing", partial(_put_aside_alone, kind=poison.always_failing)),
    Card("poison: killing", partial(_put_aside_alone, kind=poison.killing), once=True),
    Card("a handler fails until mended, events replayed", _failing, "admitting"),
    Card("a service away for an hour", _away, "admitting"),
    Card("the clock jumps", _jump, "admitting"),
    Card("disk of var/ full", _disk_full),
    Card("a rule that leaks", partial(_in_a_mood, mood="leaks", seconds=_A_WHILE), "nominating"),
    Card("a rule that leaves", partial(_in_a_mood, mood="leaves", seconds=_A_WHILE), "nominating"),
    Card("a rule that hangs", partial(_in_a_mood, mood="hangs", seconds=12), "nominating"),
    Card("a rule that spins", partial(_in_a_mood, mood="spins", seconds=12), "nominating"),
    Card("webhook receiver slow", _slow_receiver),
    Card("webhook receiver dead", _dead_receiver, "admitting"),
    Card(
        "webhook receiver redirects",
        partial(_refusing_receiver, status=302, headers={"location": "http://127.0.0.1:9/"}),
        "admitting",
    ),
    Card("webhook receiver gone", partial(_refusing_receiver, status=410, headers={}), "admitting"),
)
