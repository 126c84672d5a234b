"""Every command of the runbook is run: ``diaoxun`` for real, what needs an engine by ``make -n``; none is stale."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import kombu
import pytest
import yaml

from shared.messaging import naming
from shared.storage.connection import connect
from tests.fixtures.broker import program
from tests.fixtures.command_line import Diaoxun
from tests.fixtures.runner_process import Place

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "deploy" / "runbook.md").read_text("utf-8")
EXAMINES = ("doctor", "plugins check", "migrate --check")
DAY, NEXT_DAY = "2020-05-11", "2020-05-12"
WORDS = {
    "$(date +%F)": DAY,
    "$DAY": DAY,
    "$SERVICE": "enrollment",
    "$ID": "evt_runbook",
    "$TRACE": "0af7651916cd43dd8448eb211c80319c",
    "$TAG": "HEAD",
}
PROBES = {"/readyz", "/livez", "/metrics"}


def commands() -> list[str]:
    found = []
    for block in re.findall(r"```console\n(.*?)```", TEXT, re.DOTALL):
        assert all(line.startswith("$ ") for line in block.splitlines()), block
        found += [line.removeprefix("$ ") for line in block.splitlines()]
    for word, meant in WORDS.items():
        found = [command.replace(word, meant) for command in found]
    return list(dict.fromkeys(found))


REHEARSAL = 'make diaoxun ARGS="rehearse http://gateway:8000"'  # run by tests/e2e/local/test_rehearsal.py
DIAOXUN = [command for command in commands() if command.startswith("make diaoxun ") and command != REHEARSAL]
MAKE = [command for command in commands() if command.startswith("make ")]
OTHERS = [command for command in commands() if not command.startswith("make ")]


@pytest.fixture(scope="module")
def environment(place: Place, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    var = tmp_path_factory.mktemp("var")
    return {**place.environment, "DIAOXUN_VAR": str(var), "DIAOXUN_CLOCK": "settable"}


@pytest.fixture
def run(
    diaoxun_with: Diaoxun, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], str]:
    """Run a ``make diaoxun`` line on the test's own broker and store; ``/backups`` is a folder of the test."""
    backups = tmp_path_factory.mktemp("backups")

    def run(command: str) -> str:
        words = dict(word.split("=", 1) for word in shlex.split(command)[2:])
        own = environment["DIAOXUN_DATABASE_PREFIX"]
        prefix = own + words.get("PREFIX", "")
        arguments = shlex.split(words["ARGS"].replace("/backups", str(backups)))
        done = diaoxun_with({**environment, "DIAOXUN_DATABASE_PREFIX": prefix}, *arguments)
        expected = (0, 1) if words["ARGS"].startswith(EXAMINES) else (0,)
        assert done.code in expected, f"{command}\n{done.out}{done.err}"
        return done.out

    return run


def test_every_diaoxun_command_does_what_it_says(run: Callable[[str], str], place: Place) -> None:
    run('make diaoxun ARGS="prepare"')
    confirmed = {"confirm_publish": True}
    with (
        kombu.Connection(place.amqp_uri, transport_options=confirmed) as connection,
        kombu.Producer(connection) as producer,
    ):
        producer.publish(
            json.dumps({"id": WORDS["$ID"], "type": "enrollment.trainee.admitted.v1"}),
            routing_key=naming.quarantine_queue("enrollment"),
            content_type="application/json",
            content_encoding="utf-8",
            headers={"diaoxun-queue": naming.rpc_queue("enrollment")},
        )
    said = {command: run(command) for command in DIAOXUN}
    assert WORDS["$ID"] in said['make diaoxun ARGS="dlq list enrollment"']
    assert "2020-05-11" in said['make diaoxun ARGS="clock move 2h"']
    drill = [command for command in DIAOXUN if f"/backups/{DAY}" in command and "--replace" not in command]
    for command in drill:  # the next night, and the next quarter
        run(command.replace(DAY, NEXT_DAY))
    assert len(drill) == 3
    with connect(place.mongodb_uri) as client:
        assert not [name for name in client.list_database_names() if name.startswith(f"{place.prefix}drill_")]
    assert said['make diaoxun ARGS="keys issue first --role organisation_department --days 90"'].startswith("dx_")


@pytest.mark.parametrize("command", MAKE)
def test_every_make_command_has_its_target(command: str) -> None:
    bare, _, _ = command.partition(" <")
    arguments = shlex.split(bare)
    done = subprocess.run(["make", "-n", *arguments[1:]], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    if arguments[1] == "broker":
        asked = shlex.split(arguments[2].removeprefix("ARGS="))[0]
        helped = subprocess.run(
            [program("rabbitmqctl"), "help", asked], capture_output=True, text=True, env={**os.environ, "HOME": "/tmp"}
        )
        assert f"{asked}" in helped.stdout.split("Usage", 1)[-1][:200], helped.stdout + helped.stderr


def test_every_other_command_runs(tmp_path: Path) -> None:
    """In a folder of its own, and with what would change this one replaced by its dry form."""
    (tmp_path / "var" / "secrets").mkdir(parents=True)
    (tmp_path / "deploy").symlink_to(ROOT / "deploy")
    subprocess.run(["bash", "deploy/docker/secrets", "var/secrets"], cwd=tmp_path, check=True, capture_output=True)
    before = (tmp_path / "var/secrets/amqp_uri_enrollment").read_text()
    for command in OTHERS:
        if command.startswith("curl "):
            assert "/" + command.rpartition("/")[2] in PROBES
            continue
        dry = command.replace("git checkout -q HEAD", f"git -C {ROOT} rev-parse --verify -q HEAD^0")
        done = subprocess.run(["bash", "-c", dry], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
    assert (tmp_path / "var/secrets/amqp_uri_enrollment").read_text() != before
    users = json.loads((tmp_path / "var/secrets/definitions.json").read_text())["users"]
    assert len(users) == 7


def test_every_alarm_has_its_part_and_every_part_its_alarm() -> None:
    files = [ROOT / "deploy/monitoring" / name for name in ("rules.yml", "rules-host.yml")]
    rules = [rule for file in files for rule in yaml.safe_load(file.read_text("utf-8"))["groups"][0]["rules"]]
    alarms, _, _ = TEXT.partition("## Ordinary work")
    assert set(re.findall(r"^### (\w+)$", alarms, re.MULTILINE)) == {rule["alert"] for rule in rules}
