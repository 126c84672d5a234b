"""A process of its own for one piece of heavy work: an order in, JSON lines out, watched without blocking the loop."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PULSE = 0.1
_STOP = "stop"


class Child:
    """A running child. Its order names the folder in ``order["folder"]``; a file ``stop`` there asks it to end."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path) -> None:
        self._process, self._folder, self._read = process, folder, 0

    def messages(self) -> Iterator[dict[str, Any] | None]:
        """Yield what the child says, and ``None`` at each pulse in which it says nothing; end when it has ended."""
        while True:
            ended = self._process.poll() is not None
            fresh = self._fresh()
            yield from fresh
            if ended:
                return
            if not fresh:
                yield None
            time.sleep(PULSE)

    def ask_to_stop(self) -> None:
        """Ask the child to come to its end."""
        (self._folder / _STOP).touch()

    @property
    def status(self) -> int | None:
        """The exit status, ``None`` while it runs."""
        return self._process.poll()

    @property
    def last_words(self) -> str:
        """The last line the child left on standard error."""
        trouble = (self._folder / "trouble.txt").read_text(encoding="utf-8", errors="replace")
        return (trouble.strip().splitlines()[-1:] or ["-"])[0][:300]

    def _fresh(self) -> list[dict[str, Any]]:
        with (self._folder / "answer.jsonl").open("rb") as answer:
            answer.seek(self._read)
            whole, _, _ = answer.read().rpartition(b"\n")
        if not whole:
            return []
        self._read += len(whole) + 1
        return [json.loads(line) for line in whole.split(b"\n")]


@contextmanager
def started(module: str, order: dict[str, Any]) -> Iterator[Child]:
    """Start ``python -m module`` on an order; whatever happens, it is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="diaoxun-solve-") as name:
        folder = Path(name)
        text = json.dumps({**order, "folder": name}, ensure_ascii=False)
        (folder / "order.json").write_text(text, encoding="utf-8")
        # P22: files and not pipes, so that waiting is a sleep (green under eventlet) and never a blocking read.
        with (
            (folder / "order.json").open("rb") as stdin,
            (folder / "answer.jsonl").open("wb") as stdout,
            (folder / "trouble.txt").open("wb") as stderr,
        ):
            process = subprocess.Popen([sys.executable, "-m", module], stdin=stdin, stdout=stdout, stderr=stderr)  # noqa: S603
        try:
            yield Child(process, folder)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


def stop_asked(folder: str) -> bool:
    """Return whether the child's parent asked it to stop; for the child."""
    return (Path(folder) / _STOP).exists()
