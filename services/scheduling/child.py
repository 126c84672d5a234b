"""A process of its own for one piece of heavy work: an order in, JSON lines out, watched without blocking the loop."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

PULSE = 0.1


class Child:
    """A running child. Its order names an open file in ``order["stop"]``; what is written there asks it to end."""

    def __init__(
        self, process: subprocess.Popen[bytes], answer: IO[bytes], trouble: IO[bytes], stop: IO[bytes]
    ) -> None:
        self._process, self._read = process, 0
        self._answer, self._trouble, self._stop = answer, trouble, stop

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
        os.write(self._stop.fileno(), b"!")

    def end(self) -> None:
        """End the child, whatever it does: what it said so far can still be read."""
        self._process.kill()

    @property
    def status(self) -> int | None:
        """The exit status, ``None`` while it runs."""
        return self._process.poll()

    @property
    def last_words(self) -> str:
        """The last line the child left on standard error."""
        trouble = _beyond(self._trouble, 0).decode("utf-8", errors="replace")
        return (trouble.strip().splitlines()[-1:] or ["-"])[0][:300]

    def _fresh(self) -> list[dict[str, Any]]:
        whole, _, _ = _beyond(self._answer, self._read).rpartition(b"\n")
        if not whole:
            return []
        self._read += len(whole) + 1
        return [json.loads(line) for line in whole.split(b"\n")]


@contextmanager
def started(module: str, order: dict[str, Any]) -> Iterator[Child]:
    """Start ``python -m module`` on an order; whatever happens, it is gone afterwards.

    Its files have no name: nothing is left of them when this process is killed.
    """
    # P22: files and not pipes, so that waiting is a sleep (green under eventlet) and never a blocking read.
    with (
        tempfile.TemporaryFile() as stdin,
        tempfile.TemporaryFile() as stdout,
        tempfile.TemporaryFile() as stderr,
        tempfile.TemporaryFile() as stop,
    ):
        stdin.write(json.dumps({**order, "stop": stop.fileno()}, ensure_ascii=False).encode("utf-8"))
        stdin.seek(0)
        command = [sys.executable, "-m", module]
        process = subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=stderr, pass_fds=(stop.fileno(),))  # noqa: S603
        try:
            yield Child(process, stdout, stderr, stop)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


def stop_asked(stop: int) -> bool:
    """Return whether the child's parent asked it to stop, by the order's ``stop``; for the child."""
    return os.fstat(stop).st_size > 0


def _beyond(file: IO[bytes], place: int) -> bytes:
    # Read beside the child's own place in the file, which is shared: a seek would move where it writes.
    return os.pread(file.fileno(), os.fstat(file.fileno()).st_size - place, place)
