from __future__ import annotations

import time

import pytest


def headers(message):
    return message.properties["application_headers"]


def tag(message):
    return message.delivery_info["delivery_tag"]


@pytest.fixture
def grave(line, name):
    return line.queue(name("grave"))


def test_a_rejected_message_is_dead_lettered_with_its_history(line, name, grave):
    exchange = line.exchange(name("x"))
    queue = line.queue(name("q"), dead_letter_exchange="", dead_letter_routing_key=grave)
    line.bind(queue, exchange, "a.*")
    line.publish("m", "a.b", exchange, headers={"own": 1})
    line.channel.basic_reject(tag(line.get(queue)), requeue=False)
    dead = line.get(grave)
    death = headers(dead)["x-death"][0]
    assert (death["reason"], death["count"], death["queue"], death["exchange"]) == ("rejected", 1, queue, exchange)
    assert death["routing-keys"] == ["a.b"]
    assert headers(dead)["own"] == 1
    assert headers(dead)["x-first-death-reason"] == "rejected"
    assert (dead.body, dead.delivery_info["routing_key"]) == ("m", grave)


def test_without_a_key_of_its_own_the_dead_letter_keeps_its_routing_key(line, name):
    burial, queue, grave = line.exchange(name("dlx")), name("q"), line.queue(name("grave"))
    line.bind(grave, burial, queue)
    line.queue(queue, dead_letter_exchange=burial)
    line.publish("m", queue)
    line.channel.basic_reject(tag(line.get(queue)), requeue=False)
    assert line.get(grave).delivery_info["routing_key"] == queue


def test_a_queue_with_a_time_to_live_is_a_delay(line, name, grave):
    delay = line.queue(name("delay"), message_ttl=200, dead_letter_exchange="", dead_letter_routing_key=grave)
    line.consume(grave, no_ack=True)
    started = time.monotonic()
    line.publish("first", delay)
    line.publish("second", delay)
    came = line.wait(2)
    waited = time.monotonic() - started
    assert [message.body for message in came] == ["first", "second"]
    assert waited >= 0.19
    assert headers(came[0])["x-death"][0]["reason"] == "expired"


def test_a_messages_own_expiration_counts_and_is_taken_off(line, name, grave):
    queue = line.queue(name("q"), dead_letter_exchange="", dead_letter_routing_key=grave)
    line.publish("m", queue, expiration="50")
    dead = line.get(grave)
    assert "expiration" not in dead.properties
    assert headers(dead)["x-death"][0]["original-expiration"] == "50"


def test_the_shorter_life_wins(line, name, grave):
    queue = line.queue(name("q"), message_ttl=60_000, dead_letter_exchange="", dead_letter_routing_key=grave)
    line.publish("m", queue, expiration="30")
    assert line.get(grave).body == "m"


def test_an_expired_message_is_never_delivered(line, name):
    queue = line.queue(name("q"))
    line.publish("late", queue, expiration="40")
    line.publish("in time", queue)
    time.sleep(0.1)  # the time to live itself is what is tried here
    line.consume(queue, no_ack=True)
    line.wait(1)
    assert [message.body for message in line.settle_down()] == ["in time"]


def test_a_life_of_zero_reaches_only_a_waiting_consumer(line, name):
    queue = line.queue(name("q"))
    line.publish("nobody", queue, expiration="0")
    assert line.depth(queue) == 0
    line.consume(queue, no_ack=True)
    line.publish("somebody", queue, expiration="0")
    line.wait(1)
    assert [message.body for message in line.settle_down()] == ["somebody"]


def test_beyond_its_delivery_limit_a_message_is_dead_lettered(line, name, grave):
    queue = line.queue(
        name("q"),
        queue_type="quorum",
        delivery_limit=3,
        dead_letter_exchange="",
        dead_letter_routing_key=grave,
        dead_letter_strategy="at-least-once",
        overflow="reject-publish",
    )
    line.publish("poison", queue)
    seen = []
    for number in range(4):
        message = line.get(queue)
        seen.append((message.delivery_info["redelivered"], headers(message).get("x-delivery-count", 0)))
        line.channel.basic_reject(tag(message), requeue=True)
        assert number < 4
    assert seen == [(False, 0), (True, 1), (True, 2), (True, 3)]
    assert headers(line.get(grave))["x-death"][0]["reason"] == "delivery_limit"
    assert line.depth(queue) == 0


def test_the_history_counts_repeated_deaths(line, name):
    work, retry = name("work"), name("retry")
    line.queue(work, dead_letter_exchange="", dead_letter_routing_key=retry)
    line.queue(retry, message_ttl=20, dead_letter_exchange="", dead_letter_routing_key=work)
    line.publish("m", work)
    for _ in range(2):
        line.channel.basic_reject(tag(line.get(work)), requeue=False)
    third = line.get(work)
    counts = {(death["queue"], death["reason"]): death["count"] for death in headers(third)["x-death"]}
    assert counts == {(work, "rejected"): 2, (retry, "expired"): 2}


def test_a_cycle_of_expiring_queues_ends(line, name):
    first, second = name("q1"), name("q2")
    line.queue(first, message_ttl=10, dead_letter_exchange="", dead_letter_routing_key=second)
    line.queue(second, message_ttl=10, dead_letter_exchange="", dead_letter_routing_key=first)
    line.publish("m", first)
    ends, quiet = time.monotonic() + 20, 0
    while quiet < 10:  # several turns, if it went round
        assert time.monotonic() < ends, "it still goes round"
        time.sleep(0.02)
        quiet = quiet + 1 if (line.depth(first), line.depth(second)) == (0, 0) else 0


def test_the_oldest_goes_when_a_queue_is_too_long(line, name, grave):
    queue = line.queue(name("q"), max_length=2, dead_letter_exchange="", dead_letter_routing_key=grave)
    for number in range(3):
        line.publish(str(number), queue)
    dead = line.get(grave)
    assert (dead.body, headers(dead)["x-death"][0]["reason"]) == ("0", "maxlen")
    assert line.depth(queue) == 2


def test_an_unused_queue_expires(line, name):
    from amqp.exceptions import NotFound

    queue = line.queue(name("q"), expires=1000)
    with pytest.raises(NotFound):
        look_now_and_then(line, queue)


def look_now_and_then(line, queue):
    for _ in range(5):
        time.sleep(2)  # to be asked for may be a use: longer than the queue lives without one
        line.depth(queue)
