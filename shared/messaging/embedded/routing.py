"""All exchanges of a broker, and the way of a message through them."""

from __future__ import annotations

from collections.abc import Iterator

from shared.messaging.embedded.exchange import TYPES, Binding, Exchange
from shared.messaging.embedded.message import Table
from shared.messaging.embedded.refusal import (
    ACCESS_REFUSED,
    NOT_FOUND,
    PRECONDITION_FAILED,
    refusal,
    require_same,
)

DEFAULT = ""
_ALWAYS_THERE = {"amq.direct": "direct", "amq.topic": "topic", "amq.fanout": "fanout"}


class Routing:
    """The exchanges, by name. The default exchange has no entry: its routing key is a queue's name."""

    def __init__(self) -> None:
        self._exchanges = {name: Exchange(name, kind, True, False) for name, kind in _ALWAYS_THERE.items()}

    def __iter__(self) -> Iterator[Exchange]:
        """Yield the exchanges that were declared, not those that always exist."""
        return (exchange for exchange in self._exchanges.values() if exchange.name not in _ALWAYS_THERE)

    def get(self, name: str) -> Exchange:
        """Return an exchange. Raises NOT_FOUND."""
        exchange = self._exchanges.get(name)
        if exchange is None:
            raise refusal(NOT_FOUND, f"no exchange '{name}' in vhost '/'")
        return exchange

    def find(self, name: str) -> Exchange | None:
        """Return an exchange, or ``None``."""
        return self._exchanges.get(name)

    def declare(self, wanted: Exchange) -> bool:
        """Create an exchange, or check that the one of that name is the same; return whether it is new."""
        existing = self._exchanges.get(wanted.name)
        if existing is not None:
            require_same("exchange", wanted.name, existing.described(), wanted.described())
            return False
        if wanted.name == DEFAULT or wanted.name.startswith("amq."):
            raise refusal(ACCESS_REFUSED, f"exchange name '{wanted.name}' contains reserved prefix 'amq.*'")
        if wanted.type not in TYPES:
            raise refusal(PRECONDITION_FAILED, f"the embedded broker has no exchange type '{wanted.type}'")
        self._exchanges[wanted.name] = wanted
        return True

    def delete(self, name: str, *, if_unused: bool = False) -> list[Binding]:
        """Remove an exchange, with the bindings from and to it, which are returned."""
        exchange = self._exchanges.get(name)
        if exchange is None:
            return []
        if if_unused and exchange.bindings:
            raise refusal(PRECONDITION_FAILED, f"exchange '{name}' in vhost '/' in use")
        del self._exchanges[name]
        return [*exchange.bindings, *self.forget(name, to_exchange=True)]

    def forget(self, destination: str, *, to_exchange: bool) -> list[Binding]:
        """Remove every binding that leads to a queue or exchange that is going away, and return them."""
        gone = []
        for exchange in list(self._exchanges.values()):
            for binding in exchange.bindings_to(destination, to_exchange=to_exchange):
                self.unbind(binding)
                gone.append(binding)
        return gone

    def unbind(self, binding: Binding) -> bool:
        """Remove one binding; an auto-delete exchange goes with its last one."""
        exchange = self._exchanges.get(binding.source)
        if exchange is None or not exchange.unbind(binding):
            return False
        if exchange.auto_delete and not exchange.bindings:
            self.delete(exchange.name)
        return True

    def queues_for(self, exchange: Exchange, routing_key: str, headers: Table | None) -> list[str]:
        """Return the names of the queues a message reaches, each once, alternate exchanges included."""
        reached: dict[str, None] = {}
        self._follow(exchange, routing_key, reached, {exchange.name})
        for extra in _copies(headers):
            self._follow(exchange, extra, reached, {exchange.name})
        return list(reached)

    def _follow(self, exchange: Exchange, routing_key: str, reached: dict[str, None], seen: set[str]) -> None:
        matching = exchange.matching(routing_key)
        for binding in matching:
            if not binding.to_exchange:
                reached[binding.destination] = None
            elif binding.destination not in seen:
                self._enter(binding.destination, routing_key, reached, seen)
        alternate = exchange.arguments.get("alternate-exchange")
        if not matching and alternate is not None and alternate not in seen:
            self._enter(alternate, routing_key, reached, seen)

    def _enter(self, name: str, routing_key: str, reached: dict[str, None], seen: set[str]) -> None:
        seen.add(name)
        following = self._exchanges.get(name)
        if following is not None:
            self._follow(following, routing_key, reached, seen)


def _copies(headers: Table | None) -> list[str]:
    if not headers:
        return []
    return [key for name in ("CC", "BCC") if isinstance(headers.get(name), list) for key in headers[name]]
