"""Which events are tried alone, and which are not tried any more."""

from __future__ import annotations

from typing import Any

import pytest

from shared.messaging import suspects
from shared.messaging.suspects import CRASHES_HEADER


@pytest.mark.parametrize(
    ("headers", "suspect"),
    [
        ({}, False),
        ({"x-delivery-count": 1}, False),  # a broker that was restarted, a process that was stopped
        ({"x-delivery-count": 2}, True),
        ({CRASHES_HEADER: 1}, False),  # its copy: tried like any other first
        ({CRASHES_HEADER: 1, "x-delivery-count": 1}, True),
        ({CRASHES_HEADER: "nonsense", "x-delivery-count": None}, False),
    ],
)
def test_an_event_that_came_back_twice_is_a_suspect_and_once_after_a_trial(
    headers: dict[str, Any], suspect: bool
) -> None:
    assert suspects.is_suspect(headers) is suspect


@pytest.mark.parametrize(("trials", "killer"), [(0, False), (1, False), (2, True), (3, True)])
def test_after_two_trials_alone_it_is_a_killer(trials: int, killer: bool) -> None:
    assert suspects.is_killer({CRASHES_HEADER: trials}) is killer
