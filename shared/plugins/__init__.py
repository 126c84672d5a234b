"""Extension points: manifests, the registry that finds plugins, and the isolation they run in."""

from shared.plugins.isolation import PluginFailed, guarded
from shared.plugins.kinds import Kind, kind_named, known_kinds
from shared.plugins.loading import note_failure, resolve
from shared.plugins.manifest import Manifest
from shared.plugins.panel import Panel
from shared.plugins.plugin import Plugin, State
from shared.plugins.registry import PluginAmbiguous, PluginMissing, Registry
from shared.plugins.settings import PluginSettings

__all__ = [
    "Kind",
    "Manifest",
    "Panel",
    "Plugin",
    "PluginAmbiguous",
    "PluginFailed",
    "PluginMissing",
    "PluginSettings",
    "Registry",
    "State",
    "guarded",
    "kind_named",
    "known_kinds",
    "note_failure",
    "resolve",
]
