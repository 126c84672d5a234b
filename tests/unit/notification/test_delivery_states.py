"""Attempts, waits and endings of a delivery."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services.notification.domain.delivery import CLAIM, WAITS, Delivery, DeliveryClosed

NOW = datetime(2020, 5, 11, 1, 0, tzinfo=UTC)
REASON = {"zh": "满", "en": "full"}


def test_a_missed_delivery_waits_longer_each_time_and_then_fails() -> None:
    delivery, now, waits = Delivery(), NOW, []
    while delivery.state != "failed":
        delivery = delivery.claim(now).missed(REASON, now)
        if delivery.retry_at is not None:
            waits.append(delivery.retry_at - now)
            now = delivery.retry_at
    assert tuple(waits) == WAITS
    assert delivery.attempts == len(WAITS) + 1
    assert delivery.reason == REASON


def test_a_final_refusal_is_not_tried_again() -> None:
    assert Delivery().claim(NOW).missed(REASON, NOW, final=True).state == "failed"


def test_a_delivery_is_due_exactly_at_its_time() -> None:
    waiting = Delivery().claim(NOW).missed(REASON, NOW)
    assert not waiting.is_due(NOW + WAITS[0] - timedelta(milliseconds=1))
    assert waiting.is_due(NOW + WAITS[0])


def test_a_claim_whose_sender_disappeared_is_due_again_after_ten_minutes() -> None:
    claimed = Delivery().claim(NOW)
    assert not claimed.is_due(NOW + CLAIM - timedelta(milliseconds=1))
    assert claimed.is_due(NOW + CLAIM)


def test_a_person_may_start_a_failed_delivery_anew_but_none_delivered_cancelled_or_at_work() -> None:
    failed = Delivery(attempts=7).missed(REASON, NOW)
    assert (failed.retry(NOW).state, failed.retry(NOW).attempts) == ("queued", 0)
    for not_failed in (Delivery().claim(NOW).delivered("ok", NOW), Delivery().cancel(), Delivery().claim(NOW)):
        with pytest.raises(DeliveryClosed):
            not_failed.retry(NOW)


def test_cancelling_leaves_what_was_delivered() -> None:
    assert Delivery().claim(NOW).delivered("ok", NOW).cancel().state == "delivered"
    assert Delivery().cancel().state == "cancelled"
