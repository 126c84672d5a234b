from __future__ import annotations

import time

import pytest
from amqp.exceptions import AccessRefused, ConsumerCancelled, NotFound, PreconditionFailed, ResourceLocked


def bodies(messages):
    return [message.body for message in messages]


def tag(message):
    return message.delivery_info["delivery_tag"]


def test_messages_come_in_the_order_of_publishing(line, name):
    queue = line.queue(name("q"))
    for number in range(20):
        line.publish(str(number), queue)
    line.consume(queue, no_ack=True)
    assert bodies(line.wait(20)) == [str(number) for number in range(20)]


def test_no_more_than_the_prefetch_is_out_at_a_time(line, name):
    queue = line.queue(name("q"))
    for number in range(5):
        line.publish(str(number), queue)
    line.consume(queue, prefetch=2)
    line.wait(2)
    assert bodies(line.settle_down()) == ["0", "1"]
    line.channel.basic_ack(tag(line.received[0]))
    line.wait(3)
    assert bodies(line.settle_down()) == ["0", "1", "2"]


def test_each_consumer_has_its_own_prefetch(line, open_line, name):
    queue = line.queue(name("q"))
    other = open_line()
    line.consume(queue, prefetch=1)
    other.consume(queue, prefetch=1)
    for number in range(4):
        line.publish(str(number), queue)
    line.wait(1)
    other.wait(1)
    assert len(line.settle_down()) + len(other.settle_down()) == 2
    assert line.depth(queue) == 2


def test_a_global_prefetch_holds_for_the_whole_channel(line, name):
    first, second = line.queue(name("q1")), line.queue(name("q2"))
    for queue in (first, second):
        line.publish("a", queue)
        line.publish("b", queue)
    line.channel.basic_qos(0, 3, True)
    for queue in (first, second):
        line.channel.basic_consume(queue, callback=line.received.append)
    line.wait(3)
    assert len(line.settle_down()) == 3


def test_acking_multiple_settles_all_up_to_the_tag(line, open_line, name):
    queue = line.queue(name("q"))
    for number in range(4):
        line.publish(str(number), queue)
    other = open_line()
    other.consume(queue)
    other.wait(4)
    other.channel.basic_ack(tag(other.received[2]), multiple=True)
    other.connection.release()
    assert line.get(queue).body == "3"
    assert line.depth(queue) == 0


def test_a_requeued_message_comes_again_first_and_marked(line, name):
    queue = line.queue(name("q"))
    for number in range(3):
        line.publish(str(number), queue)
    first = line.get(queue)
    assert not first.delivery_info["redelivered"]
    line.channel.basic_reject(tag(first), requeue=True)
    again = line.get(queue)
    assert (again.body, again.delivery_info["redelivered"]) == ("0", True)
    assert line.get(queue).body == "1"


def test_returned_messages_keep_their_order(line, open_line, name):
    queue = line.queue(name("q"))
    for number in range(5):
        line.publish(str(number), queue)
    other = open_line()
    other.consume(queue, prefetch=3)
    other.wait(3)
    other.connection.release()
    line.consume(queue)
    assert bodies(line.wait(5)) == ["0", "1", "2", "3", "4"]
    assert [m.delivery_info["redelivered"] for m in line.received] == [True, True, True, False, False]


def test_closing_a_channel_returns_what_it_held(line, name):
    queue = line.queue(name("q"))
    line.publish("m", queue)
    channel = line.connection.channel()
    assert channel.basic_get(queue).body == "m"
    assert line.depth(queue) == 0
    channel.close()
    assert line.get(queue).body == "m"


def test_a_rejected_message_without_requeue_is_gone(line, name):
    queue = line.queue(name("q"))
    line.publish("m", queue)
    line.channel.basic_reject(tag(line.get(queue)), requeue=False)
    assert line.depth(queue) == 0


