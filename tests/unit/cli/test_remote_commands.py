"""``diaoxun term``, ``table`` and ``year``: what is refused before, or for want of, a gateway."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from deploy.cli.app import app
from tests.fixtures.broker import free_port

KEY = {"DIAOXUN_KEY": "dx_test_secret"}


def test_without_a_key_nothing_is_asked(tmp_path: Path) -> None:
    empty = tmp_path / "key"
    empty.write_text("\n", encoding="utf-8")
    for more in ([], ["--key-file", str(empty)]):
        done = CliRunner().invoke(app, ["table", "form", "rooms", str(tmp_path / "x"), *more], env={"DIAOXUN_KEY": ""})
        assert (done.exit_code, "DIAOXUN_KEY" in done.stderr) == (2, True)
    done = CliRunner().invoke(app, ["table", "form", "rooms", "x", "--key-file", str(tmp_path / "none")])
    assert (done.exit_code, "none" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ["term", "timetable", "term_1"],
        ["term", "timetable", "term_1", "--compare", "1"],
        ["term", "timetable", "term_1", "--compare", "first:second"],
        ["year", "compare", "plan_1", "1"],
        ["year", "compare", "plan_1", "1:x"],
        ["table", "import", "people", "file.xlsx"],
        ["table", "import", "rooms", "/nowhere/file.xlsx"],
    ],
)
def test_what_cannot_be_asked_is_wrong_usage(arguments: list[str]) -> None:
    assert CliRunner().invoke(app, arguments, env=KEY).exit_code == 2


def test_a_gateway_that_is_not_there_is_named(tmp_path: Path) -> None:
    out, url = tmp_path / "form.xlsx", f"http://127.0.0.1:{free_port()}"
    done = CliRunner().invoke(app, ["table", "form", "rooms", str(out), "--url", url], env=KEY)
    assert (done.exit_code, url in done.stderr, out.exists()) == (1, True, False)
    for asked in (["versions", "plan_1"], ["compare", "plan_1", "1:2"]):
        done = CliRunner().invoke(app, ["year", *asked, "--url", url], env=KEY)
        assert (done.exit_code, url in done.stderr, done.stdout) == (1, True, "")
