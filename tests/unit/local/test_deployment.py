from __future__ import annotations

import time
from typing import Any

import pytest

from deploy.local.deployment import Deployment
from tests.hosts.sample import CONTRACT, HAPPENED, LISTENER


class Side:
    """Outbox and inbox of one service, by their counts."""

    def __init__(self, published: int = 0, taken_in: int = 0) -> None:
        self.published_events, self.taken_in = published, taken_in
        self.outbox = self.inbox = self

    def published(self) -> int:
        return self.published_events

    def published_by_type(self) -> dict[str, int]:
        return {HAPPENED.type: self.published_events, "sample.thing.unheard.v1": 4}

    def depth(self) -> int:
        return self.taken_in


class Inbox(Side):
    """Nothing leaves from here."""

    def __init__(self, taken_in: int) -> None:
        super().__init__(taken_in=taken_in)
        self.outbox = Side()


@pytest.mark.parametrize(("taken_in", "quiet_after"), [(3, 2.0), (2, 15.0)])
def test_it_is_quiet_later_when_an_event_was_not_taken_in(
    monkeypatch: pytest.MonkeyPatch, taken_in: int, quiet_after: float
) -> None:
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    monkeypatch.setattr(Deployment, "_waiting", lambda self: {})
    sample, listener = Side(published=3), Inbox(taken_in)
    stores: dict[str, Any] = {"sample": sample, "listener": listener}
    seen = Deployment("", (CONTRACT, LISTENER), stores)
    assert seen.to_wire()["quiet"] is False
    now[0] += quiet_after - 0.5
    assert seen.to_wire()["quiet"] is False
    now[0] += 1.0
    assert seen.to_wire()["quiet"] is True
    sample.published_events, listener.taken_in = 4, taken_in + 1
    assert seen.to_wire()["quiet"] is False
    now[0] += 2.5
    assert seen.to_wire()["quiet"] is True, "what was not taken in before is known"
