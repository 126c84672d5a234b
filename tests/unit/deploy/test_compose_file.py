"""What `docker-compose.yml` promises of every container, read without a Docker engine."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
import yaml

from shared.errors import Unavailable

ROOT = Path(__file__).parents[3]
DOCKER = ROOT / "deploy" / "docker"
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))
CONTAINERS: dict[str, dict[str, Any]] = COMPOSE["services"]
FRONT = CONTAINERS["front"]
OURS = sorted(
    name
    for name, container in CONTAINERS.items()
    if container["image"].startswith("diaoxun/") and "SERVICE" in container["build"].get("args", {})
)
LASTING = sorted(set(CONTAINERS) - {"prepare", "owner"})
IMAGES = sorted({CONTAINERS[name]["build"]["args"]["SERVICE"] for name in OURS})


def locked(path: Path) -> dict[str, set[str]]:
    """Return each requirement of a lock file with its hashes."""
    found: dict[str, set[str]] = {}
    for block in re.split(r"\n(?=\S)", path.read_text("utf-8").strip()):
        found[block.split(" ", 1)[0]] = set(re.findall(r"--hash=(\S+)", block))
    return found


def test_every_installed_service_and_the_gateway_have_a_container() -> None:
    services = {each.name for each in entry_points(group="diaoxun.services")}
    assert services | {"gateway", "prepare"} == set(OURS)


@pytest.mark.parametrize("name", sorted(CONTAINERS))
def test_a_container_is_limited_and_cannot_gain_rights(name: str) -> None:
    container = CONTAINERS[name]
    assert re.fullmatch(r"\d+[mg]", container["mem_limit"])
    assert container["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in container["security_opt"]
    assert container["logging"]["options"]["max-size"]


@pytest.mark.parametrize("name", sorted(set(CONTAINERS) - {"owner"}))
def test_a_container_runs_as_nobody_special_on_a_file_system_it_cannot_write(name: str) -> None:
    container = CONTAINERS[name]
    assert container["user"] not in {"0", "root", "0:0"}
    assert container["read_only"] is True
    assert not {"cap_add", "privileged"} & set(container)


@pytest.mark.parametrize("name", OURS)
def test_our_containers_have_a_user_of_their_own_and_leave_no_zombies(name: str) -> None:
    assert int(CONTAINERS[name]["user"]) >= 1000
    assert CONTAINERS[name]["init"] is True


def test_what_hands_the_databases_volume_over_may_do_nothing_else_and_is_gone_before_anything_listens() -> None:
    owner = CONTAINERS["owner"]
    assert (owner["cap_add"], owner["network_mode"], owner["restart"]) == (["CHOWN"], "none", "no")
    assert owner["read_only"] is True
    assert owner["entrypoint"] == ["chown", CONTAINERS["mongo"]["user"], "/data/db"]  # no reading in closed folders
    assert owner["volumes"] == CONTAINERS["mongo"]["volumes"]
    assert CONTAINERS["mongo"]["depends_on"] == {"owner": {"condition": "service_completed_successfully"}}
    assert not {"ports", "networks", "secrets"} & set(owner)


@pytest.mark.parametrize("name", LASTING)
def test_a_lasting_container_is_looked_at_and_started_again(name: str) -> None:
    assert CONTAINERS[name]["healthcheck"]["test"][0] == "CMD"
    assert CONTAINERS[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", sorted(set(OURS) - {"prepare"}))
def test_a_service_starts_when_the_deployment_is_prepared_and_has_time_to_stop(name: str) -> None:
    container = CONTAINERS[name]
    assert container["depends_on"] == {"prepare": {"condition": "service_completed_successfully"}}
    assert int(container["stop_grace_period"].removesuffix("s")) > 25


def test_secrets_come_from_files_and_never_from_the_environment() -> None:
    for container in CONTAINERS.values():
        for variable in container.get("environment", {}):
            assert not re.search(r"PASS|SECRET$|KEYS?$|TOKEN|AMQP_URI$", variable), variable
        for secret in container.get("secrets", []):
            name = secret["source"] if isinstance(secret, dict) else secret
            assert COMPOSE["secrets"][name]["file"].startswith("./var/secrets/")


def test_only_the_front_is_open_to_outside_and_by_default_to_this_host_alone() -> None:
    assert COMPOSE["networks"]["inside"]["internal"] is True
    assert COMPOSE["networks"]["edge"]["internal"] is True
    usual = {name: container for name, container in CONTAINERS.items() if "profiles" not in container}
    assert [name for name, container in usual.items() if "ports" in container] == ["front"]
    assert FRONT["ports"] == ["${DIAOXUN_BIND:-127.0.0.1}:${DIAOXUN_PORT:-8000}:8000"]
    assert FRONT["networks"] == ["edge", "outside"]  # it reaches the gateways, and nothing behind them
    assert CONTAINERS["gateway"]["networks"] == ["inside", "edge"]
    assert CONTAINERS["rabbitmq"]["networks"] == CONTAINERS["mongo"]["networks"] == ["inside"]


@pytest.mark.parametrize("name", OURS)
def test_links_and_certificates_lead_to_the_front_unless_another_address_is_given(name: str) -> None:
    bound = re.findall(r"\$\{DIAOXUN_(?:BIND|PORT):-([^}]+)\}", FRONT["ports"][0])
    told = CONTAINERS[name]["environment"]["DIAOXUN_PUBLIC_URL"]
    assert told == "${DIAOXUN_PUBLIC_URL:-http://" + ":".join(bound) + "}"


def test_a_gateway_takes_leave_before_it_is_stopped_and_the_front_looks_for_that() -> None:
    assert CONTAINERS["gateway"]["labels"] == {"diaoxun.joins": "edge", "diaoxun.leave": "leave"}
    assert os.access(DOCKER / "leave", os.X_OK)
    told = (DOCKER / "front" / "haproxy.cfg").read_text("utf-8")
    assert "http-check expect ! string leaving" in told
    assert "server-template gateway 8 gateway:8000" in told


def test_what_the_front_says_when_no_gateway_answers_is_a_problem_like_ours() -> None:
    told = (DOCKER / "front" / "haproxy.cfg").read_text("utf-8")
    [said] = re.findall(r"string '(\{.*\})'", told)
    document = json.loads(said)
    assert (document["type"], document["status"], document["code"]) == (
        f"/problems/{Unavailable.code}", Unavailable.status, Unavailable.code,
    )  # fmt: skip
    assert document["title"] == Unavailable.title.zh
    assert set(document["message"]) == {"zh", "en"}


def test_caught_mail_is_for_trying_only_and_shown_to_this_host_alone() -> None:
    mail = CONTAINERS["mail"]
    assert mail["profiles"] == ["try"]
    assert [port.split(":")[0] for port in mail["ports"]] == ["127.0.0.1"]
    assert "mail" not in str([container.get("depends_on") for container in CONTAINERS.values()])


@pytest.mark.parametrize("image", [*IMAGES, "build", "mail"])
def test_a_lock_is_a_part_of_the_whole_lock(image: str) -> None:
    whole = locked(ROOT / "requirements.lock")
    part = locked(DOCKER / "locks" / f"{image}.txt")
    assert part
    for requirement, hashes in part.items():
        assert hashes, requirement
        assert hashes == whole.get(requirement), f"{requirement}: run deploy/docker/lock"


@pytest.mark.parametrize(
    ("image", "stranger"),
    [("notification", "ortools"), ("scheduling", "typst"), ("enrollment", "flask"), ("gateway", "rapidfuzz")],
)
def test_an_image_does_not_carry_the_dependencies_of_another(image: str, stranger: str) -> None:
    assert not [name for name in locked(DOCKER / "locks" / f"{image}.txt") if name.startswith(f"{stranger}==")]


def test_an_image_has_the_user_and_the_probe_that_compose_names() -> None:
    dockerfile = (DOCKER / "Dockerfile").read_text("utf-8")
    assert {CONTAINERS[name]["user"] for name in OURS} == set(re.findall(r"^USER (\d+)$", dockerfile, re.MULTILINE))
    for program in ("entrypoint", "healthy", "leave"):
        assert os.access(DOCKER / program, os.X_OK)
        assert f"deploy/docker/{program}" in dockerfile


def test_secrets_are_made_once_and_kept_from_others(tmp_path: Path) -> None:
    folder = tmp_path / "secrets"
    make = ["bash", str(DOCKER / "secrets"), str(folder)]
    subprocess.run(make, check=True, capture_output=True, timeout=30)
    first = {path.name: path.read_text("utf-8") for path in folder.iterdir()}
    assert set(first) == {Path(secret["file"]).name for secret in COMPOSE["secrets"].values()}
    assert folder.stat().st_mode & 0o077 == 0
    for user in json.loads(first["definitions.json"])["users"]:
        address = first["amqp_uri" if user["name"] == "diaoxun" else f"amqp_uri_{user['name']}"]
        password = address.split(":")[2].split("@")[0]
        kept = base64.b64decode(user["password_hash"])
        assert hashlib.sha256(kept[:4] + password.encode()).digest() == kept[4:]

    again = subprocess.run(make, check=True, capture_output=True, timeout=30, text=True)
    assert again.stdout == ""
    assert {path.name: path.read_text("utf-8") for path in folder.iterdir()} == first


def test_every_service_reaches_the_broker_as_a_user_of_its_own() -> None:
    users = {}
    for name in OURS:
        (told,) = [each for each in CONTAINERS[name]["secrets"] if "amqp_uri" in str(each)]
        source, target = (told, told) if isinstance(told, str) else (told["source"], told["target"])
        assert target == "amqp_uri"
        users[name] = source.removeprefix("amqp_uri").removeprefix("_")
    assert users == {name: "" if name == "prepare" else name for name in OURS}


def test_made_secrets_are_accepted_by_the_kit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from shared.config import read_settings
    from shared.runtime.provision import keyring_from, tokens_from

    subprocess.run(["bash", str(DOCKER / "secrets"), str(tmp_path)], check=True, capture_output=True, timeout=30)
    for variable, path in CONTAINERS["enrollment"]["environment"].items():
        if variable.endswith("_FILE"):
            monkeypatch.delenv(variable.removesuffix("_FILE"), raising=False)
            monkeypatch.setenv(variable, str(tmp_path / Path(path).name))
    settings = read_settings()
    assert settings.amqp_uri.endswith("@rabbitmq:5672/")
    assert keyring_from(settings).current == "k1"
    assert tokens_from(settings) is not None
