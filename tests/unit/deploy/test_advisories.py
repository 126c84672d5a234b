"""`make audit`: known vulnerabilities are found, and where nobody could be asked, nothing is called safe."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from deploy.advisories.shelf import Shelf
from tests.fixtures.broker import free_port

ROOT = Path(__file__).parents[3]
FOUND, UNSAID = 1, 69
_HASH = "--hash=sha256:" + "0" * 64
LOCK = f"amqp==5.4.2 \\\n    {_HASH}\npyyaml==6.0.3 \\\n    {_HASH}\n"


def advisory(name: str, **more: Any) -> dict[str, Any]:
    span = {"type": "ECOSYSTEM", "events": [{"introduced": "6.0"}, {"fixed": "6.0.4"}]}
    return {
        "id": "PYSEC-0000-1", "schema_version": "1.7.0", "modified": "2026-11-20T00:00:00Z", "summary": "made up",
        "affected": [{"package": {"ecosystem": "PyPI", "name": name}, "ranges": [span]}],
        **more,
    }  # fmt: skip


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    path = tmp_path / "lock.txt"
    path.write_text(LOCK, "utf-8")
    return path


def audit(lock: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "deploy.advisories", "--lock", str(lock), *words]
    told = {**os.environ, **environment}
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=200, env=told)


class Service:
    """An advisory service that answers every question with what it is told to, and keeps the questions."""

    def __init__(self) -> None:
        self.status = 200
        self.knows: dict[str, Any] = {}
        self.asked: list[tuple[str, str]] = []

    def answer(self, question: dict[str, Any]) -> bytes:
        self.asked.append((question["package"]["name"], question["version"]))
        return json.dumps(self.knows.get(question["package"]["name"], {})).encode()


@pytest.fixture
def service() -> Iterator[tuple[Service, str]]:
    told = Service()

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = told.answer(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(told.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield told, f"http://127.0.0.1:{server.server_port}/v1/query"
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_vulnerable_pin_is_found_and_said_with_its_images(lock: Path, service: tuple[Service, str]) -> None:
    told, address = service
    told.knows = {"pyyaml": {"vulns": [advisory("pyyaml")]}}
    done = audit(lock, "--service", address)
    assert done.returncode == FOUND, done.stderr
    assert "pyyaml 6.0.3  PYSEC-0000-1  → 6.0.4" in done.stdout
    assert "notification" in done.stdout


def test_where_nothing_is_known_every_pin_was_asked_for(lock: Path, service: tuple[Service, str]) -> None:
    told, address = service
    done = audit(lock, "--service", address)
    assert done.returncode == 0, done.stderr
    assert sorted(told.asked) == [("amqp", "5.4.2"), ("pyyaml", "6.0.3")]
    assert "2 个软件包" in done.stdout


def test_a_service_out_of_reach_or_in_trouble_says_nothing_is_known(lock: Path, service: tuple[Service, str]) -> None:
    told, address = service
    told.status = 500
    for place in (f"http://127.0.0.1:{free_port()}/v1/query", address):
        done = audit(lock, "--service", place)
        assert done.returncode == UNSAID, done.stdout + done.stderr
        assert done.stdout == ""
        assert "不能说没有漏洞" in done.stderr


@pytest.mark.parametrize("packed", [False, True])
def test_advisories_brought_along_need_no_network(lock: Path, tmp_path: Path, packed: bool) -> None:
    place = tmp_path / "advisories"
    place.mkdir()
    (place / "PYSEC-0000-1.json").write_text(json.dumps(advisory("PyYAML")), "utf-8")
    if packed:
        with zipfile.ZipFile(place.with_suffix(".zip"), "w") as archive:
            archive.write(place / "PYSEC-0000-1.json", "PYSEC-0000-1.json")
        place = place.with_suffix(".zip")
    done = audit(lock, "--advisories", str(place))
    assert done.returncode == FOUND, done.stderr
    assert "PYSEC-0000-1" in done.stdout
    assert "2026-11-20" in done.stdout


def test_no_advisories_where_they_should_be_say_nothing(lock: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    broken = tmp_path / "broken.zip"
    broken.write_bytes(b"not a zip")
    for place in (tmp_path / "empty", tmp_path / "nowhere", broken):
        assert audit(lock, "--advisories", str(place)).returncode == UNSAID


@pytest.mark.parametrize(
    "content",
    [
        [],
        None,
        advisory("pyyaml", affected=None),
        advisory("pyyaml", affected=[{"package": {"ecosystem": "PyPI"}}]),
        advisory("pyyaml", affected=[{"package": {"ecosystem": "PyPI", "name": "pyyaml"}, "ranges": None}]),
    ],
)
def test_what_is_no_advisory_is_named_and_nothing_is_called_found(lock: Path, tmp_path: Path, content: Any) -> None:
    place = tmp_path / "advisories"
    place.mkdir()
    (place / "PYSEC-0000-1.json").write_text(json.dumps(content), "utf-8")
    done = audit(lock, "--advisories", str(place))
    assert (done.returncode, done.stdout) == (UNSAID, "")
    assert "PYSEC-0000-1" in done.stderr
    assert "不能说没有漏洞" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_examination_that_breaks_calls_nothing_found(tmp_path: Path) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_bytes(b"\xff")
    done = audit(lock, "--advisories", str(tmp_path))
    assert (done.returncode, done.stdout) == (UNSAID, "")
    assert "核查程序出错" in done.stderr


def test_advisories_brought_along_are_read_behind_a_proxy(lock: Path, tmp_path: Path) -> None:
    place = tmp_path / "advisories"
    place.mkdir()
    (place / "PYSEC-0000-1.json").write_text(json.dumps(advisory("pyyaml")), "utf-8")
    proxy = f"http://127.0.0.1:{free_port()}"
    proxies = {"HTTP_PROXY": proxy, "http_proxy": proxy, "NO_PROXY": "", "no_proxy": ""}
    done = audit(lock, "--advisories", str(place), **proxies)
    assert done.returncode == FOUND, done.stderr


def test_a_lock_without_hashes_is_not_called_safe(tmp_path: Path, service: tuple[Service, str]) -> None:
    lock = tmp_path / "lock.txt"
    lock.write_text("amqp==5.4.2\n", "utf-8")
    assert audit(lock, "--service", service[1]).returncode == UNSAID


@pytest.mark.parametrize(
    ("version", "affected"),
    [("5.9", False), ("6.0", True), ("6.0.3", True), ("6.0.4", False), ("7.0", True), ("7.1", True), ("7.2", False)],
)
def test_which_versions_an_advisory_speaks_of(tmp_path: Path, version: str, affected: bool) -> None:
    told = advisory("a-b")
    told["affected"][0]["ranges"][0]["events"] += [{"introduced": "7.0"}, {"last_affected": "7.1"}]
    (tmp_path / "one.json").write_text(json.dumps(told), "utf-8")
    assert bool(Shelf(tmp_path).about("A_b", version)) is affected


def test_a_withdrawn_advisory_is_no_finding(lock: Path, tmp_path: Path) -> None:
    place = tmp_path / "advisories"
    place.mkdir()
    told = advisory("pyyaml", withdrawn="2026-11-21T00:00:00Z")
    (place / "one.json").write_text(json.dumps(told), "utf-8")
    assert audit(lock, "--advisories", str(place)).returncode == 0
