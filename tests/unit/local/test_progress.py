from __future__ import annotations

from uuid import uuid4

import kombu
import pytest

from deploy.local.quiet import Progress, Tally
from shared.messaging import embedded, naming
from shared.messaging.embedded.address import Address, address_of
from shared.messaging.embedded.broker import broker_at, close_broker

embedded.register()
HANDLER = naming.handler_queue("compliance", "scheduling.term.placed.v1", "react")


class Counts:
    published = 0
    outbox = 0


@pytest.fixture
def broker():
    name = uuid4().hex
    yield broker_at(Address(name, None))
    close_broker(name)


@pytest.fixture
def channel(broker):
    with kombu.Connection(address_of(broker.name)) as connection:
        channel = connection.channel()
        for queue in (HANDLER, naming.quarantine_queue("compliance"), naming.rpc_queue("compliance")):
            channel.queue_declare(queue=queue, durable=True, auto_delete=False)
        yield channel


@pytest.fixture
def counts():
    return Counts()


@pytest.fixture
def progress(broker, counts, tmp_path):
    return Progress(broker, lambda: counts.published, {"compliance": lambda: counts.outbox}, tmp_path / "tally.json")


def put(channel, queue):
    channel.basic_publish(channel.prepare_message("m"), routing_key=queue)


def handle(channel, queue):
    channel.basic_ack(channel.basic_get(queue).delivery_info["delivery_tag"])


def test_an_empty_stack_is_quiet(progress, channel):
    assert progress.is_quiet()


def test_a_waiting_event_is_not_quiet_and_a_handled_one_counts(progress, channel):
    put(channel, HANDLER)
    assert not progress.is_quiet()
    message = channel.basic_get(HANDLER)
    assert not progress.is_quiet()
    channel.basic_ack(message.delivery_info["delivery_tag"])
    assert progress.is_quiet()
    assert progress.tally().handled == 1


def test_a_request_under_way_is_not_quiet_and_counts_nothing(progress, channel):
    put(channel, naming.rpc_queue("compliance"))
    assert not progress.is_quiet()
    handle(channel, naming.rpc_queue("compliance"))
    assert progress.is_quiet()
    assert progress.tally().handled == 0


def test_an_event_in_an_outbox_is_not_quiet(progress, channel, counts):
    counts.outbox = 1
    assert not progress.is_quiet()


def test_what_moves_while_the_outboxes_are_looked_at_is_not_quiet(broker, channel, tmp_path):
    def busy_outbox():
        put(channel, HANDLER)
        handle(channel, HANDLER)
        return 0

    assert not Progress(broker, lambda: 0, {"compliance": busy_outbox}, tmp_path / "t").is_quiet()


def test_a_quarantined_event_was_not_handled_and_does_not_keep_the_stack_busy(progress, channel):
    put(channel, HANDLER)
    put(channel, naming.quarantine_queue("compliance"))
    handle(channel, HANDLER)
    assert progress.is_quiet()
    assert progress.tally() == Tally(published=0, handled=0, quarantined=1)


def test_what_the_gateway_puts_aside_is_taken_from_nobodys_count(progress, channel):
    put(channel, HANDLER)
    handle(channel, HANDLER)
    aside = naming.subscriber_quarantine("gateway")
    channel.queue_declare(queue=aside, durable=True, auto_delete=False)
    put(channel, aside)
    assert (progress.tally().handled, progress.tally().quarantined) == (1, 1)


def test_counters_go_on_after_a_restart(progress, channel, counts, broker, tmp_path):
    counts.published = 3
    put(channel, HANDLER)
    handle(channel, HANDLER)
    progress.keep()
    close_broker(broker.name)
    again = Progress(broker_at(Address(broker.name, None)), lambda: 2, {}, tmp_path / "tally.json")
    assert again.tally() == Tally(published=5, handled=1)
