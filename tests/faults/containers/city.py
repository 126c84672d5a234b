"""A city in containers: what `make up` brings up, under a name of its own, to be broken through the engine."""

from __future__ import annotations

import os
import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import docker

from gateway.store import SCHEMA
from shared.clock import SystemClock
from shared.security.fields import Keyring
from shared.storage import Store
from tests.faults.target import BEGINNING, SERVICES, issue_keys, redeliveries
from tests.fixtures.broker import free_port, wait_until
from tests.fixtures.runner_process import ROOT

READY_SECONDS = 300.0
_UP_SECONDS = 1200.0
_LABEL = "com.docker.compose"
_OVERLAY = "tests/faults/containers/compose.yml"


def no_engine() -> str:
    """Return why no trial can run here, empty when one can."""
    if shutil.which("docker") is None:
        return "没有 docker 命令 / there is no docker command"
    try:
        docker.from_env().ping()
    except Exception as trouble:
        return f"没有可用的 Docker 引擎 / no Docker engine answers: {trouble}"
    return ""


class ContainerClock:
    """The clock of the deployment, set as an operator sets it."""

    def __init__(self, city: ContainerCity) -> None:
        self._city = city
        self._offset = timedelta()

    def now(self) -> datetime:
        """Return the instant of this clock."""
        return datetime.now(UTC) + self._offset

    def set(self, instant: datetime) -> None:
        """Go there, in any container that answers."""
        wait_until(lambda: self._set(instant), READY_SECONDS, "the clock is set")
        self._offset = instant - datetime.now(UTC)

    def _set(self, instant: datetime) -> bool:
        return any(self._city.runs(name, "diaoxun", "clock", "set", instant.isoformat()) for name in SERVICES)


