"""The embedded queue against the simplest model that could be right."""

from __future__ import annotations

from collections import deque
from uuid import uuid4

import kombu
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from shared.messaging import embedded
from shared.messaging.embedded.address import Address, address_of
from shared.messaging.embedded.broker import broker_at, close_broker

embedded.register()


class QueueModel(RuleBasedStateMachine):
    """Publish, read, settle, return and disconnect in any order: nothing is lost, doubled or out of order."""

    @initialize(prefetch=st.integers(0, 4))
    def start(self, prefetch):
        self.name = uuid4().hex
        self.prefetch = prefetch
        self.published = 0
        self.waiting: deque[int] = deque()
        self.out: dict[int, object] = {}
        self.redelivered: set[int] = set()
        self.done: set[int] = set()
        self.sender = kombu.Connection(address_of(self.name)).channel()
        self.sender.queue_declare(queue="q", durable=True, auto_delete=False)
        self.connection = None
        self.connect()

    def connect(self):
        self.connection = kombu.Connection(address_of(self.name))
        self.channel = self.connection.channel()
        self.channel.basic_qos(0, self.prefetch, False)
        self.inbox: list = []
        self.channel.basic_consume("q", callback=self.inbox.append)

    @rule(count=st.integers(1, 5))
    def publish(self, count):
        for _ in range(count):
            self.sender.basic_publish(
                self.sender.prepare_message(str(self.published), properties={"delivery_mode": 2}), routing_key="q"
            )
            self.waiting.append(self.published)
            self.published += 1

    @rule()
    def read_one(self):
        expected = None
        if self.waiting and (not self.prefetch or len(self.out) < self.prefetch):
            expected = self.waiting.popleft()
        try:
            self.connection.drain_events(timeout=0)
        except TimeoutError:
            assert expected is None
            return
        message = self.inbox.pop()
        number = int(bytes(message.body))
        assert number == expected
        assert message.delivery_info["redelivered"] == (number in self.redelivered)
        self.out[number] = message

    def pick(self, data):
        number = data.draw(st.sampled_from(sorted(self.out)))
        return number, self.out.pop(number).delivery_info["delivery_tag"]

    @precondition(lambda self: self.out)
    @rule(data=st.data())
    def acknowledge(self, data):
        number, tag = self.pick(data)
        self.channel.basic_ack(tag)
        self.done.add(number)

    @precondition(lambda self: self.out)
    @rule(data=st.data())
    def drop(self, data):
        number, tag = self.pick(data)
        self.channel.basic_reject(tag, requeue=False)
        self.done.add(number)

    @rule()
    def disconnect(self):
        self.connection.release()
        self.redelivered |= self.out.keys()
        self.waiting = deque(sorted([*self.waiting, *self.out]))
        self.out.clear()
        self.connect()

    @invariant()
    def every_message_is_in_one_place(self):
        if self.connection is None:
            return
        depth = broker_at(Address(self.name, None)).depths()["q"]
        assert depth.ready + depth.unacked == len(self.waiting) + len(self.out)
        assert len(self.waiting) + len(self.out) + len(self.done) == self.published

    def teardown(self):
        if getattr(self, "connection", None) is not None:
            self.connection.release()
            close_broker(self.name)


QueueModel.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestQueueModel = QueueModel.TestCase
