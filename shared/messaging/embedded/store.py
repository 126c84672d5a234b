"""What of a broker's state is durable: written to the journal as it happens, and read back at the start."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from shared.messaging.embedded import record
from shared.messaging.embedded.exchange import Binding, Exchange
from shared.messaging.embedded.journal import Journal
from shared.messaging.embedded.message import Entry, Message
from shared.messaging.embedded.message_queue import MessageQueue, QueueShape
from shared.messaging.embedded.routing import DEFAULT

_MILLI = 1000


@dataclass(slots=True)
class Kept:
    """A journaled entry that nobody has settled."""

    queue: str
    entry: Entry


class DurableState:
    """Writes durable declarations and persistent messages; without a journal it only numbers entries."""

    def __init__(self, journal: Journal | None) -> None:
        self.journal = journal
        self._last = 0
        self._kept: dict[int, Kept] = {}

    def new_identifier(self) -> int:
        """Return the next entry number."""
        self._last += 1
        return self._last

    def exchange(self, exchange: Exchange) -> None:
        """Keep a declaration."""
        if exchange.durable:
            self._declare(record.EXCHANGE, _of_exchange(exchange))

    def no_exchange(self, name: str) -> None:
        """Keep a deletion."""
        self._declare(record.NO_EXCHANGE, name)

    def queue(self, shape: QueueShape) -> None:
        """Keep a declaration."""
        if shape.durable and not shape.exclusive:
            self._declare(record.QUEUE, _of_queue(shape))

    def no_queue(self, name: str) -> None:
        """Keep a deletion."""
        self._declare(record.NO_QUEUE, name)

    def binding(self, binding: Binding) -> None:
        """Keep a binding. One whose ends are not durable is dropped when the journal is read back."""
        self._declare(record.BINDING, _of_binding(binding))

    def no_binding(self, binding: Binding) -> None:
        """Keep that a binding is gone."""
        self._declare(record.NO_BINDING, _of_binding(binding))

    def arrived(self, message: Message, entries: Iterable[tuple[MessageQueue, Entry]]) -> int:
        """Keep a message with its places in durable queues; return the mark to sync, 0 when nothing is kept."""
        if self.journal is None or not message.persistent:
            return 0
        places = [(queue, entry) for queue, entry in entries if queue.journaled]
        if not places:
            return 0
        framed = record.message(_envelope(message, [(queue.name, entry) for queue, entry in places]), message.body)
        for queue, entry in places:
            entry.size = len(framed)
            self._kept[entry.identifier] = Kept(queue.name, entry)
            self.journal.live_bytes += len(framed)
        return self.journal.append(framed)

    def settled(self, entry: Entry) -> bool:
        """Keep that an entry is done with; return whether there is something to flush."""
        if self.journal is None or not entry.size:
            return False
        del self._kept[entry.identifier]
        self.journal.live_bytes -= entry.size
        self.journal.append(record.about_entry(record.SETTLED, entry.identifier))
        return True

    def seen(self, entry: Entry) -> bool:
        """Keep that a client was handed an entry, so that one which kills the process counts as a failed delivery."""
        if self.journal is None or not entry.size:
            return False
        self.journal.append(record.about_entry(record.SEEN, entry.identifier))
        return True

    def snapshot(self, exchanges: Iterable[Exchange], queues: Iterable[MessageQueue]) -> Iterator[bytes]:
        """Yield the frames that rebuild everything durable."""
        durable = [exchange for exchange in exchanges if exchange.durable]
        for exchange in durable:
            yield record.declaration(record.EXCHANGE, _of_exchange(exchange))
        for queue in queues:
            if queue.journaled:
                yield record.declaration(record.QUEUE, _of_queue(queue.shape))
        for exchange in durable:
            for binding in exchange.bindings:
                yield record.declaration(record.BINDING, _of_binding(binding))
        for kept in self._kept.values():
            yield record.message(_envelope(kept.entry.message, [(kept.queue, kept.entry)]), kept.entry.message.body)

    def adopt(self, entry: Entry, queue: str) -> None:
        """Take up an entry that was read back."""
        self._last = max(self._last, entry.identifier)
        self._kept[entry.identifier] = Kept(queue, entry)
        if self.journal is not None:
            self.journal.live_bytes += entry.size

    def _declare(self, kind: bytes, content: Any) -> None:
        if self.journal is not None:
            self.journal.append(record.declaration(kind, content))
            self.journal.flush()


def _of_exchange(exchange: Exchange) -> list[Any]:
    return [exchange.name, exchange.type, exchange.auto_delete, exchange.arguments]


def _of_queue(shape: QueueShape) -> list[Any]:
    return [shape.name, shape.auto_delete, shape.arguments]


def _of_binding(binding: Binding) -> list[Any]:
    return [binding.source, binding.destination, binding.key, binding.to_exchange]


def _envelope(message: Message, places: list[tuple[str, Entry]]) -> dict[str, Any]:
    # Deadlines are kept as epoch milliseconds: the monotonic clock starts anew with the machine.
    to_epoch = time.time() - time.monotonic()
    return {
        "exchange": message.exchange,
        "key": message.routing_key,
        "properties": message.properties,
        "headers": message.headers,
        "places": [
            [
                queue,
                entry.identifier,
                entry.failures,
                None if entry.deadline is None else round((entry.deadline + to_epoch) * _MILLI),
            ]
            for queue, entry in places
        ],
    }


@dataclass(slots=True)
class Remembered:
    """Everything durable, as the records of a journal tell it."""

    exchanges: dict[str, Exchange]
    queues: dict[str, QueueShape]
    bindings: dict[Binding, None]
    entries: dict[int, Kept]


def remember(records: Iterable[record.Record]) -> Remembered:
    """Fold the records of a journal, oldest first, into the state they end in."""
    state = Remembered({}, {}, {}, {})
    for item in records:
        match item.kind:
            case record.EXCHANGE:
                name, kind, auto_delete, arguments = item.json()
                state.exchanges[name] = Exchange(name, kind, True, auto_delete, arguments)
            case record.NO_EXCHANGE:
                state.exchanges.pop(item.json(), None)
            case record.QUEUE:
                name, auto_delete, arguments = item.json()
                state.queues[name] = QueueShape(name, True, False, auto_delete, arguments)
            case record.NO_QUEUE:
                state.queues.pop(item.json(), None)
            case record.BINDING:
                state.bindings[Binding(*item.json())] = None
            case record.NO_BINDING:
                state.bindings.pop(Binding(*item.json()), None)
            case record.MESSAGE:
                state.entries.update(_entries(item))
            case record.SETTLED:
                state.entries.pop(item.identifier(), None)
            case record.SEEN:
                _count_failure(state.entries.get(item.identifier()))
    state.bindings = {binding: None for binding in state.bindings if _has_ends(state, binding)}
    state.entries = {number: kept for number, kept in sorted(state.entries.items()) if kept.queue in state.queues}
    return state


def _entries(item: record.Record) -> Iterator[tuple[int, Kept]]:
    envelope, body = item.message()
    message = Message(envelope["exchange"], envelope["key"], envelope["properties"], envelope["headers"], body)
    from_epoch = time.monotonic() - time.time()
    for queue, identifier, failures, deadline in envelope["places"]:
        entry = Entry(identifier, message, None if deadline is None else deadline / _MILLI + from_epoch, item.size)
        entry.failures, entry.redelivered = failures, failures > 0
        yield identifier, Kept(queue, entry)


def _count_failure(kept: Kept | None) -> None:
    if kept is not None:
        kept.entry.failures += 1
        kept.entry.redelivered = True


def _has_ends(state: Remembered, binding: Binding) -> bool:
    ends = state.exchanges if binding.to_exchange else state.queues
    known = binding.source == DEFAULT or binding.source in state.exchanges or binding.source.startswith("amq.")
    return known and binding.destination in ends
