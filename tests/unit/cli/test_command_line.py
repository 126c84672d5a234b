from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from deploy.cli import examination
from deploy.cli.clock import duration
from shared.config import default_settings
from shared.errors import Invalid
from shared.plugins import PluginSettings
from tests.fixtures.command_line import Diaoxun, Done

ROOT = Path(__file__).parents[3]
Run = Callable[..., Done]


@pytest.fixture
def diaoxun(diaoxun_with: Diaoxun, tmp_path: Path) -> Run:
    """The command line with a data directory of its own."""
    return lambda *arguments, **environment: diaoxun_with({"DIAOXUN_VAR": str(tmp_path), **environment}, *arguments)


def test_help_names_every_command_in_both_languages(diaoxun: Run) -> None:
    done = diaoxun("--help")
    assert done.code == 0
    for command in ("run", "serve", "gateway", "migrate", "doctor", "topology", "plugins", "dlq", "audit", "clock"):
        assert f" {command} " in done.out
    assert "年度培训计划" in done.out


def test_help_imports_no_driver() -> None:
    code = (
        "import sys, deploy.cli.app\n"
        "print(','.join(name for name in ('pymongo', 'kombu', 'nameko', 'eventlet', 'flask', 'ortools') "
        "if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, cwd=ROOT)
    assert done.stdout.strip() == "", done.stderr


def test_an_unknown_service_is_refused_in_both_languages_without_a_traceback(diaoxun: Run) -> None:
    done = diaoxun("serve", "nothing")
    assert done.code == 1
    assert "没有服务“nothing”" in done.err
    assert "no service nothing" in done.err
    assert "Traceback" not in done.err


def test_a_gateway_without_its_secret_is_refused_before_it_starts(diaoxun: Run) -> None:
    done = diaoxun("gateway", DIAOXUN_SECRET="")
    assert done.code == 1
    assert "DIAOXUN_SECRET" in done.err


def test_debug_lets_the_error_through() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "deploy.cli.app", "--debug", "clock", "set", "never"],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=ROOT,
    )
    assert done.returncode == 1
    assert "Traceback" in done.stderr


def test_wrong_settings_are_named_with_what_they_should_be(diaoxun: Run) -> None:
    done = diaoxun("plugins", "list", DIAOXUN_WORKERS="many")
    assert done.code == 1
    assert "DIAOXUN_WORKERS" in done.err
    assert "应为每个服务同时处理的消息数" in done.err


def test_plugins_are_listed_described_switched_off_and_on(diaoxun: Run) -> None:
    listed = diaoxun("plugins", "list", "--kind", "services", "--json").data
    assert "services/compliance" in [plugin["key"] for plugin in listed]

    assert diaoxun("plugins", "disable", "services/compliance").code == 0
    states = {plugin["key"]: plugin for plugin in diaoxun("plugins", "list", "--json").data}
    assert states["services/compliance"]["state"] == "disabled"
    assert "停用" in states["services/compliance"]["reason"]["zh"]

    assert diaoxun("plugins", "enable", "services/compliance").code == 0
    described = diaoxun("plugins", "describe", "services/compliance", "--json").data
    assert described["state"] == "discovered"
    assert described["manifest"]["body"] == "services.compliance.service:ComplianceService"


def test_a_plugin_is_configured_field_by_field_and_nothing_wrong_is_kept(diaoxun: Run, tmp_path: Path) -> None:
    settings = PluginSettings(tmp_path / "settings" / "plugins.json")
    first = ("plugins", "configure", "channels/smtp", "host=mail", "sender=tiaoxun@city.example")
    assert diaoxun(*first).code == 0
    assert diaoxun("plugins", "configure", "channels/smtp", "port=1025", "security=none").code == 0
    kept = settings.config("channels/smtp")
    wanted = {"host": "mail", "sender": "tiaoxun@city.example", "port": 1025, "security": "none"}
    assert kept == wanted
    refused = diaoxun("plugins", "configure", "channels/smtp", "port=99999")
    assert refused.code != 0
    assert "port" in refused.out + refused.err
    assert diaoxun("plugins", "configure", "channels/smtp", "port").code != 0
    assert settings.config("channels/smtp") == wanted


