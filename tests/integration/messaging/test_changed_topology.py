"""P9: a queue whose arguments changed without a new version is refused by name."""

from __future__ import annotations

import pytest

from shared.messaging import topology
from shared.messaging.faults import TopologyChanged
from tests.hosts.sample import LISTENER
from tests.integration.messaging.conftest import QUEUE, Desk


def test_p09_a_queue_with_other_arguments_is_refused_by_name(desk: Desk) -> None:
    changed = topology.Topology(delays=(0.05, 0.1), delivery_limit=77)
    with pytest.raises(TopologyChanged) as refused:
        topology.apply([LISTENER], desk.uri, changed)
    assert refused.value.details["name"] == QUEUE
    assert QUEUE in refused.value.message.zh
