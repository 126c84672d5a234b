"""The built-in plugins hold what is asked of everybody's: the same kit, plugin by plugin."""

from __future__ import annotations

from importlib.metadata import entry_points
from pathlib import Path

import pytest

from shared.plugins import known_kinds
from shared.plugins.conformance import checks_for
from shared.plugins.testing import PluginConformance

# Configurations of those that do not start without one.
CONFIGS: dict[str, tuple[dict[str, object], ...]] = {
    "channels/smtp": ({"host": "mail.example.cn", "sender": "tongzhi@example.cn"},),
    "fee_standards/city_table": (
        {
            "editions": [
                {
                    "effective_from": "2020-01-01",
                    "title": {"zh": "本市培训费标准", "en": "The city's training fees"},
                    "applies_to": {"zh": "市直机关", "en": "organs of the city"},
                    "source": "江财行〔2020〕3号",
                    "basis": "source",
                    "classes": [{"code": "all", "title": {"zh": "各类培训", "en": "all courses"}, "per_day": "420.50"}],
                }
            ]
        },
    ),
    "channels/sms_gateway": ({"url": "https://sms.example.cn/send", "token": "x", "names": {"to": "mobile"}},),
    "channels/fax_folder": ({"folder": "fax"},),
    "channels/apprise_email": ({"url": "mailtos://user:word@mail.example.cn?to={address}"},),
    "channels/apprise_sms": ({"url": "smsmanager://apikey@{address}", "short": True},),
}
BUILT_IN = sorted(
    f"{kind.name}/{entry.name}"
    for kind in known_kinds()
    for entry in entry_points(group=kind.group)
    if entry.dist is not None and entry.dist.name == "diaoxun"
)


def conformance(key: str) -> PluginConformance:
    return type("Built", (PluginConformance,), {"plugin": key, "configs": CONFIGS.get(key, ({},))})()


def test_there_are_built_in_plugins_of_the_main_line() -> None:
    kinds = {key.split("/")[0] for key in BUILT_IN}
    assert kinds >= {"services", "schedulers", "eligibility_rules", "channels", "documents", "importers"}


@pytest.mark.parametrize("key", BUILT_IN)
def test_a_built_in_plugin_is_declared_and_accepted(key: str) -> None:
    kit = conformance(key)
    kit.test_it_is_declared_once_as_an_entry_point()
    kit.test_its_manifest_is_accepted()
    kit.test_it_describes_itself_in_chinese_and_english()


@pytest.mark.parametrize("key", BUILT_IN)
def test_a_built_in_plugin_starts_and_survives_odd_configuration(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    kit = conformance(key)
    kit.test_it_starts_with_each_of_its_configurations()
    kit.test_it_survives_odd_configuration()


@pytest.mark.parametrize("key", BUILT_IN)
def test_a_built_in_plugin_keeps_the_protocol_of_its_kind(
    key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if checks_for(key.split("/")[0]):
        conformance(key).test_it_keeps_the_protocol_of_its_kind()


@pytest.mark.parametrize("kind", ["services", "eligibility_rules"])
def test_reading_a_manifest_is_light(kind: str) -> None:
    conformance(next(key for key in BUILT_IN if key.startswith(kind))).test_its_manifest_is_light()
