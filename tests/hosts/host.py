"""Hosts services in a patched process: ``python -m tests.hosts.host MODULE:CLASS[,MODULE:CLASS] CONFIG_JSON``.

Says ``{"ready": true}`` when started, answers commands on standard input (``facts``, ``stop``), stops on SIGTERM.
"""

from __future__ import annotations

import warnings

warnings.simplefilter("ignore")

import eventlet  # noqa: E402

eventlet.monkey_patch()

import json  # noqa: E402
import logging  # noqa: E402
import os  # noqa: E402
import signal  # noqa: E402
import sys  # noqa: E402
from dataclasses import asdict  # noqa: E402
from importlib import import_module  # noqa: E402
from typing import Any  # noqa: E402

from eventlet import tpool  # noqa: E402
from nameko.containers import ServiceContainer  # noqa: E402

from shared.messaging.health import facts_of  # noqa: E402
from shared.messaging.stopping import stop_within  # noqa: E402
from tests.hosts.disk_trials import DiskTrials  # noqa: E402


def say(**words: Any) -> None:
    """Print one line of JSON."""
    print(json.dumps(words, default=str), flush=True)


def main() -> None:
    """Start, serve, stop."""
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    config = json.loads(sys.argv[2])
    if "trials" in config:
        config["trials"] = DiskTrials(config["trials"])
    containers = [ServiceContainer(_load(path), config) for path in sys.argv[1].split(",")]
    stop = eventlet.event.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.ready() or stop.send("SIGTERM"))
    starting = [eventlet.spawn(container.start) for container in containers]
    eventlet.spawn(_obey, containers, stop)
    for start in starting:
        start.wait()
    say(ready=True)
    stop.wait()
    graceful = [stop_within(container, float(config.get("stop_seconds", 5))) for container in containers]
    say(stopped=all(graceful))
    sys.stdout.flush()
    os._exit(0)


def _obey(containers: list[Any], stop: Any) -> None:
    while not stop.ready():
        command = tpool.execute(sys.stdin.readline).strip()
        if command == "facts":
            say(facts=[asdict(facts_of(container)) for container in containers])
        elif command == "stop" or not command:
            if not stop.ready():
                stop.send(command)
            return


def _load(path: str) -> type[Any]:
    module, _, name = path.partition(":")
    kind: type[Any] = getattr(import_module(module), name)
    return kind


if __name__ == "__main__":
    main()
