"""A poison message of each kind is put aside, and everything else goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tests.faults import poison
from tests.faults.city import FaultCity
from tests.faults.trial import Trials, trials

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def city() -> Iterator[Trials]:
    with trials(waves=7) as made:
        yield made


@pytest.mark.parametrize("kind", poison.UNREADABLE)
def test_what_nobody_can_read_lies_in_the_quarantine_of_everybody_who_waited_for_it(
    city: Trials, kind: Callable[[FaultCity], None]
) -> None:
    city.hold(f"poison: {kind.__name__}", poison.struck(kind), quarantined=poison.put_aside(kind))


def test_an_event_whose_handler_always_fails_is_put_aside_alone(city: Trials) -> None:
    city.hold("poison: the handler always fails", poison.struck(poison.always_failing), quarantined={"compliance": 1})


def test_an_event_that_kills_its_process_is_put_aside_alone(city: Trials) -> None:
    fault = poison.struck(poison.killing)
    seen = city.hold("poison: the handler kills the process", fault, quarantined={"compliance": 1})
    assert seen.restarts > 1


def test_events_of_a_handler_that_was_mended_are_replayed_and_come_to_the_same(city: Trials) -> None:
    city.hold("a handler fails until mended, events replayed", poison.failing_until_mended)