def test_a_cancelled_consumer_gets_nothing_more_and_may_still_ack(line, name):
    queue = line.queue(name("q"))
    line.publish("0", queue)
    consumer = line.consume(queue, prefetch=1)
    line.wait(1)
    line.publish("1", queue)
    line.channel.basic_cancel(consumer)
    line.channel.basic_ack(tag(line.received[0]))
    line.settle_down()
    assert bodies(line.received) == ["0"]
    assert line.get(queue).body == "1"


def test_two_consumers_share_the_work(line, open_line, name):
    queue = line.queue(name("q"))
    other = open_line()
    line.consume(queue, no_ack=True)
    other.consume(queue, no_ack=True)
    for number in range(10):
        line.publish(str(number), queue)
    line.wait(5)
    other.wait(5)
    assert sorted(bodies(line.received + other.received)) == [str(number) for number in range(10)]


def test_acking_twice_is_refused(line, open_line, name):
    queue = line.queue(name("q"))
    line.publish("m", queue)
    other = open_line()
    message = other.get(queue)
    other.channel.basic_ack(tag(message))
    with pytest.raises(PreconditionFailed, match="unknown delivery tag"):
        ack_and_ask(other, tag(message), queue)


def ack_and_ask(line, delivery_tag, queue):
    line.channel.basic_ack(delivery_tag)
    line.depth(queue)  # RabbitMQ answers an ack only with the next thing asked


def test_consuming_from_nothing_is_refused(line, name):
    with pytest.raises(NotFound):
        line.consume(name("absent"))


def test_a_deleted_queue_cancels_its_consumer(line, open_line, name):
    queue = line.queue(name("q"))
    cancelled = []
    line.consume(queue, on_cancel=cancelled.append)
    other = open_line()
    other.channel.queue_delete(queue=queue)
    ends = time.monotonic() + 20
    while not cancelled and time.monotonic() < ends:
        line.settle_down()
    assert len(cancelled) == 1


def test_a_cancelled_consumer_without_a_handler_is_told_by_an_error(line, open_line, name):
    queue = line.queue(name("q"))
    line.consume(queue)
    open_line().channel.queue_delete(queue=queue)
    with pytest.raises(ConsumerCancelled):
        line.connection.drain_events(timeout=20)


def test_an_exclusive_queue_is_closed_to_others_and_goes_with_its_connection(line, open_line, name):
    owner = open_line()
    queue = owner.channel.queue_declare(queue="", exclusive=True).queue
    with pytest.raises(ResourceLocked):
        line.consume(queue)
    owner.connection.release()
    with pytest.raises(NotFound):
        wait_until_gone(line, queue)


def wait_until_gone(line, queue):
    ends = time.monotonic() + 20
    while time.monotonic() < ends:
        line.depth(queue)
        time.sleep(0.01)


def test_an_auto_delete_queue_goes_with_its_last_consumer(line, name):
    queue = name("q")
    line.channel.queue_declare(queue=queue, durable=False, auto_delete=True)
    consumer = line.consume(queue)
    line.depth(queue)
    line.channel.basic_cancel(consumer)
    with pytest.raises(NotFound):
        line.depth(queue)


def test_an_exclusive_consumer_keeps_others_out(line, open_line, name):
    queue = line.queue(name("q"))
    line.consume(queue, exclusive=True)
    with pytest.raises(AccessRefused):
        open_line().consume(queue)


def test_waiting_for_events_ends_with_a_timeout(line):
    started = time.monotonic()
    with pytest.raises(TimeoutError):
        line.connection.drain_events(timeout=0.1)
    assert time.monotonic() - started >= 0.09


def test_what_is_rejected_by_the_channel_goes_back_when_a_refusal_resets_it(line, name):
    queue = line.queue(name("q"))
    line.publish("m", queue)
    line.get(queue)
    with pytest.raises(NotFound):
        line.depth(name("absent"))
    assert line.get(queue).body == "m"
