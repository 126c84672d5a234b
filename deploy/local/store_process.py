"""The store of the embedded stack: SecantusDB as a child process behind MongoDB's wire protocol.

It is GPL-2.0-only and stays a separate program: it is started by its command and never imported.
"""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Callable
from contextlib import suppress
from logging import getLogger
from pathlib import Path

from deploy.local import tied_child
from shared.errors import Unavailable

_log = getLogger(__name__)
_HOST = "127.0.0.1"
_LISTENING = re.compile(rb"listening on [0-9.]+:(\d+)")
_START_SECONDS = 60.0
_STOP_SECONDS = 8.0
_STEP_SECONDS = 0.05
_LOG_LIMIT = 5_000_000
_AT_ONCE = 2
"""Commands a service has under way at once: more only queue up inside the store, and a year took a quarter longer."""
# A commit is handed to the operating system before it is acknowledged, so it outlives the end of every process of ours;
# forcing it to the disk as well made each wait for all the others and a rehearsal half as long again. A power cut may
# cost the last seconds: for a city's real year there is MongoDB.
# Its cache holds a year whole, and its own threads write pages out from the first: a page that has grown to five
# megabytes is put out by whoever reads it next, and while a transaction has a cursor on it each read waits for tens of
# milliseconds with the whole store behind it (seen as seconds with both cores idle). Writers never have to help: with a
# tenth of the cache in fresh updates they spun over pages that a reader pinned, and in one run of three stood still.
ENGINE = ",".join(
    (
        "transaction_sync=(enabled=true,method=none)",
        "eviction_dirty_target=2",
        "eviction_dirty_trigger=90",
        "eviction_updates_target=1",
        "eviction_updates_trigger=80",
    )
)


class StoreProcess:
    """Starts, watches and stops one store, with its data and its log below ``var``."""

    def __init__(self, var: Path) -> None:
        self.data = var / "db"
        self.log = var / "log" / "store.log"
        self._note = var / "store.json"
        self._config = var / "store.toml"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        """Whether the child is alive."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> str:
        """Start the store and return its URI once it takes connections.

        A child that a killed stack left behind is ended first. Raises ``Unavailable`` when the store is not installed
        or does not start; the last lines of its log are in the message.
        """
        self.end_stray()
        self.data.mkdir(parents=True, exist_ok=True)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        if self.log.exists() and self.log.stat().st_size > _LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        self._config.touch()  # an own, empty configuration: none of the machine's is picked up
        (self.data / "WiredTiger.config").write_text(ENGINE + "\n")
        written = self.log.stat().st_size if self.log.exists() else 0
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and the installed store
                # Its own way to stop hangs now and then, and with its parent gone nobody would kill it after a while.
                [sys.executable, tied_child.__file__, str(os.getpid()), "SIGKILL", *self._command()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.data.parent,
                start_new_session=True,  # Ctrl-C is for the stack, which then stops the store in its turn
            )
        port = self._wait_for_port(written)
        self._note.write_text(json.dumps({"pid": self._process.pid, "port": port}) + "\n")
        _wait(lambda: _takes_connections(port), _START_SECONDS, self._failure)
        return f"mongodb://{_HOST}:{port}/?directConnection=true&maxPoolSize={_AT_ONCE}&serverMonitoringMode=poll"

    def stop(self) -> None:
        """Stop the store in order; it is killed when it does not end in time."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            _log.warning(
                "the store did not stop within %.0f s and is killed; its journal makes it whole", _STOP_SECONDS
            )
            process.kill()
            process.wait(_STOP_SECONDS)
        self._note.unlink(missing_ok=True)

    def end_stray(self) -> None:
        """End the store that a stack which was killed may have left; two servers must never share one data folder."""
        pid = self._stray()
        if pid is None:
            return
        _log.warning("a store of an earlier stack is still running (process %d); it is stopped first", pid)
        for how in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.kill(pid, how)
            with suppress(Unavailable):
                _wait(lambda: self._stray() is None, _STOP_SECONDS, lambda: _not_started(f"process {pid} goes on"))
                return
        raise _not_started(f"process {pid} of an earlier stack does not end")

    def _stray(self) -> int | None:
        try:
            pid = int(json.loads(self._note.read_text())["pid"])
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError, KeyError, TypeError):
            return None
        ours = self._process is not None and self._process.pid == pid
        return pid if str(self.data).encode() in command and not ours else None

    def _command(self) -> list[str]:
        program = Path(sysconfig.get_path("scripts")) / "secantusd-py"
        if not program.exists():
            raise Unavailable(
                "未安装内置数据库 SecantusDB：请运行 make setup，或设置 MONGODB_URI 使用已有的 MongoDB",
                "the embedded store SecantusDB is not installed: run make setup, or set MONGODB_URI",
            )
        options = {
            "--config": self._config,
            "--host": _HOST,
            "--port": 0,
            "--storage-path": self.data,
            "--cache-size": "2G",
            "--log-level": "INFO",
        }
        # It honours j=true for single writes only: without sync-on-commit a commit acknowledged before a kill -9 may be
        # lost. Standalone, it runs transactions all the same, and keeps no oplog, which costs it a third of each write.
        flags = ("--sync-on-commit", "--standalone")
        return [str(program), *flags, *(str(part) for option in options.items() for part in option)]

    def _wait_for_port(self, written: int) -> int:
        found: list[int] = []

        def look() -> bool:
            with self.log.open("rb") as log:
                log.seek(written)
                match = _LISTENING.search(log.read())
            if match:
                found.append(int(match[1]))
            elif not self.running:
                raise self._failure()
            return bool(match)

        _wait(look, _START_SECONDS, self._failure)
        return found[0]

    def _failure(self) -> Unavailable:
        tail = self.log.read_text(errors="replace").splitlines()[-5:] if self.log.exists() else []
        return _not_started(f"{self.log}: {' | '.join(tail)}")


def _not_started(why: str) -> Unavailable:
    return Unavailable(f"内置数据库未能启动：{why}", f"the embedded store did not start: {why}")


def _takes_connections(port: int) -> bool:
    with suppress(OSError), socket.create_connection((_HOST, port), timeout=1):
        return True
    return False


def _wait(condition: Callable[[], bool], seconds: float, failure: Callable[[], Exception]) -> None:
    ends = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > ends:
            raise failure()
        time.sleep(_STEP_SECONDS)