class ContainerCity:
    """All containers of one deployment; the engine starts again what dies in them, as it does in service."""

    prefix = "diaoxun_"

    def __init__(self) -> None:
        self._engine = docker.from_env(timeout=120)
        self.project = f"dxfaults{uuid4().hex[:6]}"
        self._port, self._watch_port = free_port(), free_port()
        self.clock = ContainerClock(self)

    def start(self) -> ContainerCity:
        """Build and start everything, and wait until all of it is healthy."""
        self._make("up")
        self.clock.set(datetime.fromisoformat(BEGINNING))
        self.wait_ready()
        return self

    def upgrade(self, service: str, version: str) -> None:
        """Roll one service to another release, as an operator does."""
        self._make("upgrade", f"SERVICE={service}", version=version)

    def version(self, service: str) -> str:
        """Return the release that a service's container was built as."""
        return str(self.container(service).image.labels["org.opencontainers.image.version"])

    def environment(self, version: str = "faults") -> dict[str, str]:
        """Return what makes `make` act on this deployment."""
        return {
            **os.environ,
            "PROJECT": self.project,
            "DIAOXUN_PORT": str(self._port),
            "DIAOXUN_WATCH_PORT": str(self._watch_port),
            "COMPOSE_FILE": f"docker-compose.yml:{_OVERLAY}",
            "DIAOXUN_CLOCK": "settable",
            "DIAOXUN_DISABLED_PLUGINS": "report_passed",
            "DIAOXUN_VERSION": version,
        }

    def _make(self, *words: str, version: str = "faults") -> None:
        made = subprocess.run(
            ["make", *words], cwd=ROOT, env=self.environment(version), stdin=subprocess.DEVNULL,
            capture_output=True, text=True, timeout=_UP_SECONDS, check=False,
        )  # fmt: skip
        assert made.returncode == 0, made.stdout[-2000:] + made.stderr[-2000:]

    def container(self, service: str) -> Any:
        """Return the one container of a service as it is now."""
        labels = [f"{_LABEL}.project={self.project}", f"{_LABEL}.service={service}", f"{_LABEL}.oneoff=False"]
        [found] = self._engine.containers.list(all=True, filters={"label": labels})
        return found

    def network(self) -> Any:
        """Return the network of everything inside."""
        [found] = self._engine.networks.list(names=[f"{self.project}_inside"])
        return found

    def kill(self, service: str) -> None:
        """End every process of a service's container as a crash would: its restart policy brings it back."""
        self.runs(service, "sh", "-c", "kill -9 -1")

    def kill_server(self, service: str) -> None:
        """End a container at once from outside, as a host does that is short of memory, and start it again."""
        container = self.container(service)
        container.kill()
        container.start()

    def runs(self, service: str, *command: str) -> bool:
        """Run a command in a service's container and return whether it could."""
        try:
            return bool(self.container(service).exec_run(list(command)).exit_code == 0)
        except (docker.errors.APIError, ValueError):  # it is not there just now
            return False

    @property
    def urls(self) -> list[str]:
        return [f"http://127.0.0.1:{self._port}/api/v1"]

    @property
    def store_uri(self) -> str:
        return f"mongodb://{self._address('mongo')}:27017/?directConnection=true"

    @property
    def broker_uri(self) -> str:
        given = urlsplit(_secret("amqp_uri"))
        return f"amqp://{given.username}:{given.password}@{self._address('rabbitmq')}:5672/"

    @property
    def field_keys(self) -> str:
        return _secret("field_keys")

    def keys(self) -> dict[str, str]:
        """Issue the keys of the callers."""
        store = Store.open(
            self.store_uri, SCHEMA, clock=SystemClock(), keyring=Keyring.parse(self.field_keys), prefix=self.prefix
        )
        try:
            return issue_keys(store, _secret("caller_secret"))
        finally:
            store.close()

    def wait_ready(self, seconds: float = READY_SECONDS) -> None:
        """Wait until every service and the gateway is ready for work."""
        for name in SERVICES:
            wait_until(lambda name=name: bool(self._asked(name, "/readyz")), seconds, f"{name} is ready")  # type: ignore[misc]
        gateway = f"http://127.0.0.1:{self._port}/readyz"
        wait_until(lambda: bool(_get(gateway)), seconds, "the gateway is ready")

    def restarts(self) -> int:
        """Return how often the engine started something again by itself."""
        return sum(int(self.container(name).attrs["RestartCount"]) for name in (*SERVICES, "gateway"))

    def redelivered(self) -> dict[int, float]:
        pids = {name: int(self.container(name).attrs["State"]["Pid"]) for name in SERVICES}
        return {pid: redeliveries(self._asked(name, "/metrics")) for name, pid in pids.items()}

    def said(self) -> Iterator[tuple[str, str]]:
        """Yield what every container printed, and the measures of the services."""
        for name in (*SERVICES, "gateway", "front"):
            yield f"log of {name}", self.container(name).logs().decode(errors="replace")
        for name in SERVICES:
            yield f"measures of {name}", self._asked(name, "/metrics")

    def close(self) -> None:
        """Remove containers, volumes and networks of this deployment; the images stay."""
        mine = {"filters": {"label": f"{_LABEL}.project={self.project}"}}
        for container in self._engine.containers.list(all=True, **mine):
            container.remove(force=True, v=True)
        for volume in self._engine.volumes.list(**mine):
            volume.remove(force=True)
        for network in self._engine.networks.list(**mine):
            network.remove()
        self._engine.close()

    def _asked(self, service: str, path: str) -> str:
        try:
            return _get(f"http://{self._address(service)}:9100{path}")
        except ValueError:
            return ""

    def _address(self, service: str) -> str:
        """Return the address in the inner network, which this host reaches; it may change with every start."""
        address = str(
            self.container(service).attrs["NetworkSettings"]["Networks"][f"{self.project}_inside"]["IPAddress"]
        )
        if not address:
            raise ValueError(f"{service} has no address now")
        return address


def _secret(name: str) -> str:
    return (ROOT / "var" / "secrets" / name).read_text("utf-8").strip()


def _get(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return str(answer.read().decode()) if answer.status == 200 else ""
    except (OSError, urllib.error.URLError):
        return ""


@contextmanager
def running_containers() -> Iterator[ContainerCity]:
    """Give a running deployment, and clear it away."""
    city = ContainerCity()
    try:
        yield city.start()
    finally:
        city.close()
