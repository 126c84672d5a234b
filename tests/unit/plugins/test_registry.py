from __future__ import annotations

import sys
import time
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from marshmallow import Schema, fields, validate

from shared.errors import Conflict, Unavailable
from shared.plugins import (
    Manifest,
    PluginAmbiguous,
    PluginFailed,
    PluginMissing,
    PluginSettings,
    Registry,
    State,
)
from shared.wording import Words

HERE = Path(__file__).parent
BODY = "diaoxun_test_strangers"
Declare = Callable[..., EntryPoint]


class GreeterConfig(Schema):
    greeting = fields.String(load_default="您好", validate=validate.Length(1, 10))


def card(**changes: Any) -> Manifest:
    given: dict[str, Any] = {
        "slug": "greeter",
        "kind": "channels",
        "version": "1.2.0",
        "api_version": "1",
        "summary": Words("问候", "greets"),
        "body": f"{BODY}:Greeter",
        "config": GreeterConfig,
    }
    return Manifest(**{**given, **changes})


@pytest.fixture
def declare(monkeypatch: pytest.MonkeyPatch) -> Declare:
    """Declare a manifest as an entry point would; the body module can be imported, and is not yet."""
    monkeypatch.syspath_prepend(str(HERE / "bodies"))
    monkeypatch.delitem(sys.modules, BODY, raising=False)
    count = iter(range(100))

    def entry(manifest: Any = None, *, group: str = "channels", name: str = "greeter", **changes: Any) -> EntryPoint:
        module = ModuleType(f"diaoxun_test_card_{next(count)}")
        module.MANIFEST = card(**changes) if manifest is None else manifest  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, module.__name__, module)
        return EntryPoint(name, f"{module.__name__}:MANIFEST", f"diaoxun.{group}")

    yield entry  # type: ignore[misc]
    sys.modules.pop(BODY, None)


def test_a_body_is_imported_only_when_loaded(declare: Declare) -> None:
    registry = Registry().discover([declare()])
    assert registry.get("greeter").state is State.DISCOVERED
    assert BODY not in sys.modules

    plugin = registry.load("greeter")

    assert plugin.state is State.STARTED
    assert plugin.instance.greet("江城") == "您好，江城"
    assert [step.state for step in plugin.history] == [State.DISCOVERED, State.LOADED, State.STARTED]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"slug": "Greeter-1"}, "lower-case"),
        ({"slug": "other"}, "make them the same"),
        ({"kind": "documents"}, "stands in the group"),
        ({"version": "one"}, "is not a version"),
        ({"api_version": "2"}, "is not spoken here"),
        ({"api_version": "1.1"}, "is not spoken here"),
        ({"api_version": "latest"}, "is not spoken here"),
        ({"summary": Words("", "greets")}, "Chinese and English"),
        ({"body": "no colon here"}, "module:attribute"),
        ({"config": {"a": 1}}, "Schema class"),
        ({"needs": ("module:no_such_module_anywhere",)}, "is missing: install it first"),
        ({"needs": ("channels/nobody",)}, "missing or not usable"),
    ],
)
def test_a_card_that_does_not_hold_is_refused_before_its_body_is_imported(
    declare: Declare, changes: dict[str, Any], said: str
) -> None:
    plugin = Registry().discover([declare(**changes)]).get("channels/greeter")

    assert plugin.state is State.FAILED
    assert plugin.reason is not None
    assert said in plugin.reason.en
    assert plugin.reason.zh
    assert BODY not in sys.modules


def test_something_that_is_no_manifest_is_refused(declare: Declare) -> None:
    plugin = Registry().discover([declare("a string")]).get("greeter")
    assert plugin.reason is not None
    assert "leads to a str" in plugin.reason.en


