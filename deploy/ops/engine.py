"""The containers of one deployment, as the Docker engine tells of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from shared.errors import NotFound, Unavailable

_PROJECT, _SERVICE = "com.docker.compose.project", "com.docker.compose.service"
_ONE_OFF = "com.docker.compose.oneoff"


class Api(Protocol):
    """The part of the SDK's low-level client that is used here (``docker.APIClient``)."""

    def containers(self, **options: Any) -> list[dict[str, Any]]:
        """List containers."""

    def inspect_container(self, container: str) -> dict[str, Any]:
        """Tell everything of one."""

    def inspect_image(self, image: str) -> dict[str, Any]:
        """Tell everything of an image."""

    def create_container_from_config(self, config: dict[str, Any], name: str) -> dict[str, Any]:
        """Make one."""

    def connect_container_to_network(self, container: str, net_id: str, **options: Any) -> None:
        """Put one into a network."""

    def start(self, container: str) -> None:
        """Start one."""

    def stop(self, container: str, timeout: int) -> None:
        """Stop one, and kill it after ``timeout`` seconds."""

    def remove_container(self, container: str, **options: Any) -> None:
        """Remove one."""

    def rename(self, container: str, name: str) -> None:
        """Give one another name."""

    def exec_create(self, container: str, cmd: list[str]) -> dict[str, Any]:
        """Prepare a command in one."""

    def exec_start(self, exec_id: str) -> bytes:
        """Run it and return what it printed."""

    def logs(self, container: str, **options: Any) -> Any:
        """Return what one printed."""


@dataclass(frozen=True)
class Container:
    """One container: what ``docker inspect`` says of it, and the service it runs."""

    id: str
    service: str
    told: dict[str, Any]

    @property
    def name(self) -> str:
        """Its name."""
        return str(self.told["Name"]).lstrip("/")

    @property
    def state(self) -> str:
        """``running``, ``exited`` …, and for a running one ``healthy`` or not where it is looked at."""
        state = self.told["State"]
        health = state.get("Health", {}).get("Status")
        return f"{state['Status']} ({health})" if health and state["Status"] == "running" else str(state["Status"])

    @property
    def is_healthy(self) -> bool:
        """Whether it runs and its probe passes."""
        return self.state == "running (healthy)"


class Engine:
    """The engine on this host, seen through one compose project."""

    def __init__(self, project: str, api: Api) -> None:
        self.project, self.api = project, api

    @classmethod
    def here(cls, project: str) -> Engine:
        """Connect to the engine the environment names, by default the local socket. Raises ``Unavailable``."""
        import docker  # here: only operators' commands need it
        from docker.errors import DockerException

        try:
            api = docker.from_env().api
            api.ping()
        except DockerException as error:
            raise Unavailable(
                "无法连接 Docker：请在主机上运行，并确认有权访问 /var/run/docker.sock",
                "no Docker engine answers: run this on the host, with access to /var/run/docker.sock",
                error=type(error).__name__,
            ) from None
        return cls(project, api)

    def containers(self, service: str | None = None) -> list[Container]:
        """Return the project's containers by service and age, of one service when named. Raises ``NotFound``."""
        labels = [f"{_PROJECT}={self.project}", *([f"{_SERVICE}={service}"] if service else [])]
        rows = self.api.containers(all=True, filters={"label": labels})
        found = [
            Container(row["Id"], row["Labels"][_SERVICE], self.api.inspect_container(row["Id"]))
            for row in rows
            if row["Labels"].get(_ONE_OFF, "False") == "False"
        ]
        if not found:
            what = f"{self.project}/{service}" if service else self.project
            raise NotFound(f"没有“{what}”的容器，请核对 --project", f"there is no container of {what}; check --project")
        return sorted(found, key=lambda each: (each.service, each.told["Created"]))

    def version(self, container: Container) -> str:
        """Return the release an image was built as, with the short id of the image."""
        image = self.api.inspect_image(container.told["Image"])
        labels = (image.get("Config") or {}).get("Labels") or {}
        short = str(image["Id"]).removeprefix("sha256:")[:12]
        return f"{labels.get('org.opencontainers.image.version', '?')} ({short})"

    def readiness(self, container: Container) -> dict[str, Any]:
        """Return what a service says of itself (``/readyz``); empty when it says nothing."""
        try:
            made = self.api.exec_create(container.id, ["healthy"])
            told = json.loads(self.api.exec_start(made["Id"]).decode())
        except Exception:  # it is not running, or has no such program: not one of ours
            return {}
        return told if isinstance(told, dict) else {}

    def lines(self, container: Container, **options: Any) -> Iterator[str]:
        """Yield what a container printed, line by line; with ``follow`` what it goes on to print."""
        left = b""
        wanted = {"follow": False, **options}  # or the SDK follows whatever is streamed
        for part in self.api.logs(container.id, stdout=True, stderr=True, stream=True, **wanted):
            *whole, left = (left + part).split(b"\n")
            yield from (line.decode(errors="replace") for line in whole)
        if left:
            yield left.decode(errors="replace")
