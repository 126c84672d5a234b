"""The registry: finds plugins by entry point, checks their cards, loads and starts them."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import EntryPoint, entry_points
from typing import Any, TypeVar

from shared.errors import Conflict, Fault, NotFound
from shared.plugins.acceptance import missing_modules, objections
from shared.plugins.isolation import PluginFailed, guarded
from shared.plugins.kinds import Kind, kind_named, known_kinds
from shared.plugins.loading import import_body, note_failure, start_body, validated
from shared.plugins.manifest import Manifest
from shared.plugins.plugin import Plugin, State
from shared.plugins.settings import PluginSettings
from shared.wording import Words

T = TypeVar("T")
_log = logging.getLogger("diaoxun.plugins")
_OWN_DISTRIBUTION = "diaoxun"
_MANIFEST_SECONDS = 10.0
_UNSET: Any = object()


class PluginMissing(NotFound):
    """No plugin of that name is installed."""

    code = "plugin-missing"
    title = Words("没有该插件", "No such plugin")


class PluginAmbiguous(Conflict):
    """The slug alone names plugins of several kinds."""

    code = "plugin-ambiguous"
    title = Words("插件名称不唯一", "Ambiguous plugin name")


class Registry:
    """Every plugin of this process. ``discover`` once; ``usable``, ``load`` and ``guarded_call`` afterwards."""

    def __init__(self, settings: PluginSettings | None = None, kinds: Iterable[Kind] | None = None) -> None:
        self.settings = settings or PluginSettings()
        self._kinds = tuple(kinds) if kinds is not None else known_kinds()
        self._plugins: dict[str, Plugin] = {}

    def discover(self, entries: Iterable[EntryPoint] | None = None) -> Registry:
        """Read the card of every installed plugin (or of ``entries``) and check it; no body is imported.

        A plugin that was found before keeps its state. Returns the registry itself.
        """
        found = list(entries) if entries is not None else _installed(self._kinds)
        names = {kind.group: kind for kind in self._kinds}
        # Our own first: a stranger cannot take the name of a built-in plugin.
        for entry in sorted(found, key=lambda each: (_distribution(each) != _OWN_DISTRIBUTION, each.group, each.name)):
            if entry.group in names:
                self._admit(entry, names[entry.group])
        self._check_needs()
        return self

    def __iter__(self) -> Iterator[Plugin]:
        return iter(sorted(self._plugins.values(), key=lambda plugin: plugin.key))

    def of_kind(self, kind: str) -> list[Plugin]:
        """Return the plugins of a kind that are neither failed nor disabled, by slug."""
        return [plugin for plugin in self if plugin.kind == kind and plugin.usable]

    def with_capability(self, kind: str, capability: str) -> list[Plugin]:
        """Return the usable plugins of a kind that declare a capability."""
        return [
            plugin
            for plugin in self.of_kind(kind)
            if plugin.manifest is not None and capability in plugin.manifest.capabilities
        ]

    def get(self, name: str) -> Plugin:
        """Return a plugin by ``slug`` or ``kind/slug``. Raises ``PluginMissing`` or ``PluginAmbiguous``."""
        if name in self._plugins:
            return self._plugins[name]
        matches = [plugin for key, plugin in self._plugins.items() if name == plugin.slug and key == plugin.key]
        if len(matches) == 1:
            return matches[0]
        if matches:
            keys = "、".join(plugin.key for plugin in matches)
            raise PluginAmbiguous(
                f"“{name}”对应多个插件（{keys}），请写全“类别/标识”",
                f"{name!r} names several plugins ({keys}): write 'kind/slug'",
            )
        raise PluginMissing(
            f"没有名为“{name}”的插件，用 diaoxun plugins list 查看已安装的插件",
            f"no plugin {name!r} is installed; 'diaoxun plugins list' shows those that are",
            plugin=name,
        )

    def load(self, name: str) -> Plugin:
        """Import a plugin's body and build it with its configuration; does nothing when already started.

        Raises ``PluginFailed`` with the reason when it is disabled or anything about it goes wrong; it is then in
        state ``failed`` and the host goes on.
        """
        plugin = self.get(name)
        if plugin.state is State.STARTED:
            return plugin
        if not plugin.usable:
            raise _unusable(plugin)
        try:
            import_body(plugin)
            start_body(plugin, self.settings)
        except Fault as fault:
            note_failure(plugin, fault)
            _log.warning("%s failed: %s", plugin.key, plugin.reason)
            raise _unusable(plugin) from fault.__cause__
        return plugin

    def load_all(self, kind: str) -> list[Plugin]:
        """Load every usable plugin of a kind and return those that started; the others are failed, with reasons."""
        started = []
        for plugin in self.of_kind(kind):
            try:
                started.append(self.load(plugin.key))
            except PluginFailed:
                continue
        return started

    def guarded_call(
        self, plugin: Plugin | str, fn: Callable[..., T], /, *args: Any, timeout: float | None = _UNSET, **kwargs: Any
    ) -> T:
        """Call a function of a plugin in isolation and return its value.

        ``timeout`` in seconds, by default that of the kind; ``None`` means no limit. Raises ``PluginFailed`` for
        whatever breaks; a ``Fault`` raised by the plugin passes through.
        """
        record = self.get(plugin) if isinstance(plugin, str) else plugin
        if not record.usable:
            raise _unusable(record)
        if timeout is _UNSET:
            kind = kind_named(record.kind)
            timeout = kind.timeout if kind else None
        try:
            return guarded(record.key, fn, *args, timeout=timeout, **kwargs)
        except PluginFailed as fault:
            record.crashes += 1
            cause = fault.__cause__
            record.trouble = "".join(traceback.format_exception(cause)) if cause else fault.message.en
            _log.warning("a call of %s failed: %s", record.key, fault.details.get("cause"))
            raise

    def configure(self, name: str, fields: Mapping[str, Any]) -> Plugin:
        """Set fields of a plugin's configuration from the next start on; nothing is kept where one is wrong.

        Raises ``PluginFailed`` naming the wrong fields.
        """
        plugin = self.get(name)
        # As it stands, not as it reads: what points to the file of a secret goes on pointing there.
        config = {**self.settings.stored(plugin.key), **fields}
        if plugin.manifest is not None and plugin.manifest.config is not None:
            validated(plugin.key, plugin.manifest.config, {**self.settings.config(plugin.key), **fields})
        self.settings.configure(plugin.key, config)
        return plugin

    def disable(self, name: str) -> Plugin:
        """Switch a plugin off, now and from the next start on."""
        plugin = self.get(name)
        self.settings.disable(plugin.key)
        plugin.enter(State.DISABLED, _disabled_reason("file"))
        return plugin

    def enable(self, name: str) -> Plugin:
        """Switch a plugin on again: its card is read and checked anew."""
        plugin = self.get(name)
        self.settings.enable(plugin.key)
        if plugin.state is State.DISABLED and self.settings.disabled_by(plugin.key) is None:
            self._plugins.pop(plugin.key)
            self.discover()
        return self.get(plugin.key)

    def _admit(self, entry: EntryPoint, kind: Kind) -> None:
        plugin = Plugin(kind.name, entry.name, entry.value, _distribution(entry))
        known = self._plugins.get(plugin.key)
        if known is not None:
            if (known.entry, known.distribution) != (plugin.entry, plugin.distribution):
                self._admit_double(plugin, known)
            return
        self._plugins[plugin.key] = plugin
        switched_off = self.settings.disabled_by(plugin.key)
        if switched_off:
            plugin.enter(State.DISABLED, _disabled_reason(switched_off))
            return
        plugin.enter(State.DISCOVERED)
        try:
            manifest = guarded(plugin.key, entry.load, timeout=_MANIFEST_SECONDS)
        except PluginFailed as fault:
            note_failure(plugin, fault)
            _log.warning("the manifest of %s cannot be read: %s", plugin.key, plugin.reason)
            return
        reasons = objections(manifest, kind.name, entry.name)
        owner = self._is_of_another_image(manifest, plugin.distribution, reasons)
        if reasons and owner:
            plugin.enter(State.DISABLED, _elsewhere(owner, self.settings.image))
        elif reasons:
            plugin.fail(Words("；".join(each.zh for each in reasons), "; ".join(each.en for each in reasons)))
        else:
            plugin.manifest = manifest

    def _admit_double(self, plugin: Plugin, known: Plugin) -> None:
        key = f"{plugin.key}@{plugin.distribution}"
        if key in self._plugins:
            return
        plugin.enter(State.DISCOVERED)
        plugin.fail(
            Words(
                f"“{plugin.key}”已由 {known.distribution} 提供，{plugin.distribution} 的同名插件不启用，请卸载其一",
                f"{plugin.key!r} is already provided by {known.distribution}; the one of {plugin.distribution} is left "
                "out: remove one of them",
            )
        )
        self._plugins[key] = plugin

    def _check_needs(self) -> None:
        for plugin in self:
            for need in plugin.manifest.needs if plugin.manifest and plugin.usable else ():
                wanted = None if need.startswith("module:") else self._plugins.get(need)
                if not need.startswith("module:") and (wanted is None or not wanted.usable):
                    plugin.fail(
                        Words(
                            f"依赖的插件“{need}”未安装或不可用",
                            f"it needs the plugin {need!r}, which is missing or not usable",
                        )
                    )

    def _is_of_another_image(self, manifest: Any, distribution: str, reasons: list[Words]) -> str:
        """Return the service that brings a plugin this image lacks the packages for; empty when it really failed.

        An image carries one service's dependencies: what another service brings and cannot run here has not failed.
        """
        image, parts = self.settings.image, str(getattr(manifest, "body", "")).split(".")
        ours = distribution == _OWN_DISTRIBUTION and parts[0] == "services"
        if not (image and ours and parts[1] != image and isinstance(manifest, Manifest)):
            return ""
        return parts[1] if reasons == missing_modules(manifest) else ""


def _installed(kinds: Iterable[Kind]) -> list[EntryPoint]:
    return [entry for kind in kinds for entry in entry_points(group=kind.group)]


def _distribution(entry: EntryPoint) -> str:
    return entry.dist.name if entry.dist is not None else _OWN_DISTRIBUTION


def _disabled_reason(by: str) -> Words:
    if by == "environment":
        return Words("已由环境变量 DIAOXUN_DISABLED_PLUGINS 停用", "switched off by DIAOXUN_DISABLED_PLUGINS")
    return Words("已由管理员停用", "switched off by the operator")


def _elsewhere(owner: str, image: str) -> Words:
    return Words(
        f"属于“{owner}”服务，本镜像只含“{image}”的依赖",
        f"it belongs to {owner}; this image carries the dependencies of {image} only",
    )


def _unusable(plugin: Plugin) -> PluginFailed:
    reason = plugin.reason or Words("原因不明", "no reason given")
    return PluginFailed(
        f"插件“{plugin.key}”不可用：{reason.zh}",
        f"plugin {plugin.key!r} cannot be used: {reason.en}",
        plugin=plugin.key,
        state=plugin.state.value,
    )
