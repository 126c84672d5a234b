"""The conformance kit: subclass ``PluginConformance``, name your plugin, and its tests are there.

class TestMyRule(PluginConformance):
    plugin = "eligibility_rules/my_rule"
    configs = ({"years": 2}, {"years": 5})
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import EntryPoint, entry_points
from typing import Any, ClassVar

from shared.plugins.acceptance import objections
from shared.plugins.conformance import checks_for
from shared.plugins.isolation import PluginFailed
from shared.plugins.kinds import GROUP_PREFIX
from shared.plugins.manifest import Manifest
from shared.plugins.plugin import Plugin, State
from shared.plugins.registry import Registry
from shared.plugins.settings import PluginSettings

HEAVY = (
    "bson", "cryptography", "docx", "eventlet", "flask", "kombu", "nameko", "numpy", "openpyxl", "ortools", "pandas",
    "pymongo", "rapidfuzz", "requests", "typst", "xlrd",
)  # fmt: skip
_ODD: tuple[Any, ...] = (None, "", "x" * 10_000, -1, 10**12, [], {}, "１２", True, 1.5)
_HAN = re.compile(r"[一-鿿]")
_LIGHT = """
import sys
from importlib.metadata import entry_points
group, name, heavy, body = sys.argv[1], sys.argv[2], sys.argv[3].split(","), sys.argv[4]
before = set(sys.modules)
next(entry for entry in entry_points(group=group) if entry.name == name).load()
added = {module.split(".")[0] for module in set(sys.modules) - before}
loaded = sorted(added & set(heavy)) + ([body] if body in sys.modules else [])
print(",".join(loaded))
"""


class PluginConformance:
    """What every plugin has to hold. ``plugin`` is ``kind/slug``; ``configs`` are configurations that must work."""

    plugin: ClassVar[str]
    configs: ClassVar[Sequence[Mapping[str, Any]]] = ({},)

    def test_it_is_declared_once_as_an_entry_point(self) -> None:
        """Exactly one installed distribution declares it."""
        assert len(self._entries()) == 1, f"{self.plugin}: declared {len(self._entries())} times in {self._group}"

    def test_its_manifest_is_accepted(self) -> None:
        """The registry has nothing to say against its card."""
        found = objections(self._manifest(), self._kind, self._slug)
        assert not found, "; ".join(each.en for each in found)

    def test_it_describes_itself_in_chinese_and_english(self) -> None:
        """Its summary, and the description of each configuration field, can be read by people."""
        summary = self._manifest().summary
        assert _HAN.search(summary.zh), f"the Chinese summary has no Chinese: {summary.zh!r}"
        assert re.search(r"[A-Za-z]{3}", summary.en), f"the English summary has no English: {summary.en!r}"
        silent = [field["name"] for field in self._manifest().to_wire()["config"] if not field["description"]]
        assert not silent, f"configuration fields without metadata description: {silent}"

    def test_its_manifest_is_light(self) -> None:
        """Reading its card imports neither its body nor anything heavy; tried in a fresh interpreter."""
        body = self._manifest().body.partition(":")[0]
        done = subprocess.run(  # noqa: S603 - our own interpreter, our own arguments
            [sys.executable, "-c", _LIGHT, self._group, self._slug, ",".join(HEAVY), body],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)},
        )
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() == "", f"reading the manifest imports {done.stdout.strip()}"

    def test_it_starts_with_each_of_its_configurations(self) -> None:
        """Its body loads and is built with every configuration it names."""
        for config in self.configs:
            assert self._started(config).state is State.STARTED

    def test_it_survives_odd_configuration(self) -> None:
        """Odd values are refused with a reason or taken; nothing else comes out of it."""
        for config in self._odd_configs():
            refusal = self._refusal(config)
            if refusal is not None:
                assert refusal.message.zh, f"no reason for {config!r}"
                assert refusal.message.en, f"no reason for {config!r}"
                assert refusal.details.get("state") == State.FAILED

    def test_it_keeps_the_protocol_of_its_kind(self) -> None:
        """It does what its extension point asks, with every configuration it names."""
        checks = checks_for(self._kind)
        assert checks, f"nobody declared in {GROUP_PREFIX}conformance what a plugin of kind {self._kind!r} must do"
        for config in self.configs:
            instance = self._started(config).instance
            for check in checks:
                check(instance, self._manifest())

    @property
    def _kind(self) -> str:
        return self.plugin.split("/", 1)[0]

    @property
    def _slug(self) -> str:
        return self.plugin.split("/", 1)[1]

    @property
    def _group(self) -> str:
        return GROUP_PREFIX + self._kind

    def _entries(self) -> list[EntryPoint]:
        return [entry for entry in entry_points(group=self._group) if entry.name == self._slug]

    def _manifest(self) -> Manifest:
        manifest = self._entries()[0].load()
        assert isinstance(manifest, Manifest)
        return manifest

    def _started(self, config: Mapping[str, Any]) -> Plugin:
        settings = PluginSettings()
        settings.configure(self.plugin, config)
        # Only itself is read, unless it needs others: the tests stay quick however many plugins are installed.
        return Registry(settings).discover(None if self._manifest().needs else self._entries()).load(self.plugin)

    def _refusal(self, config: Mapping[str, Any]) -> PluginFailed | None:
        try:
            self._started(config)
        except PluginFailed as refusal:
            return refusal
        return None

    def _odd_configs(self) -> Iterator[dict[str, Any]]:
        schema = self._manifest().config
        yield {"no_such_field_at_all": 1}
        for config in self.configs:
            for name in schema().fields if schema else ():
                for odd in _ODD:
                    yield {**config, name: odd}
