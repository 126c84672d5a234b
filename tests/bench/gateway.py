"""The gateway beside a Flask application with a ``ClusterRpcProxy`` per request: ``python -m tests.bench.gateway``.

Same service, same broker, same gunicorn (one process, 32 threads each), in turn; the middle one of three rounds.
Ours also checks the API key, scope, schema, limits and headers; the other does none of that.
"""

from __future__ import annotations

import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from gateway.administration.bootstrap import issue_key
from gateway.store import SCHEMA
from shared.clock import SystemClock
from shared.security.caller import Role
from shared.security.fields import Keyring
from shared.storage import Store
from tests.fixtures.broker import free_port
from tests.fixtures.store import StoreServer

SECRET = "bench-secret-" + "0" * 32
CALLERS = (1, 8, 32)
SECONDS = 2.0
ROUNDS = 3
TO_REACH = 5.0
Figures = tuple[float, float, float]


@contextmanager
def child(*arguments: str, **environ: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program while the block lasts."""
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", *arguments],
        env={**os.environ, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


@contextmanager
def web(kind: str, **environ: str) -> Iterator[int]:
    """Serve one of the applications; yield its port once it answers."""
    port = free_port()
    options = ("--worker-class", "gthread", "--workers", "2", "--threads", "16", "--bind", f"127.0.0.1:{port}")
    with child("-m", "gunicorn", *options, f"tests.bench.gateway_apps:{kind}", **environ):
        ends = time.monotonic() + 30
        while True:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
                connection.request("GET", "/")
                connection.getresponse().read()
                break
            except OSError:
                if time.monotonic() > ends:
                    raise
                time.sleep(0.1)
        yield port


def load(port: int, key: str, callers: int, write: bool) -> Figures:
    """Ask from so many threads for some seconds; return requests a second, p50 and p99 in milliseconds."""
    took: list[float] = []
    begin, end = threading.Barrier(callers + 1), threading.Event()
    body = json.dumps({"title": "公务员培训计划", "count": 3}).encode() if write else b""
    line_one = "POST /api/v1/shelves/s1/rows" if write else "GET /api/v1/shelves/s1"
    head = f"{line_one} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n"
    if write:
        head += f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n"
    sent = head.encode() + b"\r\n" + body

    def call() -> None:
        with socket.create_connection(("127.0.0.1", port), 30) as line:
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            begin.wait()
            while not end.is_set():
                start = time.perf_counter()
                line.sendall(sent)
                answer = _answer(line)
                if not answer.startswith(b"HTTP/1.1 200"):
                    raise RuntimeError(answer.decode())
                took.append((time.perf_counter() - start) * 1000)

    threads = [threading.Thread(target=call) for _ in range(callers)]
    for thread in threads:
        thread.start()
    begin.wait()
    began = time.perf_counter()
    end.wait(SECONDS)
    end.set()
    for thread in threads:
        thread.join()
    cuts = statistics.quantiles(took, n=100)
    return len(took) / (time.perf_counter() - began), cuts[49], cuts[98]


def _answer(line: socket.socket) -> bytes:
    """Read one response; http.client would cost as much as the server that is measured."""
    found = b""
    while (end := found.find(b"\r\n\r\n")) < 0:
        found += line.recv(65536)
    head = found[:end].lower()
    at = head.index(b"content-length:") + 15
    wanted = end + 4 + int(head[at:].split(b"\r\n", 1)[0])
    while len(found) < wanted:
        found += line.recv(65536)
    return found


def run(amqp_uri: str) -> dict[tuple[str, str, int], Figures]:
    """Measure both applications; keys of the answer: application, ``read`` or ``write``, callers."""
    results: dict[tuple[str, str, int], Figures] = {}
    with ExitStack() as closing:
        server = StoreServer(Path(closing.enter_context(tempfile.TemporaryDirectory())))
        closing.callback(server.kill)
        store_uri = server.start()
        store = Store.open(
            store_uri, SCHEMA, clock=SystemClock(), keyring=Keyring.parse("k1:" + "A" * 43 + "="), prefix="bench_"
        )
        store.ensure()
        key = issue_key(store, SystemClock(), (SECRET,), "bench", [Role.ORGANISATION_DEPARTMENT])
        service = closing.enter_context(child("-m", "tests.bench.gateway_service", amqp_uri, SECRET))
        assert service.stdout is not None
        assert service.stdout.readline().strip() == b"ready", "the service did not start"
        environ = {"BENCH_AMQP": amqp_uri, "BENCH_STORE": store_uri, "BENCH_SECRET": SECRET}
        ports = {kind: closing.enter_context(web(kind, **environ)) for kind in ("ours", "proxies")}
        for port in ports.values():
            load(port, key, 4, write=False)
        for callers in CALLERS:
            for what in ("read", "write"):
                # In turn and several times, so that whatever else the machine does falls on both alike.
                seen: dict[str, list[Figures]] = {kind: [] for kind in ports}
                for _ in range(ROUNDS):
                    for kind, port in ports.items():
                        seen[kind].append(load(port, key, callers, what == "write"))
                for kind, figures in seen.items():
                    results[kind, what, callers] = sorted(figures)[ROUNDS // 2]
        store.close()
    return results


def main() -> None:
    """Print the table and the ratios."""
    results = run(sys.argv[1] if len(sys.argv) > 1 else "amqp://guest:guest@127.0.0.1:5672//")
    names = {"ours": "gateway", "proxies": "proxy per request"}
    print(f"{'':8}{'callers':>8}  {names['ours']:^30}  {names['proxies']:^30}  ratio")
    print(f"{'':16}" + f"  {'req/s':>10}{'p50 ms':>10}{'p99 ms':>10}" * 2)
    for what in ("read", "write"):
        for callers in CALLERS:
            mine, theirs = results["ours", what, callers], results["proxies", what, callers]
            cells = "".join(f"  {rate:>10.0f}{p50:>10.2f}{p99:>10.2f}" for rate, p50, p99 in (mine, theirs))
            print(f"{what:8}{callers:>8}{cells}  {mine[0] / theirs[0]:.1f}")
    worst = min(results["ours", "read", n][0] / results["proxies", "read", n][0] for n in CALLERS)
    print(f"reads, gateway / proxy per request, at least: {worst:.1f} (to reach: {TO_REACH})")


if __name__ == "__main__":
    main()
