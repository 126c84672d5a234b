from __future__ import annotations

import pytest
from amqp.exceptions import ChannelError, NotFound, PreconditionFailed


def test_the_default_exchange_routes_by_queue_name(line, name):
    queue = line.queue(name("q"))
    line.publish("hello", queue)
    assert line.get(queue).body == "hello"


@pytest.mark.parametrize(
    ("pattern", "key", "reached"),
    [
        ("a.*", "a.b", True),
        ("a.*", "a", False),
        ("a.*", "a.b.c", False),
        ("a.#", "a", True),
        ("a.#", "a.b.c", True),
        ("#", "", True),
        ("#.c", "a.b.c", True),
        ("*.b.#", "a.b", True),
        ("a.b", "a.b", True),
        ("a.b", "axb", False),
        ("a.#.d", "a.b.c.d", True),
    ],
)
def test_topic_patterns(line, name, pattern, key, reached):
    queue, exchange = line.queue(name("q")), line.exchange(name("x"))
    line.bind(queue, exchange, pattern)
    line.publish("m", key, exchange)
    assert line.depth(queue) == int(reached)


def test_a_fanout_exchange_reaches_every_queue_once(line, name):
    exchange = line.exchange(name("x"), "fanout")
    queues = [line.queue(name(f"q{number}")) for number in range(3)]
    for queue in queues:
        line.bind(queue, exchange, "one")
        line.bind(queue, exchange, "two")
    line.publish("m", "whatever", exchange)
    assert [line.depth(queue) for queue in queues] == [1, 1, 1]


def test_a_direct_exchange_needs_the_same_key(line, name):
    exchange, queue = line.exchange(name("x"), "direct"), line.queue(name("q"))
    line.bind(queue, exchange, "k")
    line.publish("m", "k", exchange)
    line.publish("m", "k.other", exchange)
    assert line.depth(queue) == 1


def test_an_unbound_key_goes_to_the_alternate_exchange(line, name):
    spare = line.exchange(name("spare"), "fanout")
    exchange = line.exchange(name("x"), **{"alternate-exchange": spare})
    caught, bound = line.queue(name("caught")), line.queue(name("bound"))
    line.bind(caught, spare)
    line.bind(bound, exchange, "known")
    line.publish("m", "unknown", exchange, mandatory=True)
    line.publish("m", "known", exchange)
    assert (line.depth(caught), line.depth(bound)) == (1, 1)


def test_an_exchange_bound_to_an_exchange_passes_on(line, name):
    first, second, queue = line.exchange(name("x1")), line.exchange(name("x2"), "fanout"), line.queue(name("q"))
    line.channel.exchange_bind(second, first, "a.#")
    line.bind(queue, second)
    line.publish("m", "a.b", first)
    line.publish("m", "b", first)
    assert line.depth(queue) == 1


def test_an_unbound_queue_gets_nothing_more(line, name):
    exchange, queue = line.exchange(name("x")), line.queue(name("q"))
    line.bind(queue, exchange, "k")
    line.channel.queue_unbind(queue=queue, exchange=exchange, routing_key="k")
    line.publish("m", "k", exchange)
    assert line.depth(queue) == 0


def test_a_mandatory_message_without_a_queue_comes_back(line, name):
    exchange = line.exchange(name("x"))
    with pytest.raises(ChannelError, match="NO_ROUTE"):
        line.publish("m", "nobody", exchange, mandatory=True)


def test_a_mandatory_message_comes_back_to_the_handler_before_the_confirm(line, name):
    exchange, returned = line.exchange(name("x")), []
    line.channel.events["basic_return"].add(lambda *what: returned.append(what))
    line.publish("m", "nobody", exchange, mandatory=True, correlation_id="c1")
    ((error, came_from, key, message),) = returned
    assert error.reply_code == 312
    assert (came_from, key, message.body) == (exchange, "nobody", b"m") or message.body == "m"
    assert message.properties["correlation_id"] == "c1"


def test_publishing_to_an_unknown_exchange_is_refused_and_the_channel_lives_on(line, name):
    with pytest.raises(NotFound):
        line.publish("m", "k", name("nowhere"))
    queue = line.queue(name("q"))
    line.publish("m", queue)
    assert line.get(queue).body == "m"


def test_a_different_redeclaration_is_refused(line, name):
    queue = line.queue(name("q"), message_ttl=1000)
    line.queue(name("q"), message_ttl=1000)
    with pytest.raises(PreconditionFailed, match="inequivalent arg 'x-message-ttl'"):
        line.queue(queue, message_ttl=2000)
    exchange = line.exchange(name("x"))
    with pytest.raises(PreconditionFailed, match="inequivalent arg 'type'"):
        line.exchange(exchange, "fanout")


def test_a_passive_declaration_counts_or_refuses(line, name):
    with pytest.raises(NotFound):
        line.depth(name("absent"))
    queue = line.queue(name("q"))
    line.publish("m", queue)
    assert line.depth(queue) == 1


def test_a_deleted_queue_takes_its_messages_and_bindings_along(line, name):
    exchange, queue = line.exchange(name("x")), line.queue(name("q"))
    line.bind(queue, exchange, "k")
    line.publish("m", "k", exchange)
    assert line.channel.queue_delete(queue=queue) == 1
    line.queue(queue)
    line.publish("m", "k", exchange)
    assert line.depth(queue) == 0


def test_a_purged_queue_is_empty(line, name):
    queue = line.queue(name("q"))
    line.publish("1", queue)
    line.publish("2", queue)
    assert line.channel.queue_purge(queue=queue) == 2
    assert line.depth(queue) == 0


def test_headers_and_properties_travel_whole(line, name):
    queue = line.queue(name("q"))
    headers = {"text": "调训", "number": 7, "none": None, "list": [1, "two"], "table": {"a": {"b": 1}}, "yes": True}
    line.publish("正文", queue, headers=headers, correlation_id="c", reply_to="r", message_id="m", type="t")
    message = line.get(queue)
    assert message.properties["application_headers"] == headers
    assert message.body == "正文"
    given = {key: message.properties[key] for key in ("correlation_id", "reply_to", "message_id", "type")}
    assert given == {"correlation_id": "c", "reply_to": "r", "message_id": "m", "type": "t"}
    assert message.properties["content_type"] == "text/plain"
