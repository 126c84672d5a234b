"""A webhook receiver that is slow, dead, redirects or is gone for good: the unit's letters, and everybody else's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from services.notification.contract.deliveries import LIST_DELIVERIES
from services.notification.contract.phone_tasks import LIST_PHONE_TASKS
from tests.faults.breaking import lasting
from tests.faults.lines import FaultyLine
from tests.faults.props import PLUGINS, UNIT, take_by_webhook
from tests.faults.trial import Strike, Trials, trials
from tests.integration.notification.sinks import Website, web_server

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]
_WAITED = timedelta(minutes=10)


@dataclass
class Receiving:
    """A city whose unit takes its letters by webhook too, the receiver, and the line to it."""

    city: Trials
    site: Website
    line: FaultyLine

    def deliveries(self, strike: Strike) -> list[dict[str, Any]]:
        """Return the deliveries by webhook in the wave's terms."""
        asked = {"unit_id": UNIT, "channel": "webhook"}
        terms = [term["term_id"] for term in strike.load.wave.terms]
        caller = self.city.caller()
        rows = [row for id in terms for row in caller.rows(LIST_DELIVERIES, {**asked, "term_id": id})]
        caller.close()
        return rows

    def rung(self, strike: Strike) -> set[str]:
        """Return the letters of the wave that somebody is to ring about, for they could not be delivered."""
        terms = {term["term_id"] for term in strike.load.wave.terms}
        caller = self.city.caller()
        tasks = caller.rows(LIST_PHONE_TASKS, {})
        caller.close()
        return {row["cause_id"] for row in tasks if row["cause"] == "delivery" and row["term_id"] in terms}


@pytest.fixture(scope="module")
def receiving() -> Iterator[Receiving]:
    with web_server(Website()) as site, trials(waves=4, plugins=PLUGINS) as city:
        line = FaultyLine(site.port)
        take_by_webhook(city, line)
        yield Receiving(city, site, line)
        line.take_down()


def test_a_slow_receiver_gets_every_letter(receiving: Receiving) -> None:
    strikes: list[Strike] = []

    def slow(strike: Strike) -> None:
        strikes.append(strike)
        receiving.line.delay = 0.5
        strike.reach("teaching")
        receiving.line.mend()

    before = len(receiving.site.requests)
    receiving.city.hold("webhook: the receiver is slow", slow)
    rows = receiving.deliveries(strikes[0])
    assert {row["state"] for row in rows} == {"delivered"}
    assert ids(receiving, before) == {row["delivery_id"] for row in rows}


def test_a_dead_receiver_gets_every_letter_when_it_is_back(receiving: Receiving) -> None:
    strikes: list[Strike] = []

    def dead(strike: Strike) -> None:
        strikes.append(strike)
        receiving.line.close()
        strike.reach("admitting", 30)
        receiving.line.mend()
        while not strike.load.has_begun("teaching"):  # it is tried again by the city's clock
            strike.city.clock.move(_WAITED)
            lasting(1)

    before = len(receiving.site.requests)
    receiving.city.hold("webhook: the receiver is dead for a while", dead)
    rows = receiving.deliveries(strikes[0])
    assert {row["state"] for row in rows} == {"delivered"}
    assert max(row["attempts"] for row in rows) > 1
    assert ids(receiving, before) == {row["delivery_id"] for row in rows}


@pytest.mark.parametrize(("status", "headers"), [(302, {"location": "http://127.0.0.1:9/"}), (410, {})])
def test_a_receiver_that_redirects_or_is_gone_is_asked_once_a_letter(
    receiving: Receiving, status: int, headers: dict[str, str]
) -> None:
    strikes: list[Strike] = []
    before = len(receiving.site.requests)
    receiving.site.status, receiving.site.headers = status, headers  # to the end: letters go out in every part
    try:
        receiving.city.hold(f"webhook: the receiver answers {status}", strikes.append)
    finally:
        receiving.site.status, receiving.site.headers = 200, {}
    rows = receiving.deliveries(strikes[0])
    assert rows
    assert {row["state"] for row in rows} == {"failed"}
    assert receiving.rung(strikes[0]) == {row["letter_id"] for row in rows}, "the department is told to ring"
    asked = [headers["webhook-id"] for _, headers, _ in receiving.site.requests[before:]]
    assert sorted(asked) == sorted(row["delivery_id"] for row in rows)


def ids(receiving: Receiving, before: int) -> set[str]:
    """Return the deliveries that came to the receiver since."""
    return {headers["webhook-id"] for _, headers, _ in receiving.site.requests[before:]}