def test_a_manifest_that_cannot_be_imported_fails_alone(declare: Declare) -> None:
    broken = EntryPoint("broken", "no_such_module_of_ours:MANIFEST", "diaoxun.channels")
    registry = Registry().discover([broken, declare()])

    assert registry.get("broken").state is State.FAILED
    assert "no_such_module_of_ours" in registry.get("broken").trouble
    assert [plugin.slug for plugin in registry.of_kind("channels")] == ["greeter"]


def test_the_second_of_two_plugins_of_one_name_is_left_out(declare: Declare) -> None:
    registry = Registry().discover([declare(), declare(version="9.0.0")])
    first, second = sorted(registry, key=lambda plugin: plugin.state is State.FAILED)

    assert first.usable
    assert second.state is State.FAILED
    assert second.reason is not None
    assert "already provided" in second.reason.en
    assert registry.get("greeter") is first


def test_a_slug_of_two_kinds_must_be_written_in_full(declare: Declare) -> None:
    registry = Registry().discover([declare(), declare(kind="documents", group="documents")])
    with pytest.raises(PluginAmbiguous, match="kind/slug"):
        registry.get("greeter")
    assert registry.get("documents/greeter").kind == "documents"


def test_an_unknown_plugin_is_named(declare: Declare) -> None:
    with pytest.raises(PluginMissing, match="nobody"):
        Registry().discover([]).get("nobody")


def test_a_plugin_that_exits_while_it_starts_does_not_stop_its_host(declare: Declare) -> None:
    registry = Registry().discover([declare(body=f"{BODY}:Quitter", config=None)])
    with pytest.raises(PluginFailed, match="SystemExit"):
        registry.load("greeter")
    assert registry.get("greeter").state is State.FAILED
    assert registry.of_kind("channels") == []


def test_calls_are_isolated(declare: Declare) -> None:
    registry = Registry().discover([declare()])
    plugin = registry.load("greeter")
    body = sys.modules[BODY]

    with pytest.raises(PluginFailed, match="SystemExit"):
        registry.guarded_call(plugin, body.leave)
    started = time.monotonic()
    with pytest.raises(PluginFailed, match="left behind"):
        registry.guarded_call(plugin, body.hang, timeout=0.05)
    assert time.monotonic() - started < 20
    with pytest.raises(PluginFailed) as caught:
        registry.guarded_call(plugin, plugin.instance.greet, timeout=None)

    assert caught.value.details["cause"] == "TypeError"
    assert plugin.crashes == 3
    assert plugin.state is State.STARTED
    assert registry.guarded_call(plugin, plugin.instance.greet, "东湖") == "您好，东湖"


def test_a_fault_of_a_plugin_is_its_answer_and_passes(declare: Declare) -> None:
    registry = Registry().discover([declare()])

    def refuse() -> None:
        raise Unavailable("邮件服务器不可用", "the mail server is away")

    with pytest.raises(Unavailable):
        registry.guarded_call("greeter", refuse)
    assert registry.get("greeter").crashes == 0


def test_what_a_plugin_says_in_its_error_does_not_cross_the_wire(declare: Declare) -> None:
    registry = Registry().discover([declare()])

    def tell() -> None:
        raise ValueError("张三 110101199003074258")

    with pytest.raises(PluginFailed) as caught:
        registry.guarded_call("greeter", tell)
    assert "110101199003074258" not in str(caught.value.to_wire())


def test_configuration_is_validated_and_given_to_the_body(declare: Declare, tmp_path: Path) -> None:
    settings = PluginSettings(tmp_path / "plugins.json")
    settings.configure("channels/greeter", {"greeting": "欢迎"})
    registry = Registry(settings).discover([declare()])
    assert registry.load("greeter").instance.greet("学员") == "欢迎，学员"


def test_a_configuration_field_may_have_any_name(declare: Declare) -> None:
    class Config(Schema):
        timeout = fields.Integer(load_default=3)
        name = fields.String(load_default="n")
        fn = fields.String(load_default="f")

    registry = Registry().discover([declare(body=f"{BODY}:Configured", config=Config)])
    assert registry.load("greeter").instance.config == {"timeout": 3, "name": "n", "fn": "f"}


