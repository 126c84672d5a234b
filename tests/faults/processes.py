"""The processes of a city under faults, and whoever starts a dead one again, as a restart policy does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from tests.fixtures.broker import free_port, wait_until
from tests.fixtures.runner_process import ROOT

_LOOK_SECONDS = 0.2


class Kept(Protocol):
    """A process that can be started again."""

    def start(self) -> object:
        """Start it, or start it again."""

    @property
    def process(self) -> subprocess.Popen[bytes]:
        """The process that runs or ran last."""


class GatewayProcess:
    """One gunicorn with the gateway on a port of its own."""

    def __init__(self, folder: Path, environment: dict[str, str], workers: int = 1) -> None:
        self.log = folder / f"gateway-{uuid4().hex[:6]}.log"
        self.port = free_port()
        self._environment = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
        self._workers = workers
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v1"

    @property
    def process(self) -> subprocess.Popen[bytes]:
        assert self._process is not None
        return self._process

    def start(self) -> GatewayProcess:
        arguments = [
            "--worker-class", "gthread", "--workers", str(self._workers), "--threads", "16", "--bind",
            f"127.0.0.1:{self.port}", "--graceful-timeout", "15", "--no-control-socket", "gateway.wsgi:application",
        ]  # fmt: skip
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "gunicorn", *arguments],
                env=self._environment,
                cwd=self.log.parent,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        return self

    def ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            return False

    def wait_ready(self, seconds: float = 90.0) -> GatewayProcess:
        wait_until(self.ready, seconds, f"the gateway is ready; see {self.log}")
        return self

    def stop(self) -> int:
        """Stop it in order and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(40)

    def kill(self) -> None:
        """End master and workers at once."""
        if self._process is not None and self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait(10)


class Keeper:
    """Starts again what died; what is away on purpose stays away."""

    def __init__(self) -> None:
        self._kept: dict[str, Kept] = {}
        self._away: set[str] = set()
        self._lock = threading.RLock()
        self._over = threading.Event()
        self.restarts: dict[str, int] = {}
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def keep(self, name: str, process: Kept) -> None:
        """Look after a process from now on, or after one that comes back on purpose."""
        with self._lock:
            self._kept[name] = process
            self._away.discard(name)

    def let_go(self, name: str) -> None:
        """Leave a process alone, whatever becomes of it."""
        with self._lock:
            self._away.add(name)

    @property
    def away(self) -> frozenset[str]:
        """Who is away on purpose."""
        return frozenset(self._away)

    def forget(self, name: str) -> None:
        """Look after a process no more, which is gone for good."""
        with self._lock:
            self._kept.pop(name, None)

    def close(self) -> None:
        self._over.set()
        if self._thread.is_alive():
            self._thread.join(10)

    def _keep(self) -> None:
        while not self._over.is_set():
            with self._lock:
                for name, each in self._kept.items():
                    if name not in self._away and each.process.poll() is not None:
                        self.restarts[name] = self.restarts.get(name, 0) + 1
                        each.start()
            time.sleep(_LOOK_SECONDS)
