"""The fault suite's own tools: what it listens for, and how it deals its cards."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest

from shared.messaging import dlq
from tests.faults.gossip import gossip
from tests.faults.mixing import CARDS, Card, Deck
from tests.faults.people import script

STORY = script(1, 1)
PERSON = next(iter(STORY.lines.values()))[0]


class Told:
    """A city that says one thing."""

    broker_uri = ""

    def __init__(self, text: str) -> None:
        self._text = text

    def said(self) -> Iterator[tuple[str, str]]:
        yield "a log", self._text


@pytest.mark.parametrize("column", ["姓名", "身份证号", "手机"])
@pytest.mark.parametrize("written", [str, json.dumps])
def test_whoever_is_named_in_a_log_is_found(monkeypatch: pytest.MonkeyPatch, column: str, written: Any) -> None:
    monkeypatch.setattr(dlq, "listed", lambda uri, service: [])
    quiet: Any = Told("request operation=enrollment.admit_term nomination=nom_1")
    loud: Any = Told(f"refused: {written(PERSON[column])} is no number")
    assert gossip(quiet, STORY) == []
    assert any(str(PERSON[column]) in json.loads(f'"{each.removeprefix("a log: ")}"') for each in gossip(loud, STORY))


def test_every_card_is_dealt_once_a_round_and_those_of_one_part_only_in_it() -> None:
    deck = Deck(CARDS, random.Random(7))
    parts = {card.part for card in CARDS} - {""}
    dealt: list[Card] = []
    while card := next(filter(None, map(deck.draw, [*parts, "teaching"])), None):
        dealt.append(card)
        if deck.rounds == 1 and not deck.left:
            break
    assert sorted(card.name for card in dealt) == sorted(card.name for card in CARDS)
    only = Deck((Card("x", CARDS[0].work, "admitting"),), random.Random(7))
    assert only.draw("teaching") is None
    assert only.left == ["x"]


def test_a_card_that_takes_long_is_dealt_in_the_first_round_alone() -> None:
    once, often = Card("once", CARDS[0].work, once=True), Card("often", CARDS[0].work)
    deck = Deck((once, often), random.Random(7))
    drawn = [deck.draw("") for _ in range(4)]
    assert sorted(card.name for card in drawn if card) == ["often", "often", "often", "once"]
