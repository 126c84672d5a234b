"""The roster readers that are installed, and the one that takes a given file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.enrollment.domain.sheet import ReadLimits, RosterReader, RowNote, Sheet, Unreadable
from shared.plugins import Plugin, PluginFailed, Registry


class Readers:
    """Finds the reader of a file by its content; readers run guarded, their refusals pass through as they are."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        loaded = [_started(registry, plugin) for plugin in registry.with_capability("importers", "roster")]
        self._plugins = sorted(filter(None, loaded), key=lambda plugin: (_is_fallback(plugin), plugin.slug))

    def read(self, content: bytes, filename: str, limits: ReadLimits) -> list[Sheet]:
        """Return the sheets of a roster. Raises ``Unreadable`` or ``PluginFailed``."""
        plugin, reader = self._reader_of(content, filename)
        return _unwrapped(self._registry.guarded_call(plugin, _caught, reader.read, content, limits, timeout=None))

    def annotate(
        self,
        content: bytes,
        filename: str,
        sheets: Sequence[Sheet],
        notes: Mapping[tuple[str, int], RowNote],
        headings: Mapping[str, int],
    ) -> bytes:
        """Return the annotated copy. Raises ``Unreadable`` or ``PluginFailed``."""
        plugin, reader = self._reader_of(content, filename)
        copy: bytes = self._registry.guarded_call(
            plugin, reader.annotate, content, sheets, notes, headings, timeout=None
        )
        return copy

    def _reader_of(self, content: bytes, filename: str) -> tuple[Plugin, RosterReader]:
        for plugin in self._plugins:
            reader: RosterReader = plugin.instance
            try:
                if self._registry.guarded_call(plugin, reader.claims, content, filename, timeout=None):
                    return plugin, reader
            except PluginFailed:
                continue
        raise Unreadable(
            "not-excel",
            "没有能读取该文件的导入插件；请上传.xlsx、.xls或.csv文件",
            "no installed importer reads this file; send .xlsx, .xls or .csv",
        )


def _started(registry: Registry, plugin: Plugin) -> Plugin | None:
    try:
        return registry.load(plugin.key)
    except PluginFailed:  # its reason stands in the registry; the other readers go on
        return None


def _is_fallback(plugin: Plugin) -> bool:
    return bool(plugin.manifest is not None and plugin.manifest.extra.get("fallback"))


def _caught(read: object, content: bytes, limits: ReadLimits) -> list[Sheet] | Unreadable:
    try:
        sheets: list[Sheet] = read(content, limits)  # type: ignore[operator]
    except Unreadable as refusal:  # meant for the sender, no failure of the plugin
        return refusal
    return sheets


def _unwrapped(answer: list[Sheet] | Unreadable) -> list[Sheet]:
    if isinstance(answer, Unreadable):
        raise answer
    return answer
