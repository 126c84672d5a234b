"""A Docker engine in memory: the part of the SDK's low-level client that `deploy/ops` uses."""

from __future__ import annotations

import copy
import json
from typing import Any

LABELS = {"com.docker.compose.project": "diaoxun", "com.docker.compose.oneoff": "False"}


class FakeApi:
    """Containers and images by id; a container started from a sick image never becomes healthy."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, Any]] = {}
        self.images: dict[str, dict[str, Any]] = {}
        self.printed: dict[str, list[bytes]] = {}
        self.did: list[str] = []
        self.sick: set[str] = set()
        self.readyz: dict[str, Any] = {}

    def image(self, name: str, version: str) -> None:
        labels = {"org.opencontainers.image.version": version}
        self.images[name] = {"Id": f"sha256:{version:0<40}", "Config": {"Labels": labels}}

    def add(self, service: str, number: int = 1, status: str = "running", **host: Any) -> str:
        identifier = f"{service}-{number}-{len(self.found)}"
        image = f"diaoxun/{service}"
        if image not in self.images:
            self.image(image, "1")
        self.found[identifier] = {
            "Id": identifier,
            "Name": f"/diaoxun_{service}_{number}",
            "Created": f"2020-05-11T09:00:{number:02}Z",
            "Image": self.images[image]["Id"],
            "RestartCount": 0,
            "State": {
                "Status": status,
                "ExitCode": 0,
                **({"Health": {"Status": "healthy"}} if status == "running" else {}),
            },
            "Config": {
                "Image": image,
                "Env": ["A=1"],
                "Labels": {
                    **LABELS,
                    "com.docker.compose.service": service,
                    "com.docker.compose.container-number": str(number),
                },
            },
            "HostConfig": {"ReadonlyRootfs": True, **host},
            "NetworkSettings": {
                "Networks": {"inside": {"Aliases": [service, identifier[:12]]}, "outside": {"Aliases": [service]}}
            },
        }
        return identifier

    def containers(self, **options: Any) -> list[dict[str, Any]]:
        wanted = dict(label.split("=") for label in options["filters"]["label"])
        rows = [{"Id": each["Id"], "Labels": each["Config"]["Labels"]} for each in self.found.values()]
        return [row for row in rows if wanted.items() <= row["Labels"].items()]

    def inspect_container(self, container: str) -> dict[str, Any]:
        return copy.deepcopy(self.found[container])

    def inspect_image(self, image: str) -> dict[str, Any]:
        return next(each for name, each in self.images.items() if image in (name, each["Id"]))

    def create_container_from_config(self, config: dict[str, Any], name: str) -> dict[str, Any]:
        identifier = f"made-{len(self.did)}"
        (network, endpoint), *none = config["NetworkingConfig"]["EndpointsConfig"].items()
        assert not none  # the engine takes one network at creation
        self.found[identifier] = {
            "Id": identifier,
            "Name": f"/{name}",
            "Created": "2020-05-12T09:00:00Z",
            "Image": self.images[config["Image"]]["Id"],
            "RestartCount": 0,
            "State": {"Status": "created"},
            "Config": {key: value for key, value in config.items() if key not in ("HostConfig", "NetworkingConfig")},
            "HostConfig": config["HostConfig"],
            "NetworkSettings": {"Networks": {network: endpoint}},
        }
        self.did.append(f"create {name}")
        return {"Id": identifier}

    def connect_container_to_network(self, container: str, net_id: str, **options: Any) -> None:
        if self.found[container]["State"]["Status"] == "running":
            self.did.append(f"join {net_id} as {' '.join(options['aliases'])}")
        self.found[container]["NetworkSettings"]["Networks"][net_id] = {"Aliases": options["aliases"]}

    def start(self, container: str) -> None:
        health = "unhealthy" if self.found[container]["Config"]["Image"] in self.sick else "healthy"
        self.found[container]["State"] = {"Status": "running", "Health": {"Status": health}}
        self.did.append(f"start {self.found[container]['Name']}")

    def stop(self, container: str, timeout: int) -> None:
        self.found[container]["State"] = {"Status": "exited", "ExitCode": 0}
        self.did.append(f"stop {self.found[container]['Name']}")

    def remove_container(self, container: str, **options: Any) -> None:
        self.did.append(f"remove {self.found.pop(container)['Name']}")

    def rename(self, container: str, name: str) -> None:
        self.found[container]["Name"] = f"/{name}"

    def exec_create(self, container: str, cmd: list[str]) -> dict[str, Any]:
        self.did.append(f"run {' '.join(cmd)} in {self.found[container]['Name']}")
        return {"Id": container}

    def exec_start(self, exec_id: str) -> bytes:
        return json.dumps(self.readyz.get(exec_id, {})).encode()

    def logs(self, container: str, **options: Any) -> Any:
        assert "follow" in options  # left out, it follows whatever is streamed, as the SDK does
        return iter(self.printed.get(container, []))