def test_wrong_configuration_fails_the_plugin_and_names_the_field(declare: Declare) -> None:
    settings = PluginSettings()
    settings.configure("channels/greeter", {"greeting": ""})
    registry = Registry(settings).discover([declare()])
    with pytest.raises(PluginFailed, match="greeting"):
        registry.load("greeter")


def test_a_plugin_nobody_configured_is_switched_off_rather_than_broken(declare: Declare) -> None:
    class Config(Schema):
        host = fields.String(required=True)

    registry = Registry().discover([declare(config=Config)])
    with pytest.raises(PluginFailed, match="not configured yet, it needs: host"):
        registry.load("greeter")
    assert registry.get("greeter").state is State.DISABLED


def test_a_secret_of_the_configuration_may_lie_in_a_file(declare: Declare, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("早上好\n", "utf-8")
    settings = PluginSettings(tmp_path / "plugins.json")
    settings.configure("channels/greeter", {"greeting": {"from_file": str(tmp_path / "secret")}})
    registry = Registry(settings).discover([declare()])
    assert registry.load("greeter").instance.greeting == "早上好"


def test_a_disabled_plugin_is_not_even_read_and_stays_disabled(tmp_path: Path, declare: Declare) -> None:
    path = tmp_path / "settings" / "plugins.json"
    Registry(PluginSettings(path)).discover([declare()]).disable("greeter")

    broken = EntryPoint("greeter", "no_such_module_of_ours:MANIFEST", "diaoxun.channels")
    plugin = Registry(PluginSettings(path)).discover([broken]).get("greeter")

    assert plugin.state is State.DISABLED
    assert plugin.manifest is None


def test_the_environment_switches_plugins_off_for_one_process(declare: Declare) -> None:
    registry = Registry(PluginSettings(disabled=["greeter"])).discover([declare()])
    with pytest.raises(PluginFailed, match="DIAOXUN_DISABLED_PLUGINS"):
        registry.load("greeter")


def test_an_unreadable_settings_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "plugins.json").write_text("{not json", "utf-8")
    with pytest.raises(Exception, match=r"plugins\.json"):
        PluginSettings(tmp_path / "plugins.json").disabled_by("channels/greeter")


def test_plugins_are_picked_by_capability(declare: Declare) -> None:
    registry = Registry().discover([declare(capabilities=("sms", "receipt"))])
    assert [plugin.slug for plugin in registry.with_capability("channels", "receipt")] == ["greeter"]
    assert registry.with_capability("channels", "fax") == []


def test_a_body_that_is_no_class_is_used_as_it_is(declare: Declare) -> None:
    registry = Registry().discover([declare(body=f"{BODY}:plain_function", config=None)])
    assert registry.load("greeter").instance() == "called as it is"


def test_loading_all_leaves_out_what_fails(declare: Declare) -> None:
    registry = Registry().discover(
        [declare(), declare(slug="quitter", name="quitter", body=f"{BODY}:Quitter", config=None)]
    )
    assert [plugin.slug for plugin in registry.load_all("channels")] == ["greeter"]
    assert issubclass(PluginAmbiguous, Conflict)


def test_what_an_image_of_another_service_has_no_packages_for_has_not_failed(declare: Declare) -> None:
    lacking = {"needs": ("module:no_such_module_anywhere",)}
    foreign = {**lacking, "body": "services.notification.plugins.smtp:Smtp"}

    def state(image: str, **changes: Any) -> State:
        return Registry(PluginSettings(image=image)).discover([declare(**changes)]).get("greeter").state

    assert state("enrollment", **foreign) is State.DISABLED
    assert state("notification", **foreign) is State.FAILED
    assert state("", **foreign) is State.FAILED
    assert state("enrollment", **lacking) is State.FAILED
    assert state("enrollment", **foreign, version="one") is State.FAILED
