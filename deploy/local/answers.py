"""What the main line was answered, step by step, so that a later run goes on where an earlier one stopped."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any


class Answers:
    """A file with a line a finished step; safe for several threads.

    The gateway's idempotency keys hold for two days only, a year is told over weeks. Written after the gateway's
    answer: a step whose line is missing is sent again with its key. A torn last line counts as missing.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._known: dict[str, dict[str, Any]] = {}
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        self._torn = bool(text) and not text.endswith("\n")
        for line in text.splitlines():
            try:
                step, answer = json.loads(line)
            except ValueError:
                continue
            self._known[step] = answer

    def get(self, step: str) -> dict[str, Any] | None:
        """Return what the step was answered, ``None`` when it is not done."""
        return self._known.get(step)

    def keep(self, step: str, answer: dict[str, Any]) -> None:
        """Write down that the step is done."""
        line = json.dumps([step, answer], ensure_ascii=False)
        with self._lock:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(("\n" if self._torn else "") + line + "\n")
            self._torn = False
            self._known[step] = answer
