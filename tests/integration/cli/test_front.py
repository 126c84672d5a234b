"""The front's HAProxy, its own settings before a server of the test: what it passes on, and what it keeps inside."""

from __future__ import annotations

import http.client
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.fixtures.broker import free_port, program, wait_until

SETTINGS = Path(__file__).parents[3] / "deploy" / "docker" / "front" / "haproxy.cfg"


class Gateway(BaseHTTPRequestHandler):
    """Answers every path with the headers it was asked with."""

    def do_GET(self) -> None:
        told = "\n".join(["ready", *(f"{name}: {value}" for name, value in self.headers.items())]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, format: str, *args: object) -> None:
        return


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of HAProxy before one server: Docker's name server, which finds gateways, is not here."""
    server, port = ThreadingHTTPServer(("127.0.0.1", 0), Gateway), free_port()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    own = SETTINGS.read_text("utf-8").replace("bind :8000", f"bind 127.0.0.1:{port}")
    found, _, _ = own.partition("    server-template ")
    file = tmp_path_factory.mktemp("front") / "haproxy.cfg"
    file.write_text(f"{found}    server gateway1 127.0.0.1:{server.server_port} check inter 500ms\n", "utf-8")
    with subprocess.Popen([program("haproxy"), "-db", "-f", str(file)], stderr=subprocess.DEVNULL) as process:
        try:
            wait_until(lambda: ask(port, "/readyz")[0] == 200, 30, "the front answers")
            yield port
        finally:
            process.kill()
            server.shutdown()
            server.server_close()


def ask(port: int, path: str, **headers: str) -> tuple[int, str, http.client.HTTPMessage | None]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.headers
    except OSError:
        return 0, "", None
    finally:
        connection.close()


def test_haproxy_takes_the_settings_as_they_are() -> None:
    checked = subprocess.run([program("haproxy"), "-c", "-f", str(SETTINGS)], capture_output=True, text=True)
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("path", ["/metrics", "/metrics?x=1", "/%6detrics", "//metrics", "/metrics/", "/%2fmetrics"])
def test_measures_stay_inside_however_their_path_is_written(front: int, path: str) -> None:
    assert ask(front, path)[0] == 404


def test_where_a_request_came_from_is_added_to_what_the_caller_says(front: int) -> None:
    said = {"X-Forwarded-For": "10.9.9.9", "X-Forwarded-Proto": "https", "Host": "city.example"}
    status, told, _ = ask(front, "/api/v1/plans", **said)
    assert status == 200
    found: dict[str, list[str]] = {"for": [], "proto": [], "host": []}
    for line in told.lower().splitlines():
        name, _, value = line.partition(": ")
        if name.startswith("x-forwarded-"):
            found[name.removeprefix("x-forwarded-")].append(value)
    assert [found[name][-1] for name in ("for", "proto", "host")] == ["127.0.0.1", "http", "city.example"]
