"""From an accepted manifest to something that can be called: import the body, validate the configuration, build it."""

from __future__ import annotations

import importlib
import traceback
from functools import partial
from typing import Any

from marshmallow import Schema, ValidationError

from shared.errors import Fault
from shared.plugins.isolation import PluginFailed, guarded
from shared.plugins.kinds import kind_named
from shared.plugins.plugin import Plugin, State
from shared.plugins.settings import PluginSettings
from shared.wording import Words

_BODY_SECONDS = 60.0


def resolve(target: str) -> Any:
    """Import ``module:attribute`` and return it."""
    module, _, attribute = target.partition(":")
    value: Any = importlib.import_module(module)
    for part in attribute.split("."):
        value = getattr(value, part)
    return value


def import_body(plugin: Plugin) -> None:
    """Import the body of an accepted plugin. Raises ``PluginFailed``."""
    assert plugin.manifest is not None
    if plugin.body is None:
        plugin.body = guarded(plugin.key, resolve, plugin.manifest.body, timeout=_BODY_SECONDS)
        plugin.enter(State.LOADED)


def start_body(plugin: Plugin, settings: PluginSettings) -> None:
    """Build a class body with its configuration; use any other body as it is. Raises ``PluginFailed``."""
    kind = kind_named(plugin.kind)
    if isinstance(plugin.body, type) and (kind is None or kind.built):
        config = configuration(plugin, settings)
        plugin.instance = guarded(plugin.key, partial(plugin.body, **config), timeout=_BODY_SECONDS)
    else:
        plugin.instance = plugin.body
    plugin.enter(State.STARTED)


def configuration(plugin: Plugin, settings: PluginSettings) -> dict[str, Any]:
    """Return the plugin's validated configuration. Raises ``PluginFailed`` naming the wrong fields."""
    schema = plugin.manifest.config if plugin.manifest else None
    if schema is None:
        return {}
    return validated(plugin.key, schema, settings.config(plugin.key))


def validated(key: str, schema: type[Schema], raw: dict[str, Any]) -> dict[str, Any]:
    """Return a raw configuration as its schema loads it. Raises ``PluginFailed`` naming the wrong fields."""
    try:
        loaded: dict[str, Any] = schema().load(raw)
    except ValidationError as error:
        messages = error.messages if isinstance(error.messages, dict) else {"_schema": error.messages}
        fields = "、".join(sorted(str(name) for name in messages))
        if not raw:
            raise PluginFailed(
                f"尚未配置，需要：{fields}", f"not configured yet, it needs: {fields}", plugin=key, unconfigured=True
            ) from None
        raise PluginFailed(
            f"插件“{key}”的配置有误，请更正：{fields}",
            f"the configuration of plugin {key!r} is wrong, correct: {fields}",
            plugin=key,
            fields=messages,
        ) from None
    return loaded


def note_failure(plugin: Plugin, fault: Fault) -> None:
    """Put a plugin into ``failed``, with a reason the operator can act on and the traceback beside it.

    One that only lacks its configuration is ``disabled``: nothing is wrong with it.
    """
    cause = fault.__cause__
    if fault.details.get("unconfigured"):
        plugin.enter(State.DISABLED, fault.message)
        return
    if cause is None:
        plugin.fail(fault.message)
        return
    text = f"{type(cause).__name__}: {cause}"[:300]
    plugin.trouble = "".join(traceback.format_exception(cause))
    plugin.fail(Words(f"运行出错：{text}", f"it broke: {text}"))
