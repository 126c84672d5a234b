"""Which events are tried alone."""

from __future__ import annotations

from typing import Any

import pytest

from shared.messaging import suspects


@pytest.mark.parametrize(
    ("headers", "suspect"),
    [
        ({}, False),
        ({"x-delivery-count": 1}, False),  # a broker that was restarted, a process that was stopped
        ({"x-delivery-count": 2}, True),
        ({"x-delivery-count": None}, False),
        ({"x-delivery-count": "nonsense"}, False),
    ],
)
def test_an_event_that_came_back_twice_is_tried_alone(headers: dict[str, Any], suspect: bool) -> None:
    assert suspects.is_suspect(headers) is suspect
