"""The embedded stack as a child of whoever drives it: started, waited for, stopped."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, Any

import httpx

from deploy.local import tied_child
from deploy.local.stack_secrets import StackSecrets, load_or_make
from deploy.local.var_folder import VarFolder
from shared.config import default_settings
from shared.errors import Unavailable

_STOP_SECONDS = 60.0


@dataclass(frozen=True)
class Running:
    """How a started stack is reached; ``clock`` is the file of its settable clock."""

    url: str
    status: Callable[[], dict[str, Any]]
    wanted_port: bool
    secrets: StackSecrets
    clock: Path


class StackChild:
    """One ``python -m deploy.local.stack``; it ends with this process, and its log is ``var/log/stack.log``."""

    def __init__(self, var: Path, port: int | None = None, *, fresh: bool = False) -> None:
        self._var = VarFolder(var)
        self._arguments = ["--var", str(self._var.path)]
        if port is not None:
            self._arguments += ["--port", str(port)]
        if fresh:
            self._arguments.append("--fresh")
        self._process: subprocess.Popen[str] | None = None

    @property
    def log(self) -> Path:
        """The stack's log."""
        return self._var.path / "log" / "stack.log"

    @property
    def pid(self) -> int | None:
        """The process id of the running stack."""
        return None if self._process is None else self._process.pid

    @property
    def running(self) -> bool:
        """Whether the stack is alive."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> Running:
        """Start the stack and return when it is ready. Raises ``Unavailable`` with the stack's own words."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-W", "ignore::DeprecationWarning", "-m", "deploy.local.stack", *self._arguments]
        with self.log.open("a", encoding="utf-8") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                [sys.executable, tied_child.__file__, str(os.getpid()), "SIGTERM", *command],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,  # Ctrl-C comes to us; we then stop the stack
            )
        said = self._first_line(self._process.stdout)
        if not said.get("ready"):
            self.stop()
            message = said.get("message") or {"zh": f"内置环境未能启动，详见 {self.log}", "en": f"see {self.log}"}
            raise Unavailable(message["zh"], message["en"])
        secrets, clock = load_or_make(self._var.secrets), default_settings(var=self._var.path).clock_path
        return Running(said["url"], partial(_ask, said["status_url"]), said["wanted_port"], secrets, clock)

    def stop(self) -> int | None:
        """Stop the stack in order and return its exit code; it is killed when it does not end in time."""
        process, self._process = self._process, None
        if process is None:
            return None
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout is not None:
            process.stdout.close()
        return process.returncode

    def kill(self) -> None:
        """End it as a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            if self._process.stdout is not None:
                self._process.stdout.close()
            self._process = None

    @staticmethod
    def _first_line(stdout: IO[str] | None) -> dict[str, Any]:
        line = stdout.readline() if stdout is not None else ""
        try:
            said: dict[str, Any] = json.loads(line)
        except ValueError:
            return {}
        return said


def _ask(url: str) -> dict[str, Any]:
    answer: dict[str, Any] = httpx.get(url, timeout=10).json()
    return answer
