"""The logs of all containers as one, in order, narrowed to one trace or request."""

from __future__ import annotations

import heapq
import json
import queue
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from deploy.ops.engine import Container, Engine


@dataclass(frozen=True, order=True)
class Line:
    """One line of a log; ``at`` is ISO in UTC, empty for a line that is not ours."""

    at: str
    service: str
    text: str


def merged(
    engine: Engine, *, mark: str | None = None, tail: int | str = "all", since: int | None = None
) -> Iterator[Line]:
    """Yield the lines of all containers by time; with ``mark`` only those that hold it: a trace id, a correlation id.

    ``since``: seconds back from now.
    """
    options: dict[str, Any] = {"tail": tail, **({"since": since} if since is not None else {})}
    each = [_lines(engine, container, options) for container in engine.containers()]
    return (line for line in heapq.merge(*(sorted(lines) for lines in each)) if mark is None or mark in line.text)


def followed(engine: Engine, *, mark: str | None = None, tail: int = 0) -> Iterator[Line]:
    """Yield lines as they are printed, until the engine or the reader ends it."""
    came: queue.SimpleQueue[Line] = queue.SimpleQueue()

    def read(container: Container) -> None:
        for line in _lines(engine, container, {"follow": True, "tail": tail}):
            came.put(line)

    for container in engine.containers():
        threading.Thread(target=read, args=(container,), daemon=True).start()
    while True:
        line = came.get()
        if mark is None or mark in line.text:
            yield line


def _lines(engine: Engine, container: Container, options: dict[str, Any]) -> Iterator[Line]:
    last = ""
    for text in engine.lines(container, **options):
        last = _time_of(text) or last  # a traceback's lines belong to the line before them
        yield Line(last, container.service, text)


def _time_of(text: str) -> str:
    if not text.startswith("{"):
        return ""
    try:
        told = json.loads(text)
    except ValueError:
        return ""
    return str(told.get("timestamp", "")) if isinstance(told, dict) else ""
