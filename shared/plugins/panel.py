"""The installed rules of one kind as a panel: asked one after the other, each in isolation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, Generic, TypeVar

from shared.plugins.isolation import PluginFailed
from shared.plugins.plugin import Plugin, State
from shared.plugins.registry import Registry

V = TypeVar("V")
_ENOUGH_FAILURES = 5


class Panel(Generic[V]):
    """Asks the rules of a kind for one command, event or import; one that breaks again and again is not asked any more.

    ``dead`` are the slugs of those that never started: they have no say, and somebody should know.
    """

    def __init__(self, registry: Registry, kind: str, verdict: type[V]) -> None:
        self._registry, self._verdict = registry, verdict
        self._members = registry.load_all(kind)
        self._failures: Counter[str] = Counter()
        self.dead = sorted(plugin.slug for plugin in registry if plugin.kind == kind and plugin.state is State.FAILED)

    def ask(
        self, judge: Callable[[Any], Any], concerned: Callable[[Any], bool] | None = None
    ) -> Iterator[tuple[str, V | None]]:
        """Yield each rule's slug with its verdict; ``None`` where it broke, or answered something else.

        ``judge`` and ``concerned`` are given the rule; one that is not concerned is left out.
        """
        for plugin in self._members:
            if concerned is None or concerned(plugin.instance):
                yield plugin.slug, self._verdict_of(plugin, judge)

    def _verdict_of(self, plugin: Plugin, judge: Callable[[Any], Any]) -> V | None:
        if self._failures[plugin.slug] < _ENOUGH_FAILURES:
            try:
                # In place: a thread a rule and row would cost more than the rules themselves.
                said = self._registry.guarded_call(plugin, judge, plugin.instance, timeout=None)
                if isinstance(said, self._verdict):
                    return said
            except PluginFailed:
                pass
            self._failures[plugin.slug] += 1
        return None
