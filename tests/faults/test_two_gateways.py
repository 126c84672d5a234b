"""Two gateways that get every command at the same time, with the same key."""

from __future__ import annotations

import pytest

from tests.faults.trial import nothing, trials

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]


def test_a_command_sent_to_two_gateways_at_once_is_done_once_and_answered_twice() -> None:
    with trials(waves=1, gateways=2) as city:
        city.hold("each command at two gateways at once", nothing)
