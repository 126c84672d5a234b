from __future__ import annotations

import pytest
from amqp.exceptions import MessageNacked, PreconditionFailed

REPLY_TO = "amq.rabbitmq.reply-to"


def test_a_reply_comes_straight_back_to_the_channel_that_asked(line, open_line, name):
    queue = line.queue(name("rpc"))
    caller = open_line(confirm_publish=True)
    caller.consume(REPLY_TO, no_ack=True)
    caller.publish("question", queue, reply_to=REPLY_TO, correlation_id="c1")
    request = line.get(queue)
    address = request.properties["reply_to"]
    assert address.startswith(REPLY_TO + ".")
    line.publish("answer", address, correlation_id="c1")
    (reply,) = caller.wait(1)
    assert (reply.body, reply.properties["correlation_id"]) == ("answer", "c1")


def test_a_mandatory_reply_arrives_and_counts_as_unroutable_all_the_same(line, open_line, name):
    queue = line.queue(name("rpc"))
    caller = open_line(confirm_publish=True)
    caller.consume(REPLY_TO, no_ack=True)
    caller.publish("question", queue, reply_to=REPLY_TO)
    returned = []
    line.channel.events["basic_return"].add(lambda *what: returned.append(what))
    line.publish("answer", line.get(queue).properties["reply_to"], mandatory=True)
    assert len(returned) == 1
    assert [reply.body for reply in caller.wait(1)] == ["answer"]


def test_a_reply_to_somebody_who_left_is_dropped(line, open_line, name):
    queue = line.queue(name("rpc"))
    caller = open_line(confirm_publish=True)
    caller.consume(REPLY_TO, no_ack=True)
    caller.publish("question", queue, reply_to=REPLY_TO)
    address = line.get(queue).properties["reply_to"]
    caller.connection.release()
    line.publish("answer", address)
    assert line.depth(queue) == 0


def test_asking_without_listening_is_refused(line, name):
    queue = line.queue(name("rpc"))
    with pytest.raises(PreconditionFailed):
        line.publish("question", queue, reply_to=REPLY_TO)


def test_replies_cannot_be_acknowledged(line):
    with pytest.raises(PreconditionFailed):
        line.consume(REPLY_TO, no_ack=False)


def test_the_pseudo_queue_may_be_declared_passively_while_listening(line):
    line.consume(REPLY_TO, no_ack=True)
    assert line.channel.queue_declare(queue=REPLY_TO, passive=True).message_count == 0


def test_confirms_may_be_collected_later(open_line, name):
    line = open_line()
    queue = line.queue(name("q"))
    line.channel.confirm_select()
    confirmed = []
    line.channel.events["basic_ack"].add(lambda number, multiple: confirmed.append((number, multiple)))
    for number in range(10):
        line.publish(str(number), queue)
    while not confirmed or confirmed[-1][0] < 10:
        line.connection.drain_events(timeout=20)
    assert line.depth(queue) == 10


def test_a_full_queue_that_refuses_says_so(line, name):
    queue = line.queue(name("q"), max_length=1, overflow="reject-publish")
    line.publish("0", queue)
    with pytest.raises(MessageNacked):
        line.publish("1", queue)
    assert line.get(queue).body == "0"
