"""Rolling one service: a new container beside the old one, which goes when the new one is healthy and takes work."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from deploy.ops.engine import Container, Engine
from shared.errors import Conflict
from shared.wording import Words

GRACE_SECONDS = 40
_LEAVE = "diaoxun.leave"
_JOINS = "diaoxun.joins"
_NUMBER = "com.docker.compose.container-number"
_LOOK_SECONDS = 0.5
_CARRIED = ("User", "Env", "Cmd", "Entrypoint", "WorkingDir", "Labels", "ExposedPorts", "StopTimeout", "Healthcheck")


class NotRolled(Conflict):
    """The new container did not become healthy; it was removed, and the old one goes on."""

    code = "ops.not-rolled"
    title = Words("未能升级", "Not rolled")


@dataclass
class Roller:
    """Rolls services of one engine. ``seconds``: how long a new container may take to become healthy."""

    engine: Engine
    seconds: float = 180.0
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], float] = time.monotonic

    def roll(self, service: str) -> Iterator[Words]:
        """Replace each container of a service in turn by one of its image as it is now; yields what was done.

        Raises ``NotFound``, ``NotRolled`` (the old container still runs then).
        """
        old = self.engine.containers(service)  # also what died or begins anew for ever: it may need just this
        highest = max((int(each.told["Config"]["Labels"].get(_NUMBER, "1")) for each in old), default=0)
        for number, each in enumerate(old, highest + 1):
            if self._publishes(each):
                raise NotRolled(
                    f"{each.name} 占用主机端口，新旧无法并存；请在代理后运行两个，或用 make up SERVICE={service} 替换",
                    f"{each.name} holds a port of the host, so old and new cannot run side by side; run two behind a"
                    f" proxy, or replace it with make up SERVICE={service}",
                    container=each.name,
                )
            fresh = self._start(each, number)
            yield Words(f"{fresh.name} 已启动 {self.engine.version(fresh)}", f"{fresh.name} started")
            self._await(fresh, each)
            self._join(fresh, each)
            yield Words(f"{fresh.name} 已就绪，正在停止 {each.name}", f"{fresh.name} is ready, stopping {each.name}")
            self._take_leave(each)
            self.engine.api.stop(each.id, timeout=GRACE_SECONDS)
            code = self.engine.api.inspect_container(each.id)["State"].get("ExitCode")
            self.engine.api.remove_container(each.id)
            self.engine.api.rename(fresh.id, each.name)
            yield Words(
                f"{each.name} 已替换（旧容器退出码 {code}）", f"{each.name} is replaced (the old one ended with {code})"
            )

    def _joined_late(self, old: Container) -> set[str]:
        """Return the networks in which nobody may find a container before it is healthy, as its label names them."""
        return {f"{self.engine.project}_{name}" for name in old.told["Config"]["Labels"].get(_JOINS, "").split()}

    def _join(self, fresh: Container, old: Container) -> None:
        networks = old.told["NetworkSettings"]["Networks"]
        for name in sorted(self._joined_late(old) & networks.keys()):
            self.engine.api.connect_container_to_network(fresh.id, name, aliases=_aliases(old, networks[name]))

    def _take_leave(self, old: Container) -> None:
        """Run what the container's label asks for before a stop, where it has one, and wait for it."""
        command = old.told["Config"]["Labels"].get(_LEAVE, "").split()
        if command and old.told["State"]["Status"] == "running":
            self.engine.api.exec_start(self.engine.api.exec_create(old.id, command)["Id"])

    def _start(self, old: Container, number: int) -> Container:
        told = old.told
        config: dict[str, Any] = {key: told["Config"][key] for key in _CARRIED if told["Config"].get(key) is not None}
        config["Image"] = told["Config"]["Image"]  # by name: what it names now
        config["Labels"] = {**config["Labels"], _NUMBER: str(number)}
        config["HostConfig"] = told["HostConfig"]
        networks = told["NetworkSettings"]["Networks"]
        first, *others = sorted(networks.keys() - self._joined_late(old))
        config["NetworkingConfig"] = {"EndpointsConfig": {first: {"Aliases": _aliases(old, networks[first])}}}
        name = f"{re.sub(r'_next[0-9]*$', '', old.name)}_next{number}"
        made = self.engine.api.create_container_from_config(config, name=name)
        for other in others:
            self.engine.api.connect_container_to_network(made["Id"], other, aliases=_aliases(old, networks[other]))
        self.engine.api.start(made["Id"])
        return Container(made["Id"], old.service, self.engine.api.inspect_container(made["Id"]))

    def _await(self, fresh: Container, old: Container) -> None:
        ends = self.now() + self.seconds
        while not (seen := Container(fresh.id, fresh.service, self.engine.api.inspect_container(fresh.id))).is_healthy:
            ended = seen.told["State"]["Status"] in ("exited", "dead")
            if ended or self.now() >= ends:
                said = list(self.engine.lines(seen, tail=15))
                self.engine.api.remove_container(fresh.id, force=True)
                raise NotRolled(
                    f"{fresh.name} 未能就绪（{seen.state}），已移除；{old.name} 继续运行",
                    f"{fresh.name} did not become ready ({seen.state}) and was removed; {old.name} goes on",
                    container=old.name,
                    state=seen.state,
                    log=said,
                )
            self.sleep(_LOOK_SECONDS)

    @staticmethod
    def _publishes(container: Container) -> bool:
        return any(container.told["HostConfig"].get("PortBindings") or {})


def _aliases(old: Container, network: dict[str, Any]) -> list[str]:
    kept = [alias for alias in network.get("Aliases") or [] if alias != old.id[:12]]
    return kept or [old.service]
