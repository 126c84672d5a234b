"""Exchanges and the bindings that lead from them to queues and to other exchanges."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from shared.messaging.embedded.message import Table

TYPES = frozenset({"direct", "topic", "fanout"})
_CACHED_KEYS = 4096


@dataclass(frozen=True, slots=True)
class Binding:
    """One way out of an exchange. ``to_exchange`` says what kind of thing ``destination`` names."""

    source: str
    destination: str
    key: str
    to_exchange: bool = False


@dataclass(slots=True)
class Exchange:
    """A named routing table."""

    name: str
    type: str
    durable: bool
    auto_delete: bool
    arguments: Table = field(default_factory=dict)
    bindings: dict[Binding, None] = field(default_factory=dict)
    _known: dict[str, tuple[Binding, ...]] = field(default_factory=dict)

    def described(self) -> dict[str, Any]:
        """Return the properties that a redeclaration must repeat."""
        return {
            "type": self.type,
            "durable": self.durable,
            "auto_delete": self.auto_delete,
            **{name: value for name, value in self.arguments.items() if value is not None},
        }

    def bind(self, binding: Binding) -> bool:
        """Add a binding; return whether it is new."""
        if binding in self.bindings:
            return False
        self.bindings[binding] = None
        self._known.clear()
        return True

    def unbind(self, binding: Binding) -> bool:
        """Take a binding away; return whether there was one."""
        self._known.clear()
        return self.bindings.pop(binding, False) is None

    def bindings_to(self, destination: str, *, to_exchange: bool) -> Iterator[Binding]:
        """Yield the bindings that lead to one queue or exchange."""
        for binding in list(self.bindings):
            if binding.destination == destination and binding.to_exchange == to_exchange:
                yield binding

    def matching(self, routing_key: str) -> tuple[Binding, ...]:
        """Return the bindings a routing key takes; remembered until the bindings change."""
        known = self._known.get(routing_key)
        if known is None:
            known = tuple(binding for binding in self.bindings if self._takes(binding, routing_key))
            if len(self._known) >= _CACHED_KEYS:
                self._known.clear()
            self._known[routing_key] = known
        return known

    def _takes(self, binding: Binding, routing_key: str) -> bool:
        if self.type == "fanout":
            return True
        if self.type == "topic":
            return topic_matches(tuple(binding.key.split(".")), tuple(routing_key.split(".")))
        return binding.key == routing_key


@lru_cache(maxsize=_CACHED_KEYS)
def topic_matches(pattern: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Return whether a topic pattern takes the words of a key: ``*`` stands for one word, ``#`` for any number."""
    if not pattern:
        return not words
    if pattern[0] == "#":
        return topic_matches(pattern[1:], words) or (bool(words) and topic_matches(pattern, words[1:]))
    return bool(words) and pattern[0] in ("*", words[0]) and topic_matches(pattern[1:], words[1:])