def test_plugins_are_shown_to_people_too(diaoxun: Run) -> None:
    assert "公民身份号码须有效" in diaoxun("plugins", "list").out
    assert "services.notification.plugins.smtp:Smtp" in diaoxun("plugins", "describe", "channels/smtp").out


def test_a_checked_plugin_that_fails_makes_the_exit_code_one(diaoxun: Run, tmp_path: Path) -> None:
    (tmp_path / "settings").mkdir()
    config = {"config": {"channels/smtp": {"port": "not a port"}}}
    (tmp_path / "settings" / "plugins.json").write_text(json.dumps(config), "utf-8")
    done = diaoxun("plugins", "check", "channels/smtp", "--json")
    assert done.code == 1
    assert "port" in done.data[0]["reason"]["en"]


def test_the_clock_is_set_and_moved_only_when_settable(diaoxun: Run) -> None:
    refused = diaoxun("clock", "set", "2020-05-11")
    assert refused.code == 1
    assert "DIAOXUN_CLOCK=settable" in refused.err
    assert diaoxun("clock", "show", "--json").data["clock"] == "system"

    settable = {"DIAOXUN_CLOCK": "settable"}
    assert diaoxun("clock", "set", "2020-05-11T09:00+08:00", **settable).code == 0
    assert diaoxun("clock", "move", "-1d", "--json", **settable).data["today"] == "2020-05-10"
    assert diaoxun("clock", "show", "--json", **settable).data["today"] == "2020-05-10"
    assert diaoxun("clock", "reset", "--json").data["clock"] == "settable", "a stack's clock is found by its file"


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("1d", timedelta(days=1)),
        ("2h30m", timedelta(hours=2, minutes=30)),
        ("-1w", timedelta(weeks=-1)),
        ("+45s", timedelta(seconds=45)),
    ],
)
def test_durations_are_written_shortly(text: str, length: timedelta) -> None:
    assert duration(text) == length


@pytest.mark.parametrize("text", ["", "d", "1y", "-", "tomorrow"])
def test_other_durations_are_refused(text: str) -> None:
    with pytest.raises(Invalid):
        duration(text)


@pytest.mark.parametrize(
    ("url", "broker", "state"),
    [
        ("http://127.0.0.1:8000", "amqp://127.0.0.1:1/", "notice"),
        ("https://localhost", "amqp://127.0.0.1:1/", "notice"),
        ("http://[::1]:8000/", "amqp://127.0.0.1:1/", "notice"),
        ("https://peixun.example.gov.cn", "amqp://127.0.0.1:1/", "well"),
        ("http://127.0.0.1:8700", "diaoxun+memory://doctor", "well"),
    ],
)
def test_doctor_remarks_a_public_address_nobody_else_can_follow(url: str, broker: str, state: str) -> None:
    settings = default_settings(public_url=url.rstrip("/"), amqp_uri=broker)
    (found,) = examination._address(settings)
    assert (found.what, found.state) == ("address", state)
    assert url.rstrip("/") in found.finding.zh
    assert ("DIAOXUN_PUBLIC_URL" in found.finding.en) == (state == "notice")


def test_doctor_says_what_is_wrong_and_what_to_do(diaoxun: Run) -> None:
    done = diaoxun(
        "doctor",
        "--json",
        DIAOXUN_SECRET="",
        AMQP_URI="amqp://guest:pa55word@127.0.0.1:1/",
        MONGODB_URI="mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=300",
    )
    assert done.code == 1
    trouble = {finding["what"]: finding for finding in done.data["findings"] if finding["state"] == "trouble"}
    assert "DIAOXUN_SECRET" in trouble["secrets"]["zh"]
    assert "AMQP_URI" in trouble["broker"]["zh"]
    assert ("address", "notice") in [(finding["what"], finding["state"]) for finding in done.data["findings"]]
    assert "pa55word" not in done.out
