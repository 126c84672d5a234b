"""What is watched while the load is on: resident memory of every process, messages that wait in queues."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

import kombu

from tests.bench.load.city import LoadedCity

_EVERY_SECONDS = 2.0


@dataclass(frozen=True)
class Sample:
    """One look: memory in MiB by name, and messages that wait."""

    at: float
    memory: dict[str, float]
    waiting: int


class Watch:
    """Looks every two seconds while the block lasts."""

    def __init__(self, loaded: LoadedCity) -> None:
        self._loaded = loaded
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look)
        self.samples: list[Sample] = []

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._end.set()
        self._thread.join()

    def _look(self) -> None:
        with kombu.Connection(self._loaded.amqp_uri) as connection:
            channel = connection.channel()
            while not self._end.is_set():
                memory = {name: resident(pid) for name, pid in self._loaded.processes.items()}
                waiting = sum(channel.queue_declare(queue, passive=True).message_count for queue in self._loaded.queues)
                self.samples.append(Sample(time.monotonic(), memory, waiting))
                self._end.wait(_EVERY_SECONDS)


def resident(pid: int) -> float:
    """Return the resident memory of a process and its children, in MiB."""
    kilobytes = 0
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            kilobytes = int(line.split()[1])
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return kilobytes / 1024 + sum(resident(int(child)) for child in children)
